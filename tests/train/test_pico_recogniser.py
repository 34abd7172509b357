from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialmine.evaluate.annotated import Annotated, Span
from trialmine.train.pico_features import document_features
from trialmine.train.pico_recogniser import main, measure, recognise, spans, tags, train_recogniser, without_arms

DRUGS = ("abelcin", "borvatin", "cedromab", "dulcarin", "enzoprim", "fulvidone")


def doc(drug: str, first: int) -> Annotated:
    """An abstract of two sentences in which four numbers and a drug are marked."""
    parts: list[tuple[str, str | None]] = [
        ("We tested ", None),
        (drug, "intervention"),
        (" in ", None),
        (str(first * 10), "total-participants"),
        (" patients. Healing was seen in ", None),
        (f"{first}.5", "iv-bin-percent"),
        ("% with the drug versus ", None),
        (f"{first + 3}.5", "cv-bin-percent"),
        ("% with placebo.", None),
    ]
    text, marked = "", list[Span]()
    for part, label in parts:
        if label:
            marked.append((len(text), len(text) + len(part), label))
        text += part
    return Annotated(drug, text, tuple(marked))


DOCS = [doc(drug, first) for drug in DRUGS for first in (12, 25, 37)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pycrfsuite")
    path = tmp_path_factory.mktemp("pico") / "model"
    train_recogniser(DOCS, path)
    return path


def test_numbers_of_the_arms_are_told_apart(model: Path) -> None:
    unseen = doc("gavotrel", 48)
    assert recognise([unseen.text], model) == [list(unseen.spans)]


def test_spans_become_tags_and_come_back() -> None:
    text = "A 12 B 13 14"
    offsets = [(0, 1), (2, 4), (5, 6), (7, 9), (10, 12)]
    marked = [(2, 4, "iv-bin-abs"), (7, 9, "cv-bin-abs"), (10, 12, "cv-bin-abs")]
    found = tags(offsets, marked)
    assert found == ["O", "B-iv-bin-abs", "O:iv", "B-cv-bin-abs", "B-cv-bin-abs"]
    assert spans(offsets, found) == marked
    assert text[slice(*marked[0][:2])] == "12"


def test_an_inner_tag_without_a_beginning_opens_a_span() -> None:
    assert spans([(0, 1), (2, 3), (4, 5)], ["I-age", "I-age", "O"]) == [(0, 3, "age")]


@pytest.mark.parametrize(
    ("label", "merged"),
    [
        ("iv-bin-abs", "bin-abs"),
        ("cv-cont-mean", "cont-mean"),
        ("intervention-participants", "participants"),
        ("control-participants", "participants"),
        ("intervention", "intervention"),
        ("outcome", "outcome"),
    ],
)
def test_labels_lose_their_arm(label: str, merged: str) -> None:
    assert without_arms([[(0, 1, label)]]) == [[(0, 1, merged)]]


@pytest.mark.parametrize(
    ("text", "token", "feature"),
    [
        ("It fell to 12.5% with rest.", "12.5", "kind=percent"),
        ("It fell to 1·5 ± 0·5 points.", "1·5", "kind=mean"),
        ("It fell to 1·5 ± 0·5 points.", "0·5", "kind=spread"),
        ("Rest (n=35) helped.", "35", "kind=size"),
        ("Rest (35) helped.", "35", "kind=bracket"),
        ("Pain was 7 with placebo and 5 with rest.", "5", "falls=True"),
        ("Pain was 7 with placebo and 5 with rest.", "5", "armL0=and"),
        ("Pain was 7 with placebo and 5 with rest.", "5", "armL1=placebo"),
        ("Pain was 7 with placebo and 5 with rest.", "7", "first_number"),
        ("A 1.2.3 version and 5 more.", "5", "rank_plain=1"),
        ("Pain fell. Then pain rose.", "pain", "met=1"),
    ],
)
def test_a_token_is_told_what_stands_around_it(text: str, token: str, feature: str) -> None:
    found = {
        text[start:end]: names
        for offsets, tokens in document_features(text)
        for (start, end), names in zip(offsets, tokens, strict=True)
    }
    assert feature in found[token]


def test_a_text_without_words_has_no_tokens() -> None:
    assert list(document_features("")) == []


def test_figures_go_into_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pycrfsuite")
    data = tmp_path / "data" / "pico-corpus"
    data.mkdir(parents=True)
    for part, docs in (("train", DOCS[3:]), ("dev", DOCS[:3])):
        rows = [
            {"id": d.id, "text": d.text, "entities": [{"start": a, "end": b, "label": x} for a, b, x in d.spans]}
            for d in docs
        ]
        (data / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    page = tmp_path / "METRICS.md"
    page.write_text("# A model\n")
    main(["--shared", str(tmp_path), "--work", str(tmp_path / "work"), "--page", str(page)])
    written = page.read_text()
    assert written.startswith("# A model\n\n## PICO-Corpus's own labels\n")
    assert "| iv-bin-percent |" in written
    assert json.loads(capsys.readouterr().out) == json.loads((tmp_path / "work" / "pico.json").read_text())


def test_merging_the_arms_forgives_a_wrong_arm() -> None:
    gold = doc("abelcin", 12)
    wrong = [(a, b, label.replace("cv-", "iv-")) for a, b, label in gold.spans]
    own, merged = measure([wrong], [gold]).values()
    assert own["*"]["f1"] == 75.0
    assert merged["*"]["f1"] == 100.0
