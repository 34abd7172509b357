"""Units of result values -> UCUM: "mmHg", "beats per minute", "pg·h/mL", "euro"."""

from __future__ import annotations

import regex

from trialmine.normalise.unit import ucum

_ATOMS: dict[str, str] = {
    "%": "%", "percent": "%", "per cent": "%",
    "months": "mo", "month": "mo", "mo": "mo", "mos": "mo", "years": "a", "year": "a", "yr": "a", "yrs": "a", "weeks": "wk", "week": "wk",
    "wk": "wk", "wks": "wk", "days": "d", "day": "d", "d": "d", "hours": "h", "hour": "h", "hrs": "h", "hr": "h", "h": "h",
    "minutes": "min", "minute": "min", "mins": "min", "min": "min", "seconds": "s", "second": "s", "sec": "s", "secs": "s", "s": "s",
    "ms": "ms", "msec": "ms", "milliseconds": "ms",
    "kg": "kg", "kilograms": "kg", "g": "g", "gm": "g", "grams": "g", "gram": "g", "mg": "mg", "milligrams": "mg", "ug": "ug", "µg": "ug",
    "μg": "ug", "mcg": "ug", "micrograms": "ug", "ng": "ng", "pg": "pg", "lb": "[lb_av]", "lbs": "[lb_av]",
    "l": "L", "liters": "L", "litres": "L", "litre": "L", "liter": "L", "dl": "dL", "ml": "mL", "cc": "mL", "ul": "uL", "µl": "uL",
    "μl": "uL", "fl": "fL", "m": "m", "metres": "m", "meters": "m", "cm": "cm", "mm": "mm", "um": "um", "µm": "um", "μm": "um",
    "km": "km", "m2": "m2", "m²": "m2", "m(2)": "m2", "cm2": "cm2", "cm²": "cm2", "mm2": "mm2", "mm²": "mm2", "mm3": "mm3",
    "mm³": "mm3", "cm3": "cm3",
    "mol": "mol", "mmol": "mmol", "µmol": "umol", "μmol": "umol", "umol": "umol", "nmol": "nmol", "pmol": "pmol", "fmol": "fmol",
    "mm hg": "mm[Hg]", "mmhg": "mm[Hg]", "mm of hg": "mm[Hg]", "cmh2o": "cm[H2O]", "cm h2o": "cm[H2O]", "kpa": "kPa",
    "iu": "[iU]", "u": "[iU]", "miu": "m[iU]", "mu": "m[iU]", "uiu": "u[iU]", "μiu": "u[iU]", "µiu": "u[iU]", "µu": "u[iU]", "μu": "u[iU]",
    "units": "{units}", "unit": "{units}", "meq": "meq", "mosm": "mosm", "kcal": "kcal", "kj": "kJ", "cal": "cal", "w": "W", "watts": "W",
    "watt": "W", "hz": "Hz", "db": "dB", "gy": "Gy", "cgy": "cGy", "nm": "nm", "ppm": "[ppm]", "ppb": "[ppb]", "mg/dl": "mg/dL", "dyn": "dyn",
    "bpm": "/min", "copies": "{copies}", "cells": "{cells}", "logmar": "{logMAR}", "letters": "{letters}", "letter": "{letters}",
    "points": "{points}", "point": "{points}", "beats": "{beats}", "breaths": "{breaths}", "episodes": "{episodes}", "ph units": "[pH]", "cycles": "{cycle}",
    "cycle": "{cycle}", "servings": "{serving}", "serving": "{serving}", "times": "", "steps": "{steps}", 
    "euro": "{EUR}", "euros": "{EUR}", "€": "{EUR}", "eur": "{EUR}", "usd": "{USD}", "dollars": "{USD}", "diopters": "[diop]",
    "diopter": "[diop]", "dioptres": "[diop]", "°c": "Cel", "log": "{log}", "sds": "{SDS}", "bw": "", "bodyweight": "",
}  # fmt: skip
_WORDS = "|".join(
    regex.escape(a, special_only=True).replace(r"\ ", " ").replace(" ", r"\s?")
    for a in sorted(_ATOMS, key=lambda a: (-len(a), a))
)
# one-letter units only where the number stands close, and never before a hyphen or an apostrophe
_ATOM = rf"(?:{_WORDS})(?![\w'’])(?!-[A-Za-z])"
_JOIN = r"(?:\s?/\s?|\s+per\s+|\s?[·•×.⋅]\s?(?=[a-z]))"
UNIT = rf"\s?{_ATOM}(?:\s?[-−–]1(?!\d))?(?:{_JOIN}(?:1\.73\s?)?(?:{_ATOM})|\s(?:{_ATOM})\s?[-−–]\d(?!\d)){{0,3}}"
_PART = regex.compile(
    rf"(?P<join>\s?/\s?|\s+per\s+|\s?[·•×.⋅]\s?|\s)?(?P<area>1\.73\s?)?(?P<atom>{_WORDS})(?P<power>\s?[-−–]\d)?(?!\w)",
    regex.IGNORECASE,
)


def result_unit(text: str) -> str | None:
    """The UCUM code of a unit expression, or None.

    >>> result_unit("mm Hg"), result_unit("pmol l-1"), result_unit(" ml/min/1.73 m2"), result_unit("points")
    ('mm[Hg]', 'pmol/L', 'mL/min/{1.73_m2}', '{points}')
    """
    plain, at, out = text.strip(), 0, ""
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
    atom = (
        _ATOMS["%" if match["atom"] == "%" else " ".join(match["atom"].lower().split())]
        if match["atom"].lower() in _ATOMS
        else ""
    )
    atom = atom or _ATOMS.get(match["atom"].lower().replace(" ", ""), "")
    if match["area"]:
        atom = "{1.73_m2}"
    divides = (
        (match["power"] or "").strip()[-1:] not in ("", "1")
        or (match["power"] or "")[:1] != ""
        or "/" in (match["join"] or "")
    )
    divides = divides or "per" in (match["join"] or "")
    if first:
        return f"/{atom}" if match["power"] else atom
    if not atom:
        return ""
    square = (match["power"] or "")[-1:]
    if match["power"] and square != "1":
        atom += square
    return ("/" if divides else ".") + atom
