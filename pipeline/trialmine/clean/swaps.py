"""Signs that were swapped for letters or digits, exponents that were flattened, and words and numbers run together."""

from __future__ import annotations

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

N_EQUALS = Repair(
    Pattern(
        "swap.equals",
        r"(?<=\b(?-i:[nN])\s)5(?=\s\d{2,5}\b)|(?<=\(n\s)5(?=\s\d\))|(?<=\b(?-i:P)\s)5(?=\s\.\d)",
        hits=("n 5 82", "(n 5 8)", "P 5 .03"),
        misses=("n = 5 82", "in 5 82"),
    ),
    to("="),
    "equals sign printed as 5",
    0.85,
    hints=Hints(words="n p", marks=r"5(?<=\s5)\s[\d.]"),
)
LESS_O = Repair(
    Pattern(
        "swap.less",
        r"(?<=\s)o(?=\d{2,3}(?:/\d{2,3})?\s?(?:mm|mg|%|years))|(?<=\bP\s)o(?=\s?0?\.\d)",
        hits=("BP o130/85 mm Hg", "P o 0.05"),
        misses=("o13 protein", "no 130 mm"),
    ),
    to("<"),
    "less-than sign printed as o",
    0.85,
    hints=Hints(words="o"),
)
AT_MOST_V = Repair(
    Pattern(
        "swap.at_most",
        r"(?<=\s)(?-i:V)(?=\d{1,2}\s(?:years|yrs|months|days)\b)",
        ("who were V18 years",),
        ("V18 rode",),
    ),
    to("≤"),
    "at-most sign printed as V",
    0.8,
    hints=Hints(words="v"),
)
MICRO_A = Repair(
    Pattern("swap.micro", r"(?<=\d\s?)(?-i:A)(?=mol/)", ("<3 Amol/L",), ("Amol/L", "3 mmol/L")),
    to("μ"),
    "micro sign printed as A",
    0.85,
    hints=Hints(words="amol"),
)
MICRO_HALF = Repair(
    Pattern(
        "swap.micro_half",
        r"(?<=(?<![\d.,])\d{1,4})1/2g(?=/|\b)",
        hits=("with 11/2g/kg/week", "2001/2g/kg oral"),
        misses=("2 1/2g/kg", "i.v. 1/2 to 1 h"),
    ),
    to(" μg"),
    "micro sign folded to 1/2 in an ASCII record",
    0.8,
    hints=Hints(marks="1/2"),
    # a text with other signs was not folded; another half may be a half
    veto=lambda text, _: not text.isascii() or any(h in text.replace("1/2g", "") for h in ("1/2", "½")),
)
MILLI_Q = Repair(
    Pattern("ocr.milligram", r"(?<=\d\s?)mq\b", ("750 mq q. i. d.",), ("mq learning",)),
    to("mg"),
    "g read as q",
    0.9,
    hints=Hints(words="mq"),
)
FRENCH_DAY = Repair(
    Pattern(
        "sup.square_metre",
        r"(?<=\d\s?mg\s?/\s?)m(?:\s?/\s?J\b|(?-i:J)(?P<a>\d{1,2})\sto\sJ(?P<b>\d{1,2})\b)",
        hits=("100 mg / m / J", "3 mg / mJ1 to J5"),
        misses=("100 mg/ml", "100 mg/m2/J"),
    ),
    lambda m: f"m2, day {m['a']} to day {m['b']}" if m["a"] else "m2/day",
    "French record: J is jour, day",
    0.8,
    hints=Hints(words="j mj"),
)
_COUNT = (
    r"(?:/\s?[lL]\b|/\s?m[lL]\b|/\s?kg\b|CFU|cfu|colony|cells?\b|viable|viral|virus|VP\b|vp\b|PFU|pfu|copies|IU\b|U\b(?!/[lLm]\b)|organisms|"
    r"bacteria|platelets|CD34|TCID|vector|leu[ck]ocytes|T\scells|parasites)"
)
POWER = Repair(
    Pattern(
        "sup.power",
        rf"(?<=\d\s?[x×*]\s?10)(?P<n>\d{{1,2}})(?=\s?{_COUNT})",
        hits=("450 × 109 CFU", "2 x 106 cells", "10 x 106 IU"),
        misses=("1 x 105 mg tablet", "5 x 10 cells"),
    ),
    to(r"^\g<n>"),
    "flattened exponent before a unit of counts",
    0.9,
    hints=Hints(marks=r"10\d(?:(?<=[\d×*]10.)|(?<=[\d×*]\s10.)|(?<=\d\s{2}10.)|(?<=\d\s{3}10.)|(?<=\d\s{4}10.))"),
)
POWER_BARE = Repair(
    Pattern(
        "sup.bare_power",
        r"(?<=(?<![\d.,/-])10)(?P<n>[4-9]|1[0-4])(?=\s(?:viral\sparticles|vector\sgenomes|colony[-\s]forming|plaque[-\s]forming|CFU|PFU|TCID50|EID50|(?-i:VP|vp|VG|vg))\b)",
        hits=("107 viral particles", "1010 vp"),
        misses=("107 patients", "10 CFU"),
    ),
    to(r"^\g<n>"),
    "flattened exponent before a unit of counts",
    0.85,
    hints=Hints(marks=r"10(?:[4-9]|1[0-4])", words="viral genomes forming cfu pfu tcid eid vp vg"),
)
TILDE_DAYS = Repair(
    Pattern("range.tilde", r"\bd(?P<a>\d{1,2})~d?(?P<b>\d{1,2})\b", ("d1~28",), ("1~28",)),
    to(r"days \g<a>-\g<b>"),
    "tilde between days",
    hints=Hints(characters="~"),
)
HYPHEN_STATUS = Repair(
    Pattern(
        "hyphen.status", r"(?<=[A-Z]\d)(?P<w>positive|negative)\b", ("HER2positive",), ("HER2-positive", "6positive")
    ),
    to(r"-\g<w>"),
    "hyphen lost",
    0.95,
    hints=Hints(words="positive negative", cue="status"),
)
N_BARE = Repair(
    Pattern("swap.count", r"(?<=[(\s]n)\s(?=\d{1,5}(?![\d.]))", ("group (n 38) and",), ("n = 38", "an 8")),
    to(" = "),
    "equals sign lost; n and a number have no other sign between them",
    0.85,
    hints=Hints(words="n"),
)
GLUED_UNIT = Repair(
    Pattern("glue.unit", r"(?<=\d)\s?(?-i:u)/(?P<per>m2|kg|day|d|ml|L)\b", ("6000u/m2",), ("6000 U/m2", "mu/m2")),
    to(r" U/\g<per>"),
    "units written small and run together",
    0.9,
    hints=Hints(words="u", characters="/"),
)


def _heading(m: Match) -> str:
    return f"\n{m['h']}: "


GLUED_HEADING = Repair(
    Pattern(
        "glue.heading",
        r"(?<=[a-z)\d]{2}[.!?])(?P<h>(?-i:Background|Objectives?|Purpose|Aims?|Introduction|Patients\sand\sMethods|Methods?|"
        r"Results?|Findings|Conclusions?|Interpretation|Discussion)):?(?=(?-i:[A-Z]|\d))",
        hits=("were assessed.ResultsEighteen patients",),
        misses=("assessed. Results: Eighteen", "Results of", "vs.Methodsx"),
    ),
    _heading,
    "heading run together with its text",
    0.95,
    hints=Hints(cue="point_capital"),
)

LETTERS = (LESS_O, AT_MOST_V, MICRO_A, MILLI_Q, FRENCH_DAY)
SIGNS = (N_EQUALS, MICRO_HALF, POWER, POWER_BARE)
GLUED = (TILDE_DAYS, HYPHEN_STATUS, GLUED_UNIT, GLUED_HEADING)
SPUN = (N_BARE,)
PATTERNS = tuple(r.pattern for r in (*LETTERS, *SIGNS, *GLUED, *SPUN))
