"""What the recogniser of PICO-Corpus's labels sees of a token, beyond what the outcome tagger sees.

A number's label depends on which arm the sentence told of last, how many numbers of its kind went before, and what
stands between; most other labels on whether the text has said the word before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from trialmine.extract.outcome_features import TokenRun, token_runs
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article

NUMBER = regex.compile(r"\d+(?:[.,·]\d+)*")
# a number with its fraction is one token, and "n35" two: the corpus marks numbers alone
_TOKEN = regex.compile(rf"{NUMBER.pattern}|[^\W\d]+|[^\w\s]|\w+?")
ARM_WORDS = frozenset(
    {
        *("control", "controls", "placebo", "sham", "standard", "conventional", "usual", "alone"),
        *("intervention", "treatment", "experimental", "group", "groups", "arm", "arms", "both", "each"),
        *("vs", "versus", "compared", "than", "and", "or", "respectively", "in", "with", "after", "before"),
    }
)
_LEFT, _RIGHT = 12, 7  # tokens to either side of a number that are told whatever their place
_ARMS_TOLD = 2
_SHOWN_BETWEEN = 5
Offsets = Sequence[tuple[int, int]]
Features = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the text so far, by how often."""

    words: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)


def document_features(text: str) -> Iterator[tuple[Offsets, Features]]:
    """The tokens of every sentence and the names of the features of each."""
    sections = find_sections(text, title=None)
    sentences = find_sentences(text, sections)
    title = text[: sentences[0].end] if sentences else ""
    article = Article(text=text, sections=sections, sentences=sentences, title=title)
    read = _Read()
    for place, run in enumerate(token_runs(article, [m.span() for m in _TOKEN.finditer(text)])):
        places = [(f"pos={10 * start // len(text)}", f"run={min(place, 2)}") for start, _ in run.offsets]
        groups = zip(run.features, places, _of_words(run, read), _of_numbers(run, read), strict=True)
        yield run.offsets, [[name for group in token for name in group] for token in groups]


def _of_words(run: TokenRun, read: _Read) -> Features:
    """Of each word whether the text has said it before."""
    out = []
    for word in run.words:
        times = read.words[word]
        names = [f"met={min(2, times)}"]
        names += [f"met_sec={min(1, times)}_{run.sentence.section}_{word in run.title}"] if len(word) > 3 else []
        read.words[word] += 1
        out.append(names)
    return out


def _of_numbers(run: TokenRun, read: _Read) -> Features:
    """Of each number its kind, its rank, the arms told around it, and the way from the number before."""
    out: Features = [[] for _ in run.words]
    places = [i for i, word in enumerate(run.words) if NUMBER.match(word)]
    kinds = [_kind(run.words, i) for i in places]
    arms_left, arms_right = _arms_passed(run, range(len(out))), _arms_passed(run, range(len(out) - 1, -1, -1))
    for rank, i in enumerate(places):
        word, kind = run.words[i], kinds[rank]
        same = [_value(run.words[j]) for j, other in zip(places[:rank], kinds, strict=False) if other == kind]
        out[i] = [*_of_form(word, kind), f"seen={min(2, read.numbers[word])}"]
        out[i] += _of_rank(kind, rank, len(same), "respectively" in run.words)
        out[i] += [f"falls={_value(word) < same[-1]}"] if same else []
        out[i] += _of_way(run.words[places[rank - 1] + 1 : i]) if rank else ["first_number"]
        out[i] += [name for k, arm in enumerate(arms_left[i]) for name in (f"armL{k}={arm}", f"armL{k}_{kind}={arm}")]
        out[i] += [f"armR{k}={arm}" for k, arm in enumerate(arms_right[i])]
        out[i] += [f"nearL={w}" for w in sorted(set(run.words[max(0, i - _LEFT) : i]))]
        out[i] += [f"nearR={w}" for w in sorted(set(run.words[i + 1 : i + 1 + _RIGHT]))]
        read.numbers[word] += 1
    return out


def _kind(words: Sequence[str], i: int) -> str:
    """What the signs around a number say it is."""
    before = words[max(0, i - 2) : i]
    if words[i + 1 : i + 2] == ["%"]:
        return "percent"
    if words[i + 1 : i + 2] in (["±"], ["+"]):
        return "mean"
    if before[-1:] in (["±"], ["-"]):
        return "spread"
    if before == ["n", "="]:
        return "size"
    return "bracket" if before[-1:] == ["("] else "plain"


def _value(word: str) -> float:
    try:
        return float(word.replace(",", "").replace("·", "."))
    except ValueError:  # a date or a version, "1.2.3"
        return 0.0


def _of_form(word: str, kind: str) -> list[str]:
    size = "fraction" if "." in word or "·" in word else str(min(5, len(word.replace(",", ""))))
    return [f"kind={kind}", f"size={size}", f"size_{kind}={size}"]


def _of_rank(kind: str, rank: int, same: int, shared: bool) -> list[str]:
    """How many numbers, and how many of its kind, the sentence has before it."""
    return [f"rank={min(6, rank)}", f"rank_{kind}={min(5, same)}", f"rank_{kind}_{shared}={min(5, same)}"]


def _of_way(between: Sequence[str]) -> list[str]:
    words = [f"between={word}" for word in sorted(set(between[: 2 * _SHOWN_BETWEEN]))]
    return [*words, f"apart={min(10, len(between))}", f"way={'_'.join(between[:_SHOWN_BETWEEN])}"]


def _arms_passed(run: TokenRun, places: Sequence[int]) -> list[list[str]]:
    """For each token the last arm words passed on the way to it, nearest first; one of the title's stands for all."""
    out: list[list[str]] = [[] for _ in run.words]
    passed: list[str] = []
    for i in places:
        out[i] = passed
        word = run.words[i]
        if word in ARM_WORDS or word in run.title:
            passed = [word if word in ARM_WORDS else "TITLE", *passed][:_ARMS_TOLD]
    return out
