"""Large files stream: memory does not grow with the file. support/pubmed_stream.py measures it at full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import pubmed_stream


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.gz"
    count = pubmed_stream.write(path, 2)
    measured = pubmed_stream.measured("trialmine", path)
    assert measured["articles"] == count
    assert measured["growth"] < 60  # MB; the file has four times its size in text
