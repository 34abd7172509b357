"""Worker processes and the threads that feed them: a document that hangs or kills one costs that document alone.

A few documents are worked on at a time, the rest wait their turn; who asks is told of every event from a thread of
the pool.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from time import monotonic
from typing import Any

from trialmine.errors import ModelError
from trialmine.serve.events import Event
from trialmine.serve.worker import LAST, Extraction, Load, Upload, work

Tell = Callable[[Event], None]
_LOADING = 300.0  # seconds that a model may take to load on a busy machine


class Task:
    """A job and who is told of it; one that nobody waits for any more is left out."""

    def __init__(self, job: Extraction | Upload, tell: Tell) -> None:
        self.job, self.tell = job, tell
        self.cancelled = False

    def cancel(self) -> None:
        """Nobody waits for it."""
        self.cancelled = True


class Pool:
    """Reads documents in worker processes.

    Args:
        load: makes the pipeline, in each process; a function that can be pickled.
        workers: how many processes.
        seconds: the longest that a document or file may take.
        megabytes: the most address space that a process may take; None is no limit.
    """

    def __init__(self, load: Load, *, workers: int = 1, seconds: float = 30.0, megabytes: int | None = None) -> None:
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._hands = [_Hand(self._tasks, load, seconds, megabytes) for _ in range(workers)]
        self.seconds = seconds

    def start(self) -> Mapping[str, Any]:
        """Start the processes if they are not, wait for the first one, and give its version and model.

        Raises:
            ModelError: the model can't be loaded.
        """
        for hand in self._hands:
            if hand.ident is None:
                hand.start()
        return self._hands[0].ready()

    def submit(self, job: Extraction | Upload, tell: Tell) -> Task:
        """Queue a job; `tell` gets its events, the last of them one of LAST."""
        task = Task(job, tell)
        self._tasks.put(task)
        return task

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for _ in self._hands:
            self._tasks.put(None)
        for hand in self._hands:
            hand.stop()


class _Hand(threading.Thread):
    """A thread with a process of its own, which is made anew when it dies."""

    def __init__(self, tasks: SimpleQueue[Task | None], load: Load, seconds: float, megabytes: int | None) -> None:
        super().__init__(daemon=True, name="trialmine-worker")
        self._tasks, self._load, self._seconds, self._megabytes = tasks, load, seconds, megabytes
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None
        self._first = threading.Event()
        self._loaded: Mapping[str, Any] | Exception = {}
        self._stopped = False

    def ready(self) -> Mapping[str, Any]:
        """Wait for the process, and say what it has loaded."""
        self._first.wait()
        if isinstance(self._loaded, Exception):
            raise self._loaded
        return self._loaded

    def run(self) -> None:
        """Do one task after the other."""
        try:
            self._spawn()
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the pool
            self._loaded = error
        self._first.set()
        while (task := self._tasks.get()) is not None:
            if not task.cancelled:
                self._do(task)
        self.stop()

    def stop(self) -> None:
        """Kill the process."""
        self._stopped = True
        self._drop()

    def _spawn(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # a forked copy of a process with threads may hang
        pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, self._load, self._megabytes), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = pipe
        if not pipe.poll(_LOADING):
            self._drop()
            raise ModelError("the model took too long to load", remedy="Try again when the machine is less busy.")
        answer: Event = pipe.recv()
        if answer["event"] == "unready":
            self._drop()
            raise answer["error"]
        self._loaded = answer["description"]
        return pipe

    def _do(self, task: Task) -> None:
        try:
            pipe = self._pipe or self._spawn()
            pipe.send(task.job)
            deadline = monotonic() + self._seconds
            while pipe.poll(max(deadline - monotonic(), 0)):
                event: Event = pipe.recv()
                task.tell(event)
                if event["event"] in LAST:
                    return
            reason = f"this document took more than {self._seconds:g} s and was stopped"
        except (EOFError, OSError) as error:
            reason = f"this document ended the process that read it ({type(error).__name__})"
        except Exception as error:  # noqa: BLE001 - a process that can't be started fails this document, not the server
            reason = str(error)
        self._drop()
        if not self._stopped:
            task.tell({"event": "failed", "error": reason})

    def _drop(self) -> None:
        pipe, process, self._pipe, self._process = self._pipe, self._process, None, None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()
