"""Text that a tokenizer took apart: "( n = 20 )", "6 . 7 mmol / l", "follow - up"."""

from __future__ import annotations

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

_REASON = "the text was cut into tokens"


def _repair(name: str, rule: str, after: str, hits: tuple[str, ...], misses: tuple[str, ...]) -> Repair:
    return Repair(Pattern(f"tokenized.{name}", rule, hits, misses), to(after), _REASON, 0.95)


SPACED_DIGITS = Repair(
    Pattern("tokenized.digits", r"\b0\s\.(?:\s\d)+(?![\d.])(?!\s[\d.])", ("P = 0 . 0 4 )",), ("10 . 4", "0 . 04")),
    lambda m: m[0].replace(" ", ""),
    _REASON,
    0.9,
)
DECIMAL = _repair(
    "decimal",
    r"(?<![\d.]\s?\.\s?)(?<=\d)\s\.\s(?=\d)(?!\d+\s(?:patients|subjects|women|men|participants|children|adults)\b)",
    ".", ("6 . 7 mmol",), ("week 4 . 12 patients left", "6.7"),
)  # fmt: skip
OPERATOR = _repair("at_most", r"<\s=", "≤", ("age < = 65",), ("<=",))
OPERATOR_UP = _repair("at_least", r">\s=", "≥", ("age > = 65",), (">=",))
PLUS_MINUS = _repair("plus_minus", r"\+\s/\s-", "±", ("5 + / - 2",), ("+/-",))
MINUS = _repair(
    "minus",
    r"(?<=(?:[=<>≤≥(\[,;:.±]|\b(?:to|of|from|and|by|was|were|vs|versus|than|is|or))\s)-\s(?=\d)|(?<=[a-z]\s)-\s(?=\d+\s?\.)",
    "-", ("r = - 0.1", "by - 3", "change - 3 . 7"), ("1 - 2",),
)  # fmt: skip
SUSPENDED = _repair("suspended", r"(?<=\w)\s-\s(?=(?:and|or|to)\s\S)", "- ", ("1 - and 2 - week",), ("1-and",))
RATIO = _repair("ratio", r"(?<=\d)\s:\s(?=\d)", ":", ("1 : 1",), ("1:1", "score : 5"))
DOMAIN = _repair("domain", r"(?<=[a-z])\s?\.\s(?=(?:gov|com|org)\b)", ".", ("ClinicalTrials . gov",), ("trials.gov",))
EN_DASH = _repair("dash", r"(?<=[\d%])\s[–‒]\s(?=\d)", "-", ("40 – 80",), ("so – he",))
EN_MINUS = _repair("en_minus", r"(?<=[=<>≤≥(\[,;:]\s?)[–‒]\s(?=\d)", "-", ("= – 9", "[– 17"), ("4 – 9",))
VITAMIN = _repair("vitamin", r"25\s?\(\s?OH\s?\)\s?D", "25(OH)D", ("25 ( OH ) D",), ("OH D",))
HYPHEN = _repair("hyphen", r"(?<=[\w%)\]])\s-\s(?=[\w(])", "-", ("follow - up", "21 - 70"), ("a -b",))
SLASH = _repair("slash", r"(?<=[\w%)\]])\s/\s(?=[\w(])", "/", ("mmol / l",), ("mmol/l",))
PER_CENT = _repair("per_cent", r"(?<=\d)\s%", "%", ("7 % of",), ("7%",))
CLOSING = _repair("closing", r"(?<=\S)\s(?=[.,;:?!)\]®™](?:\s|$|[).,;:\]]))", "", ("n = 20 )", "end ."), ("a .5",))
OPENING = _repair("opening", r"(?<=[(\[])\s(?=\S)", "", ("( n",), ("(n",))
DOTTED = _repair("dotted", r"(?<=\b[a-z]\.)\s(?=[a-z]\.)", "", ("q. i. d.", "i. v."), ("A grade. b", "ab. c."))
POWER = _repair("power", r"(?<=10)\s\^\s(?=\d)", "^", ("10 ^ 6",), ("10^6",))
POSSESSIVE = _repair("possessive", r"(?<=\w)\s?(?P<q>['’])\ss\b", r"\g<q>s", ("patient ' s",), ("'s",))

# dose times in dots, for texts with split words
DOSE_TIME = Repair(
    Pattern(
        "splitword.dotted",
        r"\b[qbt]\.\s(?:[ih]\.\s?)?[dsh]\.|\b[ip]\.\s[vmo]\.|\bs\.\sc\.",
        ("750 mg q. i. d.",),
        ("q.i.d.", "group B. d"),
    ),
    lambda m: m[0].replace(" ", ""),
    "blanks inside an abbreviation",
    0.9,
    hints=Hints(words="q b t i p s", characters="."),
)

REPAIRS = (
    SPACED_DIGITS, DECIMAL, OPERATOR, OPERATOR_UP, PLUS_MINUS, MINUS, EN_MINUS, EN_DASH, SUSPENDED, RATIO, DOMAIN,
    VITAMIN, HYPHEN, SLASH, POSSESSIVE, PER_CENT, CLOSING, OPENING, DOTTED, POWER,
)  # fmt: skip
PATTERNS = tuple(r.pattern for r in (*REPAIRS, DOSE_TIME))
