"""A process with a pipeline of its own: a document that kills it, hangs it or eats its memory costs itself alone.

The process is started as a program, not forked and not by `multiprocessing`: a forked copy of a process with threads
may hang, and `multiprocessing` imports the caller's script anew and starts nothing from within a Dask worker.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

from trialmine.batch.engine import YOUNG, InProcess, Load, Result, failed
from trialmine.errors import ConfigError, TrialmineError
from trialmine.records.document import Document

_MEGABYTE = 2**20
_NOWHERE = Document("", "text")
_DYING = 0.5  # seconds between the end of a process's pipe and its own
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Of the environment: as many threads as cores in each of several processes would only stand in the others' way."""


class _DownError(Exception):
    """The process is gone, and why."""


class _TooSlowError(_DownError):
    """The process was ended, because it took too long."""


class Worker:
    """A process that reads documents; it is started with the first ones, and anew when one has brought it down.

    Args:
        load: makes the pipeline, in the process; a function that can be pickled.
        seconds: the longest that a document may take; None is for ever.
        megabytes: the most address space that the process may take; None is no limit.
    """

    def __init__(self, load: Load, *, seconds: float | None = None, megabytes: int | None = None) -> None:
        self._load, self._seconds, self._megabytes = load, seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._description: Mapping[str, Any] | None = None
        self._stopped = False

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model, as the process tells them.

        Raises:
            TrialmineError: the pipeline can't be loaded.
        """
        if self._description is None:
            self._started()
        return self._description or {}

    def read(self, documents: Sequence[Document]) -> list[Result]:
        """One result per document. What ends the process is tried once more, each document by itself.

        Raises:
            TrialmineError: the pipeline can't be loaded; no document would fare better.
        """
        if self._seconds is not None:
            return [self._alone(document, tries=2) for document in documents]
        try:
            return self._answer(documents)
        except _DownError:
            return [self._alone(document, tries=1) for document in documents]

    def _alone(self, document: Document, *, tries: int) -> Result:
        try:
            return self._answer([document])[0]
        except _DownError as down:
            # the process may have been killed by another hand; that a document takes too long is its own doing
            if tries > 1 and not isinstance(down, _TooSlowError):
                return self._alone(document, tries=tries - 1)
            return failed(document, f"this document {down}")

    def _answer(self, documents: Sequence[Document]) -> list[Result]:
        pipe = self._started()
        try:
            pipe.send(documents)
            # the connection waits by the monotonic clock: setting the time of day neither ends nor prolongs it
            if self._seconds is not None and not pipe.poll(self._seconds):
                process = self._process
                if process is not None:
                    process.kill()
                self._end()
                raise _TooSlowError(f"took more than {self._seconds:g} s and was stopped")
            results: list[Result] = pipe.recv()
        except (EOFError, OSError) as error:
            raise _DownError(f"ended the process that read it ({self._end()})") from error
        # documents are not sent back: their text is here
        return [r._replace(document=d) for r, d in zip(results, documents, strict=True)]

    def _started(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        if self._stopped:
            raise _DownError("came when the run had ended")
        ours, theirs = multiprocessing.Pipe()
        path = os.pathsep.join(place for place in sys.path if place)
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import main; main({theirs.fileno()})"],
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env={**ONE_THREAD, **os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        theirs.close()
        self._pipe = ours
        try:
            ours.send((self._load, self._megabytes))
            answer: Mapping[str, Any] | TrialmineError = ours.recv()
        except (EOFError, OSError) as error:
            if self._stopped:
                raise _DownError("was read when the run ended") from error
            what = f"the process that should read documents ended before it could ({self._end()})"
            raise ConfigError(what, remedy="Give it more memory with --memory, or see what it says above.") from error
        if isinstance(answer, TrialmineError):
            self._end()
            raise answer
        self._description = answer
        return ours

    def _end(self) -> str:
        """Bring the process to its end, and say how it ended."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return "stopped"
        try:
            code = process.wait(_DYING)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        pipe.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    @property
    def pid(self) -> int | None:
        """The process, if it is up."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """End the process for good, whatever it is at; may be called from another thread than `read`."""
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()


def main(handle: int) -> None:
    """The life of the process: what to load in, a sign that it is ready out; then documents in and results out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    pipe = Connection(handle)
    load, megabytes = pipe.recv()
    if megabytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    try:
        engine = InProcess(load())
        pipe.send(engine.description)  # which loads the model
    except TrialmineError as error:  # no document would fare better
        pipe.send(error)
        return
    settled = False
    while (documents := _next(pipe)) is not None:
        results = [r._replace(document=_NOWHERE) for r in engine.results(documents)]
        if not settled:
            # what the first documents had loaded stays: looking through it for garbage again and again is a twentieth
            gc.collect()
            gc.freeze()
            gc.set_threshold(YOUNG)
            settled = True
        try:
            pipe.send(results)
        except OSError:  # the parent was killed
            return


def _next(pipe: Connection) -> list[Document] | None:
    try:
        documents: list[Document] = pipe.recv()
    except (EOFError, OSError):
        return None
    return documents
