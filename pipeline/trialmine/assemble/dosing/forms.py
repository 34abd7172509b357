"""Routes that a dose form or a food stands for, where no words of a route are told: capsules, a patch, juice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Block, Mentions, Reference
from trialmine.records.vocabulary import Route

FORM = Pattern(
    "dosing.form",
    r"""
    (?<!\b(?:vaginal|vaginally|sub-?lingual|buccal|rectal|inhal\w+|inhalation|dispersible|explosive|hand-?held|computer|digital|suppository|suck\w*|implant\w*|joint|renal|prostatic|lens|posterior|anterior|internal|video|wireless)[\s-])
    (?: (?P<oral>(?:tablets?|caplets?|capsules?|gelcaps?|soft-?gels?|pills?|syrups?|granules)(?![\w-]))
      | (?P<transdermal>(?:patch(?:es)?|plasters?)(?![\w-])) )
    (?!\s(?:for\sinhalation|inhal|computers?|PCs?|devices?|endoscop|apps?\b|count|contracture|test|users?|burden|bottles?))
    """,
    hits=("two 5 mg tablets", "capsules of alfamine", "a nicotine patch", "softgels with 1 g of oil"),
    misses=("a vaginal tablet", "sublingual tablets", "capsules for inhalation", "a tablet computer", "encapsulated"),
)
EATEN = Pattern(
    "dosing.eaten",
    r"""\b(?:juices?|drinks?|beverages?|shakes?|smoothies?|milk|yogh?urts?|kefir|cheeses?|breads?|cookies?|biscuits?|cereals?|pasta|muffins?|crackers?|meals?|diets?|breakfasts?|snacks?|soups?|porridge)\b""",
    hits=("plum juice", "a fermented milk", "low-fat diet"),
    misses=("milky", "water"),
)
PATTERNS = (FORM, EATEN)

_GAS = regex.compile(
    r"(?:pure\s|medical\s)?(?:oxygen|nitrous\soxide|xenon|heliox|carbogen|hydrogen|air)|(?:sevo|iso|des|en|methoxy)flurane|halothane",
    regex.IGNORECASE,
)
# "alfamine 5 mg film-coated tablets", "tablets containing 5 mg of alfamine"
_BEHIND_DOSE = regex.compile(
    r"[\s,()-]{0,3}(?:(?:an?|one|two|three|four|1|2|3|4|as|in|of|by|oral|coated|film-coated|enteric-coated|extended-release|sustained-release|immediate-release|modified-release|chewable|effervescent|gelatin|hard|soft|placebo|daily|single|per|form|dosage)\b[\s,()-]{0,2}){0,4}",
    regex.IGNORECASE,
)
BEFORE_DOSE = regex.compile(
    r"\s?\(?(?:(?:of|with|containing|contained|that|which|contain|contains|either|each|a|an|about|approximately|starting|started|beginning|at|from|daily|once|twice|per|day|of\swhich|provid(?:ing|ed|es))\b[\s,(]{0,2}){0,6}",
    regex.IGNORECASE,
)
_BESIDE_NAME = regex.compile(
    # "A and placebo tablets"; of "A or placebo tablets" the first may come otherwise
    r"(?:[\s®™]{0,2}(?:\sand\s|/|,\sand\s)(?:matching\s|its\s)?[\p{L}\d-]{2,20})?[\s®™-]{1,2}(?:(?:[a-z]+-)?(?:coated|release)\s)?",
    regex.IGNORECASE,
)
# "the tablets contained vitamin A and 5 mg of A, 6 mg of B and": all that a piece holds comes in it
_HOLDS = regex.compile(
    r"\b(?:contain(?:s|ed|ing)?|provid(?:es|ed|ing)|deliver(?:s|ed|ing)|held|holds|(?:consist(?:s|ed|ing)|composed)\sof|comprised)\b"
    r"(?:(?!\b(?:injections?|infusions?|vials?|ampoules?|solutions?|creams?|received|took)\b)[^;]|;(?=\s(?:\d|and\b|$))){0,400}$",
    regex.IGNORECASE,
)
_IS_HELD = regex.compile(
    r"(?:\s(?:of\s)?(?:(?!\b(?:daily|twice|once|or)\b)[\w-]+\s){0,7}?(?:per|in\s(?:each|every|one|a))\s|\s?/\s?)(?:half[\s-]|hard\s|soft\s|gelatine?\s){0,2}$",
    regex.IGNORECASE,
)
# what was taken in a trial whose words know no other way
_OF_STUDY = regex.compile(
    r"\b(?:placebo|study|trial|active|matching|identical|dummy|test)\s(?:[\w-]+\s)?$", regex.IGNORECASE
)
_REACH = 50  # characters between a form and what it is of


def fill_forms(drafts: Sequence[Draft], article: Article, mentions: Mentions, interventions: Block) -> None:
    """Fill the routes that are still missing by what a drug comes in, or is."""
    _fill_breathed(drafts, interventions)
    missing = [d for d in drafts if d.route is None]
    if not missing:
        return
    _fill_eaten(missing, article.text, interventions)
    forms = [(m.start(), m.end(), _route(m)) for m in FORM.find(article.text)]
    if not forms:
        return
    for draft in missing:
        if draft.route is None and (form := _form_of(draft, forms, article.text)) is not None:
            draft.fill("route", form[2], (form[0], form[1]))
    _fill_by_name(missing, forms, article.text, interventions)
    _fill_by_other_doses(drafts)
    if all(d.route in (None, "oral") for d in drafts) and not mentions["route"]:
        _fill_by_study(missing, forms, article, interventions)


def _route(m: regex.Match[str]) -> Route:
    return "oral" if m["oral"] else "transdermal"


def _fill_eaten(drafts: Sequence[Draft], text: str, interventions: Block) -> None:
    """Foods and drinks are swallowed, whatever is told of them."""
    eaten = {r.id for r in interventions.rows if any(EATEN.find(r.name))}
    for draft in drafts:
        # "500 mL placebo juice"
        drunk = draft.dose is not None and EATEN.compiled.match(text, draft.end + 1) is not None
        if draft.intervention in eaten or drunk:
            draft.route = "oral"


def _fill_breathed(drafts: Sequence[Draft], interventions: Block) -> None:
    """A share of a gas is of what was breathed; a needle told nearby was another drug's."""
    gases = {r.id for r in interventions.rows if _GAS.fullmatch(r.name)}
    for draft in drafts:
        share = draft.dose is not None and draft.dose.unit == "%"
        if share and draft.intervention in gases and draft.route != "inhaled":
            draft.drop("route")
            draft.route = "inhaled"


def _form_of(draft: Draft, forms: Sequence[tuple[int, int, Route]], text: str) -> tuple[int, int, Route] | None:
    """The form that stands in a row's drug and dose, or beside them."""
    for form in forms:
        start, end, _ = form
        inside = draft.start <= start and end <= draft.end
        before = end <= draft.start <= end + _REACH and BEFORE_DOSE.fullmatch(text, end, draft.start)
        behind = draft.end <= start <= draft.end + _REACH and _BEHIND_DOSE.fullmatch(text, draft.end, start)
        if inside or before or behind or _holds(form, draft, text):
            return form
    return None


def _holds(form: tuple[int, int, Route], draft: Draft, text: str) -> bool:
    """Whether a dose is one of what the pieces of this form contain."""
    start, end, route = form
    place = draft.dose_span
    if place is None or route != "oral" or not draft.sentence.start <= start < draft.sentence.end:
        return False
    if end <= place[0]:
        return _HOLDS.search(text, end, place[0]) is not None
    return place[1] <= start <= place[1] + 2 * _REACH and _IS_HELD.fullmatch(text, place[1], start) is not None


def _fill_by_name(
    drafts: Sequence[Draft], forms: Sequence[tuple[int, int, Route]], text: str, interventions: Block
) -> None:
    """ "A tablets": what a drug's name is told with elsewhere."""
    told: dict[str, list[tuple[int, int, Route]]] = defaultdict(list)
    for reference in interventions.references:
        told[reference.id] += [f for f in forms if _stands_beside(f, reference, text)]
    for draft in drafts:
        found = told.get(draft.intervention, [])
        if draft.route is None and len({f[2] for f in found}) == 1:
            draft.fill("route", found[0][2], (found[0][0], found[0][1]))


def _fill_by_study(
    drafts: Sequence[Draft], forms: Sequence[tuple[int, int, Route]], article: Article, interventions: Block
) -> None:
    """ "Placebo capsules": in a text that tells no route what was tested comes in the same."""
    told = [f for f in forms if _OF_STUDY.search(article.text, max(0, f[0] - 40), f[0])]
    if not told or any(f[2] != "oral" for f in forms):
        return
    tested = {r.id for r in interventions.rows if r.role in ("investigational", "comparator")}
    for draft in drafts:
        if draft.route is None and draft.intervention in tested and _is_swallowable(draft):
            draft.fill("route", "oral", told[0][:2])


def _is_swallowable(draft: Draft) -> bool:
    """Whether a dose is none, or one of weight or pieces that no body weight or surface measures."""
    return draft.dose is None or regex.fullmatch(r"(?:mg|ug|g|\[iU\]|\{\w+\})(?:/d)?", draft.dose.unit) is not None


def _fill_by_other_doses(drafts: Sequence[Draft]) -> None:
    """ "One 600 mg tablet a day, then 600 mg weekly": all doses of a drug come as one does, where no needle is told."""
    told: dict[str, set[Route | None]] = defaultdict(set)
    for draft in drafts:
        told[draft.intervention].add(draft.route)
    swallowed = {d.intervention: d for d in drafts if d.route == "oral" and told[d.intervention] <= {"oral", None}}
    for draft in drafts:
        other = swallowed.get(draft.intervention)
        if draft.route is None and other is not None and other.stated.get("route"):
            draft.take("route", other)


def _stands_beside(form: tuple[int, int, Route], reference: Reference, text: str) -> bool:
    start, end, _ = form
    if reference.start <= start and end <= reference.end:
        return True
    behind = reference.end <= start <= reference.end + _REACH and _BESIDE_NAME.fullmatch(text, reference.end, start)
    before = end <= reference.start <= end + _REACH and BEFORE_DOSE.fullmatch(text, end, reference.start)
    return bool(behind or before)
