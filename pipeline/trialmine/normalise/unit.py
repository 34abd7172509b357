"""Units as trial texts write them, to UCUM: "mcg/kg per min" is "ug/kg/min", "IU" is "[iU]"."""

from __future__ import annotations

from functools import cache

import regex

from trialmine.lexicon import tables
from trialmine.normalise.named_unit import plain_unit

# what may follow a denominator without changing it: "per kg of body weight", "/m2 body-surface area"
_OF_BODY = (
    r"(?:\s*(?:of\s+)?(?:(?:ideal|actual|lean|total|adjusted|predicted|fat-free)\s+){0,2}"
    r"(?:body[\s-]*(?:weight|wt\b|surface\s+area|surface|mass)|fat-free\smass|b\.?w\.?\b|bsa\b|bwt\b|(?-i:FFM|LBM|IBW|TBW|PBW)\b))"
)
_OF_BODY_AT_END = regex.compile(_OF_BODY + r"$", regex.IGNORECASE)
# "U · kg body weight-1 · h-1": the note stands before the power
_BODY_INSIDE = regex.compile(r"(?<=\bkg)\s(?:of\s)?body[\s-]?(?:weight|mass)(?=\s?\(?[-−–]\s?1)", regex.IGNORECASE)
# "/", "per", "·" before a negative power, and "a day" / "each day" (time only)
_SLASH = r"\s*(?:/{1,2}|⁄|∕|\bper\b)\s*"
_MINUS_ONE = r"\s*(?:\^?\s*\(?[-−–]\s*1\)?|[⁻]¹)"
_SPLIT = regex.compile(rf"{_SLASH}", regex.IGNORECASE)
_POWER_FACTOR = regex.compile(rf"[\s.·⋅∙•‧*×x]*(?P<unit>[^\s.·⋅∙•‧*×\-−–⁻^(]+){_MINUS_ONE}", regex.IGNORECASE)
# "mg m-2 per day", "ug h/ml-1": a negative power among other quotients
_NEGATIVE = regex.compile(rf"[\s.·⋅∙•*×]+([^\W\d_]{{1,5}}\d?){_MINUS_ONE}", regex.IGNORECASE)
_LOG_COUNT = regex.compile(r"(?:x\s*|×\s*)?10\s*(?:\^|\*{1,2}|\()\s*(?P<e>\d{1,2})\)?", regex.IGNORECASE)
_SCALED = regex.compile(r"(?P<n>\d{1,4})\s*(?P<unit>\D.*)")
_RAISED = regex.compile(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# "m-2" and "m(-2)" are "/m2"; "/kg-1" has its stroke twice
_MINUS_TWO = regex.compile(r"(?<![\w])([cm]?m)\s?\^?\(?[-–]\s?2\)?", regex.IGNORECASE)
# "mg m2" lost its stroke, "m(2 )" got a blank
# "3 µ/kg": a gram that was lost behind its prefix
_LOST_GRAM = regex.compile(r"^[µμ](?=\s?(?:/|per\s)\s?kg)")
_LOST_STROKE = regex.compile(r"(?<=\b(?:mg|g|ug|mcg|[µμ]g|IU|U))\s(?=m(?:2|²|\(2\))(?!\w))", regex.IGNORECASE)
# "75 mg/m every 3 weeks": a square that was lost with its superscript
_LOST_SQUARE = regex.compile(r"(?<=^(?:mg|g|M?I?U)\s?/\s?m)(?=$|\s?/)")
# "5 mg. per m.2 per day" is how abbreviations were dotted
_DOTTED = regex.compile(r"\s?\.(?=\s?per\b)|(?<=\bm)\.(?=\s?2\b)", regex.IGNORECASE)
_DOUBLE_STROKE = regex.compile(r"(?<=/\s?(?:kg|min|h|d|day))\s?\(?[-–]\s?1\)?")
# "/(kg·h)", "/kg.h" and "/kg-day" are "/kg/h", "/kg/d"
_JOINED = regex.compile(
    r"\(?\b(kg|m2|m²|m\(2\))(?:\s?[·⋅∙•*×x./-]\s?|(?<=\))|\s(?=hr?\b|min\b))(day|d|hr?|min)\)?$", regex.IGNORECASE
)
_ENCLOSED = regex.compile(r"^[(\[]([^()\[\]]*)[)\]]$")
_SPACED_POWER = regex.compile(r"\b([cm]?m)\s+([23])\b")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# a rate per dose, eye or administration is the plain amount; the frequency says the rest
_PER_ADMINISTRATION = frozenset(
    [
        "dose",
        "doses",
        "administration",
        "injection",
        "application",
        "actuation",
        "inhalation",
        "puff",
        "tablet",
        "capsule",
        "eye",
        "cycle",
        "course",
        "fraction",
        "person",
        "patient",
        "subject",
        "infusion",
        "serving",
        "spray",
        "nostril",
        "site",
        "level",
        "side",
        "knee",
        "sachet",
        "intake",
        "time",
    ]
)


@cache
def ucum(text: str) -> str | None:
    """The UCUM code of a unit, or None if `text` is no unit that the lexicon knows.

    >>> ucum("mcg/kg/min"), ucum("mg per square metre"), ucum("mg kg-1 h-1"), ucum("IU"), ucum("mm Hg")
    ('ug/kg/min', 'mg/m2', 'mg/kg/h', '[iU]', 'mm[Hg]')
    >>> ucum("mg m(-2) per day"), ucum("mg m-2")
    ('mg/m2/d', 'mg/m2')
    >>> ucum("mg/(kg·h)"), ucum("mg/m2.d"), ucum("ug/kg min")
    ('mg/kg/h', 'mg/m2/d', 'ug/kg/min')
    >>> ucum("mg/(m(2)min)"), ucum("mg. per m.2"), ucum("mg/m"), ucum("mg/m/day")
    ('mg/m2/min', 'mg/m2', 'mg/m2', 'mg/m2/d')
    >>> ucum("mg/day"), ucum("mL/min/1.73 m2"), ucum("10^9/L"), ucum("patients per se")
    ('mg/d', 'mL/min/{1.73_m2}', '10*9/L', None)
    """
    plain = " ".join(text.split()).rstrip(" .,;:").replace("⁻¹", "-1").replace("−", "-")
    plain = _LOST_GRAM.sub("ug", _LOST_SQUARE.sub("2", _DOTTED.sub("", plain)))
    plain = _SPACED_POWER.sub(r"\1\2", _RAISED.sub(lambda m: "^" + m[0].translate(_SUPERSCRIPTS), plain))
    plain = _LOST_STROKE.sub("/", _BODY_INSIDE.sub("", plain.replace("(2 )", "(2)")))
    plain = _DOUBLE_STROKE.sub("", _MINUS_TWO.sub(r"\g<1>2-1", plain))
    plain = _ENCLOSED.sub(r"\1", _JOINED.sub(r"\1/\2", plain))
    return _whole(plain) or _with_powers(plain) or _quotient(_NEGATIVE.sub(r"/\1", plain))


def _whole(text: str) -> str | None:
    forms, lower = _forms()
    if known := forms.get(text) or lower.get(text.lower()):
        return known
    plain = plain_unit(text)
    return None if plain == text else forms.get(plain) or lower.get(plain.lower())


@cache
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    exact = {row["form"]: row["ucum"] for row in tables.rows("units")}
    lower: dict[str, str] = {}
    for form, code in exact.items():
        # a lower-case form owns its spelling: "mm" stays a length although "mM" is listed
        if form == form.lower():
            lower[form] = code
    for form, code in exact.items():
        lower.setdefault(form.lower(), code)
    return exact, lower


def _quotient(text: str) -> str | None:
    parts = [_OF_BODY_AT_END.sub("", p).strip() for p in _SPLIT.split(text)]
    # "per kilogram of body weight per day" leaves no empty parts; "mg/" does
    if not parts or any(not p for p in parts[1:]):
        return None
    head = _factor(parts[0]) if parts[0] else ""
    if head is None or (len(parts) == 1 and regex.match(r"\d+ ?[^\W\d]", parts[0])):
        return None
    out = head
    for part in parts[1:]:
        if part.lower() in _PER_ADMINISTRATION and head:
            continue
        factor = _factor(part)
        if factor is None:
            return None
        # UCUM reads left to right: "ug/mL.h" is the h of an AUC, "/(100.g)" one denominator
        out += "/" + (f"({factor})" if factor[0].isdigit() and "." in factor else factor)
    return out or None


def _factor(text: str) -> str | None:
    known = _whole(text)
    if known:
        return known
    log = _LOG_COUNT.match(text)
    if log:
        rest = text[log.end() :].strip()
        unit = _whole(rest.lstrip("·*. ")) if rest else ""
        exponent = f"10*{log['e'].translate(_SUPERSCRIPTS)}"
        return None if unit is None else exponent + (f".{unit}" if unit else "")
    scaled = _SCALED.fullmatch(text)
    if scaled:
        unit = _whole(scaled["unit"].strip())
        return f"{scaled['n']}.{unit}" if unit else None
    factors = [_whole(f.strip()) for f in regex.split(r"[·⋅∙•*×.]", text)]
    return ".".join(f for f in factors if f) if len(factors) > 1 and all(factors) else None


def _with_powers(text: str) -> str | None:
    # "mg kg-1 h-1", "µg·kg−1·min−1", "mg.kg-1"
    m = regex.match(r"(?P<head>[^\s.·⋅∙•‧*×]+)(?P<tail>[\s.·⋅∙•‧*×x]+.+)", text)
    if m is None or not regex.search(_MINUS_ONE, m["tail"]):
        return None
    head, tail, at = _whole(m["head"]), m["tail"], 0
    out = head or ""
    while head and at < len(tail):
        factor = _POWER_FACTOR.match(tail, at)
        unit = _whole(factor["unit"]) if factor else None
        if factor is None or unit is None or factor.end() == at:
            return None
        out += f"/{unit}"
        at = factor.end()
    return out or None


_MULTIPLES = tuple(
    (regex.compile(rf"{letter}(?:U|\[iU\])(?![\w\]])"), factor) for letter, factor in (("M", 1e6), ("k", 1e3))
)


def without_multiple(code: str) -> tuple[str, float]:
    """A code of units of activity without the million or thousand before it, and that factor.

    >>> without_multiple("M[iU]/d"), without_multiple("MU"), without_multiple("mU/min")
    (('[iU]/d', 1000000.0), ('U', 1000000.0), ('mU/min', 1.0))
    """
    for multiple, factor in _MULTIPLES:
        if multiple.match(code):
            return code[1:], factor
    return code, 1.0


@cache
def alternation(*kinds: str) -> str:
    """A regex fragment for the forms of some kinds of lexicon/units.tsv (mass, volume, time …), longest first."""
    return tables.alternation([row["form"] for row in tables.rows("units") if row["kind"] in kinds])
