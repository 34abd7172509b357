"""The routes of records: texts in, records out, the list of what there is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Header, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord
from trialmine.serve.facets import MISSING, Filter, Review, counted
from trialmine.serve.problems import responses
from trialmine.serve.reading import Source, line
from trialmine.serve.state import State
from trialmine.serve.view import revision, view_of
from trialmine.serve.worker import Upload

NDJSON = "application/x-ndjson"
router = APIRouter(prefix="/v1", tags=["records"])
Key = Annotated[
    str, Field(min_length=1, max_length=200, description="A record's id as the list gives it, or its record_id.")
]


class Text(BaseModel):
    """A text to be read, with what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]
    doc_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
    format: Literal["text", "auto"] = Field(
        "text", description="text: read as it stands; auto: its format is told from its content, as of a file."
    )


class Texts(BaseModel):
    """Several texts."""

    model_config = ConfigDict(extra="forbid")

    documents: Annotated[list[Text], Field(min_length=1, max_length=100)]


class Result(BaseModel):
    """What became of one document."""

    status: Literal["ok", "failed"]
    id: str | None = Field(description="What the record is called here; null when it is not kept.")
    kept: bool
    doc_id: str | None
    uri: str | None
    error: str | None = None
    seconds: dict[str, float] = Field(default_factory=dict)
    record: TrialRecord | None


class Results(BaseModel):
    """What became of each document, in order."""

    results: list[Result]


class ListEntry(BaseModel):
    """A record's line in the list."""

    id: str
    record_id: str
    doc_id: str
    title: str
    kind: str
    noise: str
    counts: dict[str, int]
    edits: int
    warnings: dict[str, int]
    missing: list[str]
    review: Review


class Listing(BaseModel):
    """A page of the list; `filters` counts what each filter would give of all records."""

    total: int
    found: int
    records: list[ListEntry]
    filters: dict[str, dict[str, int]]


_READ: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What became of each document; a line of NDJSON for each stage of each when that is accepted.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Results"}},
            NDJSON: {"schema": {"type": "string"}},
        },
    },
    **responses(408, 413, 415, 422, 503),
}
Accept = Annotated[str, Header(description=f"{NDJSON} for events as they happen.")]


@router.post("/records", responses=_READ, response_class=Response)
async def read_texts(body: Text | Texts, request: Request, accept: Accept = "*/*") -> Response:
    """Read one text or several into records."""
    texts = body.documents if isinstance(body, Texts) else [body]
    return await _answer(request, [_source(t, State.of(request)) for t in texts], accept)


@router.post("/files", responses=_READ, response_class=Response)
async def read_files(
    request: Request,
    files: Annotated[list[UploadFile], File(min_length=1, max_length=100, description="Files of any format.")],
    form: Annotated[str | None, Form(alias="format", max_length=40, description="Read all of them as this.")] = None,
    accept: Accept = "*/*",
) -> Response:
    """Read the documents of files into records; formats are told from content, archives are opened."""
    limits = State.of(request).limits
    sources = [Upload(_plain(f.filename), await f.read(), form, limits.documents, limits.reading) for f in files]
    return await _answer(request, sources, accept)


def _plain(name: str | None) -> str:
    """A file's name for messages and for its ending: no path of the client's machine, nothing unprintable."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:200] or "file"


def _source(told: Text, state: State) -> Source:
    if told.format == "auto":
        limits = state.limits
        return Upload("the text", told.text.encode(), None, limits.documents, limits.reading, pasted=True)
    return Document(told.text, "text", doc_id=told.doc_id, title=told.title)


async def _answer(request: Request, sources: Sequence[Source], accept: str) -> Response:
    desk = State.of(request).desk
    if NDJSON in accept:
        place = desk.place()
        place.__enter__()  # a full house is told with a status, before the stream begins

        async def lines() -> AsyncIterator[bytes]:
            try:
                async for event in desk.events(sources, stages=True):
                    yield line(event)
            finally:
                place.__exit__(None, None, None)

        return StreamingResponse(lines(), media_type=NDJSON)
    with desk.place():
        results = await desk.results(sources)
    return Response(
        b'{"results": [' + b", ".join(line(r).rstrip() for r in results) + b"]}", media_type="application/json"
    )


@router.get("/records", response_model=Listing, responses=responses(422))
def list_records(
    request: Request,
    warning: Annotated[str | None, Query(max_length=100, description="A warning's code, or any.")] = None,
    kind: Annotated[str | None, Query(max_length=100, description="A document_kind.")] = None,
    missing: Annotated[
        str | None, Query(description="A block without rows, or block.cell.", json_schema_extra={"enum": [*MISSING]})
    ] = None,
    review: Annotated[Review | None, Query(description="How far a person has looked at it.")] = None,
    search: Annotated[str, Query(max_length=200, description="Words of title, ids, names, warnings.")] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Listing:
    """The records that there are, filtered."""
    if missing is not None and missing not in MISSING:
        raise HTTPException(422, f"missing is one of {', '.join(MISSING)}.")
    every = State.of(request).library.entries()
    wanted = Filter(warning, kind, missing, review, search)
    found = [entry for entry in every if wanted.takes(entry)]
    shown = [ListEntry.model_validate(entry.as_json()) for entry in found[offset : offset + limit]]
    return Listing(total=len(every), found=len(found), records=shown, filters=counted(every))


_VIEW: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}},
    304: {"description": "The view that is held is the latest."},
}
_RECORD: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/TrialRecord"}}}}
}


@router.get("/records/{id}", responses={**_RECORD, **responses(404, 422)}, response_class=Response)
def one_record(
    request: Request,
    id: Key,  # noqa: A002 (the address's own word)
    corrections: Annotated[bool, Query(description="As people corrected it, or as it was read.")] = True,
) -> Response:
    """One trial record."""
    library, key = State.of(request).library, key_of_name(request, id)
    record = library.reviewed(key)[0].record if corrections else library.origin(key)[0]
    return Response(record.model_dump_json(), media_type="application/json")


@router.get("/records/{id}/view", responses={**_VIEW, **responses(404, 422)}, response_class=Response)
def view(
    request: Request,
    id: Key,  # noqa: A002
    if_none_match: Annotated[str | None, Header(max_length=200, description="The ETag of a view held already.")] = None,
) -> Response:
    """One record as the page draws it: tables in words with the places they cite; offsets are in UTF-16 units."""
    key = key_of_name(request, id)
    reviewed, text, corrections = State.of(request).library.reviewed(key)
    tag = f'"{key}-{len(corrections)}-{revision(corrections) or 0}"'
    if if_none_match == tag:
        return Response(status_code=304, headers={"ETag": tag})
    told = json.dumps(view_of(reviewed, text, corrections))
    return Response(told, media_type="application/json", headers={"ETag": tag})


def key_of_name(request: Request, name: str) -> str:
    """The key of the record of that name.

    Raises:
        HTTPException: 404.
    """
    key = State.of(request).library.key(name)
    if key is None:
        raise HTTPException(404, "There is no record of that id.")
    return key
