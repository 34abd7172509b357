"""How many people each arm had: the sizes that the text states, given to the arm that each stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.proposals import PARTED
from trialmine.assemble.participants import choose_enrolment
from trialmine.lexicon.occurrences import occurrences
from trialmine.records.article import Article, Block, Mention, Mentions

Place = tuple[int, int, int]
"""Where an arm is named: start, end, the arm's number."""

ENROLS = regex.compile(
    r"\brandom|\bassign|\ballocat|\bdivided|\benrol|\brecruit|\binclud|\bcompris|\bconsist|\banaly[sz]ed|\bevaluable"
    r"|\bstudied|\breceiv|\bunderwent|\btreated",
    regex.I,
)
# people counted for what became of them are no group
OUTCOME = regex.compile(
    r"\bdied\b|\bdeath|\bdevelop|\bexperienc|\bwithdr|\bdiscontinu|\boccurr|\brespon|\badverse|\bdropp|\blost\b|\brelaps"
    r"|\bachiev|\bimprov",
    regex.I,
)
_SHORT = regex.compile(r"[^().;]{0,70}?\(\s*(?P<short>(?-i:\p{Lu}[\p{L}\d/+–-]{1,11}))\s*[,;:)]")
# a label of several capitals, or an amount: it stands for its arm wherever it stands
_TELLING = regex.compile(r"^\p{Lu}{2}|^\d[\d.,]*\s*\p{L}")
_BEFORE_NAME, _BEHIND_NAME = regex.compile(r"(?<![\p{L}\d.-])"), regex.compile(r"(?![\p{L}\d])")
_REACH = {"arm.size": 130, "arm.equal": 5, "arm.bracketed": 90, "arm.counted": 70}
_GOT_NEXT = regex.compile(
    r"\s?(?:\p{L}+\s?)?[)\]]\s?,?\s?(?:(?:who|which|were|was|each)\s)*(?:(?:randomly\s)?(?:receiv\w+|got|took|given|assigned|allocated|randomi[sz]ed\sto"
    r"|treated|underwent|had|used|drank))\b",
    regex.I,
)
_SUBJECT = regex.compile(
    r"\b(?:schools|villages|clusters|clinics|hospitals|practices|wards|cent(?:er|re)s|communities|households|homes|classes|units|sites|patients"
    r"|subjects|participants|women|men|children|infants|adults|people|individuals|volunteers|girls|boys|eyes)\s?$",
    regex.I,
)
_JUST_BEFORE = 24  # characters from a name to the bracket that may size it
_FEWEST = 0.75  # of those that each group had at first, where the text counts who was left
_SMALL = 15  # people in a group that is looked at twice
_UNLIKE = 10  # times that arms of one trial hardly ever differ from their average
_ADJACENT = 3  # signs between a bare number and the arm that it counts


def with_sizes(article: Article, mentions: Mentions, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """Gives each arm the size stated beside it, else the one that all share; without chance a lone arm is everybody."""
    if len(drafts) == 1:
        groups = {m.value for m in mentions["arm_size"] if m.rule in ("arm.size", "arm.equal")}
        if PARTED.is_in(article.text) or len(groups) > 1:  # the other arm was not found
            return drafts
        enrolled = choose_enrolment(article, mentions).enrolled
        return [replace(drafts[0], n=enrolled.value.n, size=(enrolled.start, enrolled.end))] if enrolled else drafts
    places = sorted(arm_places(article, interventions, drafts))
    sizes: dict[int, tuple[int, Mention]] = {}
    for listed in mentions["arm_sizes_in_turn"]:
        sizes |= {arm: (0, m) for arm, m in _in_turn(article, listed, places)}
    for claims in _by_sentence(article, mentions, places):
        _complete(claims, len(drafts))
        for owner, distance, m in claims:
            if owner is not None and (owner not in sizes or distance < sizes[owner][0]):
                sizes[owner] = (distance, m)
    each = [m for m in mentions["arm_size_each"] if _sizes_groups(article, m)]
    told = [m.value for _, m in sizes.values()] + [d.n for d in drafts if d.n is not None]
    if each and all(_FEWEST * each[0].value <= n <= each[0].value for n in told):
        return [replace(d, n=each[0].value, size=(each[0].start, each[0].end)) for d in drafts]
    return [_sized(d, sizes[i][1] if i in sizes else None) for i, d in enumerate(drafts)]


def without_counts(article: Article, mentions: Mentions, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """Takes sizes back that are far below the arms' average: of whom something befell, "headache (n = 2)"."""
    if not any(d.n is not None and d.n < _SMALL for d in drafts):
        return drafts
    enrolled = choose_enrolment(article, mentions).enrolled
    least = enrolled.value.n / len(drafts) / _UNLIKE if enrolled else 0
    return [replace(d, n=None, size=None) if d.n is not None and d.n < least else d for d in drafts]


def _sized(draft: ArmDraft, m: Mention | None) -> ArmDraft:
    if draft.n is not None or m is None:
        return draft
    return replace(draft, n=m.value, size=(m.start, m.end))


def arm_places(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> Iterator[Place]:
    """Where the text speaks of one arm alone: its label, what only it got, the short form that is given for it."""
    for i, d in enumerate(drafts):
        others = {m for o in drafts if o is not d for m in o.members}
        own = [(r.start, r.end) for r in interventions.references if r.id in d.members and r.id not in others]
        yield from ((start, end, i) for start, end in {d.span, *d.spans, *own})
        yield from ((start, end, i) for start, end in key_places(article, d))
        for short in _short_forms(article, [d.span, *own]):
            yield from ((start, end, i) for start, end in _occurrences(article, short))


def _sizes_groups(article: Article, m: Mention) -> bool:
    """Whether "… in each group" says how large the groups were; in the results it mostly counts events."""
    sentence = article.sentence_at(m.start)
    if sentence is None or sentence.section not in ("results", "conclusions"):
        return True
    text = article.text[sentence.start : sentence.end]
    return bool(ENROLS.search(text)) and not OUTCOME.search(text)


def key_places(article: Article, draft: ArmDraft) -> Iterator[tuple[int, int]]:
    """Where the amount or the capitals stand that tell this arm from the others."""
    for key in sorted(k for k in draft.keys if _TELLING.search(k)):
        yield from _occurrences(article, key)


def _occurrences(article: Article, short: str) -> Iterator[tuple[int, int]]:
    return occurrences(article.text, short, before=_BEFORE_NAME, behind=_BEHIND_NAME)


def _short_forms(article: Article, spans: list[tuple[int, int]]) -> set[str]:
    found = (_SHORT.match(article.text, end) for _, end in spans)
    return {m["short"] for m in found if m}


def _is_amount(mentions: Mentions, m: Mention) -> bool:
    """Whether a number is part of a dose: "drug 100, 300 and 1000 mg"."""
    return any(d.start <= m.start < d.end for d in mentions["dose"])


def _by_sentence(
    article: Article, mentions: Mentions, places: list[Place]
) -> Iterator[list[tuple[int | None, int, Mention]]]:
    sentences: dict[int, list[Mention]] = {}
    shared = {m.start for m in mentions["arm_size_each"]}
    for m in mentions["arm_size"]:
        sentence = article.sentence_at(m.start)
        if sentence and m.start not in shared and not _is_amount(mentions, m):
            sentences.setdefault(sentence.start, []).append(m)
    for start, found in sentences.items():
        sentence = article.sentence_at(start)
        if sentence is None or sentence.section == "background":
            continue
        text = article.text[sentence.start : sentence.end]
        sure = [m for m in found if m.rule in ("arm.size", "arm.equal")]
        if not sure and (not ENROLS.search(text) or OUTCOME.search(text)):
            continue
        near = [p for p in places if sentence.start <= p[0] and p[1] <= sentence.end + 1]
        yield [(*_owner(article.text, m, found, near), m) for m in found]


def _in_turn(article: Article, listed: Mention, places: list[Place]) -> Iterator[tuple[int, Mention]]:
    """The arms named last before a list of sizes, each with its own: "A, B or C (n = 20, 22 and 21)"."""
    sentence = article.sentence_at(listed.start)
    before = [p for p in places if sentence and sentence.start <= p[0] and p[1] <= listed.start]
    arms = list(dict.fromkeys(arm for _, _, arm in reversed(before)))[: len(listed.value)]
    if len(arms) == len(listed.value):
        yield from zip(reversed(arms), listed.value, strict=True)


def is_subject(text: str, m: Mention) -> bool:
    """Whether the people of a bracket are the subject of what follows: "21 villages (n = 900) received tea"."""
    if m.rule not in ("arm.size", "arm.bracketed") or not _GOT_NEXT.match(text, m.end):
        return False
    opens = text.rfind("(", max(0, m.start - _JUST_BEFORE), m.start)
    return opens >= 0 and _SUBJECT.search(text, max(0, opens - _JUST_BEFORE), opens) is not None


def _opens_clause(text: str, m: Mention, sizes: list[Mention], places: list[Place]) -> bool:
    """Whether it is one of several such subjects, and sizes no arm that stands right before it."""
    if not is_subject(text, m) or sum(is_subject(text, s) for s in sizes) < 2:
        return False
    return not any(m.start - _JUST_BEFORE <= end <= m.start for _, end, _ in places)


def _owner(text: str, m: Mention, sizes: list[Mention], places: list[Place]) -> tuple[int | None, int]:
    """The arm whose place is nearest on the side that the wording points to, with no other size between."""
    ahead = m.rule in ("arm.counted", "arm.bare_first") or _opens_clause(text, m, sizes, places)
    reach = _REACH.get(m.rule, _ADJACENT)
    between = [s for s in sizes if s is not m and s.rule == m.rule]
    best: tuple[int | None, int] = (None, reach + 1)
    for start, end, arm in places:
        distance = start - m.end if ahead else m.start - end
        low, high = (m.end, start) if ahead else (end, m.start)
        if 0 <= distance < best[1] and not any(low <= s.start < high for s in between):
            best = (arm, distance)
    if ahead and best[0] is not None and _counts_all(m, sizes, places, best[0]):
        return (None, reach + 1)
    return best


def _counts_all(m: Mention, sizes: list[Mention], places: list[Place], owner: int) -> bool:
    """ "60 were assigned to A or B": the next arm comes before the next number."""
    stop = min((s.start for s in sizes if s.start > m.end), default=None)
    others = [start for start, _, arm in places if arm != owner and start > m.end]
    return bool(others) and (stop is None or min(others) < stop)


def _complete(claims: list[tuple[int | None, int, Mention]], arms: int) -> None:
    """Of as many sizes as there are arms, the one that nothing else explains is the last arm's."""
    kinds = {m.rule for _, _, m in claims}
    owners = [owner for owner, _, _ in claims if owner is not None]
    if len(kinds) == 1 and len(claims) == arms == len(set(owners)) + 1 == len(owners) + 1:
        missing = next(i for i in range(arms) if i not in owners)
        place = next(i for i, claim in enumerate(claims) if claim[0] is None)
        claims[place] = (missing, _REACH["arm.size"], claims[place][2])
