from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from trialmine.normalise.drug import canonical
from trialmine.normalise.endpoint import endpoint_name, known_endpoint
from trialmine.normalise.intervention import kind_of


@pytest.mark.parametrize("read", [canonical, endpoint_name, known_endpoint, kind_of])
@pytest.mark.parametrize("piece", ["a ", "1,", "- - ", "-", "of the ", "IL-2 ", "( a", "mg/"])
def test_time_does_not_grow_with_the_square_of_a_name(read: Callable[[str], object], piece: str) -> None:
    started = process_time()
    read(piece * 10_000 + "!")
    assert process_time() - started < 5
