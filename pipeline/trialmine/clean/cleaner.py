"""Runs the steps of the registry over a text until nothing changes any more."""

from __future__ import annotations

from trialmine.clean import gate
from trialmine.clean.compose import apply, compose, ordered
from trialmine.clean.issues import TRUNCATED
from trialmine.clean.registry import DETECTORS, STAGES
from trialmine.clean.repair import Repair
from trialmine.clean.whole_words import whole_words
from trialmine.records.document import CleanIssue, CleanText, Edit
from trialmine.records.vocabulary import NoiseLevel

# two passes are the rule (one repairs, one finds nothing); a text that still changes after so many is left as it is
MAX_PASSES = 12
_TOO_SLOW = CleanIssue("too_slow", "a repair was given up: the text makes it too slow", 0, 0)


def clean(text: str, *, signs: frozenset[str] = frozenset()) -> CleanText:
    """Repair `text` and keep the way back to it.

    Steps run in the registry's order, and again until they find nothing: cleaning clean text changes nothing.

    Args:
        text: the raw text.
        signs: kinds of noise (names of `gate.SIGNS`) known from outside, as for an excerpt of a garbled document.
    """
    current, edits = text, list[Edit]()
    seen, found, slow = signs, signs, set[CleanIssue]()
    quiet = 0  # stages in a row that found nothing; a whole round of them ends the cleaning
    stages = len(STAGES)
    for turn in range(MAX_PASSES * stages):
        if turn % stages == 0:
            before, found = found, _signs(current, slow) | signs
            seen |= found
            quiet = quiet if found == before else 0
        stage, before_stage = STAGES[turn % stages], current
        needed = (stage.need is None or stage.need in found) and stage.unless.isdisjoint(seen)
        called_for = needed and stage.hints.met(current)
        for step in stage.steps if called_for else ():
            if isinstance(step, Repair) and not step.hints.met(current):
                continue
            try:
                new = ordered(step(current))
            except TimeoutError:
                slow.add(_TOO_SLOW)
                continue
            if new:
                edits = compose(text, current, edits, new)
                current = apply(current, new)
        quiet = quiet + 1 if current == before_stage else 0
        if quiet == stages:
            break
    result = whole_words(CleanText.from_edits(text, edits))
    issues = (*_issues(result, seen, slow), *slow)
    return CleanText(text, result.text, result.edits, _level(result.edits, seen, issues), issues)


def _signs(text: str, slow: set[CleanIssue]) -> frozenset[str]:
    try:
        return gate.signs(text)
    except TimeoutError:
        slow.add(_TOO_SLOW)
        return frozenset()


def _issues(result: CleanText, found: frozenset[str], slow: set[CleanIssue]) -> tuple[CleanIssue, ...]:
    # the mark of a cut abstract is dropped from the clean text, so it is looked for in the raw one
    out = list(TRUNCATED(result.raw))
    wanted = (d for d, need, hints in DETECTORS if (need is None or need in found) and hints.met(result.text))
    for detect in (detect for detectors in wanted for detect in detectors):
        try:
            found_here = list(detect(result.text))
        except TimeoutError:
            slow.add(_TOO_SLOW)
            continue
        for issue in found_here:
            start, end = result.to_raw(issue.start, issue.end)
            out.append(CleanIssue(issue.code, issue.message, start, end))
    return tuple(sorted(out, key=lambda i: (i.start, i.end)))


def _level(edits: tuple[Edit, ...], seen: frozenset[str], issues: tuple[CleanIssue, ...]) -> NoiseLevel:
    damage = [e for e in edits if not e.rule.startswith(("unicode.", "number.", "furniture."))]
    if seen & gate.HEAVY or len(damage) > 10:
        return "high"
    return "low" if damage or issues or any(e.rule.startswith("furniture.") for e in edits) else "none"
