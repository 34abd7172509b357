"""The laws of a cleaned text, whatever it was made of."""

from __future__ import annotations

from itertools import pairwise

from trialmine.records.document import CleanText


def check_clean(cleaned: CleanText) -> None:
    """The laws of a cleaned text: its edits are in order, lead from raw to clean, and offsets map back in order."""
    raw, at, parts = cleaned.raw, 0, []
    for e in cleaned.edits:
        assert at <= e.start <= e.end <= len(raw)
        assert raw[e.start : e.end] == e.before != e.after
        assert e.rule
        assert e.reason
        assert 0 < e.confidence <= 1
        parts += [raw[at : e.start], e.after]
        at = e.end
    assert "".join([*parts, raw[at:]]) == cleaned.text
    ends = [cleaned.to_raw(i, i + 1) for i in range(len(cleaned.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(ends))
    back = [cleaned.to_clean(i) for i in range(len(raw) + 1)]
    assert back == sorted(back)
    assert all(0 <= i.start <= i.end <= len(raw) for i in cleaned.issues)
