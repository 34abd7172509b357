"""Routes that are told of one drug, and so are lent to no other: in its bracket, its clause or its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.forms import BEFORE_DOSE, FORM
from trialmine.assemble.dosing.injected import BY_NEEDLE
from trialmine.records.article import Article, Block, Mention, Sentence

_INERT = regex.compile(r"placebo|\bsham\b|vehicle|saline", regex.IGNORECASE)
_OF_ALL = regex.compile(r"\b(?:both|all|each|either|respectively|every)\b", regex.IGNORECASE)
_JOINED = regex.compile(r"\s?(?:or|and/or|/)\s?(?:by\s|via\s|the\s|an?\s)?", regex.IGNORECASE)
# who had one drug was then assigned to others: "under a block with A 20 mL were randomised to B or C"
_ASSIGNED = regex.compile(
    r"\b(?:(?:were|was|be|been|and|then)\s(?:\w+\s)?(?:randomi[sz]ed|assigned|allocated)|randomi[sz]ed\sto|randomly\s(?:assigned|allocated))\b",
    regex.IGNORECASE,
)
# "intravenous A 5 mg, both with B 6 mg"
_BESIDES = regex.compile(
    r"\b(?:both|each|all|either)\s(?:\w+\s){0,2}?(?:with|plus|combined)\b|\bin\saddition\sto\b|\badded\sto\b|\bon\stop\sof\b",
    regex.IGNORECASE,
)
# what a tablet and a patch are never given by
_NOT_SWALLOWED = frozenset(
    {
        "transdermal",
        "intravenous",
        "subcutaneous",
        "intramuscular",
        "intradermal",
        "intranasal",
        "topical",
        "ophthalmic",
    }
)
_NEAR_NERVES = frozenset({"epidural", "intrathecal", "perineural"})
_GENERAL = regex.compile(
    r"\b(?:ana?esthesia|induction)\b[^.;]{0,40}\b(?:induced|maintained)\b|\binduced\s(?:with|by|using)\b|\b(?:intubat|neuromuscular|antagoni[sz]ed|reversed)\w*",
    regex.IGNORECASE,
)
_BRACKET_REACH = 80  # characters
_WAY_REACH = 24  # characters to the other of two ways


def is_alternative(article: Article, routes: Sequence[Mention], mention: Mention) -> bool:
    """ "oral or intravenous": which of the two it was is not told."""
    return any(
        m.value != mention.value
        and abs(m.start - mention.start) <= _WAY_REACH * 2
        and _JOINED.fullmatch(article.text, min(m.end, mention.end), max(m.start, mention.start)) is not None
        for m in routes
    )


def is_one_drug(interventions: Block, one: str, other: str) -> bool:
    """Whether two ids are of one drug, or of a drug and its salt: "zinc" and "zinc oxide"."""
    names = [r.name.lower() for r in interventions.rows if r.id in (one, other)]
    return one == other or (len(names) > 1 and (names[0] in names[1] or names[1] in names[0]))


def is_inert(interventions: Block, name: str) -> bool:
    """Whether an id is that of a placebo or the like."""
    return any(r.id == name and _INERT.search(r.name) for r in interventions.rows)


def is_lent(article: Article, interventions: Block, drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a route is told of other drugs than a row's, by the place where it stands."""
    if _is_under_general(interventions, article.text, draft, mention):
        return True
    others = [d for d in drafts if d.intervention != draft.intervention and d.dose_span]
    if _comes_otherwise(article.text, drafts, draft, mention):
        return True
    sentence = article.sentence_at(mention.start)
    if sentence is not None and sentence.start != draft.sentence.start:
        return _is_of_other_sentence(article, interventions, drafts, draft, mention, sentence)
    return (
        _is_in_others_bracket(article.text, others, draft, mention)
        or _is_before_regimen(article.text, others, draft, mention)
        or _is_before_assignment(article.text, others, draft, mention)
        or _goes_beside(article.text, others, draft, mention)
    )


def _is_under_general(interventions: Block, text: str, draft: Draft, mention: Mention) -> bool:
    """ "Anaesthesia was induced with A 2 ug/kg": whether a block told elsewhere is lent to what makes people sleep."""
    start, end = draft.sentence.start, draft.sentence.end
    if mention.value not in _NEAR_NERVES or start <= mention.start < end:
        return False
    blocks = any(r.id == draft.intervention and r.name.lower().endswith("caine") for r in interventions.rows)
    return not blocks and _GENERAL.search(text, start, end) is not None


def _comes_otherwise(text: str, drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """ "a patch of 5 mg, or capsules of 2 mg": whether the row's dose comes in what goes another way."""
    before = [d.end for d in drafts if d.sentence.start == draft.sentence.start and d.end <= draft.start]
    low = max([draft.sentence.start, *before, draft.start - _BRACKET_REACH])
    if mention.end > low and mention.start < draft.start:
        return False
    forms = list(FORM.find(text[low : draft.start]))
    if not forms or BEFORE_DOSE.fullmatch(text, low + forms[-1].end(), draft.start) is None:
        return False
    return mention.value in _NOT_SWALLOWED if forms[-1]["oral"] else mention.value in _NOT_SWALLOWED - {"transdermal"}


def _is_of_other_sentence(
    article: Article, interventions: Block, drafts: Sequence[Draft], draft: Draft, mention: Mention, sentence: Sentence
) -> bool:
    """Whether a sentence that names other drugs alone tells the route of one of them."""
    references = interventions.within(sentence.start, sentence.end)
    named = {r.id for r in references if not is_inert(interventions, r.id)}
    if any(is_one_drug(interventions, n, draft.intervention) for n in named) or _OF_ALL.search(
        article.text, sentence.start, sentence.end
    ):
        return False
    return any(d.intervention in named and (mention.start, mention.end) in d.stated.get("route", ()) for d in drafts)


_WITH = regex.compile(r"(?:\b(?:with|plus|combined|added\sto|alongside)\b|\+)[^.;()]{1,60}$", regex.IGNORECASE)


def _is_before_regimen(text: str, others: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """ "A was given orally at 5 mg with a regimen (B 6 mg and C 7 mg)": what is told of A is not of the bracket's."""
    at = draft.place[0]
    opened = text.rfind("(", mention.end, at)
    if opened < 0 or ")" in text[opened:at] or not _WITH.search(text, mention.end, opened):
        return False
    doses = [d.dose_span[0] for d in others if d.dose_span and d.sentence.start == draft.sentence.start]
    beside = any(opened < dose < at + _BRACKET_REACH and ")" not in text[opened:dose] for dose in doses)
    return beside and any(dose < opened for dose in doses)


def _is_in_others_bracket(text: str, others: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """ "A (5 mg) and B (6 mg IV)": a bracket that holds another drug's dose and the route."""
    low = max(draft.sentence.start, mention.start - _BRACKET_REACH)
    opened = text.rfind("(", low, mention.start)
    closed = text.find(")", mention.end, mention.end + _BRACKET_REACH)
    if opened < 0 or closed < 0 or ")" in text[opened : mention.start] or "(" in text[mention.end : closed]:
        return False
    if opened <= draft.place[0] < closed or _OF_ALL.search(text, opened, closed):
        return False
    return any(d.dose_span and opened <= d.dose_span[0] < closed for d in others)


def _is_before_assignment(text: str, others: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a route is told with a drug that all had before they were assigned to the row's."""
    if mention.start >= draft.start:
        return False
    return any(
        d.sentence.start == draft.sentence.start
        and d.end <= draft.start
        and mention.start < d.end
        and _ASSIGNED.search(text, d.end, draft.start) is not None
        and _ASSIGNED.search(text, mention.end, d.end) is None
        for d in others
    )


def _goes_beside(text: str, others: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a row's drug was added to all that stands between it and the route, or was given at other times."""
    if mention.start >= draft.start:
        return False
    return any(
        d.sentence.start == draft.sentence.start
        and mention.start < d.end <= draft.start
        and (_BESIDES.search(text, d.end, draft.start) is not None or _is_otherwise_timed(text, d, draft, mention))
        for d in others
    )


def _is_otherwise_timed(text: str, injected: Draft, draft: Draft, mention: Mention) -> bool:
    """ "Subcutaneous A 10 U daily and B 500 mg twice daily": whether two drugs are told each with its own times."""
    often = (injected.frequency, draft.frequency)
    if (
        mention.value not in BY_NEEDLE
        or often[0] is None
        or often[1] is None
        or text[mention.end : injected.start].strip()
    ):
        return False
    times = [(f.count, f.period, f.period_unit) for f in often if f]
    return times[0] != times[1]
