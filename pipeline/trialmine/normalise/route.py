"""Wordings of routes to the record's route codes."""

from __future__ import annotations

from typing import cast, get_args

from trialmine.lexicon import tables
from trialmine.records.vocabulary import Route


def route(text: str) -> Route | None:
    """The route that a wording names.

    >>> route("orally"), route("I.V."), route("by mouth"), route("loudly")
    ('oral', 'intravenous', 'oral', None)
    """
    code = tables.mapping("routes", "form", "route").get(
        " ".join(text.lower().replace("‐", "-").replace("‑", "-").split())
    )
    return cast("Route", code) if code in get_args(Route) else None
