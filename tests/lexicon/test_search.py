"""Looking first where a regex can match finds what a plain search finds."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from support.rules import all_patterns, all_searches
from trialmine.lexicon import prefilter
from trialmine.lexicon.alphabet import fold, fold_case, sign_of, small_sign_of
from trialmine.lexicon.openings import shape_of
from trialmine.lexicon.search import Search
from trialmine.lexicon.tables import alternation

PATTERNS = all_patterns()
SEARCHES = all_searches()
EXAMPLES = [text for p in PATTERNS for text in (*p.hits, *p.misses)]
FILLER = "Nothing of note was seen on that day, and all went home before dusk. " * 4
# what some rule may take for a letter, a digit, a blank or a sign
ODD = "ſK\u212aİıµμ\u00a0\u2009²½‐–−±≤·’\u0345é\U0001d7ce\U0001d400\x1c\x85\t\r\n"

piece = st.one_of(st.sampled_from(EXAMPLES), st.text(alphabet=ODD + "aK1. ,-(", max_size=6), st.just(" "))
texts = st.lists(piece, min_size=1, max_size=12).map(lambda parts: "".join(parts) + FILLER)


def spans(matches: object) -> list[tuple[int, int]]:
    return [m.span() for m in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize("i", range(len(PATTERNS)), ids=[p.name for p in PATTERNS])
def test_every_rule_finds_its_examples_in_a_long_text(i: int) -> None:
    rule = PATTERNS[i]
    others = [hit for other in PATTERNS[max(0, i - 6) : i + 7] for hit in other.hits]
    for separator in ("\n", ". ", " "):
        text = separator.join((*rule.hits, *rule.misses, *others, FILLER))
        assert spans(rule.find(text)) == spans(rule.compiled.finditer(text))


@given(texts, st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=8), st.integers(0, 60), st.integers(1, 200))
def test_the_same_matches_as_a_plain_search(text: str, rules: list, start: int, size: int) -> None:  # type: ignore[type-arg]
    for rule in rules:
        assert spans(rule.find(text)) == spans(rule.compiled.finditer(text))
        assert spans(rule.find(text, start, start + size)) == spans(rule.compiled.finditer(text, start, start + size))
        assert rule.may_be_in(text) or not any(rule.compiled.finditer(text))
        openings = [*range(start, min(start + size, len(text)), 3)]
        plain = [m for at in openings if (m := rule.compiled.match(text, at))]
        assert spans(rule.matches_at(text, openings)) == spans(plain)


@given(texts, st.lists(st.sampled_from(SEARCHES), min_size=1, max_size=8), st.integers(0, 60), st.integers(1, 200))
def test_the_same_first_match_in_any_stretch(text: str, searches: list[Search], start: int, size: int) -> None:
    for search in searches:
        for end in (start + size, start + 3, len(text)):
            plain = spans(search.compiled.finditer(text, start, end))
            assert spans(search.find(text, start, end)) == plain
            first = search.first(text, start, end)
            assert (first and first.span()) == (plain[0] if plain else None)
            assert search.is_in(text, start, end) == bool(plain)


def test_few_texts_are_kept_in_mind() -> None:
    long = FILLER * 40
    for i in range(100):
        assert not SEARCHES[0].is_in(f"{i} {long}")
    kept = prefilter._INDEXES._kept
    assert sum(map(len, kept)) <= prefilter._KEPT + len(long) + 10
    assert prefilter._INDEXES.latest is not None
    assert prefilter._INDEXES.latest[0] in kept


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"mg\b", "5 mgx 5 mg"),
        (r"\b(?:a|an)\b", "an apple a banana"),
        (r"(?-i:[^a-z])x", "Ax ax 1x"),
        (r"(?<![\w-])\d{1,3}(?!\d)", "12 a3 -4 5678 9"),
        (r"(?<!(?-i:[a-z]))end", "END bend Bend -end"),
        (r"(?<=[(])\p{Lu}+", "(AB (ab x(Ç"),
        (r"(?:the\s+)?dose", "the  dose, dose"),
        (r"(?>ab|a)c", "abc ac"),
        (r"a*+b|k{2}|[^\W\d_]{4}é", "aab K\u212a abcdÉ"),
        (r"[\p{L}\d]-(?=\d)", "é-1 x-y 2-3"),
        (r"s\s?\u00b5", "ſ\u03bc S\u00a0\u00b5"),
        (r"(?P<two>between)?\s?\d(?(two)and|to)\d", "between 1and2 1to2 between 1to2"),
        (r"(?<n>a)?b(?(n)c)", "abc ab b"),
        (r"hype(?:r|rs)|hypo", "hyper hypers hypo hype"),
        # what is needed stands before, behind or around the place
        (r"(?<=\beach\s)group\b", "each group, a group"),
        (r"\d\s(?<=at\s\d\s)weeks", "at 4 weeks, 4 weeks, at 5 weeks"),
        (r"\d+\s(?:of\s)?tablets", "2 of tablets, 2 tablets, 3 capsules of 4"),
        (r"dose(?=\s\d+\smg)", "dose 5 mg, dose 5"),
    ],
)
def test_shapes(pattern: str, text: str) -> None:
    search, long = Search(pattern), f"{text} {FILLER}"
    assert shape_of(pattern, regex.IGNORECASE) is not None
    for end in (len(long), len(text), len(text) - 1, 4):
        assert spans(search.find(long, 0, end)) == spans(search.compiled.finditer(long, 0, end))


@pytest.mark.parametrize("pattern", [r"", r"\s*", r"\b", r"(?:a)?", r"(?=x)"])
def test_what_can_match_nothing_has_no_shape(pattern: str) -> None:
    assert shape_of(pattern, regex.IGNORECASE) is None


@pytest.mark.parametrize(
    ("pattern", "nested"), [(r"(?:\w+\s*)+x", True), (r"(?:\w+\s){0,3}x", False), (r"\w+\s*x", False)]
)
def test_repetitions_of_repetitions_are_told(pattern: str, nested: bool) -> None:
    shape = shape_of(pattern, regex.IGNORECASE)
    assert shape is not None
    assert shape.nested == nested


@given(st.characters())
@example("ſ")
@example("\u212a")
@example("İ")
@example("\u0345")
def test_a_character_is_found_in_each_of_its_cases(char: str) -> None:
    shape = shape_of(regex.escape(char) + "1", regex.IGNORECASE)
    assert shape is not None
    first = sum({o.chars[0] for o in shape.openings})
    for other in {char, char.lower(), char.upper(), char.swapcase()}:
        if len(other) == 1 and regex.fullmatch(regex.escape(char), other, flags=regex.IGNORECASE):
            assert first >> sign_of(other) & 1
            assert small_sign_of(other) == small_sign_of(char)


@given(st.text())
def test_a_text_folds_character_by_character(text: str) -> None:
    assert fold(text).tolist() == [sign_of(min(c, "\uffff")) for c in text]
    assert fold_case(text).tolist() == [small_sign_of(min(c, "\uffff")) for c in text]


# single blanks between words, as the lists have them
words = st.lists(st.from_regex(r"[abc.]{1,3}( [abc.]{1,2}){0,2}", fullmatch=True), min_size=1, max_size=8)


@given(words, st.text(alphabet="ab c.", max_size=20))
def test_an_alternation_finds_the_longest_word(listed: list[str], text: str) -> None:
    flat = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(listed), key=lambda w: (-len(w), w)))
    for tail in ("", r"(?!\w)"):
        assert spans(regex.finditer(alternation(listed) + tail, text)) == spans(
            regex.finditer(f"(?:{flat}){tail}", text)
        )
