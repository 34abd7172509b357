"""The one place where spans of the clean text become evidence in the raw text."""

from __future__ import annotations

from dataclasses import dataclass

from trialmine.records.article import Article
from trialmine.records.document import CleanText
from trialmine.records.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Citation:
    """Cites spans of an article's clean text as evidence in the document's raw text."""

    article: Article
    clean: CleanText

    def __call__(self, start: int, end: int) -> Evidence:
        """Evidence for clean text start:end; white space at the ends is left out."""
        text = self.article.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        raw_start, raw_end = self.clean.to_raw(start, end)
        quote = self.clean.raw[raw_start:raw_end]
        return Evidence(start=raw_start, end=raw_end, quote=quote, section=self.article.section_at(start))

    def all(self, *spans: tuple[int, int]) -> tuple[Evidence, ...]:
        """Evidence for several spans, without repeats, in the given order."""
        return tuple(dict.fromkeys(self(start, end) for start, end in spans))
