"""The exceptions of trialmine. Every message says what is wrong, where, and what to do.

TrialmineError
├── InputError        a source can't be read: missing, unreadable, not the format it claims to be
│   ├── EmptyInputError    there is no text in it
│   └── LimitError         it asks for more memory, time or levels than the limits allow
├── OutputError       a result can't be written
├── ModelError        a model is missing, damaged or of the wrong kind
└── ConfigError       an option or configuration value makes no sense
"""

from __future__ import annotations


class TrialmineError(Exception):
    """A failure that the user can act on.

    Args:
        what: what is wrong, in one clause.
        where: the file, record number or line it was met at, if known.
        remedy: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self._message())

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from one process to another whole."""
        return _rebuilt, (type(self), self.what, self.where, self.remedy)

    def _message(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}.{advice}"


def _rebuilt(kind: type[TrialmineError], what: str, where: str | None, remedy: str | None) -> TrialmineError:
    return kind(what, where=where, remedy=remedy)


class InputError(TrialmineError):
    """A source can't be read as what it is or claims to be."""


class EmptyInputError(InputError):
    """A source holds no text."""


class LimitError(InputError):
    """A source asks for more than the limits allow: size, depth, ratio, members, nesting or time."""


class OutputError(TrialmineError):
    """A result can't be written."""


class ModelError(TrialmineError):
    """A model is missing, damaged or of the wrong kind."""


class ConfigError(TrialmineError):
    """An option or a configuration value makes no sense."""
