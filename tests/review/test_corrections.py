"""Corrections as people make them, and the record that they give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.records import TEXT, whole_record
from trialmine.errors import InputError
from trialmine.records import trial
from trialmine.records.trial import TrialRecord
from trialmine.review.apply import UNSUPPORTED, Reviewed, apply
from trialmine.review.correction import ANY, BLOCKS, Correction, Edit, live
from trialmine.review.making import Author, Corrector
from trialmine.review.slots import COLUMNS, SLOTS

RECORD = whole_record()
Make = Callable[[Corrector], list[Correction]]


class Review:
    """A record under correction, as one person sees it."""

    def __init__(self, record: TrialRecord = RECORD) -> None:
        self.record, self.made = record, list[Correction]()

    def do(self, make: Make) -> list[Correction]:
        new = make(Corrector(self.record, TEXT, self.made, Author("ann", self.made[-1].id if self.made else None)))
        self.made += new
        return new

    @property
    def now(self) -> Reviewed:
        return apply(self.record, TEXT, self.made)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_no_correction_leaves_the_record_as_it_is() -> None:
    assert apply(RECORD, TEXT, []).record is RECORD


def test_a_cell_is_corrected_by_typing_and_keeps_its_evidence() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("dosing", "d1", {"dose": "40-80 mg"}, []))
    assert isinstance(edit, Edit)
    assert edit.before["value"] == 40
    assert edit.evidence == RECORD.dosing[0].evidence
    dose = review.now.record.dosing[0].dose
    assert dose is not None
    assert (dose.low, dose.high) == (40, 80)
    assert review.now.states["dosing", "d1"].slots == {"dose": edit.id}


def test_selected_words_become_evidence() -> None:
    review = Review()
    review.do(lambda c: c.edit("dosing", "d1", {"dose": "40-80 mg"}, [place("up to 80 mg")]))
    evidence = review.now.record.dosing[0].evidence
    assert [e.quote for e in evidence] == ["velo tinib 40 mg by mouth twice daily for 12 weeks", "up to 80 mg"]
    assert evidence[1].section == "methods"
    review.now.record.check_quotes(TEXT)
    assert not any(w.code == UNSUPPORTED for w in review.now.record.warnings)


def test_a_number_that_no_evidence_shows_is_warned_of() -> None:
    review = Review()
    review.do(lambda c: c.edit("dosing", "d1", {"dose": "77 mg"}, []))
    [warning] = [w for w in review.now.record.warnings if w.code == UNSUPPORTED]
    assert "77" in warning.message
    assert "ann" in warning.message


@pytest.mark.parametrize(
    ("block", "row", "values"),
    [
        ("dosing", "d1", {"dose": "plenty"}),
        ("dosing", "d9", {"dose": "4 mg"}),
        ("dosing", "d1", {"colour": "red"}),
        ("dosing", "d1", {"intervention": "i9"}),
        ("dosing", "d1", {"intervention": None}),
        ("dosing", "d1", {"route": "by post"}),
        ("statistics", "s1", {"measure": "guess"}),
        ("statistics", "s1", {"value": "many"}),
        ("arms", "a1", {"n": "a few"}),
        ("design", "1", {"phase": ["9"]}),
    ],
)
def test_what_would_break_the_record_is_refused(block: Any, row: str, values: Any) -> None:
    with pytest.raises(InputError):
        Review().do(lambda c: c.edit(block, row, values, []))


def test_a_rejected_row_is_gone_with_what_refers_to_it() -> None:
    review = Review()
    review.do(lambda c: c.verdict("interventions", "i1", right=False))
    review.do(lambda c: c.verdict("endpoints", "e1", right=False))
    review.do(lambda c: c.verdict("arms", "a1", right=False))
    record = review.now.record
    assert [d.id for d in record.dosing] == ["d3"]
    assert [a.id for a in record.arms] == ["a2"]
    assert all(s.endpoint != "e1" and "a1" not in s.arms for s in record.statistics)
    assert len(review.now.shown.dosing) == 3  # still there to be looked at


def test_design_and_population_can_be_rejected_too() -> None:
    review = Review()
    review.do(lambda c: c.verdict("design", "1", right=False))
    review.do(lambda c: c.verdict("population", "1", right=False))
    review.do(lambda c: c.verdict("eligibility", "1", right=False))
    record = review.now.record
    assert record.design is None
    assert (record.population.randomized, record.population.eligibility) == (None, ())
    assert record.population.conditions


def test_parts_of_a_slot_are_corrected_one_by_one() -> None:
    review = Review()
    review.do(lambda c: c.edit("population", "1", {"age.maximum": 75, "age.minimum": None}, []))
    age = review.now.record.population.age
    assert age is not None
    assert (age.minimum, age.maximum, age.unit) == (None, 75, "a")


def test_a_row_is_added_from_words() -> None:
    review = Review()
    [add] = review.do(
        lambda c: c.add("dosing", {"intervention": "i2", "frequency": "BID"}, [place("matching placebo")])
    )
    row = review.now.record.dosing[-1]
    assert (row.id, row.intervention, row.text, row.evidence[0].quote) == ("d4", "i2", *["matching placebo"] * 2)
    review.do(lambda c: c.undo(add.id))
    assert len(review.now.record.dosing) == 3
    review.do(lambda c: c.add("dosing", {"intervention": "i2"}, [place("placebo")]))
    assert review.now.record.dosing[-1].id == "d5"  # a name is given once


def test_a_row_without_an_id_is_named_by_a_number_that_is_given_once() -> None:
    review = Review()
    [first] = review.do(lambda c: c.add("adverse_events", {"term": "rash"}, [place("DLQI")]))
    review.do(lambda c: c.undo(first.id))
    review.do(lambda c: c.add("adverse_events", {"term": "cough", "grade": "3"}, [place("PASI 75")]))
    assert review.now.keys["adverse_events"] == ["1", "3"]
    review.do(lambda c: c.edit("adverse_events", "3", {"n": 4}, []))
    assert [(a.term, a.n) for a in review.now.record.adverse_events] == [("nausea", 9), ("cough", 4)]


@pytest.mark.parametrize(("values", "places"), [({"intervention": "i1"}, []), ({"route": "oral"}, [(0, 3)])])
def test_a_row_needs_words_and_what_a_row_must_have(values: Any, places: Any) -> None:
    with pytest.raises(InputError):
        Review().do(lambda c: c.add("dosing", values, places))


@pytest.mark.parametrize("places", [[(0, 0)], [(5, 2)], [(0, 10**9)], [(-4, 2)]])
def test_places_outside_the_text_are_refused(places: Any) -> None:
    with pytest.raises(InputError):
        Review().do(lambda c: c.edit("dosing", "d1", {"dose": "4 mg"}, places))


def test_undo_and_redo() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("arms", "a1", {"n": 81}, []))
    [undo] = review.do(lambda c: c.undo(edit.id))
    assert review.now.record == RECORD
    with pytest.raises(InputError):
        review.do(lambda c: c.undo(edit.id))
    review.do(lambda c: c.undo(undo.id))
    assert review.now.record.arms[0].n == 81
    with pytest.raises(InputError):
        review.do(lambda c: c.undo("nobody"))


def test_a_check_holds_until_the_next_correction() -> None:
    review = Review()
    review.do(lambda c: c.check())
    assert review.now.checked == "ann"
    review.do(lambda c: c.verdict("arms", "a1", right=True))
    assert review.now.checked is None


def test_a_correction_of_another_reading_finds_its_row_by_its_words_or_stays_idle() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("dosing", "d3", {"dose": "17 mg"}, []))
    content = RECORD.model_dump()
    content["dosing"] = [{**content["dosing"][2], "id": "d1"}]  # the only row that a newer reading finds
    assert apply(TrialRecord.model_validate(content), TEXT, [edit]).record.dosing[0].dose.value == 17  # type: ignore[union-attr]
    content["dosing"] = []
    assert list(apply(TrialRecord.model_validate(content), TEXT, [edit]).idle) == [edit.id]


def anew(**blocks: Any) -> TrialRecord:
    """The record as another pipeline might have read it."""
    return TrialRecord.model_validate({**RECORD.model_dump(), **blocks})


def bare_population() -> TrialRecord:
    """The record with a population whose numbers rest on no words."""
    return anew(population={**RECORD.population.model_dump(), "evidence": []})


def row(block: str, number: int, **fields: Any) -> dict[str, Any]:
    return {**RECORD.model_dump()[block][number], **fields}


def test_a_check_vouches_for_what_was_seen_alone() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("arms", "a1", {"n": 81}, []))
    review.do(lambda c: c.check())
    assert review.now.checked == "ann"
    [undo] = review.do(lambda c: c.undo(edit.id))
    assert review.now.checked is None  # nobody has said that 80 is right
    review.do(lambda c: c.undo(undo.id))
    assert review.now.checked == "ann"


def test_a_check_does_not_hold_for_another_reading() -> None:
    review = Review()
    review.do(lambda c: c.check())
    assert apply(anew(), TEXT, review.made).checked == "ann"
    assert apply(anew(dosing=[row("dosing", 0)]), TEXT, review.made).checked is None


def test_a_check_needs_to_know_of_all_corrections() -> None:
    review = Review()
    review.do(lambda c: c.edit("arms", "a1", {"n": 81}, []))
    with pytest.raises(InputError, match="since you looked"):
        Corrector(RECORD, TEXT, review.made, Author("bob")).check()


@pytest.mark.parametrize("right", [True, False])
def test_an_edit_clears_what_was_said_of_the_row_before(right: bool) -> None:
    review = Review()
    review.do(lambda c: c.verdict("dosing", "d1", right=right))
    [edit] = review.do(lambda c: c.edit("dosing", "d1", {"dose": "45 mg"}, []))
    assert review.now.states["dosing", "d1"].verdict is None
    assert review.now.record.dosing[0].dose.value == 45  # type: ignore[union-attr]
    review.do(lambda c: c.undo(edit.id))
    assert review.now.states["dosing", "d1"].verdict == ("accepted" if right else "rejected")


def test_undoing_a_correction_leaves_the_others_in_force() -> None:
    review = Review(bare_population())
    edits = [
        review.do(lambda c, s=slot, w=words: c.edit("population", "1", {s: 7}, [place(w)]))[0]  # type: ignore[misc]
        for slot, words in [("enrolled", "120 adults"), ("evaluable", "80 patients"), ("randomized", "10 of 40")]
    ]
    review.do(lambda c: c.undo(edits[0].id))
    assert review.now.idle == {}
    population = review.now.record.population
    assert (population.enrolled, population.evaluable, population.randomized) == (None, 7, 7)


def test_an_added_row_makes_way_for_one_of_the_pipeline() -> None:
    review = Review()
    review.do(lambda c: c.add("dosing", {"intervention": "i2"}, [place("matching placebo")]))
    review.do(lambda c: c.edit("dosing", "d4", {"frequency": "BID"}, []))
    more = Review(anew(dosing=[*(row("dosing", n) for n in range(3)), row("dosing", 1, id="d4")]))
    more.made = review.made
    rows = {d.id: d for d in more.now.record.dosing}
    assert more.now.idle == {}
    assert (rows["d4"].text, rows["d4"].frequency) == ("up to 80 mg", None)
    assert (rows["d5"].text, rows["d5"].frequency.code) == ("matching placebo", "BID")  # type: ignore[union-attr]
    more.do(lambda c: c.edit("dosing", "d4", {"frequency": "TID"}, []))  # the pipeline's
    [add] = more.do(lambda c: c.add("dosing", {"intervention": "i1"}, [place("velotinib")]))
    assert add.row == "d6"  # type: ignore[union-attr]
    found = {d.id: d.frequency.code if d.frequency else None for d in more.now.record.dosing}
    assert found == {"d1": "BID", "d2": None, "d3": "QW", "d4": "TID", "d5": "BID", "d6": None}


def test_references_follow_rows_that_are_numbered_anew() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("dosing", "d3", {"arms": ["a1"]}, []))
    [add] = review.do(lambda c: c.add("dosing", {"intervention": "i2", "arms": ["a2"]}, [place("placebo")]))
    turned = [row("arms", 1, id="a1"), row("arms", 0, id="a2")]
    other = anew(arms=turned, dosing=[row("dosing", 2)], statistics=[])
    reviewed = apply(other, TEXT, review.made)
    assert [d.arms for d in reviewed.record.dosing] == [("a2",), ("a1",)]
    fewer = apply(anew(arms=turned[:1], dosing=[row("dosing", 2)], statistics=[]), TEXT, review.made)
    assert list(fewer.idle) == [edit.id]
    assert [d.arms for d in fewer.record.dosing] == [(), ("a1",)]
    alike = [row("arms", 0), row("arms", 0, id="a2", label="other")]  # two where one stood
    assert edit.id in apply(anew(arms=alike), TEXT, review.made).idle
    assert add.id not in apply(RECORD, TEXT, review.made).idle


def test_another_row_of_the_same_name_and_place_is_not_taken_for_the_one_that_was_seen() -> None:
    review = Review()
    [edit] = review.do(lambda c: c.edit("dosing", "d1", {"dose": "45 mg"}, []))
    [reject] = review.do(lambda c: c.verdict("dosing", "d2", right=False))
    doses = [row("dosing", n, dose={"value": 5, "unit": "mg", "text": "5 mg"}) for n in range(3)]
    reviewed = apply(anew(dosing=doses), TEXT, review.made)
    assert set(reviewed.idle) == {edit.id, reject.id}
    assert [d.dose.value for d in reviewed.record.dosing] == [5, 5, 5]  # type: ignore[union-attr]
    elsewhere = anew(arms=[row("arms", 0, n=79), row("arms", 1)])  # other rows than these
    assert apply(elsewhere, TEXT, review.made).idle == {}


def test_a_value_needs_words() -> None:
    review = Review(bare_population())
    with pytest.raises(InputError, match="needs the words"):
        review.do(lambda c: c.edit("population", "1", {"enrolled": 120}, []))
    assert review.do(lambda c: c.edit("population", "1", {"randomized": ""}, []))  # nothing rests on nothing


def test_a_long_cell_is_not_read() -> None:
    with pytest.raises(InputError, match="2,000 characters"):
        Review().do(lambda c: c.edit("dosing", "d1", {"dose": "4" * 2_001}, []))


def test_a_value_that_is_there_already_is_no_correction() -> None:
    assert Review().do(lambda c: c.edit("dosing", "d1", {"dose": "", "route": "oral"}, []))[0].slot == "dose"  # type: ignore[union-attr]
    assert Review().do(lambda c: c.edit("arms", "a1", {"n": 80}, [])) == []


def test_slots_are_slots_of_the_record() -> None:
    models = {
        "dosing": trial.Dosing, "statistics": trial.Statistic, "arms": trial.Arm, "interventions": trial.Intervention,
        "endpoints": trial.Endpoint, "adverse_events": trial.AdverseEvent, "conditions": trial.Condition,
        "eligibility": trial.Criterion, "population": trial.Population, "design": trial.Design,
    }  # fmt: skip
    assert set(models) == set(BLOCKS) == set(COLUMNS)
    for block, slots in SLOTS.items():
        assert {slot.partition(".")[0] for slot in slots} <= set(models[block].model_fields)


_ROWS = {"dosing": ["d1", "d2", "d9"], "arms": ["a1", "a2"], "interventions": ["i1", "i3"], "adverse_events": ["1"],
         "endpoints": ["e1"], "statistics": ["s2"], "design": ["1"], "population": ["1"]}  # fmt: skip
_VALUES = st.one_of(st.none(), st.integers(-5, 500), st.text(max_size=5), st.sampled_from(["i1", "i9", "a2", "oral"]))


@st.composite
def _corrections(draw: st.DrawFn) -> list[Correction]:
    """A log as anybody might have written it, sense or nonsense."""
    made: list[Correction] = []
    base = {"by": "x", "record_id": RECORD.record_id, "text_sha256": RECORD.source.text_sha256}
    for n in range(draw(st.integers(1, 8))):
        block = draw(st.sampled_from(sorted(_ROWS)))
        at = draw(st.integers(0, len(TEXT) - 9))
        quote = [{"start": at, "end": at + 5, "quote": TEXT[at : at + 5]}]
        row = draw(st.sampled_from(_ROWS[block]))
        slot, values = draw(st.sampled_from(sorted(SLOTS[block]))), {"label": "x", "intervention": "i1", "text": "t"}
        forms: list[dict[str, Any]] = [
            {"action": "edit", "slot": slot, "after": draw(_VALUES), "evidence": quote},
            {"action": "accept"},
            {"action": "reject"},
            {"action": "add", "row": f"z{n}", "values": values, "evidence": quote},
        ]
        told = draw(st.sampled_from(forms))
        made.append(ANY.validate_python({**base, "id": f"c{n}", "block": block, "row": row, **told}))
        if draw(st.booleans()):
            undoes = draw(st.sampled_from(made)).id
            made.append(ANY.validate_python({**base, "id": f"u{n}", "action": "undo", "undoes": undoes}))
    return made


@settings(max_examples=25)
@given(_corrections())
def test_any_log_gives_a_valid_record(made: list[Correction]) -> None:
    reviewed = apply(RECORD, TEXT, made)
    reviewed.record.check_quotes(TEXT)
    assert TrialRecord.model_validate_json(reviewed.record.model_dump_json()) == reviewed.record
    for block, keys in reviewed.keys.items():
        assert len(set(keys)) == len(keys), block
    again = [ANY.validate_json(c.model_dump_json()) for c in made]
    assert apply(RECORD, TEXT, again).record == reviewed.record


@settings(max_examples=10)
@given(_corrections())
def test_undoing_all_gives_the_record_back(made: list[Correction]) -> None:
    review = Review()
    review.made = made
    while holding := [c for c in made if c.action != "undo" and c.id in {h.id for h in live(review.made)}]:
        review.do(lambda c: c.undo(holding[-1].id))
    assert review.now.record == RECORD
