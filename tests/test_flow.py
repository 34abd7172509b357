from __future__ import annotations

from functools import cache
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialmine import flow
from trialmine.errors import TrialmineError
from trialmine.records.document import CleanText, Document
from trialmine.records.trial import TrialRecord
from trialmine.resources import has_model

TRIAL = """Oral sorafenib for gout: a randomised, double-blind phase II trial
BACKGROUND: Gout hurts. METHODS: \
In a multicentre trial 120 adults aged 18 to 75 years with gout were randomly assigned 2:1 to \
sorafenib 400 mg twice daily for 12 weeks (n = 80) or to placebo (n = 40). Patients with renal failure were excluded.
RESULTS: Pain fell by 12.5 mm (95% CI 8.1 to 16.9, P < 0.001). Nausea occurred in 9 patients (11%). \
CONCLUSIONS: It helps.
"""

NO_TRIAL = [
    "The ship left the harbour at noon and the wind was fair.",
    "Dear Sir, thank you for the lovely flowers. Yours, Mary",
    "{}",
    "mg mg mg 5 % (n = 3)",
    "",
    " \n\t ",
    "\x00\x01\x02",
    "القطة نائمة على السرير",
]

# what trial texts are made of, so that random texts reach every stage
PIECES = [
    "Methods: ",
    "RESULTS ",
    "Title of it\n",
    ". ",
    ", ",
    "; ",
    " and ",
    " or ",
    "\n\n",
    "randomised ",
    "120 patients ",
    "to receive ",
    "sorafenib ",
    "placebo ",
    "(n = 40) ",
    "400 mg ",
    "twice daily ",
    "group A ",
    "group B ",
    "with gout ",
    "aged 18-75 years ",
    "P < 0.05 ",
    "12 of 40 (30%) ",
    "phase I/II ",
    "2:1 ",
    "nausea ",
    "Exclusion criteria: ",
    "primary endpoint was pain ",
    "at week 12 ",
    "(95% CI 1.2-3.4) ",
    "sora fenib ",
    "â€“ ",
    "ﬁ",
    "\u00ad",
    "\u200b",
    "µg/kg ",
    "10⁶ ",
    "\U0001f600",
]


@cache
def pipeline() -> flow.Pipeline:
    return flow.load(ner_model="none")


def assert_sound(record: TrialRecord, raw: str) -> None:
    record.check_quotes(raw)
    assert TrialRecord.model_validate_json(record.model_dump_json()) == record


def has_content(record: TrialRecord) -> bool:
    blocks = (
        record.interventions, record.arms, record.dosing, record.endpoints, record.statistics, record.adverse_events,
        record.population.conditions, record.population.eligibility, record.population.evidence,
    )  # fmt: skip
    return record.design is not None or any(blocks)


def test_a_trial_gives_its_facts() -> None:
    record = pipeline().extract(TRIAL)
    assert_sound(record, TRIAL)
    assert record.document_kind == "trial_report"
    assert record.design is not None
    assert (record.design.phase, record.design.masking, record.design.allocation_ratio) == (("2",), "double", "2:1")
    assert [i.name for i in record.interventions] == ["sorafenib", "placebo"]
    assert [(a.role, a.n) for a in record.arms] == [("experimental", 80), ("placebo_comparator", 40)]
    assert record.population.randomized == 120


@pytest.mark.parametrize("text", NO_TRIAL)
def test_what_is_no_trial_is_other_and_empty(text: str) -> None:
    record = pipeline().extract(text)
    assert_sound(record, text)
    assert record.document_kind == "other"
    assert not has_content(record)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mixture_of_trial_words_is_read_soundly(text: str) -> None:
    assert_sound(pipeline().extract(text), text)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.none() | st.text(max_size=30))
def test_any_unicode_is_read_soundly(text: str, title: str | None) -> None:
    assert_sound(pipeline().extract(Document(text, "text", title=title)), text)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(TRIAL)), st.text(max_size=4)), max_size=8))
def test_a_damaged_trial_is_read_soundly(damage: list[tuple[int, str]]) -> None:
    text = TRIAL
    for place, noise in damage:
        text = text[:place] + noise + text[place:]
    assert_sound(pipeline().extract(text), text)


def test_the_same_text_gives_the_same_record() -> None:
    assert pipeline().extract(TRIAL) == flow.load(ner_model="none").extract(TRIAL)


def _failing_on(word: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    build = flow.build_record  # type: ignore[attr-defined]

    def broken(article, mentions, **parts):  # type: ignore[no-untyped-def]
        if word in article.text:
            raise error
        return build(article, mentions, **parts)

    monkeypatch.setattr(flow, "build_record", broken)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RuntimeError("a bad day"), "internal error: RuntimeError: a bad day"),
        (KeyError("x"), "internal error: KeyError: 'x'"),
        (TrialmineError("no text", where="a.txt", remedy="Give one."), None),
    ],
)
def test_a_failing_document_costs_itself_alone(
    error: Exception, message: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _failing_on("gravel", error, monkeypatch)
    outcomes = list(pipeline().outcomes([TRIAL, "gravel", TRIAL]))
    assert [o.status for o in outcomes] == ["ok", "failed", "ok"]
    assert [o.record is None for o in outcomes] == [False, True, False]
    assert outcomes[1].error == (message or str(error))
    assert outcomes[0].error is None
    assert set(outcomes[0].seconds) == {"clean", "nlp", "extract", "assemble"}
    assert set(outcomes[1].seconds) == {"clean", "nlp", "extract"}


@pytest.mark.slow
@pytest.mark.skipif(not has_model(), reason="no shipped model here")
def test_texts_read_together_give_what_each_gives_alone() -> None:
    reads = flow.load()
    texts = [TRIAL, "", TRIAL * 40, *NO_TRIAL, TRIAL.replace("sorafenib", "velotinib"), TRIAL.upper()]
    together = list(reads.outcomes(texts))
    assert [o.record for o in together] == [reads.extract(text) for text in texts]
    assert all(set(o.seconds) == {"clean", "nlp", "extract", "assemble"} for o in together)


def test_what_can_t_be_read_ahead_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = pipeline()
    cleaner = flow.clean  # type: ignore[attr-defined]

    def broken(text: str) -> CleanText:
        if "gravel" in text:
            raise RuntimeError("a bad day")
        cleaned: CleanText = cleaner(text)
        return cleaned

    monkeypatch.setattr(flow, "clean", broken)
    assert [o.status for o in reads.outcomes([TRIAL, "gravel", TRIAL])] == ["ok", "failed", "ok"]


def test_stream_keeps_order_and_raises_the_first_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    _failing_on("gravel", RuntimeError("a bad day"), monkeypatch)
    records = pipeline().stream([Document(TRIAL, "text", doc_id="one"), "gravel"])
    assert next(records).doc_id == "one"
    with pytest.raises(RuntimeError, match="a bad day"):
        next(records)


def test_loading_is_lazy_and_a_missing_model_is_named() -> None:
    lazy = flow.load(ner_model="/no/such/model")
    with pytest.raises(TrialmineError, match="/no/such/model"):
        lazy.extract(TRIAL)


@pytest.mark.slow
def test_a_long_text_takes_no_more_than_its_share() -> None:
    def seconds(text: str) -> float:
        begin = process_time()
        pipeline().extract(text)
        return process_time() - begin

    pipeline().extract(TRIAL)
    short, long = seconds(TRIAL * 5), seconds(TRIAL * 40)
    assert long < 8 * short * 4
