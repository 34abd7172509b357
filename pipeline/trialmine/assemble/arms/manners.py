"""Arms that got one thing in several ways: for how long, by which route, when, in which form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.lexicon.occurrences import lowered, occurrences
from trialmine.lexicon.search import Search
from trialmine.normalise.manner import MANNER, UNITS
from trialmine.records.article import Article, Block, Reference, Sentence

_ASIDE = regex.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
# nothing but the words that set one manner against another, and the thing's own
_SETS_APART = regex.compile(
    r"(?:[\s-](?:(?!or\b|versus\b|vs\b|and\b|than\b)[\p{L}\d%.-]+[\s,;]){0,4})?[\s,;]*\b(?:or|versus|vs\.?|compared\s(?:with|to)|and(?=\s(?:the\s)?other))\s"
    r"(?:(?:to|for|receive|the|an?|either|another|with|by|at|in|immediately|same)\s){0,3}(?:(?!or\b|versus\b|vs\b|and\b)[\p{L}-]+\s){0,2}",
    regex.I,
)
_MEASURED = regex.compile(r"\b(?:at|after|until|by|within|every|aged?)\s$", regex.I)  # "measured at 3 or 5 days"
_CHANCE = regex.compile(r"\brandom|\bassigned|\ballocated|\bdivided", regex.I)
# what a sentence of results says
_FOUND = regex.compile(r"\b[Pp]\s?[<=>]|\bCIs?\b|\b(?:median|survival|hazard|confidence)\b")
_VERSUS = regex.compile(r"\bversus\b|\bvs\b|\bcompared\b", regex.I)
_PARTED = Search(
    r"\brandomi[sz]|\brandomly\b|\bcontrolled\b|\bcross-?over\b|\ballocated\b|\bversus\b|\bvs\b|\beither\b"
)
_EITHER = regex.compile(r"\beither\s$", regex.I)
_SIZED = regex.compile(r"\s?[(\[][^()\[\]]{0,40}?[nN]\s?=\s?\d")
_GROUP = regex.compile(
    r"[\s-](?:(?:dose|course|treatment|therapy|term|day|regimen|schedule)[\s-])?(?:groups?|arms?|regimen|schedule|recipients)\b",
    regex.I,
)
_PLURAL = regex.compile(r"(?<=\p{L}{2})s$")
_UNIT = regex.compile(UNITS, regex.I)
_BLANKS, _BEFORE, _BEHIND = regex.compile(r"\s+"), regex.compile(r"(?<![\p{L}\d.])"), regex.compile(r"(?![\p{L}\d])")
_AS_ONE = regex.compile(r"\s?[-/+–]\s?|\sand\s|\splus\s", regex.I)
_LABEL = regex.compile(r"(?:groups?|arms?|cohorts?|regimens?)\s\S{1,4}|\S{1,5}\s(?:group|arm)", regex.I)
_NO = regex.compile(r"^no\s", regex.I)
_UNTOLD = regex.compile(
    r"\bcontrols?\b|\bplacebo|\buntreated|\bno\b|\bnot\b|\bneither\b|\bnone\b|\bwait|\busual\b|\bstandard\b|\bobserv|\bsham\b",
    regex.I,
)
Span = tuple[int, int]
_OWN = ("title", "objective", "methods", None, "other", "registration")
_PLAIN = ("span", "route", "often", "form", "much", "point")  # what hardly says anything else
_SUBSTANCES = ("drug", "biological", "vaccine", "dietary_supplement", "cell_therapy")
_NEAR = 12  # characters that may hold the word before a manner
_FAR = 110  # characters between two manners
_REACH = 90  # characters from a manner to the thing


@dataclass(frozen=True, slots=True)
class Manner:
    """Words that tell how something was given."""

    start: int
    end: int
    kind: str
    text: str


def manners_in(text: str, start: int, end: int) -> Iterator[Manner]:
    """All that text[start:end] says of how things were given, in its order."""
    for m in MANNER.find(text, start, end):
        yield Manner(m.start(), m.end(), m.lastgroup or "", m[0])


def with_manners(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """The arms, that of a thing parted where the text sets two ways of having it against each other."""
    if not drafts or not _PARTED.is_in(article.text):
        return list(drafts)
    text = _ASIDE.sub(lambda m: " " * len(m[0]), article.text)
    best: tuple[int, list[Manner], tuple[str, ...]] | None = None
    for sentence in article.sentences:
        if sentence.section not in _OWN or _FOUND.search(text, sentence.start, sentence.end):
            continue
        for run in _runs(text, sentence):
            if _MEASURED.search(text, max(0, run[0].start - _NEAR), run[0].start):
                continue
            thing = _thing(text, interventions, sentence, run)
            chance = bool(_CHANCE.search(text, sentence.start, run[0].start))
            either = _EITHER.search(text, max(0, run[0].start - _NEAR), run[0].start) and _SIZED.match(
                article.text, run[-1].end
            )
            told = chance or either is not None or _VERSUS.search(text, run[0].start, run[-1].end) is not None
            if thing and told and (best is None or (2 * chance + len(run)) > best[0]):
                best = (2 * chance + len(run), run, thing)
    return _parted(article, drafts, best[1], best[2]) if best else list(drafts)


def _runs(text: str, sentence: Sentence) -> Iterator[list[Manner]]:
    """Manners of one kind that are set against each other."""
    run: list[Manner] = []
    for m in manners_in(text, sentence.start, sentence.end):
        if run and m.kind == run[-1].kind and _apart(text, run[-1], m):
            run.append(m)
        else:
            if len(run) > 1:
                yield run
            run = [m]
    if len(run) > 1:
        yield run


def _apart(text: str, last: Manner, m: Manner) -> bool:
    if m.start - last.end > _FAR or m.text.lower() == last.text.lower():
        return False
    return _SETS_APART.fullmatch(_BLANKS.sub(" ", text[last.end : m.start])) is not None


def _thing(text: str, interventions: Block, sentence: Sentence, run: Sequence[Manner]) -> tuple[str, ...]:
    """What was had in these ways, with what it is written as one with: right behind them, between, or before."""
    blank = {r.id for r in interventions.rows if r.role == "comparator" and len(interventions.rows) > 1}
    near = [
        r
        for r in interventions.within(sentence.start, sentence.end)
        if r.id not in blank and r.start - run[-1].end < _REACH and run[0].start - r.end < _REACH
    ]
    between = {r.id for r in interventions.within(run[0].end, run[-1].start)}
    if len(between) > 1 or between & blank:
        return ()
    if between:
        return tuple(between)
    behind = [r for r in near if r.start >= run[-1].end]
    before = [r for r in near if r.end <= run[0].start]
    told = behind[:1] if behind and not before else before[-1:] if not behind else _closer(run, before[-1], behind[0])
    return _with_partners(text, interventions, told[0]) if told else ()


def _with_partners(text: str, interventions: Block, r: Reference) -> tuple[str, ...]:
    """The drugs that are written as one with a drug: "tea-milk", "tea/milk", "tea and milk tablets"."""
    ids, end = [r.id], r.end
    for other in interventions.beginning(r.end, r.end + _NEAR):
        if _AS_ONE.fullmatch(text, end, other.start):
            ids.append(other.id)
            end = other.end
    start = r.start
    for other in reversed(interventions.within(r.start - 4 * _NEAR, r.start)):
        if _AS_ONE.fullmatch(text, other.end, start):
            ids.insert(0, other.id)
            start = other.start
    return tuple(dict.fromkeys(ids))


def _closer(run: Sequence[Manner], before: Reference, behind: Reference) -> list[Reference]:
    return [behind if behind.start - run[-1].end <= run[0].start - before.end + 20 else before]


def _parted(
    article: Article, drafts: Sequence[ArmDraft], run: Sequence[Manner], thing: tuple[str, ...]
) -> list[ArmDraft]:
    # parts of one thing that were taken for arms are one
    parts = [d for d in drafts if len(thing) > 1 and d.members and set(d.members) < set(thing)]
    own = [d for d in drafts if set(thing) <= set(d.members)]
    if parts and not own:
        own = [replace(parts[0], members=thing)]
    told = [d for d in drafts if d.members and d not in own and d not in parts]
    kept = [d for d in drafts if not d.members and _UNTOLD.search(d.label)]
    if not own or (len(own) > 1 and not _are_these(own, run)) or (told and len(own[0].members) > 1):
        return list(drafts)
    ways = [_draft(article, own[0], m, run[-1]) for m in run]
    return sorted([*ways, *told, *kept], key=lambda d: d.span)


def _are_these(own: Sequence[ArmDraft], run: Sequence[Manner]) -> bool:
    """Whether arms without sizes are those of the manners: "the 3-day group"."""
    if len(own) != len(run) or len({frozenset(d.members) for d in own}) > 1 or any(d.n for d in own):
        return False
    labels = [d.label.replace("-", " ").lower() for d in own]
    return all(any(_PLURAL.sub("", m.text.replace("-", " ").lower()) in label for label in labels) for m in run)


def _draft(article: Article, own: ArmDraft, m: Manner, last: Manner) -> ArmDraft:
    """The arm of one manner, with every place that speaks of its group."""
    unit = _UNIT.search(last.text)
    label = m.text if _UNIT.search(m.text) or m.kind != "span" or unit is None else f"{m.text} {unit[0]}"
    stem = _PLURAL.sub("", label.replace("-", " ").lower())
    text = lowered(article.text).replace("-", " ")
    spans = [
        (start, group.end())
        for start, end in occurrences(text, stem, before=_BEFORE, behind=_BEHIND)
        if (group := _GROUP.match(article.text, end))
    ]
    return ArmDraft(label, (m.start, m.end), own.members, spans=tuple(spans), keys=frozenset({label.lower()}))


def with_inherited(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """The arms, those that tell only of another way with what the others got, and "no tea" without tea."""
    drafts = [_denied(d) for d in drafts]
    given = {frozenset(d.members): d.members for d in drafts if d.members}
    if len(given) != 1:
        return drafts
    (members,) = given.values()
    if not all(r.kind in _SUBSTANCES for r in interventions.rows if r.id in members):
        return drafts
    ordered = sorted(d.span for d in drafts)
    return [replace(d, members=members) if _tells_manner(article, interventions, d, ordered) else d for d in drafts]


def _denied(draft: ArmDraft) -> ArmDraft:
    if not _NO.match(draft.label) or len(draft.members) != 1:
        return draft
    return replace(draft, members=(), keys=draft.keys | {"control"})


def _tells_manner(article: Article, interventions: Block, draft: ArmDraft, ordered: Sequence[Span]) -> bool:
    """Whether the label or the words that it stands for say how something was given, and nothing of what."""
    if draft.members or _UNTOLD.search(draft.label) or draft.keys & {"control"}:
        return False
    start, end = draft.span
    if _says_how(article.text, start, end):
        return True
    sentence = article.sentence_at(start)
    if sentence is None or not _LABEL.fullmatch(draft.label):
        return False
    if article.text[:start].endswith(("(", "[")):
        begin, stop = max((e for _, e in ordered if sentence.start <= e <= start), default=sentence.start), start
    else:
        begin, stop = end, min((s for s, _ in ordered if s >= end), default=sentence.end)
    begin, stop = max(begin, sentence.start), min(stop, sentence.end)
    if stop - begin > _FAR or interventions.within(begin, stop) or _UNTOLD.search(article.text, begin, stop):
        return False
    return _says_how(article.text, begin, stop)


def _says_how(text: str, start: int, end: int) -> bool:
    return any(m.kind in _PLAIN for m in manners_in(text, start, end))
