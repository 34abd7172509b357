"""The page: files of this package, read once, each under its own name; nothing else is served from disk."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

router = APIRouter(include_in_schema=False)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# the parts that the page shares with report.html stay where that keeps them
_SHARED = ("dom.js", "charts.js", "marks.js", "report.css")


def _read() -> dict[str, bytes]:
    own, shared = files("trialmine.serve") / "static", files("trialmine.report") / "templates"
    found = {item.name: item.read_bytes() for item in own.iterdir() if f".{item.name.rpartition('.')[2]}" in _TYPES}
    return found | {name: (shared / name).read_bytes() for name in _SHARED}


@router.get("/")
async def index() -> Response:
    """The page."""
    return await asset("index.html")


@router.get("/static/{name}")
async def asset(name: str) -> Response:
    """A file of the page."""
    content = _FILES.get(name)
    if content is None:
        raise HTTPException(404, "There is no such file.")
    kind = _TYPES[f".{name.rpartition('.')[2]}"]
    return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})


_FILES = _read()
