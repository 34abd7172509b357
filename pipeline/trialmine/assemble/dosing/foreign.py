"""Doses of something that is none of the interventions: its name stands right beside the amount."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.link import Linker
from trialmine.assemble.dosing.named import DESCRIBED
from trialmine.lexicon.no_names import NO_NAME
from trialmine.normalise.drug import canonical
from trialmine.records.article import Article, Block, Mention, Reference, Sentence

# "HCTZ 12.5 mg", "(MF 500 mg": a short name that no intervention of ours has
_SHORT_NAME = regex.compile(r"(?:^|[\s,(/+])(?P<name>(?-i:[A-Z][A-Za-z]{0,2}[A-Z]{1,4}))\s[(\[]?$")
# "IL-21 10 mg", "MK-3475 (200 mg", "17-AAG 50 mg": letters and digits
_CODE_NAME = regex.compile(
    r"(?<![\p{L}\d-])(?<!\b(?:arm|group|cohort|level|stage|stratum|dose|day|part|regimen|phase|step|period|type)s?\s)"
    r"(?P<name>(?-i:\p{Lu}[\p{L}]{0,5}-?\d{1,7}[\p{L}]{0,3}|\p{Lu}{2,4}\s\d{1,3}-\d{3,5}|\d{1,3}-\p{Lu}{2,5}))\s?(?:[(,:]\s?|\sat\s|\sat\sa\sdose\sof\s)?$",
    regex.IGNORECASE,
)
# "80 mg PC-SOD": the same behind the amount
_NAME_BEHIND = regex.compile(
    r"\s(?P<name>(?-i:(?!Q)[A-Z][A-Za-z]{0,3}-?[A-Z\d][A-Z\d-]{1,9}))(?![\w-])(?!\s(?:groups?|arms?)\b)"
)
_NO_NAME = regex.compile(
    rf"{NO_NAME}|(?:Day|Week|Month|Group|Arm|Phase|Step|Dose|Level|Cohort|Part|Cycle|Visit|Type|Grade|Stage|COVID)-?\d+"
)
# "1.7 g of fish oil": what the amount is of
_OF_SOMETHING = regex.compile(
    r"\sof\s(?!(?:the|an?(?=\s)|this|each|either|both|study|active|drugs?|body|medication|treatment|test|ideal|actual|total|it|which|these|concentrat\w+|water|h(?:a?e)magglutinin|antigen|iodine|elemental|base)\b)"
    r"[\p{L}\d'’.-]*\p{L}[\p{L}\d'’-]*(?:\s(?:extract|oil|juice|powder|supplement\w*|vaccine|acids?))?",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"[\p{L}\d]{3,}")
# what may stand between a name and its amount
_LEADS = regex.compile(r"\s?\(?[≤≥<>~]?\s?|\sat\s(?:a\s|the\s)?(?:dos(?:e|es|age)|rate)\sof\s", regex.IGNORECASE)
_BRACKET = regex.compile(r"\s?[(\[]\s?")
_MADE_SO = regex.compile(r"[®™]?\s")
# "patients received Abc in a dose of 5 mg"
_RECEIVED_SHORT = regex.compile(
    r"\b(?:receiv(?:e|ed|ing)|took|taking|given|administered|injected)\s(?:oral\s)?(?P<name>\p{Lu}[\p{L}\d]{1,11})(?=\s(?:in|at|with|was|were|to)\b)"
)
_NEAR = 60


def is_of_another(
    article: Article,
    linker: Linker,
    dose: Mention,
    doses: Sequence[Mention],
    found: Reference | None,
    sentence: Sentence,
) -> bool:
    """Whether a name that is neither `found` nor another intervention stands right beside the dose."""
    if _is_of_something(article, linker, dose, found, sentence) or _is_in_bracket_of(
        article, linker, dose, found, sentence
    ):
        return True
    # the one drug of a trial may go by a name that is none of its own ("800 IU ergocalciferol" of vitamin D), unless
    # the sentence tells its dose beside its name
    exempt = linker.is_sole(found) and not any(linker.is_beside(d, doses, found, sentence) for d in doses if d != dose)
    if not exempt and _is_beside_drug(article, linker, dose, found, sentence):
        return True
    m = _SHORT_NAME.search(article.text, max(sentence.start, dose.start - 12), dose.start)
    m = m or _CODE_NAME.search(article.text, max(sentence.start, dose.start - 24), dose.start)
    m = m or _NAME_BEHIND.match(article.text, dose.end, sentence.end)
    if m is None or _NO_NAME.fullmatch(m["name"]):
        return False
    return found is None or not (
        (found.start < m.end("name") and m.start("name") < found.end)
        # "16 mg ABCD® aspirin", "aspirin ABCD 16 mg": how the drug is made
        or _MADE_SO.fullmatch(article.text, m.end("name"), max(m.end("name"), found.start))
        or _MADE_SO.fullmatch(article.text, found.end, max(found.end, m.start("name")))
        or _shortens(m["name"], linker.row(found.id).name)
    )


def receives_unknown(sentence: str, interventions: Block, arms: Block) -> bool:
    """Whether a sentence says that a drug was received whose short name is that of no intervention or arm."""
    m = _RECEIVED_SHORT.search(sentence)
    if m is None:
        return False
    known = [n for r in interventions.rows for n in (r.name, *r.aliases)] + [a.label for a in arms.rows if a.label]
    return not any(m["name"].lower() in name.lower() for name in known)


def _is_of_something(
    article: Article, linker: Linker, dose: Mention, found: Reference | None, sentence: Sentence
) -> bool:
    m = _OF_SOMETHING.match(article.text, dose.end, sentence.end)
    if m is None:
        return False
    if found is not None and DESCRIBED.fullmatch(article.text, dose.end, max(dose.end, found.start)):
        return False
    named = next((r for r in linker.references(sentence) if dose.end <= r.start < m.end()), None)
    if named is not None:
        # saline or the like, which has no such amounts itself
        return found is None or named.id != found.id
    return not _alike(m[0], linker, found)


def _is_in_bracket_of(
    article: Article, linker: Linker, dose: Mention, found: Reference | None, sentence: Sentence
) -> bool:
    """ "placebo (300 mg starch)": the bracket tells of what stands before it, though that has no such doses."""
    before = [r for r in linker.references(sentence) if r.end <= dose.start]
    # "A/placebo (5 mg)" tells of A
    if before and found is not None and article.text[found.end : before[-1].start].strip() == "/":
        return False
    return (
        bool(before)
        and (found is None or before[-1].id != found.id)
        and _BRACKET.fullmatch(article.text, before[-1].end, dose.start) is not None
    )


def _is_beside_drug(
    article: Article, linker: Linker, dose: Mention, found: Reference | None, sentence: Sentence
) -> bool:
    low, high = max(sentence.start, dose.start - _NEAR), min(sentence.end, dose.end + _NEAR)
    for e in article.entities_in(low, high, label="CHEMICAL"):
        behind = e.start >= dose.end and article.text[dose.end : e.start].strip() in ("", "of")
        before = e.end <= dose.start and _LEADS.fullmatch(article.text, e.end, dose.start)
        if not (behind or before) or any(r.start < e.end and e.start < r.end for r in linker.references(sentence)):
            continue
        if not _alike(e.text, linker, found):
            return True
    return False


def _alike(name: str, linker: Linker, found: Reference | None) -> bool:
    """Whether a name shares a word with the intervention found: "pork ham" with "dry-cured ham"."""
    if found is None:
        return False
    row = linker.row(found.id)
    drug = canonical(name.strip())
    if drug is not None and drug.name.lower() == row.name.lower():
        return True  # a brand name of it
    own = {w.lower() for n in (row.name, *row.aliases) for w in _WORD.findall(n)}
    return any(w.lower() in own for w in _WORD.findall(name))


def _shortens(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in this order: "AMX" in "amoxicillin"."""
    return regex.match("[^ ]*?".join(map(regex.escape, short)), name, regex.IGNORECASE) is not None
