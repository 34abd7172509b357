"""Doses: a chain of numbers that shares one dose unit, read as a value, a range, levels or a fixed combination.

The grammar has two layers. A pattern finds numbers with or without a unit behind them; `_chains` joins those
that only list or range words part ("5, 10 or 20 mg", "2 mg/kg to 4 mg/kg", "160/4.5 ug").
"""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from trialmine.extract.dose_activity import activity
from trialmine.extract.dose_content import with_contents
from trialmine.extract.dose_count import counted_before, counted_behind, times_daily
from trialmine.extract.dose_frame import framed_doses
from trialmine.extract.dose_noise import DATE, NUMBERED, has_lost_point, is_noise
from trialmine.extract.dose_range import dash_is_lost
from trialmine.extract.dose_rate import told_by
from trialmine.extract.dose_reading import Amount, DoseReading, Form, basis
from trialmine.extract.dose_shared import shares_unit
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.normalise import unit as units
from trialmine.normalise.dose_number import DOSE_NUMBER, dose_number, is_part_of_number
from trialmine.normalise.named_unit import NAMED_UNIT
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Dose
from trialmine.records.vocabulary import Comparator

_MASSLIKE = units.alternation(
    "mass", "activity", "substance", "radiation", "cells", "antigen", "volume", "count", "mac", "feed", "light"
)
_SHARE = r"(?:(?:vol(?:ume)?[\s.-]{0,2})?%|per\scent\b|‰|per\smill?e?\b|pp[mb]\b|parts\sper\s[mb]illion\b)"
# "5 mg. per kg." is how abbreviations were dotted
_PER = r"(?:\s?\.(?=\s?per\b))?\s?(?:/{1,2}|⁄|∕|\bper\b)\s?"
_TIME = r"(?:24\s?-?h(?:ours?|rs?)?|days?|die|d|hours?|hrs?|hr|(?-i:h|H(?!\s\d))|minutes?|mins?|min|weeks?|wks?|wk|months?|mo|years?|yr|sec|s)"
_BODY = (
    r"(?:kgs?|kilograms?|kilogrammes?|kilos?|g|m\.?\s?2|m²|m\s?\^\s?2|m\s?\(\s?2\s?\)|sq\.?\s?m|square[\s-](?:met(?:er|re)s?)|m(?:et(?:er|re))?[\s-]squared|cm\s?2|cm²|cm\(2\)|m\s?3|m³|m\(3\)"
    r"|100\s?g|10\s?g"
    # a square that was lost with its superscript: "75 mg/m every 3 weeks"
    r"|(?<=\b(?:mg|g|M?I?U)\s?/\s?)m(?=\s?[,;)\]/]|\.?\s?$|\.?\s[A-Za-z\#]{2}))"
)
_BODY_NOTE = r"(?:\s(?:of\s)?(?:ideal\s|actual\s|lean\s|total\s|predicted\s|fat-free\s){0,2}(?:body[\s-]?(?:weight|wt\b|mass|surface(?:\sarea)?)|fat-free\smass|b\.?w\.?\b|bwt\b|(?-i:FFM|LBM|IBW|TBW|PBW)\b))?"
_MINUS = r"(?:\^?\s?\(?[-−–]\s?[12]\)?|⁻[¹²])"
_DENOMINATORS = (
    rf"(?:{_PER}\(?(?:kg|m2|m²)\s?[·⋅∙•*×x.-]\s?(?:day|d|hr?|min)\b\)?|{_PER}\((?:kg|m\(2\)|m2|m²)(?:\s?[·⋅∙•*×x./-]\s?|\s?)(?:day|d|hr?|min)\)|{_PER}(?:{_BODY}(?:(?![\w²])|(?=IV|iv|i\.|BW|bw|po|sc|x\d|q\d|d\d)){_BODY_NOTE}|{_TIME}\b|(?:dose|injection|administration|infusion|cycle|course|eye|nostril|fraction|actuation"
    rf"|inhalation|puff|tablet|capsule|day)\b){_MINUS}?"
    rf"|[\s.·⋅∙•‧*×x]{{0,3}}(?:kg(?:{_BODY_NOTE})|m|d|day|h|hr|min|wk|week)\s?{_MINUS}(?!\d)|(?<=/\s?(?:kg|m2|m²))\s(?:min|hr?)\b(?!\.|\s?\d)|\sm\s?\(?\s?[2²]\s?\)?(?![\w])){{0,3}}"
)
_DOSE_UNIT = rf"(?:{NAMED_UNIT}|{_MASSLIKE}|[µμ](?=\s?(?:/|per\s)\s?kg))(?![A-Za-z²³])"

PATTERNS = (
    Pattern(
        "dose.quantity",
        rf"""
        (?:(?<![\w.·^])|(?<=(?<![\w.])\dx))(?<!\d,)(?<!\d:)(?<![A-Za-z][-‐‑])   # inside no longer number or name
        (?P<number>{DOSE_NUMBER})
        (?: (?P<gap>\s?[-‐‑]?\s?)
            (?P<unit>{_DOSE_UNIT}{_DENOMINATORS}|{_SHARE})
        )?
        """,
        hits=(
            "give 5 mg daily",
            "2.5-mg tablets",
            "10 mg/kg",
            "3 x 10^6 cells/kg",
            "1,250 mg/m(2)",
            "0.5 ug kg-1 min-1",
            "two tablets",
        ),
        misses=("often", "IL-2 alone", "IL21 alone"),
    ),
)
(_QUANTITY,) = PATTERNS

# which group got a dose stands behind it: "30 (n = 11), 40 (n = 21) or 50 mg", "10 mg (arm A) or 20 mg (arm B)"
_NOTE = Search(
    r"\s?[(\[]\s?(?:(?:(?:group|arm|cohort|dose)s?\s[\w-]{1,4})?[^()\[\]=\d,;]{0,24}\bn\s?=\s?\d+[^()\[\]]{0,12}|(?:(?:group|arm|cohort|regimen|part|study|treatment)s?\s)[\w-]{1,4})\s?[)\]]",
)
_SCALED = regex.compile(r"\s(?:million|billion|thousand)$|\s?[x×]\s?10\S*$", regex.IGNORECASE)
# "adrenaline 1/200,000": how thin a solution is
_RATIO = regex.compile(r"(?<!\d)1\s?[:/]\s?$")
_SEPARATOR = 8  # characters between the numbers of a range
_FEWEST_CELLS = 1000
_ENERGIES = ("kcal", "J", "mJ")
_GIVEN_ENERGIES = ("kcal/kg", "kcal/min", "kcal/h", "J/cm2", "mJ/cm2")
# "HES 130/0.4": what kind of starch
_GRADE = regex.compile(
    r"\b(?:HES|starch|tetrastarch|PEG|dextran)\s(?:\([A-Z]{2,5}\)\s)?(?:\d[\d.]*\s?/\s?)?$", regex.IGNORECASE
)
# "(-2.3 mg", "was −8.8 ml/min": a change that was found
_NEGATIVE = regex.compile(
    r"(?:[(\[;,:=]\s?|\b(?:of|was|were|is|by|from|than|and|versus|vs\.?)\s)[-−–]$", regex.IGNORECASE
)
# what may stand between two numbers of one dose
_LIST = regex.compile(
    r"[-‐‑]?\s?(?:,|;)\s?(?:and\s|or\s|to\s)?|[-‐‑]?\s?(?:,\s?)?(?:and|or|and/or|vs\.?|versus|&)\s(?:of\s|either\s|with\s)?|\s?and\s?/\s?or\s",
    regex.IGNORECASE,
)
_RANGE = regex.compile(r"\s?(?:[-–—‐‑−~]|[-‐‑]\sto\b|\bto\b|\bthrough\b|\bup\sto\b)\s?", regex.IGNORECASE)
_COUNTED = regex.compile(r"[;:(,]\s?$|\band\s$")
_COMBINATION = regex.compile(r"\s?[/+]\s?")
_PLUS = regex.compile(r"\s?\+\s?")
_BETWEEN = regex.compile(
    r"\b(?:between|from|range[sd]?(?:\sof|\sfrom)?|ranging\s(?:from|between))\s$", regex.IGNORECASE
)
_MASS = regex.compile(r"m?g|[mµμun]c?g|micro", regex.IGNORECASE)
# body weights and amounts of food or blood in kilograms and litres of urine are no doses
_NEVER_DOSES = ("kg", "dL", "fL", "pg")
_LIST_GOES_ON = regex.compile(
    r"(?:\s?[(\[][^()\[\]]{1,30}[)\]])?\s?(?:,|and\b|or\b|versus\b|vs\b)\s?(?:(?:and|or)\s)?\d", regex.IGNORECASE
)
_UP_TO = regex.compile(
    r"\b(?:up\s+to|maximum(?:\s+\w+){0,2}(?:\s+of)?|max\.?|no\s+more\s+than|not\s+exceeding|≤|at\s+most)\s*(?:a\s+(?:maximum|total)\s+(?:dose\s+)?of\s+)?$",
    regex.IGNORECASE,
)
_COMPARATORS: tuple[tuple[str, Comparator], ...] = (
    (r"(?:at\s+least|≥|>=|>\s?or\s?=|no\s+less\s+than|a\s+minimum\s+of)\s*$", ">="),
    (r"(?:≤|<=|<\s?or\s?=|up\s+to|no\s+more\s+than|not\s+exceeding|at\s+most)\s*$", "<="),
    (r"(?:>|more\s+than|above|over|greater\s+than|exceeding)\s*$", ">"),
    (r"(?:<|less\s+than|below|under)\s*$", "<"),
    (r"(?:~|≈|approximately|about|approx\.?|around|circa)\s*$", "~"),
)
_COMPARE = tuple((regex.compile(p, regex.IGNORECASE), c) for p, c in _COMPARATORS)
# a strength per volume is no amount given: plasma levels, solutions
_PER_VOLUME = regex.compile(
    r"\s?(?:/|⁄|per\s)\s?(?:10{1,3}\s?)?(?:[dcmμµu]?[lL]|cc|mole?|litre|liter|100\s?m[lL])\b|[\s.·⋅∙•‧*]{0,2}(?<!\d)[dmcμµ]?[lL]\s?(?:\^?\s?\(?[-−–]\s?1|⁻¹)|\s?(?:/|⁄|per\s)\s?1[.·,]73"
    # what was measured over time: "42 ng·h/mL"
    r"|[\s.·⋅∙•‧*×x]{0,3}h(?:rs?|ours?)?\s?(?:/|⁄|per\s|[\s·⋅∙•]m?[lL]\s?[-−–⁻])\s?(?:[dcmμµu]?[lL]\b|1|¹)",
)


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    start: int
    end: int
    unit: str | None
    stop: int


def extract_doses(article: Article) -> Iterator[Mention]:
    """Every amount of the text that has a dose unit; linking decides which of them were given."""
    framed = list(framed_doses(article.text))
    plain = [d for d in _doses(article.text) if not any(f.start <= d.start and d.end <= f.end for f in framed)]
    return with_contents(article.text, [*framed, *plain])


def _doses(text: str) -> Iterator[Mention]:
    numbers = _with_shared_units(text, list(_numbers(text)))
    end = -1
    for chain in _chains(text, numbers):
        for part in _combinations(text, chain):
            mention = _mention(text, part) if part[0].start >= end else None
            if mention is not None:
                end = mention.end
                yield mention


def _numbers(text: str) -> Iterator[_Number]:
    notes = [m.span() for m in _NOTE.find(text)]
    cut = 0
    for m in _QUANTITY.find(text):
        if any(s <= m.start() < e for s, e in notes):
            continue
        between = text[cut : m.start("number")] if cut else ""
        torn = has_lost_point(text, m.start("number"), m.end(), m["unit"])
        if torn or (len(between) <= _SEPARATOR and any(p.fullmatch(between) for p in (_LIST, _RANGE))):
            cut = 0 if m["unit"] else m.end()  # "2 5 to 10 mg" tells no 10 mg
            continue
        value = dose_number(m["number"], m["unit"] or "")
        if is_part_of_number(text, m.start("number"), m.end("number")):
            continue
        if value is None or (value >= 1000 and _RATIO.search(text, max(0, m.start() - 6), m.start())):
            continue
        written = m["unit"]
        # "5 - mg" and "3 g" need a unit; a bare "s", "d" or "U" after a blank often is a word
        if written and _PER_VOLUME.match(text, m.end()):
            written = None
        if not written and _GRADE.search(text, max(0, m.start() - 30), m.start()):
            continue
        if written and _NEGATIVE.search(text, max(0, m.start() - 9), m.start()):
            cut = 0
            continue
        # "on days 1-3, 0.5 mg": the days are no levels
        if written is None and DATE.search(text, max(0, m.start() - 30), m.start()):
            continue
        yield _Number(value, m.start("number"), m.end("number"), written, m.end() if written else m.end("number"))


def _with_shared_units(text: str, numbers: list[_Number]) -> list[_Number]:
    """The numbers, those with the unit of the next that stand behind another drug than it."""
    for i, (left, right) in enumerate(pairwise(numbers)):
        if (
            left.unit is None
            and right.unit is not None
            and _MASS.match(right.unit)
            and shares_unit(text, (left.start, left.end), right.start)
        ):
            numbers[i] = replace(left, unit=right.unit)
    return numbers


def _chains(text: str, numbers: Iterable[_Number]) -> Iterator[list[_Number]]:
    chain: list[_Number] = []
    for n in numbers:
        if chain and _joins(text, chain, n):
            chain.append(n)
            continue
        yield from _cut(text, chain)
        chain = [n]
    yield from _cut(text, chain)


def _cut(text: str, chain: list[_Number]) -> Iterator[list[_Number]]:
    # numbers behind the last unit belong to something else
    while chain and chain[-1].unit is None:
        chain = chain[:-1]
    # numbers before it must agree with it: "20 mL, 5 mg" are two doses
    at = 0
    for i in range(len(chain)):
        if (
            chain[i].unit
            and i + 1 < len(chain)
            and not _agree(text, chain[i], chain[i + 1])
            and _code(chain[i]) != _code_ahead(chain[i + 1 :])
        ):
            yield chain[at : i + 1]
            at = i + 1
    if chain[at:]:
        yield chain[at:]


def _combinations(text: str, chain: list[_Number]) -> list[list[_Number]]:
    """ "160/4.5 or 80/4.5 ug", "10/5/2 mg, 20/10/4 mg": fixed combinations in one unit, each a dose; else the chain."""
    joined = [_COMBINATION.fullmatch(text[a.stop : b.start]) is not None for a, b in pairwise(chain)]
    starts = [0, *(i + 1 for i, j in enumerate(joined) if not j)]
    sizes = {b - a for a, b in pairwise([*starts, len(chain)])}
    parts = [chain[a:b] for a, b in pairwise([*starts, len(chain)])]
    if len(starts) == 1 or len(sizes) > 1 or sizes == {1} or any(n.unit for part in parts for n in part[:-1]):
        return [chain]
    return [[*part[:-1], replace(part[-1], unit=part[-1].unit or chain[-1].unit)] for part in parts]


def _agree(text: str, left: _Number, right: _Number) -> bool:
    """ "16 mg/4 mg per day": the period behind a fixed combination holds for both of its parts."""
    return (
        right.unit is not None and text[left.stop : right.start].strip() == "/" and _code(right) == f"{_code(left)}/d"
    )


def _code(n: _Number) -> str | None:
    return units.ucum(n.unit) if n.unit else None


def _code_ahead(chain: list[_Number]) -> str | None:
    return next((_code(n) for n in chain if n.unit), None)


def _joins(text: str, chain: Sequence[_Number], right: _Number) -> bool:
    left = chain[-1]
    between = text[left.stop : right.start]
    if len(between) > 56:
        return False
    between = _NOTE.compiled.sub("", between)
    if len(between) > 16:
        return False
    if left.unit is None and (between.strip() == "," or NUMBERED.search(text, max(0, left.start - 24), left.start)):
        # "in group 3, 8 mg": the number of a group, not of a dose; "20, 40 or 80 mg" comes back through `or`
        return between.strip() == "," and (len(chain) > 1 or _LIST_GOES_ON.match(text, right.stop) is not None)
    if (left.unit is not None and _PLUS.fullmatch(between)) or _is_count_of(text, left, between, right):
        return False  # "340 mg + 320 mg of B" are doses of two drugs
    if between == " " and left.unit is None and len(chain) == 1:
        return dash_is_lost(text, left.start, (left.value, right.value), right.unit, right.stop)
    return any(p.fullmatch(between) for p in (_LIST, _RANGE, _COMBINATION))


def _is_count_of(text: str, left: _Number, between: str, right: _Number) -> bool:
    """ "(11 to placebo; 12 to 5 mg)": how many were given a dose stands before it, and begins no range."""
    falls = left.unit is None and right.value < left.value and between.strip() == "to"
    return falls and _COUNTED.search(text, max(0, left.start - 4), left.start) is not None


def _mention(text: str, chain: list[_Number]) -> Mention | None:
    last = chain[-1]
    written = last.unit or ""
    code = units.ucum(written)
    if code is None or code.startswith(_NEVER_DOSES) or code.endswith("/g") or not all(n.value for n in chain):
        return None
    # energy is a dose as what is pumped or weighed out, or shone on an area; by the day it is a diet
    if code.startswith(_ENERGIES) and not code.startswith(_GIVEN_ENERGIES):
        return None
    # "10-4 cells" are how few were left
    if code.startswith("{cells}") and last.value < _FEWEST_CELLS:
        return None
    if is_noise(text, chain[0].start, last.stop, written, code, alone=len(chain) == 1):
        return None
    form, values = _form(text, chain)
    code, factor = activity(text, chain[0].start, code)
    values = [round(v * factor, 6) for v in values]
    start, whole = chain[0].start, basis(code) in ("amount", "volume")
    code, end, period = told_by(text, (start, last.stop), written, code, ranged=form == "range", whole=whole)
    lone = len(chain) == 1 and basis(code) == "amount"
    often = times_daily(text, (start, end), code) if lone else None
    if often is not None:
        code, period, start = code.removesuffix("/d"), "d", often[1]
    elif lone:
        values, start = counted_before(text, values, start, end)
    if form in ("single", "combination") and start == chain[0].start and basis(code) == "amount" and "/" not in code:
        values, end = counted_behind(text, values, end)
    quote = text[start:end]
    dose = _dose(form, values, code, quote, _comparator(text, chain[0].start))
    amounts = tuple(Amount(v, n.start, n.end) for v, n in zip(values, chain, strict=True))
    parted = len(chain) > 1 and _NOTE.compiled.search(text, chain[0].stop, chain[-1].start) is not None
    volume, times = code in ("mL", "L", "uL"), often[0] if often else 1.0
    reading = DoseReading(dose, form, amounts, basis(code), period, times, volume=volume, parted=parted)
    return Mention("dose", start, end, "dose.quantity", reading)


def _values(text: str, chain: list[_Number]) -> list[float]:
    """The numbers of a chain; "15 to 50 million cells" counts millions in both, "10.000-40.000 IU" thousands."""
    unit = chain[-1].unit or ""
    chain = [n if n.unit else replace(n, value=dose_number(text[n.start : n.end], unit) or n.value) for n in chain]
    scale = _SCALED.search(text, chain[-1].start, chain[-1].end)
    if scale is None or any(n.unit for n in chain[:-1]):
        return [n.value for n in chain]
    last = dose_number(text[chain[-1].start : scale.start()], "") or 1.0
    factor = chain[-1].value / last
    return [n.value * factor if n.value < factor else n.value for n in chain[:-1]] + [chain[-1].value]


def _form(text: str, chain: list[_Number]) -> tuple[Form, list[float]]:
    values = _values(text, chain)
    if len(chain) == 1:
        return ("up_to" if _UP_TO.search(text[max(0, chain[0].start - 40) : chain[0].start]) else "single"), values
    gaps = [_NOTE.compiled.sub("", text[a.stop : b.start]) for a, b in pairwise(chain)]
    if len(chain) == 2 and values[0] < values[1]:
        between = _BETWEEN.search(text[max(0, chain[0].start - 16) : chain[0].start])
        if gaps[0] == " " or _RANGE.fullmatch(gaps[0]) or (between and regex.fullmatch(r"\s?(?:and|to)\s", gaps[0])):
            return "range", values
    # "A-B (250-100 mg)": a range does not fall
    falls = len(chain) == 2 and values[0] > values[1] and regex.fullmatch(r"\s?[-–]\s?", gaps[0])
    if falls or all(_COMBINATION.fullmatch(g) for g in gaps):
        return "combination", values
    return "levels", values


def _dose(form: Form, values: list[float], code: str, quote: str, comparator: Comparator) -> Dose:
    if form == "range":
        return Dose(low=values[0], high=values[1], unit=code, text=quote)
    if form in ("levels", "combination"):
        bound = comparator if form == "combination" else "="
        return Dose(levels=tuple(values), unit=code, comparator=bound, text=quote)
    return Dose(value=values[0], unit=code, comparator=comparator, text=quote)


def _comparator(text: str, start: int) -> Comparator:
    before = text[max(0, start - 24) : start]
    return next((c for pattern, c in _COMPARE if pattern.search(before)), "=")
