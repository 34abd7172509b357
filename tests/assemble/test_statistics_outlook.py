from __future__ import annotations

import re

import pytest

from support.marked import read
from trialmine.assemble.statistics.candidates import build_candidates
from trialmine.assemble.statistics.endpoint_place import Outlook
from trialmine.assemble.statistics.result import Result
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Block, Mentions, Reference


def outlook_on(text: str, value: float) -> Outlook:
    """What stands around the number `value`, where sleep, thirst and mood are the outcomes."""
    article = read("Results: " + text)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    results = [Result("mean", a.at, a) for a in build_candidates(article, mentions)]
    named = [Reference(m.start(), m.end(), m[0].lower()) for m in re.finditer("(?i)sleep|thirst|mood", article.text)]
    (own,) = [r for r in results if r.number and r.number.value == value]
    return Outlook(article, own.span, results, mentions["p_value"], Block((), tuple(named)))


SEEN = [
    ("Sleep was 6.1 h and thirst was 21 mm.", 21, "thirst", "o_in=1:only"),
    ("Sleep was 6.1 h and thirst was 21 mm.", 21, "sleep", "o_in=1:out"),
    ("Sleep and thirst were 6.1 with tea.", 6.1, "thirst", "o_in=2:last"),
    ("It was 6.1 in sleep, 21 in thirst and 4 in mood.", 21, "thirst", "o_ahead=True:in:0"),
    ("Sleep was 6.1 h, a gain of 12%.", 12, "sleep", "o_past=only:1&ahead=False:False"),
    ("Sleep was better. It was 6.1 h.", 6.1, "sleep", "o_carried=0:only:1"),
    ("Sleep was better. All took part. It was 6.1 h.", 6.1, "mood", "o_carried=none:True"),
    ("Thirst after sleep was 21 mm.", 21, "sleep", "o_before=after&alone=False"),
    ("Sleep was 6.1 h.", 6.1, "sleep", "o_unit=time&sleep"),
]


@pytest.mark.parametrize(("text", "value", "outcome", "feature"), SEEN)
def test_where_an_outcome_stands(text: str, value: float, outcome: str, feature: str) -> None:
    assert feature in set(outlook_on(text, value).features(outcome, outcome, "mean"))
