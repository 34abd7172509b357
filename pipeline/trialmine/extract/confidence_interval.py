"""Confidence intervals: "95% CI 0.45-0.89", "(95 % confidence interval [CI], 0.45 to 0.89)", "CI95: 1.2; 3"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.signed_number import DASH, DECIMAL, SIGNED, signed_number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import ConfidenceInterval

# what may stand behind a limit before the separator: a percent sign or a short unit
_UNIT = r"(?:\s?%|\s(?:mm\s?Hg|[a-zµμ]{1,6}(?:/[a-z0-9]{1,6}){0,2})(?![\w-])(?<!\sto|\sand|\sat|\svs))?"
_NAME = (
    r"(?:(?:posterior|bayesian|bootstrap(?:ped)?|simultaneous|exact|(?:one|two)-sided)\s+)?"
    r"(?:confiden(?:ce|tial)\s+(?:intervals?|limits?|bounds?)|conf\.\s?int(?:erval)?\.?|(?:credib(?:le|ility)|uncertainty|compatibility)\s+intervals?|"
    r"(?-i:[Cc]rI|C\.\s?I\.?|(?<=%\s?)C\sI|(?<=%\s?)I\.?C\.?|CIs?|Cl|CLs?|BCI|HDI)(?:\sintervals?)?(?![A-Za-z]))"
)
# the name of the estimate, said again
_SAID_AGAIN = r"(?-i:a?HR|a?OR|a?RR|IRR|MD|SMD)"
# limits with a blank alone between them have the same form
_BLANK = r"(?:(?<=\d[.·]\d{1,4})\s(?=\d*[.·]\d)|(?<=(?<![\d.·,]\s?)\d{2,3})\s(?=\d{2,3}(?!\s?[\d.·,%-])))"
_MONEY = rf"(?:{DASH}\s?)?(?:US\s?)?[£€$]\s?{DECIMAL}"
_CURRENCY = regex.compile(r"(?:US\s?)?[£€$]\s?")
# a limit that follow-up was too short for
_UNKNOWN = (
    r"(?:not\s(?:yet\s)?(?:reached|estimable|estimated|available|evaluable|calculable|determined|defined)"
    r"|(?-i:NR|NE|NA|NC|ND)\b|(?:[-−–+]\s?|minus\s|plus\s)?(?:infinity|∞|inf\b)|unbounded|undefined)"
)
CONFIDENCE_INTERVAL = Pattern(
    "ci.stated",
    rf"""
    (?: (?<![\d.·]) (?P<level>\d{{2}}(?:[.·]\d{{1,2}})?) \s*(?:%|per\s?cent)?\s*-?\s* )? (?<![\w]) {_NAME}
    (?:\s*(?P<level_behind>9[059](?:[.·]\d{{1,2}})?)\s?%? | \s?:\s?(?P<level_behind>9[059])\s?%\s(?=[-−–]?\d)
        | \s?[(\[]\s?(?P<level_behind>9[059])\s?%?\s?[)\]])?
    (?: \s*[(\[,]?\s*(?:\d{{2}}\s*%\s*)?(?-i:CrI|CI|CL|C\.\s?I\.?)s?\s*[)\]]? )?  # the abbreviation, explained
    (?: \s+(?:for|of|around|in|on)\s+[^\d().;]{{3,50}}?                    # "for the difference"
        | \s+(?:is|was|were|being|of|from|ranging|ranges|between|as|{_SAID_AGAIN})\b )?
    (?: \s+from )? [\s,:;=({{\[]* (?:(?:LL|lower(?:\s(?:limit|bound))?)[\s:=]+)?
    (?P<low>{_MONEY}|(?<=CI){DASH}{DECIMAL}(?=\s?%?\s?(?:to|,)\s)|{SIGNED}) {_UNIT}     # "CI-0.9 to 4": no blank
    (?: \s* (?: {DASH}{{1,2}} | to\s=? |to|through| , | ; | : | ~ | ∼ | and | at | / | \.\.\.? | … ) \s* | {_BLANK} )
    (?:(?:UL|upper(?:\s(?:limit|bound))?)[\s:=]+)?
    (?P<high>{_MONEY}|(?:{DASH}\s?|\+\s?)?{SIGNED}) (?!\d*\s*%\s*(?:CI|confid))      # "-0.8--0.2"; not "0.96; 90 % CI"
    (?!\d*\s\d{{2,3}}[)\];,])                                                           # "0.22 to 8 79"
    (?<!;\s?{DECIMAL}(?=[\d.·]*\s?(?:to\b|{DASH})\s?\d))                                    # "HR; 95% CI: 0.9; 0.7-1.2"
    """,
    hits=("HR 0.6 (95% CI 0.45-0.89)", "95 % confidence interval [CI], 0.45 to 0.89", "CI95% -1.2; 3",
          "95% CI: −15 mm - +5 mm", "95% confidence interval CI 4.6-4.7", "CI 95 %: −11.2 at −27",
          "the 90 % confidence interval (CI) for the difference (0.05, 0.17)", "[95% CI = -0.8, -0.2]",
          "41.2 (95% C.I 65.9, 96.7)", "0.47 CI 95%: 0.3 to 0.9", "95.03% CI 0.3-0.9",
          "[95% CI = −£97, £149]", "95% posterior credible interval 41.4-70.0%", "95% CI 0.50 0.84", "CI 21 46",
          "95% CI being 0.5 to 0.8", "95% CI: LL = 0.5, UL = 0.8", "95% CI 0.5∼0.8", "95% CI HR 0.5 to 0.8",
          "1.1 [95% IC: 0.76–1.46]",
          "95% CI-0.9 to 15.9", "CI: 95% 0.3-0.9", "CI(95) = 0.3, 0.9", "95% uncertainty interval 0.3 through 0.9"),
    misses=("wide confidence intervals were seen", "the CI group of 12 men", "a 95% increase", "CI 0 50-0 84",
            "CI 21 patients", "95% CI 0.22 to 8 79;"),
)  # fmt: skip
BARE_INTERVAL = Pattern(
    "ci.bare",
    rf"""
    (?<=[\d%a-z²³]\s?) (?P<open>[(\[]) \s*
    (?P<low>{SIGNED}) {_UNIT} \s*(?:{DASH}|to|,|;)\s* (?P<high>(?:{DASH}\s?|\+\s?)?{SIGNED}) {_UNIT} \s*[)\];,]
    """,
    hits=("HR 0.15 (0.04-0.61), smaller", "9.6 g/dL [9.4–9.8]"),
    misses=("in 4 of 5 (80%)", "(n = 12)", "5 (SD 3-5)"),
)
# limits behind a comma alone are those of an estimate that compares
LOOSE = Pattern(
    "ci.loose",
    rf"""
    (?<=\d(?:\s?%|\s?(?:mm\s?Hg|[a-zµμ]{{1,5}}(?:/[a-zA-Z]{{1,4}})?))?)(?:,\s|;\s)
    (?P<low>{SIGNED}) {_UNIT} \s*(?:to|(?<=;\s[\d.·]{{1,6}}\s?%?|\d[.·]\d{{1,4}}\s?){DASH})\s*
    (?P<high>(?:{DASH}\s?|\+\s?)?{SIGNED}) {_UNIT} (?=\s*(?:[)\];]|,\s?P\b))
    """,
    hits=(
        "(RR 0.91, 0.69 to 1.20)",
        "(HR; 95% CI tea: 0.91; 0.69-1.20)",
        "(difference 0.9%, -2.6 to 4.3)",
        "(31/40; 62.0%–88.1%)",
        "HR 0.65, 0.50–0.84; P = .001",
        "HR 0.65, 0.50-0.84, P = .001",
        "(mean difference -2.9 cm, -4.0 to -1.8)",
    ),
    misses=("6, 5 to 7 days later", "(RR 0.91 to 1.20)", "(12, 5-7)"),
)
SECOND = Pattern(
    "ci.second",
    rf"""
    (?<=\d|\d\s?%) (?:\s?/\s?|\s?%?,?\s(?:and|vs\.?|versus)\s(?=\S+\s?%?\s?(?:{DASH}|to\s)))
    (?P<low>{SIGNED}) \s?%?\s*(?:{DASH}|to|,)\s* (?P<high>(?:{DASH}\s?|\+\s?)?{SIGNED}) (?![\d.,]*\d)
    """,
    hits=("(CI 3.6-11.8/0.0-4.9)", "(CI 4 to 12 / 1 to 5)", "(95% CI 5.8 to 8.0 and 5.0 to 8.2, respectively)"),
    misses=("3.6/4 patients", "on 3/4", "(CI 3.6 to 4.1) and 5 patients"),
)
OPEN = Pattern(
    "ci.open",
    rf"""
    (?<!\w) {_NAME} (?:\s*[(\[]\s*(?-i:CrI|CI|CL)s?\s*[)\]])? [\s,:;=(\[]{{0,4}} (?:was\s|from\s)?
    (?: {SIGNED} {_UNIT} \s?(?:{DASH}|to|,|;|and)\s? {_UNKNOWN}
        | {_UNKNOWN} \s?(?:{DASH}|to|,|;|and)\s? {SIGNED} ) {_UNIT}
    """,
    hits=(
        "(95% CI 17.0 to not reached)",
        "95% CI, 9.1-NE",
        "CI: not estimable to 12.4 months",
        "95% CI -∞ to 4.0%",
        "CI, −infinity, 3.9",
        "CI −2.2% to +∞",
    ),
    misses=("CI 17 to 19", "the CI was not reached"),
)
PATTERNS = (CONFIDENCE_INTERVAL, BARE_INTERVAL, LOOSE, SECOND, OPEN)


def extract_confidence_intervals(article: Article) -> Iterator[Mention]:
    """Named intervals as kind "ci", and unnamed bracketed ones behind a number as kind "interval"."""
    taken: list[tuple[int, int]] = []
    for match in CONFIDENCE_INTERVAL.find(article.text):
        level = signed_number(match["level"] or match["level_behind"] or "")
        limits = _limits(match)
        if limits is not None:
            taken.append(match.span())
            value = ConfidenceInterval(level=round(level / 100, 4) if level else None, low=limits[0], high=limits[1])
            yield Mention("ci", match.start(), match.end(), CONFIDENCE_INTERVAL.name, value)
            yield from _second(article, match.end(), value.level)
    for match in OPEN.find(article.text):
        yield Mention("ci_open", match.start(), match.end(), OPEN.name)
    for pattern in (BARE_INTERVAL, LOOSE):
        for match in pattern.find(article.text):
            limits = _limits(match)
            if limits is not None and not any(s < match.end() and match.start() < e for s, e in taken):
                value = ConfidenceInterval(low=limits[0], high=limits[1])
                yield Mention("interval", match.start(), match.end(), pattern.name, value)


def _second(article: Article, at: int, level: float | None) -> Iterator[Mention]:
    """The interval of the second value of a pair, as of systolic and diastolic pressure."""
    match = SECOND.compiled.match(article.text, at)
    limits = _limits(match) if match else None
    if match and limits:
        value = ConfidenceInterval(level=level, low=limits[0], high=limits[1])
        yield Mention("ci_second", match.start(), match.end(), SECOND.name, value)


def _limits(match: regex.Match[str]) -> tuple[float, float] | None:
    # "-0.8--0.2": the second dash of a pair is the sign
    a, b = (signed_number(_CURRENCY.sub("", match[limit])) for limit in ("low", "high"))
    if a is None or b is None:
        return None
    if a <= b:
        return a, b
    # "29,1": falling limits with nothing but a comma between them are one number with its decimals
    between = match.string[match.end("low") : match.start("high")]
    return None if between == "," else (b, a)
