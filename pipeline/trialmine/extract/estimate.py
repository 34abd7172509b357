"""Names of estimates ("hazard ratio [HR]", "OR", "mean difference", "r") with the measure that each stands for."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Mention

_ABBREVIATED = r"(?:\s*[(\[]\s*(?-i:[a-z]?[A-Z]{1,4}s?|r)\s*[)\]])?"


def _label(name: str, words: str, hits: tuple[str, ...], misses: tuple[str, ...]) -> Pattern:
    return Pattern(f"estimate.{name}", rf"(?<![\w-])(?:{words}){_ABBREVIATED}(?![\w])", hits, misses)


# an abbreviation counts only where its number follows: "HR was 74" is a heart rate, "OR" a room
_VALUE = r"(?=[\s:=,;(\[]*(?:[<>=≥≤]?\s?[\d.]|(?:of|was|is|were|between|from|ranging\sfrom)\s\d{0,2}[.·]\d))"
_KINDS = r"mean|median|adjusted|estimated|between-?\s?group|treatment|group|net|standardi[sz]ed\s+mean|weighted\s+mean"
LABELS = (
    _label(
        "hazard_ratio", rf"(?:hazards?|hazard\s+rate)\s+ratios?|relative\s+hazards?|(?-i:a?s?HRs?){_VALUE}",
        ("a hazard ratio [HR] of 0.6", "aHR 0.78", "a relative hazard of 0.6"), ("HR was 74 beats", "hazards of work"),
    ),
    _label(
        "odds_ratio", rf"odds\s+ratios?|(?-i:a?ORs?){_VALUE}",
        ("odds ratio: 1.05", "aOR=2"), ("OR staff", "the odds"),
    ),
    _label(
        "risk_ratio",
        rf"(?:relative\s+(?:risks?|rates?)|risks?\s+ratios?|prevalence\s+ratios?)(?!\s+reduction)|(?-i:a?RRs?){_VALUE}",
        ("relative risk (RR) 0.8", "RR=1.2"), ("relative risk reduction", "the RR interval"),
    ),
    _label(
        "rate_ratio",
        rf"(?:incidence\s+|mortality\s+)?(?:density\s+)?rates?\s+ratios?|(?-i:a?IRRs?)|(?-i:a?MRRs?){_VALUE}",
        ("incidence rate ratio [IRR]", "IRR 0.6"), ("rates of five", "hazard"),
    ),
    _label(
        "risk_difference",
        r"percentage\s+(?:point\s+)?differences?|(?:absolute\s+)?risks?\s+(?:difference|reduction)s?"
        r"|difference\s+in\s+(?:proportions|rates|risk)|(?-i:ARR)",
        ("absolute risk reduction of 3%", "difference in rates 5%"), ("risk of harm", "differences were small"),
    ),
    _label(
        "mean_difference",
        rf"(?:(?:{_KINDS}|least[\s-]squares?\s+mean)\s+){{1,3}}difference|\bdifference(?=\s+(?:of|was|in\b)|[\s:=,]{{1,3}}[-−–+]?\d(?!\S*\s?%?\s(?:vs?\b|versus\b)))"
        r"|\bdifferences?\s+between\s+(?:the\s+)?(?:\w+\s+){0,2}(?:groups|arms|treatments)(?=\s+(?:of|was|were)\s|[\s:=,]{1,3}[-−–+]?\d)"
        r"|(?-i:S?MD|WMD|LSMD)",
        ("adjusted mean difference of 2", "a difference of 3 mm", "(difference, 3 mm)",
         "difference between groups = 3"),
        ("indifferent", "MDs wrote", "no difference: 33 versus 27%"),
    ),
    _label(
        "correlation",
        r"correlations?(?:\s+coefficients?)?|(?-i:r|R|rho|ρ|r\(s\)|rs|R2|R²|r2|r²|ICC)(?=\s*[=<>])",
        ("(r=0.5)", "a correlation of 0.4"), ("for 5", "r 12"),
    ),
    _label(
        "geometric_mean",
        r"geometric\s+means?(?:\s+(?:titers?|titres?|concentrations?))?(?!\s+ratio)|(?-i:GMTs?|GMCs?)",
        ("geometric mean titre 40", "GMT of 8"), ("a mean of 5", "GMO"),
    ),
    _label(
        "ratio", r"geometric\s+mean\s+ratios?|(?-i:GMRs?)|ratios?\s+(?:of|for)",
        ("geometric mean ratio 0.9", "ratio of means 1.1"), ("rations", "hazard"),
    ),
    _label("median", r"medians?", ("median survival",), ("mediant", "media")),
    _label("mean", r"means?|averages?|averaged|(?-i:LSMs?|LS)", ("mean pain",), ("meaning", "demeaned")),
)  # fmt: skip
PATTERNS = LABELS


def extract_estimate_names(article: Article) -> Iterator[Mention]:
    """Every name of an estimate; the value is the measure. A longer name hides the ones inside it."""
    found = [
        Mention("estimate", m.start(), m.end(), pattern.name, pattern.name.removeprefix("estimate."))
        for pattern in LABELS
        for m in pattern.find(article.text)
    ]
    end = -1
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            end = mention.end
            yield mention
