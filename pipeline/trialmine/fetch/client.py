"""Requests to services that may be slow, busy or broken: spaced, tried again with growing pauses, never trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from trialmine import __version__
from trialmine.fetch.rate import Clock, RateLimit

T = TypeVar("T")
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_BODY_LIMIT = 400_000_000  # bytes; some hundred whole articles have a tenth of that
_LONGEST_PAUSE = 120.0  # seconds; who asks for more is asked again another day


@dataclass(frozen=True, slots=True)
class Tries:
    """How patient a client is: seconds without a byte, seconds for a whole answer, tries, and the first pause."""

    timeout: float = 60.0
    whole: float = 600.0
    attempts: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its name for messages, where it is, and how many requests a second it allows."""

    name: str
    url: str
    per_second: float


class UnusableError(Exception):
    """An answer that is no answer: broken off, garbled, or of another kind."""


class RefusedError(Exception):
    """The service says no to this request, and would say it again.

    Args:
        status: its HTTP status.
        body: the beginning of what it said.
    """

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body


class UnansweredError(Exception):
    """The service gave no usable answer however often it was asked; `garbled` if it did answer every time."""

    def __init__(self, reason: str, *, garbled: bool = False) -> None:
        super().__init__(reason)
        self.garbled = garbled


class _PassingError(Exception):
    """A failure that may pass; `pause` is what the service asked for."""

    def __init__(self, reason: str, *, pause: float | None = None, garbled: bool = False) -> None:
        super().__init__(reason)
        self.pause = pause
        self.garbled = garbled


@dataclass
class Client:
    """Speaks HTTP with the services. `waits(service, seconds, reason)` is told of every pause after a failure."""

    tries: Tries = field(default_factory=Tries)
    clock: Clock = field(default_factory=Clock)
    email: str | None = None
    waits: Callable[[str, float, str], None] = lambda *_: None

    def __post_init__(self) -> None:
        agent = f"trialmine/{__version__}" + (f" (mailto:{self.email})" if self.email else "")
        self._http = httpx.Client(
            timeout=self.tries.timeout, follow_redirects=True, max_redirects=5, headers={"User-Agent": agent}
        )
        self._limits: dict[str, RateLimit] = {}

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def ask(
        self,
        service: Service,
        path: str,
        read: Callable[[bytes], T],
        *,
        kind: Literal["xml", "json"],
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> T:
        """What `read` makes of the service's answer; with `form`, it is asked by POST.

        Raises:
            RefusedError: the service says no.
            UnansweredError: it does not answer, or `read` raised UnusableError every time.
        """

        def once() -> T:
            body = self._body(service, path, kind, query, form)
            try:
                return read(body)
            except UnusableError as error:
                raise _PassingError(str(error), garbled=True) from error

        def tell(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            self.waits(service.name, state.upcoming_sleep, str(error))

        retrying = Retrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(self.tries.attempts),
            wait=self._pause,
            sleep=self.clock.sleep,
            before_sleep=tell,
            reraise=True,
        )
        try:
            return retrying(once)
        except _PassingError as error:
            raise UnansweredError(str(error), garbled=error.garbled) from error

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        grown = wait_exponential_jitter(initial=self.tries.pause, max=_LONGEST_PAUSE, jitter=self.tries.pause)(state)
        return max(grown, error.pause) if isinstance(error, _PassingError) and error.pause is not None else grown

    def _body(
        self, service: Service, path: str, kind: str, query: Mapping[str, str] | None, form: Mapping[str, str] | None
    ) -> bytes:
        self._limits.setdefault(service.name, RateLimit(service.per_second, self.clock)).wait()
        method = "POST" if form is not None else "GET"
        try:
            with self._http.stream(method, f"{service.url}{path}", params=query, data=form) as response:
                self._check_status(response)
                body = self._whole(response)
                _check_kind(response, kind, body)
                return body
        except httpx.TimeoutException as error:
            raise _PassingError(f"no answer within {self.tries.timeout:g} s") from error
        except httpx.TransportError as error:
            raise _PassingError(f"the connection failed ({str(error) or type(error).__name__})") from error
        except httpx.TooManyRedirects as error:
            raise UnansweredError("it sends from one address to another without end") from error
        except httpx.DecodingError as error:
            raise _PassingError("the answer is not compressed as it claims to be", garbled=True) from error

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status < 300:
            return
        if status not in _TRY_AGAIN:
            raise RefusedError(status, response.read()[:2000].decode("utf-8", "replace"))
        pause = _asked_pause(response.headers.get("Retry-After"))
        if pause is not None and pause > _LONGEST_PAUSE:
            raise UnansweredError(f"HTTP {status}, and it asks to come again in {pause:.0f} s")
        raise _PassingError(f"HTTP {status}", pause=pause)

    def _whole(self, response: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size, ends = 0, self.clock.now() + self.tries.whole
        for part in response.iter_bytes():
            size += len(part)
            if size > _BODY_LIMIT:
                raise UnansweredError(f"the answer is larger than {_BODY_LIMIT:,} bytes", garbled=True)
            if self.clock.now() > ends:
                raise _PassingError(f"the answer was not whole after {self.tries.whole:g} s")
            parts.append(part)
        return b"".join(parts)


def _asked_pause(header: str | None) -> float | None:
    """Seconds of a Retry-After header: a number or a date."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _check_kind(response: httpx.Response, kind: str, body: bytes) -> None:
    """An error page with status 200 is no answer; as XML and JSON have several names, the body counts."""
    stated = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    html = ("html" in stated and not start.startswith(b"<?xml")) or start.startswith((b"<!doctype html", b"<html"))
    fits = start.startswith(b"<") if kind == "xml" else start.startswith((b"{", b"["))
    if html or not fits:
        raise _PassingError(f"the answer is {stated or 'of no stated kind'}, not {kind.upper()}", garbled=True)
