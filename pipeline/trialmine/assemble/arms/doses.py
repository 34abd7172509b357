"""Arms of one drug that are parted by its doses: "5, 10 or 20 mg of it or placebo"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.completion import SALINE
from trialmine.assemble.arms.drafts import JOINED, PARTED, RANDOM, ArmDraft
from trialmine.assemble.arms.one_regimen import next_steps, parts_nobody
from trialmine.records.article import Article, Block, Mention, Mentions, Reference

_GROUPS = regex.compile(r"\bgroups?\b|\barms?\b|\bor\s+placebo\b", regex.I)
_ESCALATES = regex.compile(r"\bescalat|\btitrat|\bincreas|\bup\s+to\b|\bfollowed\s+by\b", regex.I)
_OF_GROUP = regex.compile(
    r"\s*(?:-\s?)?(?:dose|dosage)?\s?(?:groups?|arms?|cohorts?|dose|regimen|recipients)\b", regex.I
)
_THE = regex.compile(r"\b(?:the|in|with|for|and|versus|vs\.?|than|or|of)\s+$", regex.I)
_GIVEN = regex.compile(
    r"\breceiv|\bgiven\b|\btreated\b|\badminist|\btook\b|\bcompleted\b|\btreatments?\b|\bdos(?:ed|ing|es)\b|\bcompar|\bversus\b|\bvs\b",
    regex.I,
)
_OF = regex.compile(
    r"\s*(?:(?:once|twice|daily|weekly)\s+)?(?:dos(?:es?|age)\s+)?of\s+(?:(?:oral|intravenous|the)\s+)*", regex.I
)
_NEXT = regex.compile(
    rf".*(?:{PARTED.pattern}).*|\s*,\s*|[\s,;)\]]*(?:(?:and|or)\s+)?(?:the\s+)?(?:group|arm|cohort)\s+[A-Z\d]{{1,4}}[\s:(=,]*",
    regex.I | regex.S,
)
# nothing but the list's own joints between two doses
_LIST_JOINT = regex.compile(
    r"\s*,?\s*(?:or|versus|vs\.?)\s*|\s*,\s*|[\s,;)\]]*(?:(?:and|or)\s+)?(?:the\s+)?(?:group|arm|cohort)\s+[A-Z\d]{1,4}[\s:(=,]*",
    regex.I,
)
_AND = regex.compile(r"\d[^\d]{0,14}?(?:\band\b|&)")
_MOST = 6  # doses that one list may part
_REACH = 80  # characters from an amount to its drug
_LONGEST = 90  # characters between two alternatives
_ITEM_ENDS = regex.compile(r"[^()]*\)\s*,?\s*(?:or|and|versus|vs\.?)\b", regex.I)


def split_by_dose(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft], *, listed: bool = False
) -> list[ArmDraft]:
    """Parts an arm of one drug into its doses where people were assigned to "5, 10 or 20 mg" of it.

    `listed`: only where one list of doses stands beside another arm, which leaves no doubt.
    """
    common = set[str]().union(*(d.members for d in drafts)) if len(drafts) > 1 else set()
    common = common.intersection(*(d.members for d in drafts))
    out: list[ArmDraft] = []
    for draft in drafts:
        own = set(draft.members) - common
        others = {m for d in drafts if d is not draft for m in d.members} - common
        # two arms of one drug are parted already
        alone = bool(own) and not own & others
        doses = _assigned_doses(article, mentions, interventions, own, others, listed=listed) if alone else []
        if len(doses) < 2:
            out.append(draft)
            continue
        name = next(r.name for r in interventions.rows if r.id in own)
        out += [
            replace(draft, label=f"{name} {text}", span=span, spans=(), keys=frozenset({text})) for text, span in doses
        ]
    return out


def _assigned_doses(
    article: Article, mentions: Mentions, interventions: Block, own: set[str], others: set[str], *, listed: bool
) -> list[tuple[str, tuple[int, int]]]:
    rows = {r.id: r.name for r in interventions.rows}
    if any(rows[m] in ("placebo", *SALINE) for m in own):
        return []
    given = [m for m in mentions["dose"] if _is_assigned(article, interventions, own, others, m, listed=listed)]
    steps = next_steps(article, given)
    given = [m for m in given if m not in steps and not parts_nobody(article, interventions, m)]
    if listed:
        given = [m for m in given if not m.value.volume and not _AND.search(article.text, m.start, m.end)]
    for m in given:
        levels = m.value.alternatives
        if 2 <= len(levels) <= _MOST:
            unit = regex.search(r"[^\d\s.,·/–-][^\s,;]*$", article.text[m.start : m.end].strip())
            written = unit[0] if unit else m.value.dose.unit
            return [
                (f"{level:g} {written}", place)
                for level, place in zip(levels, _places(article.text, m, len(levels), written), strict=True)
            ]
    found = _alternative_doses(article, given, _LIST_JOINT if listed else _NEXT)
    return found if found or listed else _doses_of_groups(article, mentions, interventions, own)


def _places(text: str, m: Mention, levels: int, unit: str) -> list[tuple[int, int]]:
    """Where each level of a list stands: at its own amount, if more is told of each ("5 mg (n = 9), 10 mg (n = 8)")."""
    behind = regex.compile(rf"[\s-]?{regex.escape(unit)}")
    amounts = m.value.amounts
    if len(amounts) != levels or ("(" not in text[m.start : m.end] and not behind.match(text, amounts[0].end)):
        return [(m.start, m.end)] * levels
    return [(a.start, found.end() if (found := behind.match(text, a.end)) else a.end) for a in amounts]


def _doses_of_groups(
    article: Article, mentions: Mentions, interventions: Block, own: set[str]
) -> list[tuple[str, tuple[int, int]]]:
    """Amounts in one unit that name groups anywhere: "in the 5 mg group", "the 10 mg dose"."""
    found: dict[float, Mention] = {}
    for m in mentions["dose"]:
        dose = m.value.dose
        if (
            dose.value is None
            or not _OF_GROUP.match(article.text, m.end)
            or not _THE.search(article.text[max(0, m.start - 10) : m.start])
        ):
            continue
        sentence = article.sentence_at(m.start)
        others = interventions.within(sentence.start, m.start)[-1:] if sentence else []
        if all(r.id in own for r in others) and (not found or dose.unit == _unit_of(found)):
            found.setdefault(dose.value, m)
    if not 2 <= len(found) <= 6 or _ESCALATES.search(article.text):
        return []
    return [(article.text[m.start : m.end].strip(), (m.start, m.end)) for m in found.values()]


def _unit_of(doses: Mapping[float, Mention]) -> str:
    return str(next(iter(doses.values())).value.dose.unit)


def _is_assigned(
    article: Article, interventions: Block, own: set[str], others: set[str], m: Mention, *, listed: bool
) -> bool:
    """Whether a dose is one of the drug that is an arm's own, in a sentence that parts people and escalates nothing."""
    sentence = article.sentence_at(m.start)
    if sentence is None or sentence.section in ("background", "conclusions"):
        return False
    text = article.text[sentence.start : sentence.end]
    inside = interventions.within(sentence.start, sentence.end)
    beside = listed and _GIVEN.search(text) and any(r.id in others for r in inside)
    if sentence.section == "results" and not beside:
        return False
    if "%" in m.value.dose.unit or _ESCALATES.search(text):
        return False
    if not (beside or RANDOM.search(text) or (not listed and _GROUPS.search(text))):
        return False
    return _whose(article, interventions, inside, m) in own


def _whose(article: Article, interventions: Block, inside: Sequence[Reference], m: Mention) -> str | None:
    """The drug nearest to an amount; a placebo has none."""
    blank = {r.id for r in interventions.rows if r.name == "placebo"}
    near = [
        r
        for r in inside
        if r.id not in blank
        and abs(r.start - m.start) < _REACH
        and not (r.start > m.end and _ITEM_ENDS.match(article.text, m.end, r.start))
    ]
    closest = min(near, key=lambda r: min(abs(r.end - m.start), abs(r.start - m.end)), default=None)
    behind = next((r for r in near if r.start >= m.end and _OF.fullmatch(article.text, m.end, r.start)), closest)
    return behind.id if behind else None


def _alternative_doses(
    article: Article, doses: Sequence[Mention], joins: regex.Pattern[str]
) -> list[tuple[str, tuple[int, int]]]:
    """Runs of single doses in one unit that "or" and its like part: "low-dose (0.5 mg/kg) or high-dose (1 mg/kg)"."""
    run: list[Mention] = []
    for m in doses:
        if m.value.dose.value is None:
            continue
        joint = article.text[run[-1].end : m.start] if run else ""
        same = run and m.value.dose.unit == run[-1].value.dose.unit and len(joint) < _LONGEST
        if same and joins.fullmatch(joint) and not JOINED.search(joint) and "." not in joint:
            run.append(m)
        elif len(run) < 2:
            run = [m]
    distinct = {m.value.dose.value: m for m in reversed(run)}
    found = sorted(distinct.values(), key=lambda m: m.start)
    return [(article.text[m.start : m.end].strip(), (m.start, m.end)) for m in found] if len(found) > 1 else []
