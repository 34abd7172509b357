"""The server as an ASGI app: routes, page, guards, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request

from trialmine import __version__
from trialmine.records.trial import TrialRecord
from trialmine.report.schema import record_schema
from trialmine.serve import corrections_api, exports_api, page, problems, records_api
from trialmine.serve.guard import LOOPBACK, Guard
from trialmine.serve.library import Library
from trialmine.serve.limits import Limits
from trialmine.serve.openapi import describe
from trialmine.serve.pool import Pool
from trialmine.serve.problems import responses
from trialmine.serve.reading import Desk
from trialmine.serve.state import State

about = APIRouter(prefix="/v1", tags=["about"])


_schema = cache(record_schema)


@about.get("/health", responses=responses())
async def health(request: Request) -> dict[str, Any]:
    """Whether the server is up, with what, and how busy."""
    state = State.of(request)
    model = state.description.get("model")
    return {
        "status": "ok",
        "version": __version__,
        "model": model if isinstance(model, dict) else None,
        "requests": {"reading": state.desk.busy, "most": state.limits.requests},
    }


@about.get("/schema", responses=responses())
async def schema() -> dict[str, Any]:
    """The JSON Schema of the trial record."""
    return _schema()


def make_app(
    pool: Pool,
    *,
    pasted: Path,
    run: Path | None = None,
    names: Collection[str] = LOOPBACK,
    limits: Limits | None = None,
) -> FastAPI:
    """The app; its pool is started and closed with it.

    Args:
        pool: the workers.
        pasted: a folder for the records of pasted texts.
        run: the folder of a run to be browsed.
        names: host names under which the server may be called.
        limits: what it takes; the defaults if None.

    Raises:
        InputError: `run` is no whole run.
    """
    bounds = limits or Limits()
    library = Library(run, pasted, most=bounds.kept)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        description: Mapping[str, Any] = pool.start()
        app.state.trialmine = State(library, pool, Desk(pool, library, bounds), bounds, description)
        try:
            yield
        finally:
            pool.close()
            library.close()

    app = FastAPI(
        title="trialmine",
        version=__version__,
        summary="Trial texts in; validated, evidence-linked trial records out.",
        lifespan=lifespan,
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
    )
    app.state.library = library  # for who makes an app and never starts it
    app.add_middleware(Guard, names=names, limits=bounds)
    problems.install(app)
    describe(app, problems.Problem, TrialRecord, records_api.Results)
    for router in (about, records_api.router, corrections_api.router, exports_api.router, page.router):
        app.include_router(router)
    return app
