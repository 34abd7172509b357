"""A recogniser sees a few words at a time; a document's own entities are found again where it passed them by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

Words = tuple[int, ...]
"""The words of a name, by the hashes of their text."""
Place = tuple[int, int]

SHARE = 1 / 3
"""A name found in a smaller share of its places is left as it is: a common word that once was an entity."""


@Language.factory("trialmine_repeats")
def create_repeated_entities(nlp: Language, name: str) -> RepeatedEntities:  # noqa: ARG001 (spaCy's form)
    """The factory of `trialmine_repeats`, registered as an entry point so that `spacy.load` finds it."""
    return RepeatedEntities()


class RepeatedEntities:
    """Marks the other places of a name that a recogniser before it has found in the same document.

    The words must be the same to the letter. A chemical's abbreviation is taken everywhere.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add to the entities of `doc` in place."""
        if not doc.ents:
            return doc
        words: list[int] = doc.to_array("ORTH").tolist()
        names: dict[Words, Counter[int]] = defaultdict(Counter)
        for ent in doc.ents:
            names[tuple(words[ent.start : ent.end])][ent.label] += 1
        taken = [kind != 0 for kind in doc.to_array("ENT_TYPE").tolist()]
        more: list[Span] = []
        for name in sorted(names, key=len, reverse=True):  # of two names that overlap the longer
            label, _ = names[name].most_common(1)[0]
            text = "".join(doc.vocab.strings[word] for word in name)
            free = list(_free_places(words, name, taken))
            found = names[name].total()
            always = doc.vocab.strings[label] == "CHEMICAL" and _is_abbreviation(text)
            if free and _is_name(text) and (always or found >= SHARE * (found + len(free))):
                more += [Span(doc, start, end, label=label) for start, end in free]
                for start, end in free:
                    taken[start:end] = [True] * (end - start)
        if more:
            doc.set_ents([*doc.ents, *more])
        return doc


def _free_places(words: list[int], name: Words, taken: list[bool]) -> Iterator[Place]:
    size, free_from = len(name), 0
    for start in _starts(words, name[0]):
        end = start + size
        if start >= free_from and tuple(words[start:end]) == name and not any(taken[start:end]):
            yield start, end
            free_from = end


def _starts(words: list[int], word: int) -> Iterator[int]:
    start = -1
    try:
        while True:
            start = words.index(word, start + 1)
            yield start
    except ValueError:
        return


def _is_name(text: str) -> bool:
    return len(text) > 1 and any(c.isalpha() for c in text)


def _is_abbreviation(text: str) -> bool:
    return sum(c.isupper() for c in text) > 1
