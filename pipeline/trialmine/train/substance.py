"""Names a substance the way trial reports do: lower case, without its salt, and of a kind."""

from __future__ import annotations

import re

_SALTS = (
    "hydrochloride|dihydrochloride|trihydrochloride|hydrobromide|dihydrobromide|hydroiodide|mesylate|mesilate|dimesylate|tosylate|tosilate|"
    "ditosylate|besylate|besilate|esylate|maleate|dimaleate|malate|fumarate|hemifumarate|tartrate|bitartrate|succinate|hemisuccinate|citrate|"
    "hyclate|lactate|sulfate|bisulfate|hemisulfate|phosphate|diphosphate|acetate|diacetate|nitrate|dinitrate|bromide|chloride|iodide|"
    "pamoate|embonate|xinafoate|napsylate|napadisilate|edisylate|edisilate|gluconate|oxalate|salicylate|stearate|"
    "sodium|disodium|trisodium|potassium|dipotassium|calcium|magnesium|lithium|meglumine|tromethamine|trometamol|olamine|diolamine|"
    "erbumine|arginine|lysine|lysinate|medoxomil|etexilate|axetil|proxetil|pivoxil|cilexetil|mofetil|alafenamide|disoproxil|tidoxil|"
    "anhydrous|monohydrate|dihydrate|trihydrate|tetrahydrate|pentahydrate|hexahydrate|heptahydrate|hemihydrate|sesquihydrate|hydrate|"
    "hemipentahydrate|decahydrate|recombinant|human|liposome|pegol|trifluoroacetate|hydrogen|orotate|aspartate|glutamate|tannate|"
    "camsylate|camsilate|isethionate|isetionate|ethanolate|solvate|propanediol|monosodium|hemicalcium|cypionate|enanthate"
).split("|")
# their salts are what is given: "magnesium sulfate", "sodium chloride", "iron sucrose"
_MINERALS = (
    "sodium potassium calcium magnesium zinc iron ferrous ferric lithium copper cupric aluminum aluminium bismuth barium silver gold "
    "selenium manganese chromium ammonium strontium hydrogen nitrous acetyl choline betaine amyl methyl ethyl isosorbide benzoyl cetyl "
    "cetylpyridinium hydroxyethyl tripotassium dibasic monobasic technetium gallium cobalt lanthanum thallium rubidium stannous xenon "
    "glyceryl vitamin albumin insulin fibrinogen immunoglobulin plasma thrombin chorionic growth follitropin chondroitin glucosamine "
    "dermatan pentosan sevelamer hyaluronic polystyrene dehydrated propylene polyethylene poly benzalkonium tetra hydro cetrimonium"
).split()
# esters and pro-drugs keep their own name, since they are dosed as such; the base is what they share
_ESTERS = (
    "propionate|dipropionate|furoate|acetonide|valerate|butyrate|pivalate|hexacetonide|decanoate|palmitate|undecanoate|benzoate|caproate|"
    "medoxomil|etexilate|mofetil|vedotin|deruxtecan|emtansine|pegol"
).split("|")
_DROPS = frozenset(_SALTS)
_KEPT_ESTERS = frozenset(
    ("medoxomil", "etexilate", "mofetil", "pegol", "pivoxil", "alafenamide", "disoproxil", "liposome")
)
_CODE = re.compile(r"[A-Z]{1,6}[ -]?\d{2,}.*")


def canonical_name(preferred: str, official: set[str]) -> str:
    """The name without its salt, in the case that the field writes it.

    >>> canonical_name("SORAFENIB TOSYLATE", {"SORAFENIB"}), canonical_name("MAGNESIUM SULFATE", set())
    ('sorafenib', 'magnesium sulfate')
    """
    if _CODE.fullmatch(preferred):
        return preferred
    words = preferred.lower().split()
    while (
        len(words) > 1
        and words[-1] in _DROPS - _KEPT_ESTERS
        and words[0] not in _MINERALS
        and _known(words[:-1], official)
    ):
        words.pop()
    return " ".join(words)


def base_of(name: str, official: set[str]) -> str:
    """The substance that an ester shares with its kin ("fluticasone" for its propionate), or ""."""
    words = name.split()
    if len(words) == 2 and (words[1] in _ESTERS or words[1] in _KEPT_ESTERS) and words[0].upper() in official:
        return words[0]
    return ""


def _known(words: list[str], official: set[str]) -> bool:
    rest = [w for w in words if w not in _DROPS] or words
    return " ".join(words).upper() in official or " ".join(rest).upper() in official or words[-1] in _DROPS


_VACCINE = re.compile(r"vaccin|\btoxoid\b|\bvirus\b|\bantigen\b")
_CELLS = re.compile(r"(?:cel|leucel)$|\bcells?\b")
_BIOLOGICAL = re.compile(
    r"(?:mab|cept|kinra|kin|tide|stim|grastim|poetin|plase|ase|tocog|cog|ermin|sertib alfa|vec|fusp|tug|bart|ment)\b(?: (?:alfa|beta|pegol))?$|"
    r"\b(?:insulin|interferon|interleukin|immunoglobulin|globulin|antitoxin|antivenom|albumin|hormone|factor|toxin|botulinum|gonadotropin|"
    r"somatropin|erythropoietin|fibrinogen|thrombin|antithrombin|plasma|alfa|follitropin|thyrotropin|collagenase|plasminogen|streptokinase|"
    r"urokinase|alteplase|lactobacillus|bifidobacterium|saccharomyces)\b"
)
_SUPPLEMENT = re.compile(
    r"\b(?:vitamin|tocopherol|cholecalciferol|colecalciferol|ergocalciferol|ascorb|retinol|carotene|thiamine|riboflavin|niacin|pyridoxine|biotin|"
    r"cobalamin|folic|omega-3|fish oil|zinc|selenium|iron|calcium|magnesium|chromium|creatine|carnitine|ubidecarenone|ubiquinol|curcumin|"
    r"resveratrol|lutein|zeaxanthin|lycopene|glucosamine|probiotic|ginseng|ginkgo|leucine|lysine|arginine|citrulline|taurine|glutamine|inulin|"
    r"docosahexaenoic|icosapent|eicosapentaenoic|linoleic|linolenic|extract|quercetin|isoflavone)"
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
