"""Checksums of a model folder: a file that was damaged on the way is said before it is read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from trialmine.errors import ModelError

SUMS = "SHA256SUMS"  # as `sha256sum --check` reads it


def check(folder: Path) -> None:
    """Compare the files of a folder with its checksums; a folder without any is left alone.

    Raises:
        ModelError: a file is missing, or is not what it was when the checksums were written.
    """
    sums = folder / SUMS
    if not sums.is_file():
        return
    for line in sums.read_text(encoding="utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            raise _damaged(folder, f"{name} is missing")
        if _sum(path) != wanted:
            raise _damaged(folder, f"{name} is not what it was when the model was built")


def write(folder: Path) -> None:
    """Write the checksums of all files of a folder into it."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != SUMS)
    lines = [f"{_sum(folder / name)}  {name}\n" for name in names]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(folder: Path, what: str) -> ModelError:
    remedy = f"Reinstall trialmine; if you changed the model yourself, remove {SUMS} or build the model anew."
    return ModelError(f"the model is damaged: {what}", where=str(folder), remedy=remedy)
