"""Where a command prints: results to stdout, everything about the work to stderr."""

from __future__ import annotations

import sys

from rich.console import Console

_PIPE_WIDTH = 160  # a table in a pipe or file is not bound to a screen


def for_results() -> Console:
    """The console of results."""
    return Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False, soft_wrap=False)


def for_messages() -> Console:
    """The console of progress, summaries and errors."""
    return Console(stderr=True, width=None if sys.stderr.isatty() else _PIPE_WIDTH, highlight=False)
