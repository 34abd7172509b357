"""Libraries that only some formats need: loaded with the first such file, and named when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from trialmine.errors import InputError


def needed(module: str, extra: str) -> Any:
    """The module, or the word on how to install it.

    Raises:
        InputError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        remedy = f'Install it with: pip install "trialmine[{extra}]"'
        raise InputError(f"this format needs the library {module.split('.')[0]}", remedy=remedy) from error
