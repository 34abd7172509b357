"""A folder that files come into: each batch of new ones becomes a run of its own, and none is read twice.

Runs are numbered folders. What was read is known by content from their manifests, so that a restart does nothing again;
a run that was stopped in the middle is taken up where it was. A file is taken when it has not changed for a while: one
that is still being written waits, and one that changes later is new. The folder is looked at, not subscribed to: that
works on network disks too.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from trialmine.batch.manifest import Manifest
from trialmine.report.files import writable_folder
from trialmine.report.run_folder import read_manifest

Run = Callable[[Sequence[Path], Path, Mapping[str, str]], Manifest]
_UNFINISHED = (
    ".part",
    ".partial",
    ".tmp",
    ".crdownload",
    ".filepart",
    "~",
)  # what others write under until it is whole


def watch(
    folder: Path, target: Path, run: Run, *, quiet_seconds: float = 2.0, look: Callable[[float], object] = time.sleep
) -> Iterator[Manifest]:
    """One manifest for each batch of files that came into `folder`; ends when a run is interrupted.

    Args:
        folder: where files come, in folders below it too.
        target: where the runs go, a numbered folder each.
        run: reads files into a folder; what it is given last, the files' checksums, goes into the run's configuration.
        quiet_seconds: how long a file may not have changed before it is read, and the time between two looks.
        look: waits until the next look.

    Raises:
        OutputError: the target can't be written.
    """
    writable_folder(target)
    done = {checksum for manifest in _complete(target) for checksum in manifest["config"].get("files", {}).values()}
    before: dict[Path, tuple[int, int]] = {}
    taken: dict[Path, tuple[int, int]] = {}
    while True:
        there = dict(_files(folder))
        quiet = [p for p, state in there.items() if before.get(p) == state and taken.get(p) != state]
        sums = {path: checksum for path in quiet if (checksum := _checksum(path))}
        new = [path for path, checksum in sums.items() if checksum not in done]
        if new:
            manifest = run(new, _next(target), {str(path): sums[path] for path in new})
            yield manifest
            if manifest.interrupted:
                return
            done |= {sums[path] for path in new}
        taken |= {path: there[path] for path in sums}
        before = there
        look(quiet_seconds)


def _files(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Files with their sizes and times of change."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        with suppress(OSError):  # it was moved away meanwhile
            if not hidden and not path.name.endswith(_UNFINISHED) and path.is_file():
                state = path.stat()
                yield path, (state.st_size, state.st_mtime_ns)


def _checksum(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _complete(target: Path) -> Iterator[dict[str, Any]]:
    for place in _runs(target):
        manifest = read_manifest(place)
        if manifest is not None and manifest["status"] == "complete":
            yield manifest


def _next(target: Path) -> Path:
    """The run that was stopped and can be taken up, else a new one."""
    runs = _runs(target)
    for place in runs:
        manifest = read_manifest(place)
        # taken up without a file that has left meanwhile, a run would lose what it has read of it
        if manifest is None or (
            manifest["status"] != "complete" and all(Path(p).is_file() for p in manifest["config"].get("files", {}))
        ):
            return place
    return target / f"{max((int(place.name) for place in runs), default=0) + 1:06}"


def _runs(target: Path) -> list[Path]:
    return sorted(p for p in target.iterdir() if p.is_dir() and p.name.isdigit())
