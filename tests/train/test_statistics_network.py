from __future__ import annotations

import numpy as np
import pytest

from support.marked import read
from trialmine.assemble.statistics.network import NUMBER, UNKNOWN, from_arrays, read_numbers
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Block, Mentions
from trialmine.records.document import CleanText

torch = pytest.importorskip("torch")

from trialmine.train import number_net  # noqa: E402
from trialmine.train import statistics_network as training  # noqa: E402
from trialmine.train.statistics_judges import Company  # noqa: E402

TEXTS = (
    "RESULTS: Pain fell by 31 mm with tea and by 12 mm with water (P = .03). Two patients died.",
    "METHODS: Tea 5 mg was given daily.\nRESULTS: Response was 44% versus 23%.",
)


def documents() -> list[training.Numbers]:
    out = []
    for text in TEXTS:
        article = read(text)
        mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
        blocks = {"endpoints": Block(), "arms": Block()}
        company = Company(CleanText(text, text), article, mentions, blocks)
        out += training.numbers_of(
            training.GOLD, company, lambda atoms: ["mean" if a.value == 31 else "none" for a in atoms]
        )
    return out


def vocabulary() -> training.Words:
    random = np.random.default_rng(0)
    others = " ".join(f"w{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(200))
    return training.vocabulary([*TEXTS, others] * 5, lambda _: random.normal(size=160))


def test_vocabulary_has_words_and_room_for_others() -> None:
    words = vocabulary()
    assert {UNKNOWN, NUMBER, "pain", "tea"} <= set(words.places)
    assert words.vectors.shape[0] == len(words.places)


def test_package_computes_what_was_trained() -> None:
    words, numbers = vocabulary(), documents()
    forms = {"section=results": 0, "unit=percent": 1}
    labels = training.label_names(numbers)
    lessons = [number_net.lesson_of(d, words, forms, labels) for d in numbers]
    net = number_net.fit(lessons, words, len(forms), labels)
    measured = [i for i, name in enumerate(labels[training.GOLD]) if name != training.NONE]
    packaged = from_arrays(number_net.arrays_of(net, words, forms, labels[training.GOLD]))
    for d, lesson in zip(numbers, lessons, strict=True):
        reading = read_numbers(d.company.article, d.atoms, packaged.vocabulary)
        opinions = packaged.judge(reading, d.features)
        with torch.no_grad():
            hidden = net([lesson])
            odds = net.result(hidden)[:, 0]
            of_measure = torch.softmax(net.tasks[training.GOLD](hidden)[:, torch.tensor(measured)], -1)
        assert [o.odds for o in opinions] == pytest.approx(odds.tolist(), abs=0.02)
        for opinion, expected in zip(opinions, of_measure.tolist(), strict=True):
            assert list(opinion.measures.values()) == pytest.approx(expected, abs=0.01)
