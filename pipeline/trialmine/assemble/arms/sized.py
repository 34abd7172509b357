"""Arms that stand beside their sizes: "tea (n = 41) or coffee (n = 40)", "41 to tea and 40 to coffee"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from trialmine.assemble.arms.completion import CONTROL, TESTED
from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.sizes import ENROLS, OUTCOME, is_subject
from trialmine.records.article import Article, Block, Mention, Mentions, Sentence

Span = tuple[int, int]

_BEHIND = ("arm.size", "arm.equal", "arm.bracketed", "arm.bare")  # the size stands behind its label
_MOST = 8  # arms that one sentence may size
_LONGEST = 90  # characters of a label
_CLOSE = 140  # characters from a size to the end of its bracket

# what opens the first label: "were randomly assigned to receive tea (n = 41)"
_OPENS = regex.compile(
    r"(?:randomi[sz]\w*|assign\w*|allocat\w*|divid\w*|split|distribut\w*)\b[^;:()]{0,60}?\b(?:to|into|in|between|as)\b(?:\s+receive\w*)?"
    r"|\breceiv\w+|\bunderwent\b|\btreated\s+with\b|\bgiven\b|\beither\b|\bgroups\s+of\b|\bgroups?\s*[:;,(]|\barms?\s*[:;,(]|:\s",
    regex.I,
)
_LEAD = regex.compile(
    r"[\s)\],;:.]*(?:(?:and|or|vs\.?|versus|to|the|either|an?|in|for|with|on|of|received?|by|while|whereas|other|second"
    r"|one|group\s+of)\b[\s,:]*)*",
    regex.I,
)
_TAIL = regex.compile(r"[\s,;:]*[(\[]?\s*(?:\btotal\s+)?(?:(?<!\p{L})(?-i:[nN])\s*=?\s*|=\s*)?$")
_VERBS = regex.compile(
    r"(?:\s?[)\]],?)?(?:\s*(?:(?:of\s+(?:the|them|whom)\s+)?(?:patients?|subjects?|participants?|women|men|children|individuals|volunteers"
    r"|cases|infants|adults|eyes|animals|rats|mice|dogs)|were|was|randomly|assigned|allocated|randomi[sz]ed|to|receiv\w+"
    r"|treated|with|underwent|given|in|on|the|had|an?)\b)*\s*",
    regex.I,
)
_ENDS = regex.compile(r"[;.()\[\]]|,\s|\b(?:who|were|was|had|and|but|at|after|for|with\s+a)\b|$", regex.I)
_PARTED = regex.compile(r"\b(?:or|versus|vs\.?|than|and)\b|[,;]", regex.I)
_SUBGROUP = regex.compile(
    r"^(?:wo)?men$|^(?:fe)?males?$|^boys$|^girls$|^(?:\w+\s+)?(?:patients?|subjects?|participants?|people|children|total|all"
    r"|both)$|positive|negative|mutat|respond|\bstage|\bgrade|\baged?\b|\byears?\b|complet|withdr|exclu|\blost\b|\bdied\b"
    r"|analy|evaluable|\bsites?\b|cent(?:re|er)s?\b|\bmedian\b|\bmean\b|\bgender\b|\bsex\b|^(?:we|who)\b|\bshowed\b|\brefus|\bconsent|\binterest|\bdropp|\bfollow|\bscreen",
    regex.I,
)


def sized_arms(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """A set for each sentence that sizes two or more labels."""
    for sentence in article.sentences:
        if sentence.section == "background":
            continue
        found = mentions.within("arm_size", sentence.start, sentence.end)
        for rule in dict.fromkeys(m.rule for m in found):
            sizes = _without_total([m for m in found if m.rule == rule])
            if not 2 <= len(sizes) <= _MOST or (rule != "arm.size" and _befell(article, sentence)):
                continue
            behind = rule in _BEHIND and not all(is_subject(article.text, m) for m in sizes)
            spans = _behind(article.text, sizes, sentence) if behind else _ahead(article.text, sizes, sentence)
            drafts = _drafts(article, interventions, sizes, spans)
            if drafts:
                yield drafts


def _befell(article: Article, sentence: Sentence) -> bool:
    """Whether the sentence counts people for what became of them."""
    text = article.text[sentence.start : sentence.end]
    return OUTCOME.search(text) is not None and ENROLS.search(text) is None


def _without_total(sizes: list[Mention]) -> list[Mention]:
    """Sizes without a first that is the sum of the others."""
    if len(sizes) > 2 and sizes[0].value == sum(m.value for m in sizes[1:]):
        return sizes[1:]
    return sizes


def _behind(text: str, sizes: Sequence[Mention], sentence: Sentence) -> list[Span]:
    """The label before each size."""
    spans = []
    begin = sentence.start
    for i, m in enumerate(sizes):
        following = sizes[i + 1].start if i + 1 < len(sizes) else sentence.end
        stop = _TAIL.search(text, begin, m.start)
        end = stop.start() if stop else m.start
        closes = text.find(")", m.end, m.end + _CLOSE)
        opened = text.rfind("(", begin, end)
        if opened >= 0 and text.find(")", opened, end) < 0:
            # one bracket that sizes several labels holds them; one of a single size follows its label
            begin, end = (opened + 1, end) if 0 <= following < closes else (begin, opened)
        if i == 0:
            begin = max((o.end() for o in _OPENS.finditer(text, begin, end)), default=begin)
        lead = _LEAD.match(text, begin, end)
        begin = lead.end() if lead else begin
        spans.append((begin, len(text[:end].rstrip())))
        begin = m.end if closes < 0 or closes > following else closes + 1
    return spans


def _ahead(text: str, sizes: Sequence[Mention], sentence: Sentence) -> list[Span]:
    """The label behind each size."""
    spans = []
    for i, m in enumerate(sizes):
        stop = sizes[i + 1].start if i + 1 < len(sizes) else sentence.end
        verbs = _VERBS.match(text, m.end, stop)
        begin = verbs.end() if verbs else m.end
        end = _ENDS.search(text, begin, stop)
        spans.append((begin, len(text[: end.start() if end else stop].rstrip())))
    return spans


def _drafts(article: Article, interventions: Block, sizes: Sequence[Mention], spans: Sequence[Span]) -> list[ArmDraft]:
    """A draft for each label, none where one of them is no name of a group."""
    drafts: list[ArmDraft] = []
    for m, (begin, end) in zip(sizes, spans, strict=True):
        members = tuple(dict.fromkeys(r.id for r in interventions.within(begin, end)))
        start = _shortened(article.text, begin, end, interventions)
        label = article.text[start:end]
        if not regex.search(r"\p{L}", label) or len(label) > _LONGEST or _SUBGROUP.search(label):
            return []
        members = members or _told_by(article, interventions, label, drafts)
        drafts.append(ArmDraft(label, (start, end), members, m.value, keys=_keys(label), size=(m.start, m.end)))
    names = {d.label.lower() for d in drafts}
    return drafts if len(names) == len(drafts) else []


# as in "slept longer than those given late tea (n = 41)"
_THAN = regex.compile(
    r"\bthan\s(?:those|the\sones|patients|infants|children|women|adults)\s(?:(?:who\s)?(?:were\s)?(?:randomi[sz]ed|assigned|allocated|given|treated|receiv\w+)\s)?(?:(?:to|with|in|on)\s)?(?:the\s)?(?=\p{L})",
    regex.I,
)


def _shortened(text: str, start: int, end: int, interventions: Block) -> int:
    """Where a label that runs on begins: at its first intervention, or behind the last joint."""
    for than in _THAN.finditer(text, start, end):
        start = than.end()
    if end - start <= _LONGEST:
        return start
    named = interventions.within(start, end)
    if named:
        return named[0].start
    return max((p.end() for p in _PARTED.finditer(text, start, end)), default=start)


def _told_by(article: Article, interventions: Block, label: str, before: Sequence[ArmDraft]) -> tuple[str, ...]:
    """The members of a label that names no intervention: of its long form, or of what was tested."""
    tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
    words = regex.sub(r"[\s-]*(?:group|arm)s?$", "", label)
    long_form = article.abbreviations.get(words)
    if long_form:
        at = article.text.find(long_form)
        named = interventions.within(at, at + len(long_form)) if at >= 0 else []
        return tuple(dict.fromkeys(r.id for r in named))
    if TESTED.match(label):
        return tested
    if CONTROL.search(label):
        return ()
    if regex.match(r"\d", label):
        return before[-1].members if before else tested
    return ()


def _keys(label: str) -> frozenset[str]:
    if TESTED.match(label):
        return frozenset({"tested"})
    return frozenset({"control"}) if CONTROL.search(label) else frozenset({label})
