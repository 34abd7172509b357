"""Seeds of fuzzing, every crash that was mended, and a few hundred fresh inputs; more: python tests/support/fuzz.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.fuzz import SEEDS, Crash, campaign
from support.fuzz_targets import TARGETS

MENDED = Path(__file__).parent / "support" / "fuzz_mended"


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_the_seeds_are_read(seed: Path) -> None:
    TARGETS["readers"](seed.read_bytes())


@pytest.mark.parametrize("mended", sorted(MENDED.iterdir()), ids=lambda path: path.name)
def test_what_was_mended_stays_so(mended: Path) -> None:
    TARGETS[mended.name.partition("-")[0]](mended.read_bytes())


@pytest.mark.slow
def test_fresh_inputs_do_no_harm() -> None:
    found: dict[object, Crash] = {}
    for done in campaign(inputs=400, seconds=20, seed=1):
        found = dict(done.crashes)
    assert found == {}
