"""Routes that are plainly told of another drug or dose than a row's."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.injected import (
    BY_NEEDLE,
    ON_SURFACES,
    is_impossible,
    is_injected,
    is_never_given_so,
    is_of_mass,
)
from trialmine.assemble.dosing.lent_routes import is_inert, is_lent, is_one_drug
from trialmine.records.article import Article, Block, Mention, Reference

_LISTED = regex.compile(
    r"[\s,/+&®™-]{0,3}(?:\([^()]{1,30}\)[\s,]*)?(?:(?:and|or|plus|versus|vs\.?|with|placebo)\b[\s,]*){0,3}",
    regex.IGNORECASE,
)
_NEXT_ARM = regex.compile(
    r"\b(?:or|and)\sto\b|\b(?:groups?|arms?)\s(?:\w{1,4}\s)?(?:(?:patients|subjects)\s)?(?:received|had|got|took|(?:was|were)\sgiven)\b",
    regex.IGNORECASE,
)
# "A 5 mg; B 6 mg was given orally": a clause of its own, unless it tells of both
_NOT_OF_ALL = r"(?:(?!\b(?:both|all|each|every|drugs|treatments|medications?)\b)[^;])*"
_OWN_CLAUSE = regex.compile(
    rf";(?![^()]*\)){_NOT_OF_ALL}?\b(?:was|were|is|are|be)\s(?:(?:then|also|\w+ly)\s)?"
    rf"(?:given|administered|taken|infused|injected|delivered|applied|added)\b{_NOT_OF_ALL}$",
    regex.IGNORECASE,
)
_BESIDE = 10  # characters from a dose to a route that is its own, whatever its form
_FORM_WORD = r"(?:gel|cream|ointment|lotion|tablets?|capsules?|pills?|patch(?:es)?|syrup|suppositor(?:y|ies)|enema|(?:nasal\s)?spray|inhaler|mouthwash|eye\s?drops)\b"
_FORM = regex.compile(rf"\b{_FORM_WORD}", regex.IGNORECASE)
_FORM_BEHIND = regex.compile(rf"\s(?:oral\s)?{_FORM_WORD}", regex.IGNORECASE)
_FORM_AHEAD = regex.compile(
    rf"\b{_FORM_WORD}\s\(?(?:that\s)?(?:deliver(?:ing|ed)|contain(?:ing|ed)|providing|releasing|with|of)\s$",
    regex.IGNORECASE,
)
_SWALLOWED = "route.swallowed"
_NAME_REACH = 60  # characters


def is_foreign(article: Article, interventions: Block, drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a route is none of a row's: it is said of another drug alone, or the row's dose was injected."""
    # who drinks one drug may drink all that is told behind it
    if mention.rule == _SWALLOWED or (draft.start <= mention.start and mention.end <= draft.end):
        return mention.rule == _SWALLOWED and is_impossible(draft, mention.value)
    if mention.value not in BY_NEEDLE and _goes_on_injected(article.text, drafts, draft, mention):
        return True
    beside = draft.end <= mention.start <= draft.end + _BESIDE
    other_form = mention.value in BY_NEEDLE and not beside and _comes_as_form(article.text, draft)
    row = next(r for r in interventions.rows if r.id == draft.intervention)
    if other_form or is_impossible(draft, mention.value) or is_never_given_so(row.name, row.kind, mention.value):
        return True
    told_apart = any(_has_told(o, draft, mention) or _is_closed_before(o, draft, mention) for o in drafts)
    own_clause = _is_of_own_clause(article.text, drafts, draft, mention)
    if told_apart or own_clause or _is_of_a_cream(drafts, draft, mention):
        return True
    named = _named_behind(article.text, interventions, mention)
    if is_inert(interventions, draft.intervention):
        return False
    alone = (
        named is not None
        and not is_one_drug(interventions, named.id, draft.intervention)
        and not is_inert(interventions, named.id)
        and _is_alone(article, interventions, draft, mention, named)
    )
    return alone or is_lent(article, interventions, drafts, draft, mention)


def _comes_as_form(text: str, draft: Draft) -> bool:
    """ "A gel 50 mg", "A 5 mg tablets": whether a row's words name a form that nobody injects."""
    behind = _FORM_BEHIND.match(text, draft.end, draft.sentence.end)
    ahead = _FORM_AHEAD.search(text, max(draft.sentence.start, draft.start - 40), draft.start)
    return draft.dose is not None and bool(behind or ahead or _FORM.search(text, draft.start, draft.end))


def _goes_on_injected(text: str, drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a dose was injected, or is a step of one that was: "depot A 16 mg on day 1, then 24 mg weekly"."""
    return any(
        is_injected(text, d) and not d.end <= mention.start <= draft.start
        for d in drafts
        if d is draft
        or (d.intervention == draft.intervention and d.sentence.start == draft.sentence.start and d.end < draft.end)
    )


def _is_of_own_clause(text: str, drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """ "A 5 mg on day 1; B 6 mg was given orally": whether a clause behind gives another drug, and tells how."""
    if not draft.end <= mention.start < draft.sentence.end:
        return False
    clause = _OWN_CLAUSE.search(text, draft.end, mention.end + _BESIDE)
    return clause is not None and any(
        o.dose and o.intervention != draft.intervention and clause.start() < o.start < mention.start for o in drafts
    )


def _has_told(other: Draft, draft: Draft, mention: Mention) -> bool:
    """ "A 50 mg/kg i.v., then B 5 mg": whether another drug's dose before this one closes with the route."""
    if other.intervention == draft.intervention or other.dose_span is None:
        return False
    closes = other.dose_span[1] <= mention.start <= other.end + 1
    return closes and other.end <= draft.start < other.sentence.end


def _is_closed_before(other: Draft, draft: Draft, mention: Mention) -> bool:
    """ "A 1 mg/kg daily for 4 weeks or B 20 IU i.m.": whether a dose has told its timing before another's route."""
    if other.intervention == draft.intervention or other.dose_span is None or draft.dose is None:
        return False
    if mention.value not in BY_NEEDLE or not other.dose_span[1] <= mention.start <= other.dose_span[1] + 1:
        return False
    told = [*draft.stated.get("frequency", ()), *draft.stated.get("duration", ())]
    same = draft.sentence.start == other.sentence.start and draft.end < other.start
    return same and any(draft.end <= start and end <= other.start for start, end in told)


def _is_of_a_cream(drafts: Sequence[Draft], draft: Draft, mention: Mention) -> bool:
    """Whether a cream told by its strength lends its route to milligrams, or to what is listed with them."""
    owners = (d for d in drafts if d.start <= mention.start <= d.end + 1 and d.dose and d.dose.unit == "%")
    if mention.value not in ON_SURFACES or all(o.intervention == draft.intervention for o in owners):
        return False
    beside = (d for d in drafts if d.sentence.start == draft.sentence.start and d.start <= draft.start)
    return is_of_mass(draft) or (draft.dose is None and any(is_of_mass(d) for d in beside))


def _named_behind(text: str, interventions: Block, mention: Mention) -> Reference | None:
    """The drug that a route stands right before: "oral A"."""
    near = interventions.within(mention.end, mention.end + _NAME_REACH)
    return next((r for r in near if not text[mention.end : r.start].strip(" -\n")), None)


def _is_alone(article: Article, interventions: Block, draft: Draft, mention: Mention, named: Reference) -> bool:
    """Whether an adjective holds for the drug behind it alone: not for what stands before, nor for another arm's."""
    if draft.sentence.start <= mention.start < draft.sentence.end:
        before = draft.end <= mention.start
        return before or _NEXT_ARM.search(article.text, named.end, draft.start) is not None
    sentence = article.sentence_at(mention.start)
    if sentence is None:
        return False
    own = [r for r in interventions.within(named.end, sentence.end) if r.id == draft.intervention]
    return not any(_LISTED.fullmatch(article.text, named.end, r.start) for r in own)
