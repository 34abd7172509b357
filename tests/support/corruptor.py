"""Makes noisy copies of clean texts with known damage, from a seed: one corruption for each class of damage.

A corruption finds places in a clean text and says what stands there afterwards. What was done is kept as edits that
turn the noisy copy back, so that a repair can be checked character by character. The synonyms, adverts and page lines
are lists of this module's own, written without a look at those that cleaning uses.
"""

# ruff: noqa: E501 (the table reads better in one line)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from trialmine.records.document import CleanText, Edit

# repair: one reading, or a cue in the text settles it. say: the fact is gone or open, and only a warning is right
Verdict = Literal["repair", "say"]
Damage = Callable[[re.Match[str], Random], str]


@dataclass(frozen=True, slots=True)
class Corruption:
    """One way to damage a text.

    Args:
        name: the class of damage.
        family: the source that makes it (spun, ocr, medline, encoding, page, tokens, tex …); a source's damage comes together.
        places: what it befalls.
        damage: what stands there afterwards; the same text leaves the place alone.
        verdict: what cleaning should do.
        share: of the places, how many are damaged.
    """

    name: str
    family: str
    places: re.Pattern[str]
    damage: Damage
    verdict: Verdict = "repair"
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Noisy:
    """A damaged text; `truth` leads from it to what cleaning should read, `kinds` names each edit's corruption.

    Damage that is only to be said stays as it is in the truth.
    """

    text: str
    truth: CleanText
    kinds: tuple[Corruption, ...]


def corrupt(text: str, corruptions: Iterable[Corruption], seed: int) -> Noisy:
    """A noisy copy of `text`; damaged places do not overlap."""
    rng = Random(seed)
    taken: list[tuple[int, int, str, Corruption]] = []
    for corruption in corruptions:
        for m in corruption.places.finditer(text):
            after = corruption.damage(m, rng)
            free = all(m.end() < s or m.start() > e for s, e, _, _ in taken)
            if free and m.end() > m.start() and after != m[0] and rng.random() < corruption.share:
                taken.append((m.start(), m.end(), after, corruption))
    taken.sort(key=lambda t: t[:2])
    parts, edits, at, length = [], [], 0, 0
    for start, end, after, corruption in taken:
        kept = text[at:start]
        length += len(kept)
        parts += [kept, after]
        wanted = text[start:end] if corruption.verdict == "repair" else after
        edits.append(Edit(length, length + len(after), after, wanted, corruption.name, 1.0, "known"))
        length += len(after)
        at = end
    noisy = "".join([*parts, text[at:]])
    return Noisy(noisy, CleanText.from_edits(noisy, edits), tuple(c for *_, c in taken))


def swap(pairs: dict[str, Sequence[str]]) -> Damage:
    """Puts one of the given words in place of a match, with its capital."""

    def damage(m: re.Match[str], rng: Random) -> str:
        after = rng.choice(pairs[m[0].lower()])
        return after[0].upper() + after[1:] if m[0][0].isupper() else after

    return damage


def _whole(pairs: dict[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, pairs), key=len, reverse=True)) + r")\b", re.IGNORECASE)


_PHRASES: dict[str, Sequence[str]] = {
    "maximum tolerated dose": ("utmost tolerated dose", "maximum accepted dose"),
    "progression-free survival": ("advancement-free survival", "progression-no cost survival"),
    "overall survival": ("all round survival", "in general survival"),
    "stable disease": ("steady ailment", "secure illness"),
    "adverse events": ("unfavorable events", "adverse occasions"),
    "performance status": ("efficiency standing", "overall performance standing"),
    "response rate": ("response price", "reaction rate"),
    "hazard ratio": ("danger ratio", "risk proportion"),
    "odds ratio": ("probabilities ratio", "chances ratio"),
    "confidence interval": ("self confidence interval", "confidence period"),
    "placebo-controlled": ("placebo-managed",),
}  # fmt: skip
_WORDS: dict[str, Sequence[str]] = {"patients": ("sufferers",), "study": ("examine",), "safety": ("basic safety",)}
_ADVERTS = (
    "selleck compound ",
    "GSK1120212 clinical trial ",
    "reversible inhibitor buy ",
    "Inhibitors,research,lifescience,medical ",
)
_SPELLED = {
    "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "10": "ten", "12": "twelve", "20": "twenty", "24": "twenty four", "40": "forty", "60": "sixty",
}  # fmt: skip
_TOP = (
    "Skip to main content\nAn official website of the United States government\nLog in\n",
    "This site uses cookies to improve your experience.\nAccept all cookies\nSkip to main content\nSearch\n",
)
_TAIL = (
    "\nSimilar articles\nCited by\n",
    "\nConflict of interest statement\nSimilar articles\nSee all similar articles\nReferences\n",
)
_LIGATURE = re.compile(r"\b[a-z]+(?:ffi|ffl|ff|fi|fl)[a-z]+\b")
_LONG = re.compile(r"\b[a-z]{9,}\b")
_FONT = {"<": "Ͻ", ">": "Ͼ", "≥": "Ն", "±": "Ϯ", "=": "ϭ", "-": "Ϫ"}


def _spelled(m: re.Match[str], _: Random) -> str:
    return _SPELLED.get(m[0], m[0])


def _cut(m: re.Match[str], rng: Random) -> str:
    at = rng.randint(3, len(m[0]) - 3)
    return f"{m[0][:at]} {m[0][at:]}"


def _wrapped(m: re.Match[str], rng: Random) -> str:
    at = rng.randint(3, len(m[0]) - 4)
    return f"{m[0][:at]}-\n{m[0][at:]}"


def _as_latin(m: re.Match[str], _: Random) -> str:
    return m[0].encode("utf-8").decode("cp1252", "ignore")


def _token(m: re.Match[str], _: Random) -> str:
    if m[0] == "(":
        return "( "
    inside = m[0] in "./-" and m.string[m.end() : m.end() + 1].isalnum()
    return f" {m[0]} " if inside else f" {m[0]}"


def _each(after: str) -> Damage:
    return lambda m, _: m.expand(after)


def _one(options: Sequence[str]) -> Damage:
    return lambda m, rng: rng.choice(options) + m[0]


_TEX = {"±": r"$\pm$", "≥": r"$\geq$", "≤": r"$\leq$", "μ": r"$\mu$", "×": r"$\times$"}
C = re.compile
CORRUPTIONS: tuple[Corruption, ...] = (
    Corruption("SYN phrases", "spun", _whole(_PHRASES), swap(_PHRASES)),
    Corruption("SYN words", "spun", _whole(_WORDS), swap(_WORDS)),
    Corruption("AD", "spun", C(r"(?<=[a-z] )(?:patients|treatment|survival|dose)\b"), _one(_ADVERTS), share=0.2),
    Corruption("NUMWORD", "spun", C(r"(?<![\d.,/-])\d{1,2}(?= (?:mg|weeks|months|days)\b)|(?<=rade )\d\b(?! or)"), _spelled),
    Corruption("NUMWORD mixed", "spun", C(r"(?<=\d\.)\d(?= (?:months|mg)\b)"), _spelled),
    Corruption("SLASH unit", "spun", C(r"(?<=\d )(mg|μg)/(kg|m2)\b"), _each(r"\1 \2")),
    Corruption("SLASH phase", "spun", C(r"(?<=phase )1/2\b"), _each("one 2")),
    Corruption("PLUS escalation", "spun", C(r"\b3\+3(?= dose)"), _each("3 three")),
    Corruption("RANGE days", "spun", C(r"(?<=days )(\d+)-(\d+)"), _each(r"\1 \2")),
    Corruption("PM lost", "spun", C(r"(?<=\b14) ±(?= 4 days)"), _each(""), verdict="say"),
    Corruption("DECSPLIT", "spun", C(r"(?<=[(= <]0)\.(?=\d)"), _each(". ")),
    Corruption("DECLOST in P", "spun", C(r"(?<=[Pp] [<=] 0)\.(?=\d\d)"), _each(" ")),
    Corruption("PCTLOST", "spun", C(r"(?<=\d\.\d)%(?= \(\d+/\d+\))"), _each("")),
    Corruption("CMPLOST", "spun", C(r"(?<=clearance )≥ "), _each(""), verdict="say"),
    Corruption("SPLITWORD", "ocr", _LONG, _cut, share=0.15),
    Corruption("LIG", "ocr", _LIGATURE, lambda m, _: re.sub("ffi|ffl|ff|fi|fl", "", m[0], count=1)),
    Corruption("OCRDIGIT", "ocr", C(r"(?<=\d )mg(?= twice daily)"), _each("me"), verdict="say"),
    Corruption("DECSENT", "ocr", C(r"(?<=[ (]0)\.(?=\d+ mg)"), _each(".\\n\\n")),
    Corruption("HYPHWRAP", "wrap", _LONG, _wrapped, share=0.15),
    Corruption("HYPHDROP", "wrap", C(r"\bdouble-blind\b"), _each("doubleblind")),
    Corruption("MEDOPS", "medline", C(r"≥(?= \d)"), _each("> or =")),
    Corruption("MEDOPS ±", "medline", C(r"±(?= \d)"), _each("+/-")),
    Corruption("MICRO", "medline", C(r"(?<=\d )μg(?=/| per)"), _each("mug")),
    Corruption("NEGEXP", "medline", C(r"(?<=mg)/kg\b"), _each(" kg-1")),
    Corruption("MEDSUP", "medline", C(r"(?<=mg/m)2\b"), _each("(2)")),
    Corruption("MEDSUP power", "medline", C(r"(?<=\b10)\^(\d+)(?=/L)"), _each(r"(\1)")),
    Corruption("SUP", "medline", C(r"(?<=\b10)\^(\d+)(?= CFU)"), _each(r"\1")),
    Corruption("UNIVAR", "encoding", C(r"(?<=\d)\.(?=\d)"), _each("·"), share=0.3),
    Corruption("UNIVAR space", "encoding", C(r"(?<=\d) (?=m[gl])"), _each("\u2009")),
    Corruption("MOJI", "encoding", C(r"[≥±μ]"), _as_latin),
    Corruption("ENTITY", "encoding", C(r"[<>](?= \d)"), lambda m, _: {"<": "&lt;", ">": "&gt;"}[m[0]]),
    Corruption("CTRL", "encoding", C(r"(?<=\(n )=(?= \d)"), _each("\x01")),
    Corruption("QMARK", "encoding", C(r"(?<= )-(?=\d\.\d)"), _each("?"), verdict="say"),
    Corruption("CMPSWAP", "font", C(r"(?<= )[<>≥±=](?= \d)"), lambda m, _: _FONT[m[0]], share=0.8),
    Corruption("CMPSWAP n", "font", C(r"(?<=\(n )=(?= \d)"), _each("5")),
    Corruption("GLUE heading", "page", C(r"(?<=[a-z]\.)\n(Methods|Results|Conclusions): (?=[A-Z])"), _each(r"\1")),
    Corruption("BOIL top", "page", C(r"\A\w+"), _one(_TOP), share=1.0),
    Corruption("BOIL tail", "page", C(r"\.\Z"), lambda m, rng: m[0] + rng.choice(_TAIL), share=1.0),
    Corruption("TRUNC", "medline", C(r"\.\Z"), _each(". (ABSTRACT TRUNCATED AT 250 WORDS)"), share=0.3),
    Corruption("tokens", "tokens", C(r"[(),%]|(?<=\d)[./-](?=\d)|(?<=[a-z])[/-](?=[a-z])|\.(?=\s|\Z)"), _token, share=1.0),
    Corruption("TEX signs", "tex", C(r"[±≥≤μ×]"), lambda m, _: _TEX[m[0]], share=0.9),
    Corruption("TEX percent", "tex", C(r"(?<=\d)%"), _each(r"\\%"), share=1.0),
    Corruption("TEX formula", "tex", C(r"\b[Pp] ?[<=>] ?0\.\d+"), lambda m, _: f"${m[0]}$"),
    Corruption("ESCAPE lines", "escapes", C(r"\n"), _each(r"\\n"), share=1.0),
    Corruption("ESCAPE signs", "escapes", C(r"[±≥≤μ×]"), lambda m, _: f"\\u{ord(m[0]):04x}", share=1.0),
    Corruption("BLANKS", "tight", C(r"(?<=[a-z]{2}[,;]) (?=[a-z]{2})"), _each(""), share=1.0),
    Corruption("COMMA", "commas", C(r"(?<=\d)\.(?=\d)"), _each(","), share=1.0),
)  # fmt: skip
FAMILIES = tuple(dict.fromkeys(c.family for c in CORRUPTIONS))


def of_family(name: str) -> tuple[Corruption, ...]:
    """The corruptions that one source makes, in their order."""
    return tuple(c for c in CORRUPTIONS if c.family == name)
