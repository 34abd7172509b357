"""Names a substance the way trial reports do: lower case, without its salt, and of a kind."""

from __future__ import annotations

import re

from trialmine.lexicon.tables import rows

_USES = [(row["word"], row["use"]) for row in rows("salts")]
_SALTS = frozenset(word for word, use in _USES if use == "salt")
_ESTERS = frozenset(word for word, use in _USES if use in ("ester", "both"))
_CARRIERS = frozenset(word for word, use in _USES if use == "carrier")
_LONG_ENOUGH = 7
_CODE = re.compile(r"[A-Z]{1,6}[ -]?\d{2,}.*")


def canonical_name(preferred: str, official: set[str]) -> str:
    """The name without its salt, in the case that the field writes it.

    >>> canonical_name("SORAFENIB TOSYLATE", {"SORAFENIB"}), canonical_name("MAGNESIUM SULFATE", set())
    ('sorafenib', 'magnesium sulfate')
    """
    if _CODE.fullmatch(preferred):
        return preferred
    words = preferred.lower().split()
    while len(words) > 1 and words[-1] in _SALTS and words[0] not in _CARRIERS and _known(words[:-1], official):
        words.pop()
    return " ".join(words)


def base_of(name: str, official: set[str]) -> str:
    """The substance that an ester shares with its kin ("fluticasone" for its propionate), or ""."""
    words = name.split()
    if len(words) == 2 and words[1] in _ESTERS and words[0].upper() in official:
        return words[0]
    return ""


def _known(words: list[str], official: set[str]) -> bool:
    rest = [w for w in words if w not in _SALTS | _ESTERS] or words
    # some INNs are of a salt only: "fondaparinux sodium", "vecuronium bromide"
    if len(words) == 1 and len(words[0]) >= _LONG_ENOUGH:
        return True
    named = {" ".join(words).upper(), " ".join(rest).upper()}
    return bool(named & official) or words[-1] in _SALTS | _ESTERS


_VACCINE = re.compile(r"vaccin|\btoxoid\b|\bvirus\b|\bantigen\b")
_CELLS = re.compile(r"(?:cel|leucel)$|\bcells?\b")
_BIOLOGICAL = re.compile(
    r"(?:mab|cept|kinra|kin|tide|stim|grastim|poetin|plase|ase|tocog|cog|ermin|vec|fusp|tug|bart|ment)\b"
    r"(?: (?:alfa|beta|pegol))?$|"
    r"\b(?:insulin|interferon|interleukin|immunoglobulin|globulin|antitoxin|antivenom|albumin|hormone|"
    r"factor|toxin|botulinum|gonadotropin|somatropin|erythropoietin|fibrinogen|thrombin|antithrombin|plasma|alfa|follitropin|"
    r"thyrotropin|collagenase|plasminogen|streptokinase|urokinase|lactobacillus|bifidobacterium|saccharomyces)\b"
)
_SUPPLEMENT = re.compile(
    r"\b(?:vitamin|tocopherol|cholecalciferol|colecalciferol|ergocalciferol|ascorb|retinol|carotene|thiamine|riboflavin|"
    r"niacin|pyridoxine|biotin|cobalamin|folic|omega-3|fish oil|zinc|selenium|iron|calcium|magnesium|"
    r"chromium|copper|creatine|carnitine|ubidecarenone|ubiquinol|curcumin|resveratrol|lutein|zeaxanthin|lycopene|glucosamine|probiotic|ginseng|"
    r"ginkgo|ginger|leucine|lysine|methionine|arginine|citrulline|taurine|glutamine|inulin|docosahexaenoic|icosapent|"
    r"eicosapentaenoic|linoleic|linolenic|extract|quercetin|isoflavone|hesperidin|naringin|sodium selen|juice|seed oil)"
)
_SMALL_PEPTIDES = re.compile(
    r"(?:glutide|relix|relin|reotide|pressin|tocin|natide|eptide|gliptide|lintide|tirzepatide|partide)$"
)


def kind_letter(name: str, tags: set[str]) -> str:
    """The kind of intervention that the substance is as a rule: d, b, v, s or c."""
    if _VACCINE.search(name):
        return "v"
    if _CELLS.search(name):
        return "c"
    if _SUPPLEMENT.search(name) or tags <= {"DSC"}:
        return "s"
    if _BIOLOGICAL.search(name) and not _SMALL_PEPTIDES.search(name) and not name.endswith("tide"):
        return "b"
    return "d"
