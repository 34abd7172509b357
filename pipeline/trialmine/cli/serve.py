"""`trialmine serve`: the review page and the JSON API, on this machine."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from socket import SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, getaddrinfo, socket
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fastapi import FastAPI


def serve(
    run: Annotated[
        Path | None, typer.Argument(metavar="RUN", help="A run's folder, to be browsed and corrected.")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 is any that is free.")] = 8765,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Keep pasted texts here, as a run; else till the end."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name that it is called by; may be repeated."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-j", metavar="N", min=0, help="Processes; 0 is one for each core, 4 at most.")
    ] = 0,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", min=0.1, help="Longest that a document may take.")
    ] = 30.0,
    megabytes: Annotated[
        int | None, typer.Option("--memory", metavar="MB", min=256, help="Most memory that a process may take.")
    ] = None,
    ner_model: Annotated[
        str | None,
        typer.Option(
            "--ner-model", metavar="NAME_OR_PATH", help="A spaCy model for the NER slot; none for rules alone."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Serve the review page and its API: paste texts, browse a run, correct cells, export.

    Example: trialmine serve outputs/new
    """
    import os
    import tempfile

    from trialmine.errors import ConfigError
    from trialmine.flow import load

    try:
        import uvicorn  # noqa: F401 - an extra: what is missing is said before anything is loaded

        from trialmine.serve.app import make_app
        from trialmine.serve.guard import LOOPBACK
        from trialmine.serve.limits import Limits
        from trialmine.serve.pool import Pool
    except ImportError as error:
        remedy = "Install it with: pip install 'trialmine[serve]'"
        raise ConfigError(f"{error.name} is not installed", remedy=remedy) from error

    with ExitStack() as stack:
        pasted = output or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trialmine-")))
        count = workers or min(os.cpu_count() or 1, 4)
        pool = Pool(partial(load, ner_model=ner_model), workers=count, seconds=seconds, megabytes=megabytes)
        names = (*LOOPBACK, host, *(allow_host or ()))
        limits = Limits(seconds=seconds)
        app = make_app(pool, pasted=pasted, run=run, names=names, limits=limits)
        stack.callback(app.state.library.close)
        stack.callback(pool.close)
        listener = stack.enter_context(_listening(host, port))
        pool.start()
        _listen(app, listener, loopback=host in LOOPBACK, quiet=quiet, most=limits.connections)


def _listening(host: str, port: int) -> socket:
    from trialmine.errors import ConfigError

    try:
        # of all places that the name stands for the first: localhost is 127.0.0.1 or ::1
        family, kind, _, _, address = getaddrinfo(host, port, type=SOCK_STREAM)[0]
        listener = socket(family, kind)
        try:
            listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)  # who comes between the message and the server's start waits, and is not refused
        except OSError:
            listener.close()
            raise
    except OSError as error:
        remedy = "Choose another with --port (0 is any that is free), or another --host."
        raise ConfigError(f"can't listen ({error.strerror})", where=f"{host}:{port}", remedy=remedy) from error
    return listener


def _listen(app: FastAPI, listener: socket, *, loopback: bool, quiet: bool, most: int) -> None:
    import uvicorn

    from trialmine.cli.console import for_messages

    name, port = listener.getsockname()[:2]
    console = for_messages()
    if not quiet:
        shown = "localhost" if loopback else f"[{name}]" if ":" in name else name
        console.print(f"The review page is at http://{shown}:{port}/ (Ctrl-C ends it).", highlight=False)
    if not loopback:
        console.print("There are no accounts: whoever reaches this address can read and correct.", highlight=False)
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, access_log=False, timeout_graceful_shutdown=2,
        limit_concurrency=most,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):  # the usual end
        uvicorn.Server(config).run(sockets=[listener])
