"""Units of result values -> UCUM: "mmHg", "beats per minute", "pg·h/mL", "euro"."""

from __future__ import annotations

import regex

from trialmine.lexicon.tables import rows
from trialmine.normalise.unit import ucum

_ATOMS: dict[str, str] = {row["form"]: row["ucum"] or "" for row in rows("result_units")}
_WORDS = "|".join(
    regex.escape(a, special_only=True).replace(r"\ ", " ").replace(" ", r"\s?")
    for a in sorted(_ATOMS, key=lambda a: (-len(a), a))
)
# one-letter units only where the number stands close, and never before a hyphen or an apostrophe
_ATOM = rf"(?:{_WORDS})(?![\w'’])(?!-[A-Za-z])"
_JOIN = r"(?:\s?/\s?|\s+per\s+|\s?[·•×.⋅]\s?(?=[a-z]))"
UNIT = (
    rf"\s?(?=[^\W\d_]|[%€°]){_ATOM}(?:\s?[-−–]1(?!\d))?"
    rf"(?:(?:{_JOIN}|\s)(?:{_ATOM})(?:\s?[-−–]\d(?!\d)|\s?\([-−–]\d\))|{_JOIN}(?:1\.73\s?)?(?:{_ATOM})){{0,3}}"
)
_PART = regex.compile(
    rf"(?P<join>\s?/\s?|\s+per\s+|\s?[·•×.⋅]\s?|\s)?(?P<area>1\.73\s?)?(?P<atom>{_WORDS})(?P<power>\s?[-−–]\d|\s?\([-−–]\d\))?(?!\w)",
    regex.IGNORECASE,
)


_DIOPTRE = regex.compile(r"^D(?=$|\s?/|\sper\b)")


def result_unit(text: str) -> str | None:
    """The UCUM code of a unit expression, or None.

    >>> result_unit("mm Hg"), result_unit("pmol l-1"), result_unit(" ml/min/1.73 m2"), result_unit("points")
    ('mm[Hg]', 'pmol/L', 'mL/min/{1.73_m2}', '{points}')
    """
    plain, at, out = text.strip(), 0, ""
    if plain.lower() in ("unit", "units"):
        return "{unit}"  # of a scale as likely as of an enzyme
    # a capital alone is no day
    plain = _DIOPTRE.sub("diopter", plain)
    known = ucum(plain)
    if known is not None and "times" not in plain:
        return known
    while at < len(plain):
        match = _PART.match(plain, at)
        if match is None or match.end() == at:
            return None
        out += _code(match, first=at == 0)
        at = match.end()
    return out or None


def _code(match: regex.Match[str], *, first: bool) -> str:
    form = " ".join(match["atom"].lower().split())
    atom = "{1.73_m2}" if match["area"] else _ATOMS.get(form, _ATOMS.get(form.replace(" ", ""), ""))
    power = (match["power"] or "").strip(" ()")[-1:]
    if first:
        return f"/{atom}" if power else atom
    if not atom:
        return ""
    divides = power or "/" in (match["join"] or "") or "per" in (match["join"] or "").lower()
    return ("/" if divides else ".") + atom + (power if power not in ("", "1") else "")
