"""What a worker tells of a document while it is read: a small JSON object for each stage.

Offsets are half-open, in code points, into the document's raw text, as in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialmine.clean.explain import why
from trialmine.flow import StageName
from trialmine.records.article import Article, Mentions
from trialmine.records.document import CleanText
from trialmine.records.trial import TrialRecord

Event = dict[str, Any]
# which table of the record a mention or an entity may end up in; the others are cues that no reader wants to see
_TABLES = {
    "dosing": "dose frequency route schedule duration infusion_time administrations condition CHEMICAL",
    "statistics": "p_value estimate ci dispersion fraction interval",
    "arms": "arm_label arm_size arm_size_each ARM",
    "interventions": "intervention INTERVENTION",
    "endpoints": "endpoint ENDPOINT",
    "adverse_events": "adverse_event ADVERSE_EVENT",
    "population": "participants age sex criterion DISEASE CONDITION",
    "design": "design.allocation design.masking design.phase design.centers design.assignment design.control "
    "design.escalation design.ratio",
}
_TABLE_OF = {kind: table for table, kinds in _TABLES.items() for kind in kinds.split()}


class Telling:
    """Turns what the stages give into events; the cleaning must come first, for it knows the way to the raw text."""

    def __init__(self) -> None:
        self._clean: CleanText | None = None

    def __call__(self, stage: StageName, result: CleanText | Article | Mentions | TrialRecord) -> Event | None:
        """The event of one stage; None for the last, whose record is told by itself."""
        if isinstance(result, CleanText):
            self._clean = result
            edits = [[e.start, e.end, e.before, e.after, e.rule, e.confidence, why(e.rule)] for e in result.edits]
            return {"event": stage, "noise": result.noise_level, "edits": edits}
        if isinstance(result, Article):
            return {"event": stage, "marks": self._marks((e.label, e.start, e.end) for e in result.entities)}
        if isinstance(result, Mentions):
            return {"event": stage, "marks": self._marks((m.kind, m.start, m.end) for m in result)}
        return None

    def _marks(self, found: Iterable[tuple[str, int, int]]) -> list[list[Any]]:
        if self._clean is None:
            return []
        marks = {(*self._clean.to_raw(s, e), _TABLE_OF[kind]) for kind, s, e in found if kind in _TABLE_OF and s < e}
        return [[start, end, table] for start, end, table in sorted(marks)]
