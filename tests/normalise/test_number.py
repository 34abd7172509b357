from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from trialmine.normalise.number import NUMBER, number, power_of_ten

NUMBERS = [
    ("7", 7),
    ("1,250", 1250),
    ("12,345.5", 12345.5),
    ("0·05", 0.05),
    (".5", 0.5),
    ("-3.2", -3.2),
    ("−3", -3),
    ("–3", -3),
    (" 12 ", 12),
    ("twelve", 12),
    ("Twenty-one", 21),
    ("twenty one", 21),
    ("one hundred", 100),
    ("one hundred and two", 102),
    ("two thousand five hundred", 2500),
    ("three million", 3_000_000),
    ("zero", 0),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("five and one", ["five", "one"]), ("eleven and two", ["eleven", "two"]), ("five one", ["five", "one"]),
        ("one hundred and two", ["one hundred and two"]), ("two hundred fifty-one", ["two hundred fifty-one"]),
    ],
)  # fmt: skip
def test_number_words_beside_each_other_are_one_number_only_if_they_can_be(text: str, found: list[str]) -> None:
    assert regex.findall(NUMBER, text) == found
    assert (number(text) is None) == (" and " in text and len(found) > 1)


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_reads_numbers(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", " ", "often", "and", "hundred", "one tea", "1,25,0,", "1.2.3", "5 mg", "½", "0,5", "--3", "٣x"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


POWERS = [("5 x 10^6", 5e6), ("10⁹", 1e9), ("3×10(9)", 3e9), ("10*6", 1e6), ("1.5 x 106", 1.5e6), ("2 × 10-3", 2e-3)]


@pytest.mark.parametrize(("text", "value"), POWERS)
def test_reads_powers_of_ten(text: str, value: float) -> None:
    assert power_of_ten(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "10", "x 10", "tea", "5 x 11^6", ". x 10^6", "10^123"])
def test_what_is_no_power_is_none(text: str) -> None:
    assert power_of_ten(text) is None


@given(st.integers(0, 10**9))
def test_digits_with_and_without_thousands_are_one_number(n: int) -> None:
    assert number(str(n)) == number(f"{n:,}") == n


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,·x×*^()⁰⁹- ehundredone", max_size=20))
def test_never_crashes(text: str) -> None:
    number(text)
    power_of_ten(text)


_ONE = regex.compile(NUMBER, regex.IGNORECASE)


@given(st.text(alphabet="0123456789.,· onetwenty hundred-and", max_size=30))
def test_whatever_the_fragment_matches_starts_as_a_number(text: str) -> None:
    for m in _ONE.finditer(text):
        assert m.group()
        assert m.group().strip() == m.group()
