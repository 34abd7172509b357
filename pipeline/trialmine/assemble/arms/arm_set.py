"""A set of arms with the ways that lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from trialmine.assemble.arms.drafts import ArmDraft


@dataclass(frozen=True, slots=True)
class ArmSet:
    """Arms that the text may part the people into; `ways` names the readings that give them."""

    drafts: tuple[ArmDraft, ...]
    ways: frozenset[str]
