"""Builds the dosing rows of a sentence of our own, with drugs and arms that the test names."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from support.dosing_bench import EXTRACTORS
from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.block import build_dosing
from trialmine.records.article import Mentions
from trialmine.records.document import CleanText
from trialmine.records.trial import Dosing, Warning  # noqa: A004 (the contract's own word)
from trialmine.train.gold_blocks import GoldRow
from trialmine.train.gold_blocks import gold_block as block

NAMES = ("alfamine", "betamine", "gammamine", "placebo")


def build(
    text: str,
    names: tuple[str, ...] = NAMES,
    arms: tuple[tuple[str, tuple[str, ...]], ...] = (),
    abbreviations: dict[str, str] | None = None,
    kinds: Mapping[str, str] = MappingProxyType({}),
    sizes: tuple[int | None, ...] = (),
) -> tuple[tuple[Dosing, ...], tuple[Warning, ...]]:
    record: dict[str, Any] = {
        "interventions": [GoldRow(id=n, name=n, kind=kinds.get(n, "drug")) for n in names],
        "arms": [
            GoldRow(id=label, label=label, interventions=list(drugs), n=n)
            for (label, drugs), n in zip_longest(arms, sizes)
        ],
    }
    article = read(text, abbreviations=abbreviations)
    mentions = Mentions.of(m for extract in EXTRACTORS for m in extract(article))
    cite = Citation(article, CleanText(text, text))
    return build_dosing(article, mentions, block(record, "interventions", text), block(record, "arms", text), cite)


def short(row: Dosing) -> tuple[Any, ...]:
    d = row.dose
    amount = None if d is None else (d.value if d.value is not None else (d.levels or (d.low, d.high)))
    return row.intervention, amount, d and d.unit, row.frequency and row.frequency.code
