"""Options of the whole test suite."""

from __future__ import annotations

import pytest
from hypothesis import settings

# laws are about values; an example that a busy machine reads slowly breaks none, and speed has tests of its own
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regold", action="store_true", help="write corpus/expected/records anew from what the pipeline gives now"
    )
