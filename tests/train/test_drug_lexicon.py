from collections import Counter
from pathlib import Path

from trialmine.train.drug_lexicon import UNII_FILE, build, sign_of
from trialmine.train.substance import base_of, canonical_name, kind_letter
from trialmine.train.unii import UniiName, UniiSubstance, combinations, read_unii

LINES = [
    "Name\tTYPE\tUNII\tDisplay Name",
    "ZORBETINIB\tof\tAAAAAAAAA1\tZORBETINIB",
    "ZORBETINIB [INN]\tcn\tAAAAAAAAA1\tZORBETINIB",
    "ZRB-1234\tcd\tAAAAAAAAA1\tZORBETINIB",
    "IMPACT\tbn\tAAAAAAAAA1\tZORBETINIB",
    "ZORBEX\tbn\tAAAAAAAAA2\tZORBETINIB MESYLATE",
    "ZORBETINIB MESYLATE [USAN]\tof\tAAAAAAAAA2\tZORBETINIB MESYLATE",
    "BIZORB COMPONENT ZORBETINIB\tbn\tAAAAAAAAA1\tZORBETINIB",
    "BIZORB COMPONENT QUXAPRIL\tbn\tAAAAAAAAA3\tQUXAPRIL",
    "QUXAPRIL [INN]\tof\tAAAAAAAAA3\tQUXAPRIL",
    "ZORBUS WEED LEAF [WHO-DD]\tcn\tAAAAAAAAA4\tZORBUS WEED LEAF",
]


def test_salts_and_brands_come_under_the_base(tmp_path: Path) -> None:
    names = tmp_path / UNII_FILE
    names.parent.mkdir(parents=True)
    names.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    texts = tmp_path / "texts.txt"
    texts.write_text("the impact of impact on impact\n", encoding="utf-8")
    lines = {line.split("\t")[0]: line.split("\t") for line in build(tmp_path, [texts])}
    assert set(lines["zorbetinib"][4].split("|")) == {"zorbetinib", "=zrb 1234", "^zorbex", "zorbetinib mesylate"}
    assert lines["zorbetinib"][2] == "AAAAAAAAA1"
    assert lines["quxapril/zorbetinib"][4] == "^bizorb"
    assert "zorbus weed leaf" not in lines


def test_register_is_read_with_its_bodies() -> None:
    substances = read_unii(LINES)
    assert substances["AAAAAAAAA1"].tags == {"INN"}
    assert combinations(substances) == {"BIZORB": {"AAAAAAAAA1", "AAAAAAAAA3"}}


def test_names_lose_salts_but_minerals_keep_them() -> None:
    official = {"SORAFENIB", "FLUTICASONE"}
    assert canonical_name("SORAFENIB TOSYLATE", official) == "sorafenib"
    assert canonical_name("MAGNESIUM SULFATE", official) == "magnesium sulfate"
    assert canonical_name("AMG-706", official) == "AMG-706"
    assert base_of("fluticasone propionate", official) == "fluticasone"


def test_kinds() -> None:
    letters = [
        kind_letter(n, {"INN"})
        for n in ("zorbetinib", "zorbelimab", "rabies vaccine", "tisagenlecleucel", "zinc sulfate")
    ]
    assert letters == ["d", "b", "v", "c", "s"]


def test_chemicals_that_nobody_writes_about_are_left_out() -> None:
    chemical = UniiSubstance("AAAAAAAAA5", "ZORBANOL")
    assert sign_of(UniiName("ZORBANOL", {"cn"}), chemical, Counter(), Counter()) is None
    assert sign_of(UniiName("ZORBANOL", {"cn"}), chemical, Counter(zorbanol=9), Counter()) == "?"
