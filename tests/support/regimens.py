"""Regimens rendered in many wordings, to be read back: what is said of a drug, and the sentence that says it.

    python tests/support/regimens.py [NUMBER]      # the share that is read back, and every one that is not

Each list holds wordings with what they state. A regimen takes one of each; `FORMS` are whole sentences whose parts
can't be put together so.
"""

# ruff: noqa: E501 (tables read as rows)
from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.dosing_rows import build
from trialmine.records.trial import Dosing

Amount = tuple[Any, ...]
"""(value, unit), (low, high, unit) or ((levels), unit)."""

DOSES: list[tuple[str, Amount]] = [
    ("5 mg", (5, "mg")), ("5-mg", (5, "mg")), ("2.5 mg", (2.5, "mg")), ("0·5 mg", (0.5, "mg")), ("five mg", (5, "mg")),
    ("1,250 mg", (1250, "mg")), ("0.5 g", (0.5, "g")), ("200 μg", (200, "ug")),
    ("200 mcg", (200, "ug")), ("200 micrograms", (200, "ug")), ("50 ng/kg", (50, "ng/kg")), ("10 mg/kg", (10, "mg/kg")),
    ("10 mg per kg", (10, "mg/kg")), ("10 mg/kg body weight", (10, "mg/kg")), ("10 mg kg-1", (10, "mg/kg")),
    ("75 mg/m2", (75, "mg/m2")), ("75 mg/m²", (75, "mg/m2")), ("75 mg/m(2)", (75, "mg/m2")), ("75 mg m−2", (75, "mg/m2")),
    ("75 mg per square metre", (75, "mg/m2")), ("2000 IU", (2000, "[iU]")), ("2,000 international units", (2000, "[iU]")),
    ("10 units", (10, "[iU]")), ("0.3 U/kg", (0.3, "[iU]/kg")), ("3 x 10^6 IU", (3000000, "[iU]")),
    ("3 × 106 IU", (3000000, "[iU]")), ("2 x 10^6 cells/kg", (2000000, "{cells}/kg")), ("30 mL", (30, "mL")),
    ("0.5 mL/kg", (0.5, "mL/kg")), ("3 mmol", (3, "mmol")), ("two 5-mg tablets", (10, "mg")), ("2 x 150 mg", (300, "mg")),
    ("10-50 mg", (10, 50, "mg")), ("10 to 50 mg", (10, 50, "mg")), ("10–50 μg/kg", (10, 50, "ug/kg")),
    ("between 10 and 50 mg", (10, 50, "mg")), ("up to 20 mg", (20, "mg")), ("at least 20 mg", (20, "mg")),
    ("two puffs", (2, "{puff}")), ("two drops", (2, "[drp]")), ("2 g/m2", (2, "g/m2")), ("1 mmol/kg", (1, "mmol/kg")),
]  # fmt: skip
RATES: list[tuple[str, Amount]] = [
    ("600 mg/day", (600, "mg/d")), ("600 mg per day", (600, "mg/d")), ("15 mg/kg/day", (15, "mg/kg/d")),
    ("15 mg/kg per day", (15, "mg/kg/d")), ("0.1 μg/kg/min", (0.1, "ug/kg/min")), ("0.1 µg·kg−1·min−1", (0.1, "ug/kg/min")),
    ("5 mg/h", (5, "mg/h")), ("2 mg/kg/h", (2, "mg/kg/h")), ("1.2 g/24 h", (1.2, "g/d")), ("30 mg/m2/d", (30, "mg/m2/d")),
    ("AUC 5", (5, "mg/mL.min")), ("45 Gy", (45, "Gy")), ("4 mg/(kg·h)", (4, "mg/kg/h")),
]  # fmt: skip

OFTEN: list[tuple[str, dict[str, Any]]] = [
    (words, {"often": (count, period, unit)})
    for (count, period, unit), wordings in {
        (1, 1, "d"): ("daily", "once daily", "once a day", "every day", "QD", "q.d.", "once per day", "at bedtime", "each morning", "od"),
        (2, 1, "d"): ("twice daily", "b.i.d.", "BID", "two times a day", "twice a day", "bd", "in the morning and evening"),
        (3, 1, "d"): ("three times daily", "tid", "t.i.d.", "three times a day", "thrice daily", "tds"),
        (4, 1, "d"): ("four times a day", "qid", "q.i.d."),
        (1, 2, "d"): ("every other day", "on alternate days", "qod", "every second day"),
        (1, 1, "wk"): ("weekly", "once weekly", "once a week", "every week", "qw"),
        (2, 1, "wk"): ("twice weekly", "twice a week"),
        (3, 1, "wk"): ("three times a week", "thrice weekly"),
        (1, 2, "wk"): ("every 2 weeks", "every two weeks", "q2w", "every other week", "fortnightly"),
        (1, 3, "wk"): ("every 3 weeks", "q3w", "three-weekly", "at 3-week intervals", "every three weeks"),
        (1, 21, "d"): ("every 21 days",),
        (1, 4, "wk"): ("every 4 weeks", "every four weeks", "q4w"),
        (1, 1, "mo"): ("monthly", "once a month", "every month"),
        (1, 6, "h"): ("every 6 h", "every six hours", "q6h", "6-hourly"),
        (1, 8, "h"): ("every 8 hours", "q8h", "8 hourly"),
        (1, 12, "h"): ("every 12 h", "q12h"),
    }.items()
    for words in wordings
]  # fmt: skip
PLANS: list[tuple[str, dict[str, Any]]] = [
    ("on days 1, 8 and 15", {"days": (1, 8, 15)}),
    ("on days 1-5 of a 28-day cycle", {"days": (1, 2, 3, 4, 5), "cycle": (28, "d")}),
    ("on day 1 every 3 weeks for six cycles", {"days": (1,), "cycle": (3, "wk"), "cycles": 6}),
    ("on days 1 and 8 of each 21-day cycle", {"days": (1, 8), "cycle": (21, "d")}),
    ("on days 1 to 3 and 15 to 17", {"days": (1, 2, 3, 15, 16, 17)}),
    ("on days 1, 8, and 15 every 28 days", {"days": (1, 8, 15), "cycle": (28, "d")}),
    ("d1-5 q28d", {"days": (1, 2, 3, 4, 5), "cycle": (28, "d")}),
    ("on days 1-14 of a 3-week cycle", {"days": tuple(range(1, 15)), "cycle": (3, "wk")}),
    ("on day 1 of each 21-day cycle, for up to six cycles", {"days": (1,), "cycle": (21, "d"), "most": 6}),
    ("weekly x 6", {"often": (1, 1, "wk"), "administrations": 6}),
    ("on day 1 of 3-week cycles", {"days": (1,), "cycle": (3, "wk"), "cycles": None}),
    ("every 3 weeks for 4 cycles", {"cycle": (3, "wk"), "cycles": 4}),
    ("every 4 to 6 hours", {"often": (1, 4, "h")}),
    ("five days a week", {"often": (5, 1, "wk")}),
    ("once weekly for 3 weeks of a 4-week cycle", {"often": (1, 1, "wk"), "on": (3, "wk"), "cycle": (4, "wk")}),
    ("daily, 4 weeks on and 2 weeks off", {"on": (4, "wk"), "off": (2, "wk")}),
    ("as needed", {"need": True}),
    ("as a single dose", {"often": (1, None, None)}),
    ("", {}),
]
WAYS: list[tuple[str, str | None]] = [
    ("", None), ("orally", "oral"), ("intravenously", "intravenous"), ("i.v.", "intravenous"), ("s.c.", "subcutaneous"),
    ("subcutaneously", "subcutaneous"), ("intramuscularly", "intramuscular"), ("by mouth", "oral"), ("p.o.", "oral"),
    ("by inhalation", "inhaled"), ("topically", "topical"), ("intravitreally", "intravitreal"), ("rectally", "rectal"),
]  # fmt: skip
LONG: list[tuple[str, tuple[float, str] | None]] = [
    ("", None), ("for 12 weeks", (12, "wk")), ("for twelve weeks", (12, "wk")), ("for 6 months", (6, "mo")),
    ("for up to 2 years", (2, "a")), ("over a period of 10 days", (10, "d")), ("for one year", (1, "a")),
    ("for a total of 5 days", (5, "d")), ("x 14 days", (14, "d")), ("during weeks 1-8", (8, "wk")),
]  # fmt: skip
FRAMES = [
    "Patients received {drug} {dose} {way} {often} {long}.",
    "Patients received {dose} of {drug} {way} {often} {long}.",
    "Patients received {drug} ({dose} {way} {often}) {long}.",
    "Patients were randomly assigned to {drug} {dose} {way} {often} {long} or to no treatment.",
    "{drug} was administered {way} at a dose of {dose} {often} {long}.",
    "{drug} was given at {dose} {way} {often} {long}.",
    "Treatment was {drug}, {dose} {way} {often} {long}.",
    "Adults with pain took {drug} {dose} {way} {often} {long}, or placebo.",
    "The {drug} group (n = 40) received {dose} {way} {often} {long}.",
    "In all, 80 patients (mean age, 54 years) were given {drug} {dose} {way} {often} {long}.",
    "Patients received {drug} (Brandol, Maker Ltd) {dose} {way} {often} {long}.",
    "Patients received {drug}, at a dose of {dose}, {way} {often} {long}.",
    "Participants were instructed to take {dose} of {drug} {way} {often} {long}.",
    "We gave {drug} in a dose of {dose} {way} {often} {long}.",
    "The dose of {drug} was {dose} {way} {often} {long}.",
    "The dosage was {dose} of {drug} {way} {often} {long}.",
    "OBJECTIVE: To assess {drug} {dose} {way} {often} {long} in adults.",
    "Children were treated with {drug} using {dose} {way} {often} {long}.",
    "Women (n = 30) were assigned to {drug} at {dose} {way} {often} {long} (group A).",
]
PAIRS = [
    "Patients received {a} {x} {p} plus {b} {y} {q}.",
    "Patients were randomly assigned to {a} {x} {p} or {b} {y} {q}.",
    "Patients received either {x} of {a} {p} or {y} of {b} {q}.",
    "Group A received {a} {x} {p}, and group B received {b} {y} {q}.",
    "{a} ({x} {p}) was compared with {b} ({y} {q}).",
    "Treatment was {a} {x} {p} followed by {b} {y} {q}.",
    "Patients were randomized to {a} ({x}, {p}; n = 50) or {b} ({y}, {q}; n = 48).",
    "They took {a} {x} {p} and {b} {y} {q}.",
    "Arm A: {a} {x} {p}; arm B: {b} {y} {q}.",
    "Group 1 (n = 30) received {a} {x} {p}, whereas group 2 (n = 31) received {b} {y} {q}.",
    "Patients received {a} ({x} {p}), {b} ({y} {q}) or placebo.",
    "Patients received {a} ({x} {p}; group A) or {b} ({y} {q}; group B).",
    "Patients were randomized 1:1 to {a}, {x} {p}, or {b}, {y} {q}.",
    "In arm A, {x} of {a} was given {p}; in arm B, {y} of {b} was given {q}.",
    "METHODS: All patients received {a} {x} {p}. In addition, {b} {y} {q} was given.",
    "Patients were given {a} at a dose of {x} {p} and {b} at a dose of {y} {q}.",
    "The {a} group received {x} {p}, and the {b} group received {y} {q}.",
    "{a} was given at {x} {p} and {b} at {y} {q}.",
    "We compared {a} ({x}, {p}) with {b} ({y}, {q}) in 200 adults.",
    "Patients received {a} {x} {p} before surgery and {b} {y} {q} after it.",
    "Patients on a stable dose of {a} ({x} {p}) were assigned to {b} {y} {q} or placebo.",
]
"""Two drugs, each with its dose and timing."""
SHARED = [
    "Patients received {a} {x} or {b} {y} {p}.",
    "Patients received {a} ({x}) or {b} ({y}) {p}.",
    "Patients received {x} {a} plus {y} {b} {p}.",
    "{a} {x} and {b} {y} were given {p}.",
    "Patients received {a} {x} or {b} {y}, both {p}.",
    "Patients were randomly assigned to {a} {x}, {b} {y} or placebo {p}.",
    "Either {a} {x} (n = 40) or {b} {y} (n = 41) was given {p}.",
    "Patients received {a} ({x}; n = 40) or {b} ({y}; n = 41) {p}.",
    "Group A received {a} {x} and group B {b} {y}; both were given {p}.",
    "Patients received {a} {x} with {b} {y}, given {p}.",
]
"""Two drugs with one timing behind both."""
_DRUGS = ("alfamine", "betamine", "gammamine")


class Regimen(NamedTuple):
    """A sentence, and what each of its rows must say."""

    text: str
    rows: list[dict[str, Any]]


def _row(drug: str, amount: Amount | None, **more: Any) -> dict[str, Any]:
    return {"drug": drug, "dose": amount, **more}


FORMS = [
    Regimen(text, [_row(*row[:2], **(row[2] if len(row) > 2 else {})) for row in rows])
    for text, rows in [
        ("They inhaled alfamine/betamine 160/4.5 μg twice daily.", [("alfamine", (160, "ug")), ("betamine", (4.5, "ug"))]),
        ("They inhaled alfamine/betamine 160/4.5 μg, two inhalations twice daily.", [("alfamine", (320, "ug")), ("betamine", (9, "ug"))]),
        ("Alfamine and betamine were given at 5 and 6 mg daily, respectively.", [("alfamine", (5, "mg")), ("betamine", (6, "mg"))]),
        ("Alfamine 1 mg/kg was followed by an infusion of 0.5 mg/kg/h.", [("alfamine", (1, "mg/kg"), {"role": "loading"}), ("alfamine", (0.5, "mg/kg/h"), {"role": "maintenance"})]),
        ("Alfamine was given as a loading dose of 300 mg, then 75 mg daily.", [("alfamine", (300, "mg"), {"role": "loading"}), ("alfamine", (75, "mg"), {"role": "maintenance"})]),
        ("Alfamine was started at 5 mg daily and increased to 10 mg daily as tolerated.", [("alfamine", (5, "mg"), {"role": "starting"}), ("alfamine", (10, "mg"), {"role": "escalation_level"})]),
        ("The starting dose of alfamine was 20 mg daily.", [("alfamine", (20, "mg"), {"role": "starting"})]),
        ("The maximum dose of alfamine was 40 mg daily.", [("alfamine", (40, "mg"), {"role": "maximum"})]),
        ("The dose of alfamine was reduced to 10 mg daily.", [("alfamine", (10, "mg"), {"role": "reduced"})]),
        ("The maximum tolerated dose of alfamine was 30 mg/m2.", [("alfamine", (30, "mg/m2"), {"role": "maximum_tolerated"})]),
        ("The recommended phase II dose of alfamine was 25 mg/m2.", [("alfamine", (25, "mg/m2"), {"role": "recommended"})]),
        ("Cohorts received alfamine at dose levels of 10, 30, 40 or 50 mg/kg weekly.", [("alfamine", ((10, 30, 40, 50), "mg/kg"), {"role": "escalation_level"})]),
        ("Patients were randomized to placebo, alfamine 5 mg or alfamine 10 mg daily.", [("alfamine", (5, "mg")), ("alfamine", (10, "mg"))]),
        ("Patients were randomized to alfamine 5, 10 or 20 mg daily, or placebo.", [("alfamine", (v, "mg")) for v in (5, 10, 20)]),
        ("Group A had 20 mL of 0.5% alfamine; group B had 30 mL of 0.25% betamine.", [("alfamine", (20, "mL")), ("betamine", (30, "mL"))]),
        ("Patients received 600 mg/day of alfamine in two divided doses.", [("alfamine", (600, "mg/d"), {"often": (2, 1, "d")})]),
        ("Alfamine 500, 1000 or 1500 mg per day was given in cohorts in two divided doses.", [("alfamine", ((500, 1000, 1500), "mg/d"), {"often": (2, 1, "d")})]),
        ("Patients received alfamine 100 mg/m2 and betamine 60 mg/m2 every 3 weeks.", [("alfamine", (100, "mg/m2"), {"often": (1, 3, "wk")}), ("betamine", (60, "mg/m2"), {"often": (1, 3, "wk")})]),
        ("Alfamine 80 mg/m2 weekly was compared with betamine 100 mg/m2 every 3 weeks.", [("alfamine", (80, "mg/m2"), {"often": (1, 1, "wk")}), ("betamine", (100, "mg/m2"), {"often": (1, 3, "wk")})]),
        ("Patients received alfamine 5 mg twice daily plus betamine 10 mg once daily for 6 weeks.", [("alfamine", (5, "mg"), {"often": (2, 1, "d")}), ("betamine", (10, "mg"), {"often": (1, 1, "d"), "long": (6, "wk")})]),
        ("They had alfamine 70 mg/m2 on day 1 and betamine 50 mg twice a day for 7 days.", [("alfamine", (70, "mg/m2"), {"days": (1,), "long": None}), ("betamine", (50, "mg"), {"long": (7, "d")})]),
        ("Alfamine 1.1 mg/kg was given q24h or q12h.", [("alfamine", (1.1, "mg/kg"), {"often": (1, 24, "h")}), ("alfamine", (1.1, "mg/kg"), {"often": (1, 12, "h")})]),
        ("A single intravenous injection of alfamine 4 mg was given before surgery.", [("alfamine", (4, "mg"), {"often": (1, None, None), "way": "intravenous"})]),
        ("Alfamine 50 mg/m2 was infused over 30 minutes on day 1.", [("alfamine", (50, "mg/m2"), {"infusion": (30, "min"), "days": (1,)})]),
        ("Women received six injections of alfamine 5 mg.", [("alfamine", (5, "mg"), {"administrations": 6})]),
        ("Alfamine 2 mg was given every 2 weeks for 6 injections.", [("alfamine", (2, "mg"), {"administrations": 6})]),
        ("Alfamine 20 mg/kg (maximum 1 g) was given daily.", [("alfamine", (20, "mg/kg")), ("alfamine", (1, "g"), {"role": "maximum"})]),
        ("Alfamine 400 mg was given daily until disease progression.", [("alfamine", (400, "mg"), {"until": "until disease progression"})]),
        ("Alfamine 40 mg was given every 4 to 6 hours as needed.", [("alfamine", (40, "mg"), {"need": True})]),
        ("Alfamine was given weekly for 6 weeks of an 8-week cycle at 5 mg.", [("alfamine", (5, "mg"), {"on": (6, "wk"), "cycle": (8, "wk")})]),
    ]
]  # fmt: skip


def regimens(number: int, seed: int = 0) -> Iterator[Regimen]:
    """`number` regimens put together by chance, the same for the same seed, after the whole sentences."""
    yield from FORMS
    random = Random(seed)
    for _ in range(number):
        drug, (way, route), (said, long) = random.choice(_DRUGS), random.choice(WAYS), random.choice(LONG)
        rated = random.random() < 0.15
        dose, amount = random.choice(RATES if rated else DOSES)
        often, plan = ("", {}) if rated else random.choice(OFTEN if random.random() < 0.75 else PLANS)
        if (
            plan.get("often") == (1, None, None)
            or "days" in plan
            or "on" in plan
            or plan.get("need")
            or "administrations" in plan
        ):
            said, long = "", None
        text = random.choice(FRAMES).format(drug=drug, dose=dose, way=way, often=often, long=said)
        for a, b in (("  ", " "), ("  ", " "), (" ,", ","), (" .", "."), (" )", ")")):
            text = text.replace(a, b)
        yield Regimen(text, [_row(drug, amount, way=route, **({"long": long} if long else {}), **plan)])


def pairs(number: int, seed: int = 0) -> Iterator[Regimen]:
    """Two drugs in a sentence, each with a timing of its own or both with one."""
    random = Random(seed)
    timed = [(words, said) for words, said in OFTEN if "each morning" not in words]
    for _ in range(number):
        (a, b), ((x, m), (y, n)) = random.sample(_DRUGS, 2), random.sample(DOSES, 2)
        (p, first), (q, second) = random.choice(timed), random.choice(timed)
        shared = random.random() < 0.4
        text = random.choice(SHARED if shared else PAIRS).format(a=a, b=b, x=x, y=y, p=p, q=q)
        yield Regimen(text, [_row(a, m, **first), _row(b, n, **(first if shared else second))])


def misread(regimen: Regimen) -> list[str]:
    """What is not read back as it was said, in words; nothing if all is."""
    found = [r for r in build(regimen.text)[0] if r.dose is not None]
    if len(found) != len(regimen.rows):
        return [f"{len(found)} rows for {len(regimen.rows)}"]
    return [
        f"{name}: {told[name]!r} is not {want!r}"
        for row, wanted in zip(found, regimen.rows, strict=True)
        for told in [_told(row)]
        for name, want in wanted.items()
        if told[name] != want
    ]


def _told(row: Dosing) -> dict[str, Any]:
    d, f, s, long = row.dose, row.frequency, row.schedule, row.duration
    spans = {name: getattr(s, name) if s else None for name in ("cycle_length", "on", "off")}
    length = {k: (v.value, v.unit) if v else None for k, v in spans.items()}
    return {
        "drug": row.intervention,
        "dose": d and (*((d.value,) if d.value is not None else (d.levels,) if d.levels else (d.low, d.high)), d.unit),
        "often": (f.count, f.period, f.period_unit) if f else None,
        "need": bool(f and f.as_needed),
        "way": row.route,
        "long": (long.value, long.unit) if long and long.value is not None else None,
        "until": long.text if long else None,
        "role": row.role,
        "days": s.days if s else (),
        "cycle": length["cycle_length"],
        "cycles": s.cycles if s else None,
        "most": s.cycles_max if s else None,
        "on": length["on"],
        "off": length["off"],
        "administrations": row.administrations,
        "infusion": (row.infusion_time.value, row.infusion_time.unit) if row.infusion_time else None,
    }


def main() -> None:
    """Print the share that is read back, and the misses."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    all_, missed = 0, 0
    for regimen in chain(regimens(number), pairs(number)):
        wrong = misread(regimen)
        all_, missed = all_ + 1, missed + bool(wrong)
        if wrong:
            print(f"{regimen.text}\n    {'; '.join(wrong)}")
    print(f"read back: {1 - missed / all_:.3f} of {all_}")


if __name__ == "__main__":
    main()
