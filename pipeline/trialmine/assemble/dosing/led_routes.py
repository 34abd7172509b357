"""Ways that lead a pair of drugs: "oral A 5 mg and B 6 mg", "premedicated with intravenous A 5 mg and B 6 mg"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.injected import is_impossible, is_never_given_so
from trialmine.records.article import Article, Block

# what is told of the first, and that the second joins it
_JOINED = regex.compile(
    r"[^.;:()\[\]]{0,30}(?:[)\]]|[(\[][^()\[\]]{0,60}[)\]])?\s(?:and|plus)\s(?:an?\s|the\s)?", regex.IGNORECASE
)
_BEFORE_NAME = regex.compile(r"\s(?:(?:injections?|doses?|bolus(?:es)?|infusions?)\sof\s)?")
_ROUTE_WORD = regex.compile(
    r"\b(?:oral|intraven|i\.?v\b|intramusc|i\.?m\b|subcut|s\.?c\b|topical|inhal|nebuli|patch|cream|spray|infus|inject|rectal|vaginal|placebo)",
    regex.IGNORECASE,
)
# around an operation what follows a drug by vein goes there too; elsewhere a drug by vein is often joined by tablets
_ANAESTHETIC = regex.compile(r"\b(?:pre-?medicat|sedat|an(?:a?e)sth|intubat|induc(?:ed|tion))", regex.IGNORECASE)


def share_leading(drafts: Sequence[Draft], article: Article, interventions: Block) -> None:
    """Give the second of a pair the way that leads it, where it is told no own."""
    rows = {r.id: r for r in interventions.rows}
    ordered = sorted((d for d in drafts if d.dose is not None), key=lambda d: d.start)
    for first, second in pairwise(ordered):
        route = first.route
        if route is None or second.route is not None or first.sentence.start != second.sentence.start:
            continue
        row = rows[second.intervention]
        if first.intervention == second.intervention or is_impossible(second, route):
            continue
        if _leads(article.text, first, second) and not is_never_given_so(row.name, row.kind or "", route):
            second.take("route", first)


def _leads(text: str, first: Draft, second: Draft) -> bool:
    """Whether a way stands right before the first of two drugs that are joined, and the second is told none."""
    led = any(
        end <= first.start and _BEFORE_NAME.fullmatch(text, end, first.start) is not None
        for _, end in first.stated.get("route", ())
    )
    if not led or _JOINED.fullmatch(text, first.end, second.start) is None:
        return False
    if _ROUTE_WORD.search(text, first.end, min(second.sentence.end, second.end + 40)):
        return False
    return first.route == "oral" or _ANAESTHETIC.search(text, first.sentence.start, first.sentence.end) is not None
