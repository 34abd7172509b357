import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.lexicon.drug_table import ANALYTE, CAPITALS, DrugTable, drug_table, key, pieces


@pytest.mark.parametrize(
    "writings",
    [
        ("IL-21", "IL 21", "il21"),
        ("interferon alfa-2b", "interferon-α2b", "Interferon alpha 2b"),
        ("β-carotene", "beta carotene"),
    ],
)
def test_writings_of_one_name_share_a_key(writings: tuple[str, ...]) -> None:
    assert len({key(w) for w in writings}) == 1


def test_own_lines_win_and_take_the_registers_code() -> None:
    table = DrugTable(["zinc\td\tJ41\t\tzinc|=zn 5"], ["zinc salt\ts\t\t\t?zinc"])
    found = table.look_up("Zinc")
    assert found is not None
    assert (found.name, found.kind, found.unii) == ("zinc salt", "dietary_supplement", "J41")
    assert table.entries["zinc"] & 7 == ANALYTE
    assert table.entries["zn 5"] & 7 == CAPITALS


def test_every_line_of_the_bundled_table_is_sound() -> None:
    table = drug_table()
    numbers = {entry >> 3 for entry in table.entries.values()}
    assert len(table.entries) > 50_000
    for number in numbers:
        substance = table.substance(number)
        assert substance.name
        assert substance.base
        assert substance.unii is None or (len(substance.unii) == 10 and substance.unii.isalnum())


def test_keys_are_normal_forms() -> None:
    assert [k for k in drug_table().entries if k != key(k)] == []


@given(st.text(max_size=80))
def test_pieces_lie_in_the_text(text: str) -> None:
    found = list(pieces(text))
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert key(key(text)) == key(text)
