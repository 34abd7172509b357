"""Widens edits to the whole words and words they change, so that each repair can be read by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.records.document import CleanText, Edit

_REACH = 60  # a longer word may be cut in two
_WORD = regex.compile(r"(?<!\w)\.\d+|\d+(?:[.,]\d+)*|[^\W\d_]+")


def whole_words(clean: CleanText) -> CleanText:
    """The same cleaning, its edits widened.

    "0. 05" loses a blank to become "0.05". An edit of that blank alone tells a reader, or a check of the evidence,
    nothing about the number; the edit "0. 05" -> "0.05" does.
    """
    edits = clean.edits
    if not edits:
        return clean
    starts, ends = _clean_spans(edits)
    out: list[Edit] = []
    spans: list[tuple[int, int]] = []
    for e, start, end in zip(edits, starts, ends, strict=True):
        low, high = start, end
        for word_start, word_end in _words(clean.text, start, end):
            if word_start < end or word_start < start < word_end:
                low, high = min(low, word_start), max(high, word_end)
        if spans and low < spans[-1][1]:
            low, high = min(low, spans[-1][0]), max(high, spans[-1][1])
            e = _joined(out.pop(), e)  # noqa: PLW2901 - the edit grows into its neighbour
            spans.pop()
        raw_start, raw_end = (
            _raw(clean, low, start, e.start, forward=False),
            _raw(clean, high, end, e.end, forward=True),
        )
        out.append(
            replace(e, start=raw_start, end=raw_end, before=clean.raw[raw_start:raw_end], after=clean.text[low:high])
        )
        spans.append((low, high))
    return CleanText.from_edits(clean.raw, out, noise_level=clean.noise_level, issues=clean.issues)


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words that reach into start:end."""
    left = max(0, start - _REACH)
    left = max(left, text.find(" ", left, start) + 1)
    for m in _WORD.finditer(text, left, min(len(text), end + _REACH)):
        if m.start() >= max(end, start + 1):
            break
        if m.end() > start:
            yield m.span()


def _clean_spans(edits: Sequence[Edit]) -> tuple[list[int], list[int]]:
    shift, starts, ends = 0, [], []
    for e in edits:
        starts.append(e.start + shift)
        ends.append(e.start + shift + len(e.after))
        shift += len(e.after) - len(e.before)
    return starts, ends


def _joined(a: Edit, b: Edit) -> Edit:
    rules = dict.fromkeys((*a.rule.split("+"), *b.rule.split("+")))
    reasons = dict.fromkeys(r for r in (a.reason, b.reason) if r)
    return replace(
        b, start=a.start, rule="+".join(rules), reason="; ".join(reasons), confidence=min(a.confidence, b.confidence)
    )


def _raw(clean: CleanText, offset: int, border: int, raw_border: int, *, forward: bool) -> int:
    """The raw offset of a clean one; the edit's own border is known, since a mapping would take in its neighbours."""
    if offset == border:
        return raw_border
    return clean.to_raw(offset - 1, offset)[1] if forward else clean.to_raw(offset, offset + 1)[0]
