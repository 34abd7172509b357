"""What the routes of one server share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from fastapi import Request

from trialmine.serve.library import Library
from trialmine.serve.limits import Limits
from trialmine.serve.pool import Pool
from trialmine.serve.reading import Desk


@dataclass(slots=True)
class State:
    """The server's records, the desk that takes texts, and its limits."""

    library: Library
    pool: Pool
    desk: Desk
    limits: Limits
    description: Mapping[str, Any]

    @classmethod
    def of(cls, request: Request) -> Self:
        """The state of the server that a request came to."""
        return cast("Self", request.app.state.trialmine)
