"""Numbers that the text sets against each other: "21 versus 33", "21 with tea compared with 33 with water"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.result import Result

_VERSUS = regex.compile(r"\b(?:vs?\b|versus|compared\s(?:with|to)|as\sopposed\sto|against|than)", regex.IGNORECASE)


def comparisons(text: str, results: Sequence[Result]) -> list[list[Result]]:
    """The results in order, those together that are set against each other; most stand alone."""
    runs: list[list[Result]] = []
    for result in results:
        if runs and _set_against(text, runs[-1][-1], result):
            runs[-1].append(result)
        else:
            runs.append([result])
    return runs


def _set_against(text: str, first: Result, second: Result) -> bool:
    a, b = first.number, second.number
    if a is None or b is None or a.group != b.group:
        return False
    return _VERSUS.search(text, a.end, b.start) is not None
