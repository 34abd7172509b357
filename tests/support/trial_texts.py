"""Trial-like texts of our own, made from a seed: every notation that the corruptor damages stands in them."""

# ruff: noqa: E501 (the sentences and the table of facts read better in one line)
from __future__ import annotations

from random import Random

_DRUGS = (
    "velotinib", "sorafenib", "zorbadine", "metformin", "atorvastatin", "ondansetron", "ramotumab", "paclitaxel",
    "bupivacaine", "ketorolac", "candesartan", "prednisolone",
)  # fmt: skip
_DISEASES = (
    "metastatic colorectal cancer", "persistent asthma", "type 2 diabetes", "chronic heart failure",
    "rheumatoid arthritis", "acute postoperative pain", "refractory lymphoma", "plaque psoriasis",
)  # fmt: skip
_OPENINGS = (
    "Background: The efficacy of {a} in patients with {disease} is uncertain. We performed a randomized, double-blind, "
    "placebo-controlled trial to determine the maximum tolerated dose and the effect on progression-free survival.",
    "Objective: This phase 1/2 study compared {a} with {b} in {disease}. The phase 1 part used a 3+3 dose-escalation "
    "design, and the phase 2 part measured the objective response rate and overall survival.",
    "Purpose: To assess the safety and significant benefit of adding {a} to {b} for {disease} in a randomized "
    "controlled trial with stable disease and adverse events as secondary endpoints.",
)
_METHODS = (
    "Methods: {n} patients aged ≥ {age} years with a creatinine clearance ≥ {crcl} ml/min and a performance status of "
    "0-1 were assigned to {a} {d1} mg/kg or {b} {d2} mg/m2. Treatment was administered intravenously once daily on days "
    "1-5 and 15-19 of each cycle. Patients received {a} {d3} mg twice daily for {w} weeks; visits were 14 ± 4 days apart.",
    "Methods: Patients (n = {n}) received {a} at {d1} μg/kg per day for 5 days, days 8-12, followed by {b} {d2} mg/m2 "
    "every 3 weeks. Men and women aged {age}-75 years with platelets > 100 x 10^9/L were eligible. A dose of "
    "{d3} mg was used in the maintenance period. Lower doses of 2.5 mg and 0.75 mg were permitted.",
    "Methods: In this multicenter trial {n} patients were randomized to oral {a} {d3} mg daily or {b} {d1} mg/kg weekly "
    "for {w} weeks. An infusion of 10^7 CFU was prepared for each patient. The starting dose was "
    "10 μg/kg, with an escalation to 30 μg/kg; the confidence interval was set at 95%. The mean age was {age} ± {sd} years.",
)
_RESULTS = (
    "Results: The response rate was {p1}% ({r1}/{n1}) with {a} and {p2}% ({r2}/{n2}) with {b} (P = {pv}). Median "
    "progression-free survival was {m1} versus {m2} months (hazard ratio {hr}, 95% CI {lo}-{hi}; P < 0.001). Grade 3 or "
    "4 adverse events occurred in {p2}% of patients. The mean difference was -{md} ± {sd} mmol/L.",
    "Results: Overall survival was {m1} months in the {a} group and {m2} months in the {b} group (P = {pv}). The odds "
    "ratio was {hr} (95% CI {lo}-{hi}). Stable disease was observed in {r1} of {n1} patients ({p1}%). Hemoglobin "
    "decreased from {h1} to {h2} g/dL, and the difference was significant (p < 0.05). Nausea was of grade 3-4 severity.",
)
_CLOSINGS = (
    "Conclusions: {a} was well tolerated and improved progression-free survival in patients with {disease}.",
    "Conclusions: The combination of {a} and {b} had a favorable safety profile, and a phase 3 study is warranted.",
)


def trial_text(seed: int) -> str:
    """One abstract of four paragraphs; the same seed gives the same text."""
    rng = Random(seed)
    a, b = rng.sample(_DRUGS, 2)
    n1, n2 = rng.randint(20, 90), rng.randint(20, 90)
    r1, r2 = rng.randint(5, n1 - 3), rng.randint(5, n2 - 3)
    hr = rng.randint(45, 95) / 100
    facts = {
        "a": a, "b": b, "disease": rng.choice(_DISEASES), "n": n1 + n2, "n1": n1, "n2": n2, "r1": r1, "r2": r2,
        "p1": f"{100 * r1 / n1:.1f}", "p2": f"{100 * r2 / n2:.1f}", "age": rng.randint(18, 60), "crcl": rng.choice([45, 60]),
        "d1": f"{rng.randint(1, 9)}.{rng.randint(1, 9)}", "d2": rng.choice([60, 75, 100, 175]), "d3": rng.choice([20, 40, 150, 400]),
        "w": rng.choice([6, 8, 12, 24]), "sd": f"{rng.randint(1, 9)}.{rng.randint(1, 9)}", "pv": f"0.0{rng.randint(11, 49)}",
        "m1": f"{rng.randint(6, 19)}.{rng.randint(1, 9)}", "m2": f"{rng.randint(3, 9)}.{rng.randint(1, 9)}", "hr": f"{hr:.2f}",
        "lo": f"{hr - 0.21:.2f}", "hi": f"{hr + 0.27:.2f}", "md": f"{rng.randint(1, 5)}.{rng.randint(1, 9)}",
        "h1": f"14.{rng.randint(1, 9)}", "h2": f"12.{rng.randint(1, 9)}",
    }  # fmt: skip
    parts = [
        rng.choice(_OPENINGS),
        rng.choice(_METHODS),
        rng.choice(_METHODS),
        rng.choice(_RESULTS),
        rng.choice(_CLOSINGS),
    ]
    parts[2] = parts[2].removeprefix("Methods: ")
    return "\n".join(parts).format(**facts)
