"""Files of a test, read as a user's files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading import Item, ReadFile
from trialmine import ingest
from trialmine.ingest.options import ReadOptions


@pytest.fixture
def read_file(tmp_path: Path) -> ReadFile:
    """A function that writes content to a file and reads it: (content, name, form, options) -> items."""

    def read(
        content: str | bytes, name: str = "input", form: str | None = None, options: ReadOptions | None = None
    ) -> list[Item]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(ingest.read([path], format=form, options=options))

    return read
