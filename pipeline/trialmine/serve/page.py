"""The page: a fixed list of files of this package, each under its own name; nothing else is served from disk."""

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
_OWN = (
    "index.html",
    "review.css",
    "icon.svg",
    "app.js",
    "api.js",
    "shell.js",
    "intake.js",
    "list.js",
    "record.js",
    "tables.js",
)


def _read() -> dict[str, bytes]:
    own, shared = files("trialmine.serve") / "static", files("trialmine.report") / "templates"
    return {n: (own / n).read_bytes() for n in _OWN} | {n: (shared / n).read_bytes() for n in _SHARED}


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
