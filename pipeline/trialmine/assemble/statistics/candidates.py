"""Numbers of the text with what is printed at them: fraction, spread, interval, the list they stand in.

A candidate may become a row of the statistics block; whether it does is for the model to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from trialmine.assemble.statistics.amounts import drop_doses_of_groups, drop_strengths, drop_variations, give_spreads
from trialmine.assemble.statistics.counts import give_sizes, give_wholes
from trialmine.assemble.statistics.intervals import TIMES, attach_intervals, candidate_before, unit_behind
from trialmine.assemble.statistics.number_lists import UNITLESS, number_lists
from trialmine.records.article import Article, Mention, Mentions, Sentence
from trialmine.records.trial import ConfidenceInterval, Dispersion
from trialmine.records.vocabulary import Comparator


@dataclass(slots=True)
class Candidate:
    """A stated number; start:end spans it with its brackets, `at` is where the number itself begins."""

    start: int
    end: int
    at: int
    number_end: int
    sentence: Sentence
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator = "="
    unit: str | None = None
    hyphen: str = ""
    numerator: int | None = None
    denominator: int | None = None
    ci: ConfidenceInterval | None = None
    dispersion: Dispersion | None = None
    label: str | None = None
    group: int = -1
    rank: int = 0
    apart: tuple[tuple[int, int], ...] = ()  # where more of it stands
    repeated: bool = False  # an earlier sentence has the same value


# between a number and the bracket or sign that belongs to it: unit words, a name in brackets, "n ="
_CLOSE = regex.compile(
    r"[\s,;(\[]{0,4}(?:(?!and\b|vs\b|versus\b|to\b|with\b)[\w%/.²³µμ·^−-]{1,12}\s?){0,3}[\s,;:(\[]{0,3}(?:(?:mean|median|overall|total|adjusted)\s)?"
)
_AT = regex.compile(r"\s{0,2}(?:%|[A-Za-zµμ][\w/.²³µμ·^−-]{0,11}\s?){0,2}\s?[(\[]?")
_BRACKET_OPEN = regex.compile(r"\s?(?:%|[A-Za-z]{1,12}\s)?\s?[(\[]\s?(?:[nN]\s?=?\s?)?$")
# "in the two groups (41% and 32%)", "grade 3 and 4 mucositis (6%)": the number counts nobody
_GROUPS = regex.compile(
    r"\s(?:study\s|treatment\s)?(?:groups?|arms?|treatments?|studies|trials|doses|regimens|cohorts)\b", regex.IGNORECASE
)
_GRADE = regex.compile(r"\bgrades?\s(?:[1-5](?:\s?(?:and|or|to|/|,|-|–)\s?))?$", regex.IGNORECASE)


def build_candidates(article: Article, mentions: Mentions) -> list[Candidate]:
    """All candidates in text order, each with its attributes attached and its list numbered."""
    blocked = [m for kind in ("p_value", "ci", "ci_second", "ci_open", "dispersion") for m in mentions[kind]]
    atoms = _atoms(article, mentions, blocked)
    drop_variations(article.text, atoms)
    strengths = drop_strengths(article, atoms)
    _merge_fractions(article, atoms)
    give_sizes(article.text, atoms)
    give_wholes(article.text, atoms)
    _attach_spreads(article, atoms, mentions)
    give_spreads(article.text, atoms)
    attach_intervals(article, atoms, mentions, strengths)
    _add_bare_intervals(article, atoms, mentions["ci"])
    drop_doses_of_groups(article.text, atoms)
    _label(article.text, atoms, mentions["estimate"])
    number_lists(article, atoms)
    _mark_repeats(atoms)
    return atoms


def _mark_repeats(atoms: Sequence[Candidate]) -> None:
    first: dict[tuple[float, str | None], Sentence] = {}
    for a in atoms:
        if a.value is not None:
            a.repeated = first.setdefault((abs(a.value), a.unit), a.sentence) != a.sentence


def members_of(atoms: Sequence[Candidate], i: int) -> Sequence[Candidate]:
    """The list that candidate i stands in, which is a stretch of `atoms`."""
    first = behind = i
    while first and atoms[first - 1].group == atoms[i].group:
        first -= 1
    while behind < len(atoms) and atoms[behind].group == atoms[i].group:
        behind += 1
    return atoms[first:behind]


class _Taken:
    """Stretches of the text that are something else already."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        spans = sorted((m.start, m.end) for m in mentions)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def overlap(self, m: Mention) -> bool:
        """Whether any of them has a character of the mention."""
        before = bisect_left(self._starts, m.end)
        return before > 0 and self._ends[before - 1] > m.start


_RADIOACTIVITY = ("GBq", "MBq", "kBq", "mCi")  # given, not measured


def _atoms(article: Article, mentions: Mentions, blocked: list[Mention]) -> list[Candidate]:
    taken = _Taken(blocked)
    fractions = [m for m in mentions["fraction"] if not taken.overlap(m)]
    taken = _Taken([*blocked, *fractions])
    quantities = [m for m in mentions["quantity"] if not taken.overlap(m)]
    atoms = []
    for m in sorted([*fractions, *quantities], key=lambda m: m.start):
        sentence = article.sentence_at(m.start)
        if sentence is None or (m.kind == "quantity" and m.value.unit in _RADIOACTIVITY):
            continue
        atom = Candidate(m.start, m.end, m.start, m.end, sentence)
        if m.kind == "fraction":
            atom.numerator, atom.denominator = m.value.numerator, m.value.denominator
        else:
            q = m.value
            atom.value, atom.low, atom.high, atom.unit = q.value, q.low, q.high, q.unit
            atom.comparator, atom.hyphen = q.comparator, q.hyphen
        atoms.append(atom)
    return atoms


def _merge_fractions(article: Article, atoms: list[Candidate]) -> None:
    """Join "83.5% (71/85)", "71/85 (83.5%)", "71 (83.5%)" and "57% (n = 112)" into one candidate."""
    i = 0
    while i + 1 < len(atoms):
        a, b = atoms[i], atoms[i + 1]
        between = article.text[a.end : b.start]
        tight = len(between) <= 16 and _BRACKET_OPEN.search(between) is not None
        comma = b.unit == "%" and _COMMA.fullmatch(between) and (a.value is None or _counts(article.text, a, b))
        # "2/23 patients treated with X (8.7%)": the sum proves that they belong together
        reach = _MISPRINT if len(between) <= _CLOSE_BY else _ROUNDED
        beside = a.denominator and b.unit == "%" and len(between) <= 50 and between.endswith("(")
        proven = beside and _agrees(a, b, reach)
        # as it does in "(3%; 1 of 37)"
        proven = proven or (b.denominator and a.unit == "%" and _COMMA.fullmatch(between) and _agrees(a, b))
        # or its own bracket does: "67 patients receiving tea [93%]"
        counted = b.unit == "%" and _OF_WHOM.fullmatch(between) and _CLOSED_OR_MORE.match(article.text, b.end)
        proven = proven or _comes_to(between, a, b)
        named = _GROUPS.match(article.text, a.number_end) or _GRADE.search(article.text, a.sentence.start, a.at)
        if (
            a.sentence == b.sentence
            and (tight or comma or proven or counted)
            and not named
            and _join_pair(a, b, article.text)
        ):
            del atoms[i + 1]
            continue
        i += 1


_OTHER = regex.compile(r"\b(?:and|or|vs|versus|than|to|but|compared|respectively)\b", regex.IGNORECASE)
_FAR = 60  # characters between a share and its fraction


def _comes_to(between: str, a: Candidate, b: Candidate) -> bool:
    """ "27% of those on tea (14/52", "27% (95% CI, 14-40, 12 of 44)", "(6/20 dogs; 30%)": the rounded sum proves it."""
    share, fraction = (a, b) if b.denominator else (b, a)
    if share.unit != "%" or share.value is None or share.numerator is not None or not fraction.denominator:
        return False
    if fraction.numerator is None or fraction.value is not None or len(between) > _FAR or _OTHER.search(between):
        return False
    return abs(100 * fraction.numerator / fraction.denominator - share.value) <= _ROUNDED


_ROUNDED = 0.6

_COMMA = regex.compile(r"[\s,;]*(?:or|[A-Za-z]{3,15},)?\s*")
_SIZE = regex.compile(r"(?r)[(\[]\s?n\s?(?:=\s?)?$", regex.IGNORECASE)


def _counts(text: str, a: Candidate, b: Candidate) -> bool:
    """ "(n = 3, 4.5%)": the number and its share in one bracket."""
    return _SIZE.search(text, a.sentence.start, a.at) is not None and _CLOSED.match(text, b.end) is not None


_CLOSED = regex.compile(r"\s?[)\]]")
_CLOSED_OR_MORE = regex.compile(r"\s?[)\];]")
_OF_WHOM = regex.compile(
    r"\s(?:(?:patients|participants|subjects|women|men|children|people|cases|deaths|events|infants)\s|(?=in\sthe\s[\w\s-]{2,20}\sgroup\s[(\[]))(?:receiving|with|in|on|given|taking|treated\swith)\s"
    r"[^()\[\]\d,;.]{2,30}[(\[]\s?"
)
_AT_ONCE = regex.compile(r"\s?(?:(?:patients|participants|subjects|women|men|children|people|cases)\s)?[(\[]\s?")


def _join_pair(a: Candidate, b: Candidate, text: str) -> bool:
    # "12 of 60 (25%)" stands as printed, and is warned of; elsewhere the sum must prove that they belong together
    printed = (
        a.denominator and b.unit == "%" and _CLOSED.match(text, b.end) and _AT_ONCE.fullmatch(text, a.end, b.start)
    )
    if not _agrees(a, b) and (a.denominator or b.denominator) and not printed:
        return False
    percent = next((c for c in (a, b) if c.unit == "%" and c.value is not None), None)
    other = b if percent is a else a
    if percent is not None and ((percent.value or 0) < 0 or text[percent.at] == "+"):
        return False  # "walked 56 feet (+3.5%)"
    if percent is None or other is percent or other.hyphen not in ("", "#"):
        return False
    if other.denominator is None:
        whole = other.value is not None and other.value == int(other.value) and other.unit is None and other.value >= 0
        # "57% (112)" needs the closing bracket or "n =", else the number is something else
        if not whole or (other.value or 0) > _MOST:
            return False
        if (
            other is b
            and not _PEOPLE_BEHIND.match(text, b.end)
            and "n" not in text[a.end : b.start].lower()
            and text[b.end : b.end + 1] not in (")", "]", ";")
        ):
            return False
        a.numerator = int(other.value or 0)
    else:
        a.numerator, a.denominator = other.numerator, other.denominator
    a.comparator = percent.comparator
    if other is b and _DIGIT.search(text, a.end, b.start):
        a.apart = ((b.start, b.end),)  # an interval stands between
    else:
        _fill(a, b, percent.value)
    return True


_DIGIT = regex.compile(r"\d")
_MOST = 1e7  # people that are counted; "in the 10^11 VP cohort (100%)"
_PEOPLE_BEHIND = regex.compile(r"\s(?:patients|participants|subjects|women|men|children|people|cases|eyes)\s?[)\]]")


_MISPRINT = 3  # points
_CLOSE_BY = 30  # characters


def _agrees(a: Candidate, b: Candidate, reach: float = _MISPRINT) -> bool:
    """Whether the percentage is what the fraction comes to, within a misprint's reach."""
    fraction = a if a.denominator else b
    percent = b if a.denominator else a
    if fraction.denominator is None or fraction.numerator is None or percent.value is None:
        return False
    return abs(100 * fraction.numerator / fraction.denominator - percent.value) <= reach


def _fill(a: Candidate, b: Candidate, value: float | None) -> None:
    a.value, a.unit, a.end, a.number_end = value, "%", b.end, b.end


def _attach_spreads(article: Article, atoms: list[Candidate], mentions: Mentions) -> None:
    for m in mentions["dispersion"]:
        i = candidate_before(atoms, m.start)
        if i < 0 or atoms[i].dispersion is not None or m.start - atoms[i].end > 40:
            continue
        between = article.text[atoms[i].end : m.start]
        fits = _AT.fullmatch(between) if m.rule == "dispersion.plus_minus" else _CLOSE.fullmatch(between)
        if fits:
            atoms[i].dispersion, atoms[i].end = m.value, m.end
            if atoms[i].unit is None:
                unit_behind(article.text, atoms[i])


def _add_bare_intervals(article: Article, atoms: list[Candidate], intervals: Sequence[Mention]) -> None:
    """A CI whose estimate the text leaves out stands for itself."""
    used = {id(a.ci) for a in atoms if a.ci}
    for m in intervals:
        sentence = article.sentence_at(m.start)
        if id(m.value) not in used and sentence is not None:
            atoms.append(Candidate(m.start, m.end, m.start, m.end, sentence, ci=m.value))
    atoms.sort(key=lambda a: a.start)


# as in "the difference between tea (82%) and water (84%) was -2"
_OF_ONE_SIDE = regex.compile(r"[^.;()\[\]]{0,50}\bbetween\s[^.;()\[\]]{2,40}[(\[]", regex.IGNORECASE)


def _label(text: str, atoms: list[Candidate], labels: Sequence[Mention]) -> None:
    """The name of an estimate that stands directly before a number, or before the first number of its list."""
    end = 0
    for a in atoms:
        floor = max(a.sentence.start, end)
        last = bisect_right(labels, a.start, key=lambda m: m.end) - 1
        if last >= 0 and floor <= labels[last].start and a.start - labels[last].end <= 60:
            if labels[last].value in UNITLESS and (a.unit in TIMES or a.hyphen == "#"):
                continue  # "the odds ratio at 6 months was 1.4", "the hazard ratio for two falls was"
            if _OF_ONE_SIDE.fullmatch(text, labels[last].end, a.at) and _CLOSED.match(text, a.number_end):
                continue
            a.label = labels[last].value
        end = a.end
