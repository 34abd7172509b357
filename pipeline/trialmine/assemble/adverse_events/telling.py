"""Sentences that may tell of unwanted events, with all in them that may be the name of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from trialmine.records.article import Article, Mention, Mentions, Sentence

_SECTIONS = ("results", "other", None)
_EMESIS = regex.compile(r"\b(?:nausea|vomit|retching|emesis|(?:anti)?emetic|ponv)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with its possible events; `cued` says that it speaks of events, `follows` that one before it did."""

    sentence: Sentence
    cued: bool
    follows: bool
    events: tuple[Mention, ...]

    @property
    def known(self) -> tuple[Mention, ...]:
        """Those that name what went wrong by a known name."""
        return tuple(m for m in self.events if m.value.strength in ("strong", "weak"))


def tellings(article: Article, mentions: Mentions) -> Iterator[Telling]:
    """The sentences in which a possible event stands, in the sections that report."""
    follows = False
    for sentence in article.sentences:
        if sentence.section not in _SECTIONS:
            follows = False
            continue
        cued = bool(mentions.within("adverse_event_cue", sentence.start, sentence.end))
        named = mentions.within("adverse_event", sentence.start, sentence.end)
        phrases = mentions.within("event_phrase", sentence.start, sentence.end)
        if named or phrases:
            events = sorted([*named, *phrases], key=lambda m: (m.start, m.end))
            yield Telling(sentence, cued, follows, tuple(events))
        follows = cued or (follows and bool(named))


class Aim:
    """What the title and the objective say that the trial is about: an event named there is treated or prevented."""

    def __init__(self, article: Article) -> None:
        said = [article.text[s.start : s.end] for s in article.sections if s.label in ("title", "objective")]
        self._text = " ".join([article.title or "", *said]).lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return words_of(self._text)

    def names(self, event: str) -> bool:
        """Whether it holds the event; of nausea and vomiting one stands for the other."""
        term = event.lower()
        return term in self._text or (bool(_EMESIS.search(term)) and bool(_EMESIS.search(self._text)))


_LONGER_WORD = regex.compile(r"[a-z0-9]{3,}")


def words_of(text: str) -> frozenset[str]:
    """The longer words of a phrase, without their plural."""
    return frozenset(w.removesuffix("s") for w in _LONGER_WORD.findall(text.lower()))


def key_of(event: Mention) -> str:
    """What tells one event from another."""
    return str(event.value.term).lower().removesuffix("s")
