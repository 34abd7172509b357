"""Gold trial records as training spans: the names of their rows, found again wherever the text says them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trialmine.evaluate.annotated import Annotated, Span, disjoint
from trialmine.evaluate.gold import Part
from trialmine.evaluate.regimens import read_regimens
from trialmine.evaluate.trial_records import read_records

GROUPS: Mapping[str, tuple[str, ...]] = {
    "clinical": ("INTERVENTION", "CONDITION"),
    "harm": ("ADVERSE_EVENT",),
    "comparison": ("ENDPOINT", "ARM"),
}
"""Labels that often lie over each other (an arm over its drug) stand in different groups, each with its head."""

_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_ABBREVIATION = re.compile(r"[^\s()]*[A-Z0-9][^\s()]*")
_FOLLOWING_ABBREVIATION = re.compile(r"\s*[(\[]([A-Za-z0-9][A-Za-z0-9/+-]{1,11})[)\];,]")
_GROUP = re.compile(
    r"(?:[\s-]+(?:treatment|treated|therapy|control))?[\s-]+(?:groups?|arms?|cohorts?)\b", re.IGNORECASE
)
_EXCERPT = ".methods"
_STOP = frozenset(
    ("of", "the", "in", "a", "an", "and", "or", "at", "to", "for", "with", "by", "from", "on", "level", "levels")
)


def fold_of(doc_id: str) -> int:
    """The half (0 or 1) that a training record belongs to where a scorer learns from models that did not read it."""
    article = doc_id.removesuffix(_EXCERPT)
    return int(hashlib.sha1(article.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def read_gold(shared: Path, name: str) -> list[Annotated]:
    """The records of gold/NAME.jsonl, with "train" our own too, as texts whose spans may overlap."""
    return [
        Annotated(record["doc_id"], text, tuple(project(record, text))) for record, text in read_records(shared, name)
    ]


def read_regimen_spans(shared: Path, part: Part = "all") -> list[Annotated]:
    """What was given, and the arms, in our annotation of regimens."""
    return [
        Annotated(record["doc_id"], text, tuple(project(record, text)))
        for record, text in read_regimens(shared, part=part)
    ]


def group(doc: Annotated, labels: tuple[str, ...]) -> Annotated:
    """The document with the spans of one group only."""
    return Annotated(doc.id, doc.text, disjoint(s for s in doc.spans if s[2] in labels), doc.known)


def project(record: Mapping[str, Any], text: str) -> Iterator[Span]:
    """Every place where the text names an intervention, condition, endpoint, arm or adverse event of the record."""
    names: set[str] = set()
    for row in record.get("interventions") or ():
        forms = [row.get("name"), row.get("text"), *(row.get("aliases") or ())]
        names |= {f.lower() for f in forms if f}
        yield from _label(text, forms, row.get("quote"), "INTERVENTION")
    for row in (record.get("population") or {}).get("conditions") or ():
        yield from _label(text, [row.get("name"), row.get("text")], row.get("text"), "CONDITION")
    for row in record.get("adverse_events") or ():
        yield from _label(text, [row.get("term")], row.get("quote"), "ADVERSE_EVENT")
    for row in record.get("endpoints") or ():
        yield from _label(text, [row.get("name")], row.get("quote"), "ENDPOINT")
    for row in record.get("arms") or ():
        yield from _arm(text, row, names)


def _label(text: str, forms: Iterable[str | None], quote: str | None, label: str) -> Iterator[Span]:
    found = set(_occurrences(text, forms))
    if not found and quote:
        found = set(_in_quote(text, next((f for f in forms if f), ""), quote))
    for start, end in found:
        yield start, end, label


def _arm(text: str, row: Mapping[str, Any], names: set[str]) -> Iterator[Span]:
    label = row.get("label") or ""
    quote = row.get("quote") or ""
    quoted = text.find(quote)
    for start, end in _occurrences(text, [label]):
        tail = _GROUP.match(text, end)
        if tail and not re.search(r"group|arm\b", label, re.IGNORECASE):
            yield start, tail.end(), "ARM"
        # "placebo" alone is the arm only where the annotator saw it so
        elif label.lower() not in names or quoted <= start < quoted + len(quote):
            yield start, end, "ARM"


def variants(form: str) -> Iterator[str]:
    """Ways in which a text may write a name: with, without and as its parenthesis."""
    inner = _PARENTHESIS.search(form)
    short = inner.group(1) if inner and _ABBREVIATION.fullmatch(inner.group(1)) and len(inner.group(1)) > 1 else ""
    # "name (ABBR)" is two mentions of the name, not one
    if not (short and form.endswith(")")):
        yield form
    if inner:
        yield _PARENTHESIS.sub("", form).strip()
        if short:
            yield f"{short} {form[inner.end() :].strip()}".strip()


def _pattern(form: str) -> re.Pattern[str]:
    # blanks and hyphens change places freely, a final s comes and goes; short capitals keep their case
    words = [re.escape(w) for w in re.split(r"[\s\-‐‑–]+", form) if w]
    body = r"(?:\s*[-‐‑–]\s*|\s+)".join(words)
    plural = r"s?" if form[-1:].isalpha() and len(form) > 3 else ""
    flags = 0 if len(form) <= 4 and form != form.lower() else re.IGNORECASE
    return re.compile(rf"(?<!\w){body}{plural}(?!\w)", flags)


def _occurrences(text: str, forms: Iterable[str | None]) -> Iterator[tuple[int, int]]:
    todo = [v for form in forms if form for v in variants(form) if len(v) > 1]
    seen: set[str] = set()
    while todo:
        form = todo.pop()
        if form in seen:
            continue
        seen.add(form)
        for match in _pattern(form).finditer(text):
            yield match.span()
            short = _FOLLOWING_ABBREVIATION.match(text, match.end())
            if short and _is_abbreviation(short.group(1), form):
                todo.append(short.group(1))


def _is_abbreviation(short: str, form: str) -> bool:
    return any(c.isupper() for c in short) and short[0].lower() in {w[0].lower() for w in form.split()}


def _in_quote(text: str, name: str, quote: str) -> Iterator[tuple[int, int]]:
    """The shortest stretch of the quote that holds most of the words of the name."""
    at = text.find(quote)
    wanted = {_stem(w) for w in re.findall(r"\w+", name) if w.lower() not in _STOP}
    words = list(re.finditer(r"\w+", quote))
    if at < 0 or not wanted:
        return
    best: tuple[float, int, int] | None = None
    for i, first in enumerate(words):
        if _stem(first.group()) not in wanted:
            continue
        for last in words[i : i + 2 * len(wanted) + 4]:
            if _stem(last.group()) not in wanted:
                continue
            inside = {_stem(w) for w in re.findall(r"\w+", quote[first.start() : last.end()])}
            coverage = len(inside & wanted) / len(wanted)
            score = coverage - 0.02 * len(inside - wanted)
            if coverage >= 0.6 and (best is None or score > best[0]):
                best = score, first.start(), last.end()
    if best:
        yield at + best[1], at + best[2]


def _stem(word: str) -> str:
    return word.lower()[:5]


def project_strings(doc: Annotated, labels: tuple[str, ...]) -> Annotated:
    """The document with every span of `labels` found again wherever its very words recur."""
    more = {
        (start, end, label)
        for a, b, label in doc.spans
        if label in labels and 3 < b - a < 40
        for start, end in _occurrences(doc.text, [doc.text[a:b]])
    }
    return Annotated(doc.id, doc.text, disjoint((*doc.spans, *more)), doc.known)
