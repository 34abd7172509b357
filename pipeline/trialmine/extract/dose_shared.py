"""Units told once for two drugs: "propofol 100 and alfentanil 0.5 mcg/kg/min"."""

from __future__ import annotations

import regex

from trialmine.normalise.drug import canonical

_NAME = r"[^\W\d_][\w-]{4,29}"
_BEFORE = regex.compile(rf"(?<![\w-])(?P<name>{_NAME})\s\(?$")
_BETWEEN = regex.compile(
    rf"\s?(?:,|/|\+|;)?\s?(?:and\s|or\s|plus\s|with\s|versus\s|vs\.?\s|\+\s)?(?:of\s|oral\s|intravenous\s|iv\s|i\.v\.\s)?(?P<name>{_NAME})\s\(?",
    regex.IGNORECASE,
)
_LONGEST = 60  # characters between the two numbers


def shares_unit(text: str, left: tuple[int, int], right: int) -> bool:
    """Whether a number without a unit, at left, stands behind a drug, and the next, with one, behind another.

    >>> shares_unit("propofol 100 and alfentanil 0.5 mcg/kg/min", (9, 12), 28)
    True
    >>> shares_unit("in group 100 and alfentanil 0.5 mcg/kg/min", (9, 12), 28)
    False
    """
    if right - left[1] > _LONGEST:
        return False
    between = _BETWEEN.fullmatch(text, left[1], right)
    before = _BEFORE.search(text, max(0, left[0] - 32), left[0]) if between else None
    if between is None or before is None:
        return False
    # "interleukin 2 and placebo": the number is a part of the name
    numbered = canonical(f"{before['name']} {text[slice(*left)]}") is not None
    return not numbered and canonical(before["name"]) is not None and canonical(between["name"]) is not None
