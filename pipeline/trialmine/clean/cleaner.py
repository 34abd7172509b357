"""Runs the steps of the registry over a text until nothing changes any more."""

from __future__ import annotations

from contextlib import suppress

from trialmine.clean import gate
from trialmine.clean.compose import apply, compose, ordered
from trialmine.clean.registry import DETECTORS, STAGES
from trialmine.clean.whole_words import whole_words
from trialmine.records.document import CleanIssue, CleanText, Edit
from trialmine.records.vocabulary import NoiseLevel

# two passes are the rule (one repairs, one finds nothing); a text that still changes after so many is left as it is
MAX_PASSES = 12


def clean(text: str, *, signs: frozenset[str] = frozenset()) -> CleanText:
    """Repair `text` and keep the way back to it.

    Steps run in the registry's order, and again until they find nothing: cleaning clean text changes nothing.

    Args:
        text: the raw text.
        signs: kinds of noise (names of `gate.SIGNS`) known from outside, as for an excerpt of a garbled document.
    """
    current, edits = text, list[Edit]()
    seen, slow = signs, list[CleanIssue]()
    for _ in range(MAX_PASSES):
        before = current
        found = gate.signs(current) | signs
        seen |= found
        for step in (step for stage in STAGES if stage.wanted(current, found) for step in stage.steps):
            try:
                new = ordered(step(current))
            except TimeoutError:
                slow = [CleanIssue("too_slow", "a repair was given up: the text makes it too slow", 0, 0)]
                continue
            if new:
                edits = compose(text, current, edits, new)
                current = apply(current, new)
        if current == before:
            break
    result = whole_words(CleanText.from_edits(text, edits))
    issues = (*slow, *_issues(result, seen))
    return CleanText(text, result.text, result.edits, _level(result.edits, seen, issues), issues)


def _issues(result: CleanText, found: frozenset[str]) -> tuple[CleanIssue, ...]:
    out = []
    wanted = (d for d, need, hints in DETECTORS if (need is None or need in found) and hints.met(result.text))
    for detect in (detect for detectors in wanted for detect in detectors):
        with suppress(TimeoutError):
            for issue in detect(result.text):
                start, end = result.to_raw(issue.start, issue.end)
                out.append(CleanIssue(issue.code, issue.message, start, end))
    return tuple(sorted(out, key=lambda i: (i.start, i.end)))


def _level(edits: tuple[Edit, ...], seen: frozenset[str], issues: tuple[CleanIssue, ...]) -> NoiseLevel:
    damage = [e for e in edits if not e.rule.startswith(("unicode.", "furniture."))]
    if seen & gate.HEAVY or len(damage) > 10:
        return "high"
    return "low" if damage or issues or any(e.rule.startswith("furniture.") for e in edits) else "none"
