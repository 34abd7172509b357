"""The folder that documents are fetched into: files whole or not there, and a journal of what came and what did not.

The folder is its own cache: what the journal says has come, and still has the bytes that came, is not asked for again.
The journal is a hidden file, so that the folder can be given to `trialmine run` as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trialmine.errors import OutputError
from trialmine.fetch.answer import Came, Missing
from trialmine.fetch.asked import Asked
from trialmine.report.files import writable_folder, written_whole

JOURNAL = ".fetch.jsonl"


class Folder:
    """The files below `path`.

    Raises:
        OutputError: the folder can't be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = writable_folder(path)
        self._journal = path / JOURNAL
        self._entries = self._read()
        # a journal that was cut off in the middle of a line goes on in the next one
        written = self._journal.read_bytes() if self._journal.exists() else b"\n"
        self._cut = not written.endswith(b"\n")

    def _read(self) -> dict[str, dict[str, Any]]:
        entries: dict[str, dict[str, Any]] = {}
        if self._journal.exists():
            with self._journal.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    try:
                        entry = json.loads(line)
                        entries[entry["id"]] = entry
                    except (ValueError, KeyError, TypeError):
                        continue  # cut off by a kill: what it told of is fetched again
        return entries

    def had(self, asked: Asked) -> Came | None:
        """What came for the id in an earlier run and is still there as it came; its content is left out."""
        entry = self._entries.get(asked.key)
        if entry is None or entry.get("status") != "came":
            return None
        try:
            content = (self._path / entry["file"]).read_bytes()
        except (OSError, KeyError):
            return None
        if hashlib.sha256(content).hexdigest() != entry.get("sha256"):
            return None
        return Came(asked.id, entry["file"], "", entry.get("pmcid"))

    def keep(self, asked: Asked, came: Came) -> None:
        """Write the document's file, then the line that tells of it.

        Raises:
            OutputError: it can't be written.
        """
        file = self._path / came.file
        writable_folder(file.parent)
        with written_whole(file) as out:
            out.write(came.content)
        digest = hashlib.sha256(came.content.encode("utf-8")).hexdigest()
        self._note(asked, {"status": "came", "file": came.file, "sha256": digest, "pmcid": came.pmcid})

    def same(self, asked: Asked, other: Asked) -> None:
        """Note that what came for another id is this one's document too."""
        kept = self._entries[other.key]
        self._note(asked, {name: kept.get(name) for name in ("status", "file", "sha256", "pmcid")})

    def lack(self, asked: Asked, missing: Missing, status: str) -> None:
        """Note that nothing came, and why."""
        self._note(asked, {"status": status, "reason": missing.reason, "remedy": missing.remedy})

    def _note(self, asked: Asked, what: dict[str, Any]) -> None:
        entry = {"id": asked.key, **what, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        self._entries[asked.key] = entry
        try:
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(("\n" if self._cut else "") + json.dumps(entry) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = error.strerror or str(error)
            remedy = "Make room, or choose another folder with -o."
            raise OutputError(f"can't write ({reason})", where=str(self._journal), remedy=remedy) from error
        self._cut = False
