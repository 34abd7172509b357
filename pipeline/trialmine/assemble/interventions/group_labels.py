"""Labels of groups that are made of short forms: "A 5 mg daily plus B for 14 days (AAX/BB, n = 40)"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from trialmine.assemble.interventions.candidate import Candidate

_LABEL = regex.compile(
    r"[(\[](?P<parts>(?-i:\p{Lu})[\p{L}\d]{1,5}(?:[/+&-](?-i:\p{Lu})[\p{L}\d]{1,5}){1,3})\s?(?:[,;]\s?(?:[nN]\s?=\s?)?\d+\s?)?[)\]]"
)
_PART = regex.compile(r"(?P<joint>^|[/+&-])(?P<short>[\p{L}\d]+)")
_WORD_BEFORE = regex.compile(r"(?r)(?<![\p{L}-])(?P<word>\p{L}{4,})\s")
_CAPITALS = regex.compile(r"\p{Lu}.*\p{Lu}")
_BEHIND = 170  # characters in which the drugs stand before their label
_ENDS = regex.compile(r"[.?!]\s+\p{Lu}")


def parts_of_labels(text: str, groups: Mapping[str, Candidate]) -> Iterator[tuple[str, str]]:
    """Each short form of such a label with the one drug before it that has its letters."""
    for m in _LABEL.finditer(text):
        places = [
            (s, e, c)
            for c in groups.values()
            for s, e in c.spans
            if m.start() - _BEHIND < s and e <= m.start() and not _ENDS.search(text, e, m.start())
        ]
        prefix, found = "", []
        for part in _PART.finditer(m["parts"]):
            short = part["short"]
            named = {
                c.key: c for s, e, c in places if len(_LETTERS.findall(short)) > 1 and _shortens(text, s, e, short)
            }
            if len(named) == 1 and _CAPITALS.match(short):
                (drug,) = named.values()
                found.append((short, drug.name))
                if prefix and part["joint"] == "-":
                    found.append((f"{prefix}-{short}", drug.name))
                prefix = ""
            else:
                prefix = short
        if len({name for _, name in found}) > 1:
            yield from found


_LETTERS = regex.compile(r"\p{L}")


def _shortens(text: str, start: int, end: int, short: str) -> bool:
    """Whether the letters of the short form stand in the name in their order, from the start of a word.

    >>> _shortens("metronidazole", 0, 13, "MTZ"), _shortens("fatty amphotericin B", 6, 20, "FAmB")
    (True, True)
    >>> _shortens("amoxicillin", 0, 11, "MTZ")
    False
    """
    name, letters = text[start:end].lower(), short.lower()
    before = _WORD_BEFORE.match(text, 0, start)
    kind = before["word"][0].lower() if before else ""
    return _in_order(name, letters) or (letters[0] == kind and _in_order(name, letters[1:]))


def _in_order(name: str, letters: str) -> bool:
    if name[:1] != letters[:1]:
        return False
    rest = iter(name)
    return all(letter in rest for letter in letters)
