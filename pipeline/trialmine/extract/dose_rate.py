"""What an amount is told by besides its unit: "10 mg of X per day", "a daily dose of 5 mg", "1.2 g X·kg-1·h-1"."""

from __future__ import annotations

import regex

from trialmine.normalise import unit as units

_OF_DRUG_PER = regex.compile(
    r"\s(?:of\s)?(?:(?![x×]\d)(?!(?:once|twice|thrice|times?|doses?|tablets?|capsules?|[a-z]{1,30}ly)\b)(?:25[\s-]?\(OH\)[\s-]?|\d-(?=\p{Lu}))?[^\W\d][\w'’-]{0,39}+\s?){1,4}?(?:\([^()]{1,40}\)|\))?,?\s?(?:/|\bper\s)\s?(?P<per>kg|kilogram|m2|m²|square\smet(?:er|re)|day|d\b|24\sh|h(?:our)?\b)(?:\sof\sbody[\s-](?:weight|mass|surface)(?:\sarea)?)?\b(?:\s?(?:/|\bper\s)\s?(?P<then>day|d|h(?:our)?|min(?:ute)?)\b)?",
    regex.IGNORECASE,
)
# a short form between unit and day: "units (MIU) per day"
_SHORT_PER = regex.compile(
    r"\s?\((?P<short>[A-Za-z.]{1,6})\)\s?(?:/|per\s)\s?(?P<per>kg|m2|m²|day|d\b|24\sh)\b", regex.IGNORECASE
)
_MINUS_ONE = r"\s?(?:\^?\(?[-−–]\s?1\)?|⁻¹)(?!\d)"
_OF_DRUG_POWERS = regex.compile(
    rf"\s?[·⋅∙•*]?\s?(?:of\s)?(?:(?!kg\b)[^\W\d][\w'’-]{{1,29}}+[\s·⋅∙•*.]{{1,3}}){{1,3}}?(?P<powers>(?:kg(?:\s(?:body[\s-]?(?:weight|mass)|bw))?|m2|day|d|h|hr|min){_MINUS_ONE}(?:[\s·⋅∙•*.]{{0,3}}(?:day|d|h|hr|min){_MINUS_ONE})?)",
    regex.IGNORECASE,
)
_FIRST = r"(?P<first>\d[^.;:()]{1,60}?\s(?:and|plus|\+)\s(?:of\s)?)?"
_DAILY_TOTAL = regex.compile(
    rf"\b(?<!(?:once|twice|single|one|each|individual|defined)[\s-])daily\s(?:total\s|oral\s|mean\s|average\s|maximum\s|starting\s|target\s){{0,2}}(?:dose|dosage|intake|amount)(?:\slevel|\s\([A-Za-z]{{1,5}}\))?"
    rf"(?:\s?[=:,(]\s?|\s)(?:(?:of|was|is|at|about|approximately|either|up|to|only|~)\s){{0,4}}{_FIRST}$",
    regex.IGNORECASE,
)
# "200 mg daily in two divided doses"
_SHARED_OUT = regex.compile(
    r"\s(?:(?:of\s)?[a-z][\w-]{2,30}\s){0,2}(?:orally\s)?daily,?\s(?:given\s|taken\s|administered\s)?(?:(?:in|as)\s[\w-]{1,6}\s(?:equal(?:ly)?\s)?(?:divided\s|split\s)?doses|(?:divided|split)\s(?:in|into|between|over)\s)",
    regex.IGNORECASE,
)
_LONGEST_LEAD = 130  # characters; the words that say whose the total is and an amount before this one
_TIMED = regex.compile(r"/(?:d|h|min|s|wk|mo|a)(?![a-z])")


def told_by(
    text: str, span: tuple[int, int], written: str, code: str, *, ranged: bool, whole: bool
) -> tuple[str, int, str | None]:
    """The code of an amount with its body or time, where its words end, and the week or month it is given by.

    Args:
        text: the clean text.
        span: from the first number to the end of the unit.
        written: the unit as written.
        code: its UCUM code.
        ranged: the amount is a range; by the week that is a total, while one amount a week is a frequency.
        whole: it counts something that a body or a day can share, and no share of a solution.
    """
    start, stop = span
    for suffix, period in (("/wk", "wk"), ("/mo", "mo")):
        if code.endswith(suffix):
            return (code, stop, None) if ranged and period == "wk" else (code.removesuffix(suffix), stop, period)
    if not whole:
        return code, stop, None
    if "/" not in code:
        if text.startswith(" a day", stop):
            return f"{code}/d", stop + len(" a day"), None
        code, end = _behind(text, stop, written, code)
        if "/" in code:
            return code, end, None
    if not _TIMED.search(code) and (_is_daily_total(text, start, written) or _SHARED_OUT.match(text, stop)):
        return f"{code}/d", stop, None
    return code, stop, None


def _behind(text: str, stop: int, written: str, code: str) -> tuple[str, int]:
    """The code with the body and time that stand behind the drug's name, and where these words end."""
    powers = _OF_DRUG_POWERS.match(text, stop)
    if powers and (full := units.ucum(f"{written} {powers['powers']}")):
        return full, powers.end()
    m = _OF_DRUG_PER.match(text, stop) or _SHORT_PER.match(text, stop)
    per = units.ucum(m["per"]) if m else None
    if m is None or per is None:
        return code, stop
    then = units.ucum(m.groupdict().get("then") or "") if per in ("kg", "m2") else None
    to_end = per in ("kg", "m2") or "short" in m.groupdict()
    return f"{code}/{per}{f'/{then}' if then else ''}", (m.end() if to_end else stop)


def _is_daily_total(text: str, start: int, written: str) -> bool:
    """ "a daily dose of 5 mg", and the second amount of "a daily dose of 5 mg of A and 8 mg of B"."""
    m = _DAILY_TOTAL.search(text, max(0, start - _LONGEST_LEAD), start)
    return m is not None and (
        m["first"] is None or regex.match(rf"[\d.,]+\s?{regex.escape(written)}\b", m["first"]) is not None
    )
