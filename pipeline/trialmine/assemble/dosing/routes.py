"""Routes that the text states apart from the dose: beside the drug's name elsewhere, or once for the whole trial."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.injected import BY_NEEDLE, ON_SURFACES, is_injected, is_of_mass
from trialmine.records.article import Article, Block, Mention, Mentions, Reference

_BEFORE_DRUG = regex.compile(
    r"[\s\-(]*(?:(?:of|with|injections?|infusions?|doses?|administration|single|daily|bolus|treatment|therapy|drops?|spray|tablets?|capsules?|solution|a|an|the|the\sdrug)\b[\s\-]*){0,5}",
    regex.IGNORECASE,
)
_AFTER_DRUG = regex.compile(
    r"[\s,()®™]*(?:(?:was|were|is|will\sbe|be|given|administered|injected|infused|taken|applied|delivered|as|by|via|an|a|the|single|slow|rapid|injection|infusion|tablets?|capsules?|therapy|treatment)\b[\s,()]*){0,6}",
    regex.IGNORECASE,
)
# routes that a procedure fixes for everything given in it
_LOCAL = frozenset(
    {
        "perineural",
        "intra-articular",
        "intravitreal",
        "intrathecal",
        "epidural",
        "intratumoral",
        "inhaled",
        "intranasal",
        "vaginal",
        "rectal",
        "topical",
        "ophthalmic",
        "intradermal",
    }
)
_RATE = regex.compile(r"^(?:mg|ug|ng|mmol|U|\[iU\])/kg/(?:h|min)$")
_GENERAL = regex.compile(
    r"\bgeneral\san(?:a?e)sthesia\b|\bintubat\w+|\binduc(?:ed|tion)\b[^.;]{0,30}\b(?:with|by|using)\b|\ban(?:a?e)sthesia\swas\s(?:induced|maintained)\b|\brescue\b|\bpremedicat\w+",
    regex.IGNORECASE,
)
_NEEDED = regex.compile(
    r"\b(?:if|when|whenever|in\scase\sof|for\s(?:the\streatment\sof\s)?(?:hypotension|bradycardia|nausea|vomiting|shivering|breakthrough))\b[^.;]{0,60}"
    r"(?:\b(?:fell|falls?|dropped|drops?|below|above|decreas\w+|occur\w*|needed|required|necessary|develop\w*|exceed\w*|hypotension|bradycardia|nausea|vomiting|pain)\b|[<>≤≥])"
    r"|\b(?:as\s(?:needed|required)|on\s(?:demand|request))\b",
    regex.IGNORECASE,
)
_NAME = 40  # characters that hold a name
_NEVER_SHARED = ("background", "results", "conclusions")


def fill_routes(drafts: Sequence[Draft], article: Article, mentions: Mentions, interventions: Block) -> None:
    """Fill missing routes, first by drug, then by the one local route that the trial is about."""
    by_drug = _stated_beside(article, mentions, interventions)
    injected = {
        d.intervention
        for d in drafts
        if is_injected(article.text, d) and any(m.value not in BY_NEEDLE for m in by_drug.get(d.intervention, ()))
    }
    for draft in drafts:
        found = by_drug.get(draft.intervention, [])
        if draft.route is None and len({m.value for m in found}) == 1 and draft.intervention not in injected:
            draft.fill("route", found[0].value, (found[0].start, found[0].end))
    _fill_local(drafts, article, mentions, interventions)


def _stated_beside(article: Article, mentions: Mentions, interventions: Block) -> dict[str, list[Mention]]:
    out: dict[str, list[Mention]] = defaultdict(list)
    for reference in interventions.references:
        for m in mentions.within("route", max(0, reference.start - 60), reference.end + 60):
            if is_beside(article.text, m, reference):
                out[reference.id].append(m)
    return out


def is_beside(text: str, mention: Mention, reference: Reference) -> bool:
    """Whether a route stands right before a drug ("oral doses of A") or right behind it ("A was given orally")."""
    before = mention.end <= reference.start and _BEFORE_DRUG.fullmatch(text, mention.end, reference.start)
    after = mention.start >= reference.end and _AFTER_DRUG.fullmatch(text, reference.end, mention.start)
    return bool(before or after)


def is_as_needed(draft: Draft, text: str) -> bool:
    """Whether a drug was given to those alone in whom something was seen: "boluses were given when pressure fell"."""
    return _NEEDED.search(text, draft.end, draft.sentence.end) is not None


def _is_of_another(article: Article, interventions: Block, mention: Mention) -> bool:
    """ "Transdermal estrogen raised no risk": a route right before a drug that is none of ours."""
    behind = [e for e in article.entities_in(mention.end, mention.end + _NAME) if e.start - mention.end <= 1]
    return any(e.label == "CHEMICAL" for e in behind) and not interventions.within(mention.end, mention.end + _NAME)


def _fill_local(drafts: Sequence[Draft], article: Article, mentions: Mentions, interventions: Block) -> None:
    stated = [
        m
        for m in mentions["route"]
        if article.section_at(m.start) not in _NEVER_SHARED and not _is_of_another(article, interventions, m)
    ]
    routes = {m.value for m in stated}
    if len(routes) != 1 or not routes <= _LOCAL:
        return
    if routes <= ON_SURFACES and any(d.route is None and is_of_mass(d) for d in drafts):
        return
    for draft in drafts:
        if draft.route is None and not (_runs_into_the_blood(draft, article.text) or is_as_needed(draft, article.text)):
            draft.fill("route", stated[0].value, (stated[0].start, stated[0].end))


def _runs_into_the_blood(draft: Draft, text: str) -> bool:
    """Whether a draft is of general anesthesia, or runs by weight and time, which no local route allows."""
    by_weight = draft.dose is not None and _RATE.search(draft.dose.unit) is not None
    return by_weight or _GENERAL.search(text, draft.sentence.start, draft.sentence.end) is not None
