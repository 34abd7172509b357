"""The cells that can be corrected: for each column of a table the slots of the row, and how each is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from trialmine.records import vocabulary
from trialmine.review.correction import Block

# words: read by the grammar of that kind; choice and choices: of a closed vocabulary; arms, drug, drugs, endpoint: ids
Kind = Literal[
    "words", "choice", "choices", "number", "integer", "text", "list", "flag", "arms", "drug", "drugs", "endpoint"
]

# kinds of slots that name rows, and of which block
REFERRED: Mapping[Kind, Block] = {
    "arms": "arms", "drug": "interventions", "drugs": "interventions", "endpoint": "endpoints",
}  # fmt: skip


class Slot(NamedTuple):
    """One slot of a row; `example` shows how it is written."""

    name: str
    label: str
    kind: Kind
    choices: tuple[str, ...] = ()
    example: str = ""
    required: bool = False

    def as_json(self) -> dict[str, object]:
        """The slot as the page draws its field."""
        return self._asdict()


def _choice(name: str, label: str, terms: object, *, several: bool = False, required: bool = False) -> Slot:
    return Slot(name, label, "choices" if several else "choice", get_args(terms), required=required)


def _words(name: str, label: str, example: str) -> Slot:
    return Slot(name, label, "words", example=example)


_ARMS = Slot("arms", "Arms", "arms")
_TIME = _words("timepoint", "Time", "12 weeks; at week 24")
_AGES = tuple(Slot(f"age.{name}", f"Age, {name}", "number") for name in ("minimum", "maximum", "mean", "median"))

# block -> column of its table -> the slots that the column shows
COLUMNS: Mapping[Block, Mapping[str, tuple[Slot, ...]]] = {
    "dosing": {
        "Drug": (Slot("intervention", "Drug", "drug", required=True),),
        "Dose": (
            _words("dose", "Dose", "400 mg; 10-50 ug/kg; 10, 30 or 50 mg/m2; up to 6 mg; AUC 5"),
            _choice("role", "Role of the dose", vocabulary.DosingRole),
        ),
        "Route": (
            _choice("route", "Route", vocabulary.Route),
            Slot("form", "Form", "text"),
            _words("infusion_time", "Infusion time", "30 min"),
        ),
        "Frequency": (_words("frequency", "Frequency", "BID; twice daily; every 3 weeks; 3x/wk; once"),),
        "Schedule": (_words("schedule", "Schedule", "days 1-5 and 15-19 of a 7-week cycle; d1 q3w, 6 cycles"),),
        "Duration": (
            _words("duration", "Duration", "12 weeks; until progression"),
            Slot("administrations", "Number of administrations", "integer"),
        ),
        "Condition": (Slot("condition", "Condition", "text", example="with food"),),
        "Arms": (_ARMS,),
    },
    "statistics": {
        "Endpoint": (Slot("endpoint", "Endpoint", "endpoint"),),
        "Measure": (_choice("measure", "Measure", vocabulary.Measure, required=True),),
        "Value": (
            Slot("value", "Value", "number"),
            _choice("comparator", "Comparator", vocabulary.Comparator, required=True),
            Slot("unit", "Unit (UCUM)", "text", example="%; mo; mg/dL"),
            Slot("numerator", "n", "integer"),
            Slot("denominator", "of N", "integer"),
            _words("dispersion", "Spread", "SD 3.1; IQR 3-9; range 1 to 8"),
        ),
        "CI": (_words("ci", "Confidence interval", "0.45-0.89; 0.45 to 0.89 (95%)"),),
        "P": (_words("p", "P", "0.03; < 0.001"),),
        "Arms": (_ARMS,),
        "Time": (_TIME,),
    },
    "arms": {
        "Arm": (Slot("label", "Arm", "text", required=True),),
        "Role": (_choice("role", "Role", vocabulary.ArmRole),),
        "n": (Slot("n", "Participants", "integer"),),
        "Gets": (Slot("interventions", "Gets", "drugs"),),
    },
    "interventions": {
        "Name": (Slot("name", "Name", "text", required=True),),
        "Kind": (_choice("kind", "Kind", vocabulary.InterventionKind, required=True),),
        "Role": (_choice("role", "Role", vocabulary.InterventionRole),),
        "Also called": (Slot("aliases", "Also called", "list", example="one; another"),),
    },
    "endpoints": {
        "Endpoint": (Slot("name", "Endpoint", "text", required=True),),
        "Code": (Slot("code", "Code", "text", example="OS; PFS; HBA1C"),),
        "Role": (_choice("role", "Role", vocabulary.EndpointRole),),
        "Kind": (_choice("kind", "Kind", vocabulary.EndpointKind),),
        "Instrument": (Slot("instrument", "Instrument", "text"),),
        "Time": (_TIME,),
    },
    "adverse_events": {
        "Event": (Slot("term", "Event", "text", required=True),),
        "Grade": (_words("grade", "Grade", "3; 3-4; >= 3"),),
        "n": (Slot("n", "Participants", "integer"),),
        "%": (Slot("percent", "Percent", "number"),),
        "Marked as": tuple(
            Slot(name, name.replace("_", "-").capitalize(), "flag") for name in ("dose_limiting", "serious", "related")
        ),
        "Arms": (_ARMS,),
    },
    "conditions": {"Value": (Slot("name", "Condition", "text", required=True),)},
    "eligibility": {
        "Fact": (Slot("kind", "Kind", "choice", ("inclusion", "exclusion"), required=True),),
        "Value": (Slot("text", "Criterion", "text", required=True),),
    },
    "population": {
        "Value": (
            *(Slot(name, name.capitalize(), "integer") for name in ("enrolled", "evaluable", "randomized")),
            *_AGES,
            _choice("sex", "Sex", vocabulary.Sex),
        )
    },
    "design": {
        "Value": (
            _choice("phase", "Phase", vocabulary.Phase, several=True),
            _choice("allocation", "Allocation", vocabulary.Allocation),
            _choice("masking", "Masking", vocabulary.Masking),
            _choice("control", "Control", vocabulary.Control, several=True),
            _choice("assignment", "Assignment", vocabulary.Assignment),
            Slot("escalation", "Escalation", "text", example="3+3"),
            Slot("multicenter", "Multicenter", "flag"),
            Slot("allocation_ratio", "Allocation ratio", "text", example="2:1"),
            Slot("purpose", "Purpose", "text"),
        )
    },
}
SLOTS: Mapping[Block, Mapping[str, Slot]] = {
    block: {slot.name: slot for slots in columns.values() for slot in slots} for block, columns in COLUMNS.items()
}
