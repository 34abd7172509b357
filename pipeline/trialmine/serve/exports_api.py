"""The route of exports: the records as they stand with their corrections, in every format of `trialmine export`."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from trialmine.errors import ConfigError
from trialmine.export.export import write
from trialmine.export.registry import WRITERS
from trialmine.records.trial import TrialRecord
from trialmine.serve.library import Library
from trialmine.serve.problems import responses
from trialmine.serve.records_api import key_of_name
from trialmine.serve.state import State

router = APIRouter(prefix="/v1", tags=["export"])
FORMATS = ("json", *(w.name for w in WRITERS))
_EXPORTED = {
    200: {
        "description": "The file, or a zip of the files that the format consists of.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    **responses(404, 409, 422, 503),
}


class _Shown:
    """Records of the library as a run, for the writers."""

    def __init__(self, library: Library, keys: Sequence[str]) -> None:
        self._library, self._keys = library, keys
        self._checked: set[str] = set()

    def records(self) -> Iterator[TrialRecord]:
        return (record for record, _ in self.documents())

    def documents(self) -> Iterator[tuple[TrialRecord, str]]:
        for key in self._keys:
            reviewed, text, _ = self._library.reviewed(key)
            if reviewed.checked:
                self._checked.add(reviewed.record.record_id)
            yield reviewed.record, text

    def checked(self, record: TrialRecord) -> bool:
        return record.record_id in self._checked


@router.get("/export", responses=_EXPORTED, response_class=Response)
def export(
    request: Request,
    format: Annotated[  # noqa: A002 (the address's own word)
        str,
        Query(max_length=40, description="As of trialmine export, or json.", json_schema_extra={"enum": [*FORMATS]}),
    ] = "json",
    id: Annotated[  # noqa: A002
        str | None, Query(min_length=1, max_length=200, description="One record; else all that there are.")
    ] = None,
) -> Response:
    """Records as they stand with their corrections, in another format."""
    if format not in FORMATS:
        raise HTTPException(422, f"format is one of {', '.join(FORMATS)}.")
    state = State.of(request)
    library = state.library
    keys = [key_of_name(request, id)] if id is not None else [entry.key for entry in library.entries()]
    run = _Shown(library, keys)
    folder = tempfile.TemporaryDirectory(prefix="trialmine-")
    try:
        with state.desk.writing():
            path = _written(run, format, Path(folder.name))
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        path, media_type="application/octet-stream", filename=path.name, background=BackgroundTask(folder.cleanup)
    )


def _written(run: _Shown, form: str, folder: Path) -> Path:
    """The file of an export; several files are put into a zip."""
    if form == "json":
        path = folder / "records.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for record in run.records():
                file.write(record.model_dump_json() + "\n")
        return path
    chosen = next(w for w in WRITERS if w.name == form)
    inner = folder / "files"
    inner.mkdir()
    target = inner / f"trials{chosen.suffix}"
    try:
        write(run, form, target)
    except ConfigError as error:  # a library that only this format needs
        raise HTTPException(409, str(error)) from error
    files = sorted(p for p in inner.rglob("*") if p.is_file())
    if len(files) == 1:
        return files[0]
    path = folder / f"trials-{form}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file_ in files:
            packed.write(file_, file_.relative_to(inner))
    return path
