"""Doses that by their words were injected, or by their unit are no cream, whatever else the text has a route for."""

from __future__ import annotations

import regex

from trialmine.assemble.dosing.draft import Draft

# "depot A 160 mg", "A 400 mg was injected into the muscle", "long-acting A"
_INJECTED_AHEAD = regex.compile(
    r"\b(?:depot|long-acting\sinjectable|injectable|injections?\sof)\s(?:[\w-]+\s){0,2}$", regex.IGNORECASE
)
_INJECTED_BEHIND = regex.compile(
    r"\s?(?:was|were|is)\s(?:\w+\s)?injected\b|\s(?:depot\s)?injections?\b", regex.IGNORECASE
)
BY_NEEDLE = frozenset(
    {
        "intravenous", "subcutaneous", "intramuscular", "intradermal", "intravitreal", "intrathecal", "intraperitoneal",
        "intratumoral", "intra-articular", "epidural", "perineural", "other",
    }
)  # fmt: skip


ON_SURFACES = frozenset({"topical", "ophthalmic"})


def is_of_mass(draft: Draft) -> bool:
    """Whether a dose is told in milligrams: creams and drops are told by strength, amount of cream or count."""
    return draft.dose is not None and draft.dose.unit.split("/")[0] == "mg"


def is_injected(text: str, draft: Draft) -> bool:
    """Whether a dose stands behind "depot" or "injections of", or before "was injected"."""
    ahead = _INJECTED_AHEAD.search(text, max(draft.sentence.start, draft.start - 40), draft.start)
    return draft.dose is not None and bool(ahead or _INJECTED_BEHIND.match(text, draft.end, draft.sentence.end))


def is_impossible(draft: Draft, route: str) -> bool:
    """Whether nobody gives such a dose so: milligrams by the hour are not swallowed, a litre is no block."""
    if draft.dose is None:
        return False
    value, unit = draft.dose.value or draft.dose.high or 0.0, draft.dose.unit
    if route in _NOT_PUMPED and route != "oral" and unit.startswith("mL") and unit.endswith(("/h", "/min")):
        return True
    if route in _NOT_PUMPED:
        return unit.startswith(
            ("mg", "ug", "ng", "pg", "[iU]", "U", "mU", "mmol", "umol", "nmol", "pmol")
        ) and unit.endswith(("/h", "/min"))
    return route in _SMALL_SPACES and (unit == "mL/kg" or (unit == "mL" and value > _BLOCK) or unit == "L")


_NOT_PUMPED = frozenset({"oral", "topical", "ophthalmic", "rectal", "vaginal", "sublingual", "buccal"})
_SMALL_SPACES = frozenset({"intrathecal", "intravitreal", "intradermal", "ophthalmic"})
_BLOCK = 60.0  # mL

# by the stems of their names proteins, and cytotoxics that the gut destroys or does not take up
_NEVER_SWALLOWED = regex.compile(
    r"(?:mab(?:\s\w+)?|(?<!satra)platin|taxel|grastim|mostim|poetin(?:\s\w+)?|cept|parin|relin|leukin|plase|interferon[\w\s-]*|insulin[\w\s]*)$"
    r"|^(?:gemcitabine|pemetrexed|bleomycin|(?:pegylated\sliposomal\s)?doxorubicin|epirubicin|daunorubicin|vincristine|vinblastine"
    r"|bortezomib|carfilzomib|trabectedin|eribulin|fulvestrant|zoledronic\sacid|dacarbazine|ifosfamide)$",
    regex.IGNORECASE,
)
_NEVER_INJECTED = regex.compile(
    r"(?:tinib|rafenib|ciclib|parib|metinib)$|^(?:capecitabine|tegafur|S-1|lapatinib|tamoxifen|letrozole|anastrozole|exemestane|megestrol(?:\sacetate)?|abiraterone|enzalutamide|everolimus|thalidomide|lenalidomide|pomalidomide|venetoclax)$",
    regex.IGNORECASE,
)
_BY_MOUTH = frozenset({"oral", "sublingual", "buccal"})
_OF_SUBSTANCES = _BY_MOUTH | BY_NEEDLE | {"inhaled", "intranasal", "transdermal", "topical"}


def is_never_given_so(name: str, kind: str, route: str) -> bool:
    """Whether a way that is told of another is none of this one: an antibody is not swallowed, rays have no needle."""
    if kind == "radiation":
        return route in _OF_SUBSTANCES
    never = _NEVER_INJECTED if route in BY_NEEDLE else _NEVER_SWALLOWED if route in _BY_MOUTH else None
    return never is not None and never.search(name) is not None
