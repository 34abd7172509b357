"""What a repair is: a pattern, what is read instead of a match, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import regex

from trialmine.clean.compose import minimal
from trialmine.clean.view import ALWAYS, Hints
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

Step = Callable[[str], Iterable[Edit]]
Match = regex.Match[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that run one after the other, if the text shows the kind of damage they need and meets the hints.

    `unless` are kinds of damage, shown by the text as it came or on the way, beside which the steps would be wrong.
    """

    steps: tuple[Step, ...]
    need: str | None = None
    hints: Hints = ALWAYS
    unless: frozenset[str] = frozenset()


def to(template: str) -> Callable[[Match], str]:
    """Read `template` instead of a match; \\g<name> stands for a group.

    >>> to(r"\\g<n> mg")(regex.match(r"(?P<n>\\d)mg", "5mg"))
    '5 mg'
    """
    return lambda m: m.expand(template)


@dataclass(frozen=True, slots=True)
class Repair:
    """A step that rewrites the matches of one pattern.

    Args:
        pattern: its name is the rule id of the edits.
        after: what is read instead of a match; None leaves the match alone.
        reason: why, in words a reader of the explanation understands.
        confidence: 0 to 1.
        hints: the pattern is searched only in texts that meet these conditions; a cheap look.
        veto: looks at the whole text and the match, True leaves the match alone.
    """

    pattern: Pattern
    after: Callable[[Match], str | None]
    reason: str
    confidence: float = 1.0
    hints: Hints = ALWAYS
    veto: Callable[[str, Match], bool] | None = field(default=None)

    def __call__(self, text: str) -> Iterator[Edit]:
        """Edits for every match in `text`."""
        if not self.hints.met(text):
            return
        for m in self.pattern.find(text):
            after = self.after(m)
            if after is None or after == m[0] or (self.veto is not None and self.veto(text, m)):
                continue
            yield minimal(
                text, m.start(), m.end(), after,
                rule=self.pattern.name, confidence=self.confidence, reason=self.reason,
            )  # fmt: skip
