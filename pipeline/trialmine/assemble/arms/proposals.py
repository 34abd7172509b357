"""Sets of arms that no assignment clause spells out: two sides of a comparison, an addition, doses, bare labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from trialmine.assemble.arms.completion import CONTROL, bare_label
from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.one_regimen import next_steps, parts_nobody
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Mention, Mentions, Reference

_OWN = ("title", "objective", "methods", None, "other", "registration", "results")
_ADDS = {
    # the second is given besides the first, to some
    "behind": regex.compile(
        r"^\W*(?:(?:\w+\s+){0,3}(?:with\s+(?:or|and)\s+without|with\s*/\s*without|alone\s+or\s+(?:in\s+combination|combined|plus|with"
        r"|together)|plus\s+or\s+minus|±)|and\s+without)\b",
        regex.I,
    ),
    # the first is given besides the second, to some
    "before": regex.compile(
        r"^\W*(?:\w+\s+){0,3}?(?:added\s+to|in\s+addition\s+to|as\s+(?:an?\s+)?(?:adjuvants?|adjuncts?|add-?on)\w*\s+(?:\w+\s+){0,2}?(?:to|with"
        r"|of|in)|adjuvant\s+(?:to|with)|adjunct\w*\s+to|on\s+top\s+of)\b",
        regex.I,
    ),
}
_ADDITION = regex.compile(r"\b(?:addition\s+of|adding|add-on)\s+(?:\w+\s+){0,2}$", regex.I)
_TO = regex.compile(r"^\W*(?:\w+\s+){0,3}?to\b", regex.I)
_HEAD = regex.compile(
    r"[\s-]*(?:(?:treatment|therapy|dose|treated|supplement\w+|intervention|control)[\s-]+)?(?:groups?|arms?|recipients)$",
    regex.I,
)
_LEAD = regex.compile(
    r"^(?:the|an?|in|of|to|for|with|and|or|than|both|each|either|vs\.?|versus|was|were|from|that|by|on|at|is|as|who"
    r"|received|compared|higher|lower|greater|patients|subjects|participants|these|those)\s+",
    regex.I,
)
_ANY = regex.compile(
    r"^(?:study|treatment|intervention|control|experimental|placebo|active|test|other|two|three|age|both|same|first"
    r"|second|third|high|low|risk|safety|patient|dose)?$",
    regex.I,
)
PARTED = Search(r"\brandomi[sz]|\brandomly\b|\bcontrolled\b|\bcross-?over\b|\ballocated\b")
_RAISED = Search(r"\b(?:dose|doses)[-\s](?:\w+\s){0,2}?escalat\w+|\bescalat\w+\s+(?:\w+\s)?doses?\b")
_ALONE = Search(r"\balone\b.{1,60}\balone\b|\bmonotherap\w+|\bcomponents?\b|\bfactorial\b")
_MANY = 4  # labels or doses that one set may hold, besides controls


def _first(interventions: Block, ids: tuple[str, ...]) -> tuple[int, int] | None:
    place = next((r for r in interventions.references if r.id in ids), None)
    return (place.start, place.end) if place else None


def _draft(article: Article, interventions: Block, ids: tuple[str, ...], key: str = "") -> ArmDraft | None:
    span = _first(interventions, ids)
    if span is None:
        return None
    return ArmDraft(article.text[slice(*span)], span, ids, keys=frozenset({key} if key else ()))


def two_sides(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """All that was tested against all that it was compared with, or against a control of which nothing is said."""
    tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
    compared = tuple(r.id for r in interventions.rows if r.role == "comparator")
    new, old = _draft(article, interventions, tested), _draft(article, interventions, compared)
    if new and old:
        yield [new, old]
    if new:
        for m in mentions["group_phrase"]:
            label = article.text[m.start : m.end]
            if CONTROL.search(label) and not interventions.within(m.start, m.end):
                yield [new, ArmDraft(label, (m.start, m.end), keys=frozenset({"control"}))]
                return


def each_apart(article: Article, interventions: Block) -> Iterator[list[ArmDraft]]:
    """One arm for each tested drug and each comparator; where something is given alone, the combination too."""
    rows = [r for r in interventions.rows if r.role in ("investigational", "comparator")]
    tested = tuple(r.id for r in rows if r.role == "investigational")
    apart = [d for r in rows if (d := _draft(article, interventions, (r.id,)))]
    if not 2 <= len(tested) <= _MANY or not PARTED.is_in(article.text):
        return
    yield apart
    both = _draft(article, interventions, tested)
    if both:
        if _ALONE.is_in(article.text):
            yield [both, *apart]
        compared = [d for d in apart if d.members[0] not in tested]
        if compared:
            yield [both, *compared]


def added_arms(article: Article, interventions: Block) -> Iterator[list[ArmDraft]]:
    """ "A with or without B", "addition of B to A": some got A, some A and B."""
    seen: set[tuple[str, str]] = set()
    for a, b in pairwise(interventions.references):
        if a.id == b.id or b.start - a.end > 80 or article.section_at(a.start) not in _OWN:
            continue
        joint = article.text[a.end : b.start]
        if "." in joint:
            continue
        pair: tuple[Reference, Reference] | None = None
        if _ADDS["behind"].search(joint):
            pair = (a, b)
        elif _ADDS["before"].search(joint) or (
            _ADDITION.search(article.text[max(0, a.start - 40) : a.start]) and _TO.search(joint)
        ):
            pair = (b, a)
        if pair and (pair[0].id, pair[1].id) not in seen:
            seen.add((pair[0].id, pair[1].id))
            yield _with_and_without(article, interventions, *pair)


def _with_and_without(article: Article, interventions: Block, common: Reference, added: Reference) -> list[ArmDraft]:
    both = ArmDraft(article.text[added.start : added.end], (added.start, added.end), (common.id, added.id))
    blank = next((r.id for r in interventions.rows if r.name == "placebo"), None)
    members = (common.id, blank) if blank and blank not in (common.id, added.id) else (common.id,)
    span = (_first(interventions, (blank,)) if blank else None) or (common.start, common.end)
    return [both, ArmDraft(article.text[slice(*span)], span, members)]


def dosed_arms(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """One arm for each amount of a tested drug that the text names, beside one for each comparator.

    Amounts that were raised step by step, or given where nothing was left to chance, are no arms.
    """
    if not PARTED.is_in(article.text) or mentions["design.escalation"] or _RAISED.is_in(article.text):
        return
    others = [
        d for r in interventions.rows if r.role == "comparator" and (d := _draft(article, interventions, (r.id,)))
    ]
    for row in interventions.rows:
        if row.role == "comparator" or row.name == "placebo":
            continue
        for doses in _amounts(article, mentions, interventions, row.id):
            arms = [
                ArmDraft(f"{row.name} {text}", (m.start, m.end), (row.id,), keys=frozenset({text})) for text, m in doses
            ]
            yield [*arms, *(d for d in others if row.id not in d.members)]


def _amounts(
    article: Article, mentions: Mentions, interventions: Block, drug: str
) -> Iterator[list[tuple[str, Mention]]]:
    """The amounts of one drug in one unit: those that recur, and all."""
    by_unit: dict[str, dict[float, list[Mention]]] = {}
    own = [
        m
        for m in mentions["dose"]
        if article.section_at(m.start) != "background"
        and "%" not in m.value.dose.unit
        and _nearest(interventions, m) == drug
        and not parts_nobody(article, interventions, m)
    ]
    steps = next_steps(article, own)
    for m in own:
        for value in (m.value.dose.value, *m.value.alternatives):
            if value is not None:
                by_unit.setdefault(m.value.dose.unit, {}).setdefault(value, []).append(m)
    for unit, all_found in by_unit.items():
        found = {v: ms for v, ms in all_found.items() if ms[0] not in steps}
        # an amount that the results alone name, and once, is no group's
        values = {
            v: ms
            for v, ms in found.items()
            if len(ms) > 1 or article.section_at(ms[0].start) not in ("results", "conclusions")
        }
        shown = {v: (_written(article, v, unit, ms[0]), ms[0]) for v, ms in values.items()}
        if 2 <= len(shown) <= _MANY:
            yield list(shown.values())
        often = [v for v, ms in values.items() if len(ms) > 1]
        if 2 <= len(often) <= _MANY and len(often) < len(shown):
            yield [shown[v] for v in often]


def _written(article: Article, value: float, unit: str, m: Mention) -> str:
    return f"{value:g} {unit}" if m.value.dose.levels else article.text[m.start : m.end].strip()


def _nearest(interventions: Block, m: Mention) -> str | None:
    near = [r for r in interventions.references if r.start - m.end < 40 and m.start - r.end < 60]
    # an amount stands behind its drug more often than before it
    best = min(near, key=lambda r: m.start - r.end if r.end <= m.start else 3 * (r.start - m.end), default=None)
    return best.id if best else None


def bare_labelled_arms(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """Labels of which nothing else is told part what was tested: "Group A (0.25 ml/h) and Group B (0.5 ml/h)"."""
    tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
    places: dict[str, list[Mention]] = {}
    for m in mentions["arm_label"]:
        places.setdefault(m.value.upper(), []).append(m)
    if tested and 2 <= len(places) <= _MANY + 2:
        yield [
            ArmDraft(
                article.text[ms[0].start : ms[0].end],
                (ms[0].start, ms[0].end),
                tested,
                spans=tuple((m.start, m.end) for m in ms[1:]),
                keys=frozenset({name}),
            )
            for name, ms in places.items()
        ]


def phrased_arms(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """Groups that are told apart by a word that names no drug: "in the weekly group than in the monthly group"."""
    tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
    labels: dict[str, list[tuple[int, int]]] = {}
    for m in mentions["group_phrase"]:
        label = bare_label(article.text[m.start : m.end])
        while lead := _LEAD.match(label):
            label = label[lead.end() :]
        span = (m.end - len(label), m.end)
        key = _HEAD.sub("", label).strip().lower()
        if _ANY.match(key) or interventions.within(*span) or label.lower().endswith("s") or len(key.split()) > 3:
            continue
        labels.setdefault(key, []).append(span)
    if tested and 2 <= len(labels) <= _MANY:
        yield [
            ArmDraft(article.text[slice(*spans[0])], spans[0], tested, spans=tuple(spans[1:]), keys=frozenset({key}))
            for key, spans in labels.items()
        ]
