"""What stands before the app: who may ask, how much they may send, and the headers that every answer carries."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trialmine.serve.limits import Limits
from trialmine.serve.problems import problem

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware in front of everything.

    Args:
        names: host names under which the server may be called; a page of another name that was made to point here
            (DNS rebinding) is refused.
    """

    def __init__(self, app: ASGIApp, *, names: Collection[str], limits: Limits) -> None:
        self._app, self._names, self._limits = app, {n.lower().strip("[]") for n in names}, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refusal(scope["method"], Headers(scope=scope))
        if refused:
            await problem(*refused)(scope, receive, dressed)
        else:
            await self._app(scope, self._measured(receive), dressed)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if _name_of(f"//{host}") not in self._names:
            return 400, "This server is not called by that name; --allow-host adds one."
        if method not in _SAFE and not _same_origin(headers, host):
            return 403, "The request comes from another site's page."
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400, "The Content-Length is no number."
        if int(length) > self._limits.body_bytes:
            return 413, f"The body has more than {self._limits.body_bytes:,} bytes."
        return None

    def _measured(self, receive: Receive) -> Receive:
        """The body, counted as it comes; one that never comes to its end is given up."""
        taken, whole = 0, False
        end = asyncio.get_running_loop().time() + self._limits.whole_body_seconds

        async def counted() -> Message:
            nonlocal taken, whole
            if whole:  # what is waited for now is the end of the connection
                return await receive()
            left = end - asyncio.get_running_loop().time()
            try:
                message = await asyncio.wait_for(receive(), min(self._limits.body_seconds, left))
            except TimeoutError as error:
                raise HTTPException(408, "The body did not come in time.") from error
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > self._limits.body_bytes:
                raise HTTPException(413, f"The body has more than {self._limits.body_bytes:,} bytes.")
            return message

        return counted


def _name_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _same_origin(headers: Headers, host: str) -> bool:
    """Browsers say where a request comes from; what says nothing is no browser and holds no user's rights."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
