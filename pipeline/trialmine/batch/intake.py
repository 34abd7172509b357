"""What came out of the inputs before anything is extracted: formats, documents, duplicates, refusals and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from trialmine.batch.manifest import joined_to
from trialmine.ingest.corpus import line_of
from trialmine.ingest.duplicates import joined
from trialmine.records.document import Document, Duplicate, Note, Unreadable
from trialmine.report.files import written_whole

Item = Document | Unreadable | Duplicate
_IDS = ("pmid", "pmcid", "doi", "registry_ids")


@dataclass
class FormatCount:
    """What was read of one format; `sources` counts files, archives' members and stdin."""

    sources: int = 0
    documents: int = 0
    characters: int = 0
    ids: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_IDS, 0))


@dataclass
class Intake:
    """The documents of the inputs, counted."""

    formats: dict[str, FormatCount] = field(default_factory=dict)
    joined: list[Duplicate] = field(default_factory=list)
    refused: list[Unreadable] = field(default_factory=list)
    noted: list[tuple[str, str | None, Note]] = field(default_factory=list)
    _last: tuple[str, str | None] | None = None

    @property
    def documents(self) -> int:
        """How many documents go on to extraction."""
        return sum(count.documents for count in self.formats.values())

    def add(self, item: Item) -> None:
        """Count one item."""
        if isinstance(item, Unreadable):
            self.refused.append(item)
        elif isinstance(item, Duplicate):
            self.joined.append(item)
        else:
            self._count(item)

    def _count(self, document: Document) -> None:
        count = self.formats.setdefault(document.format, FormatCount())
        source = (document.format, document.uri)
        count.sources += source != self._last  # documents of one source come one behind the other
        self._last = source
        count.documents += 1
        count.characters += len(document.text)
        for name in _IDS:
            count.ids[name] += bool(getattr(document, name))
        self.noted += [(document.doc_id or document.record_id, document.uri, note) for note in document.notes]

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "documents": self.documents,
            "formats": {name: asdict(count) for name, count in self.formats.items()},
            "joined": [
                {"doc_id": d.doc_id, "record_id": d.record_id, "uri": d.uri, "joined_to": joined_to(d)}
                for d in self.joined
            ],
            "refused": [{"doc_id": u.doc_id, "uri": u.uri, "message": u.message} for u in self.refused],
            "noted": [
                {"doc_id": doc_id, "uri": uri, "code": note.code, "message": note.message}
                for doc_id, uri, note in self.noted
            ],
        }


def take_in(
    items: Iterable[Document | Unreadable],
    corpus: Path | None,
    *,
    keep_duplicates: bool = False,
    notify: Callable[[Item], None] | None = None,
) -> Intake:
    """Read all items, write the documents to the file `corpus` if there is one, and say what was read.

    Ctrl-C ends the reading; no corpus is written then, because a part of one would pass for the whole.

    Raises:
        OutputError: the corpus can't be written.
    """
    intake = Intake()
    with ExitStack() as files:
        file = files.enter_context(written_whole(corpus)) if corpus else None
        for item in items if keep_duplicates else joined(items):
            intake.add(item)
            if file is not None and isinstance(item, Document):
                file.write(line_of(item) + "\n")
            if notify is not None:
                notify(item)
    return intake
