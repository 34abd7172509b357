"""What all arms got: drugs of sentences that speak of everybody, or of nobody's arm."""

from __future__ import annotations

from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.given_besides import anaesthetics
from trialmine.assemble.arms.proposals import PARTED
from trialmine.assemble.interventions.given_to_all import is_told_of_all
from trialmine.records.article import Article, Block, Reference, Sentence
from trialmine.records.trial import Intervention

_EVERYBODY = regex.compile(
    r"\b(?:all|each|every|both)\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:patients?|subjects?|participants?|women|men|adults|children"
    r"|infants|people|individuals|volunteers|groups?|arms?|rats|dogs|animals)\b",
    regex.I,
)
_GIVEN = regex.compile(r"\breceiv|\bgiven\b|\btook\b|\btreated\b|\badminist|\bunderwent\b|\bwith\b", regex.I)
# what people were given before the name is reached: "patients received …", "anaesthesia was maintained with …"
_TOLD = regex.compile(
    r"\b(?:receiv\w+|given|administ\w+|treated|underwent|took|started|infused|injected|inserted|performed|provided"
    r"|supplemented|applied|ana?esthe\w+|induc(?:ed|tion)|maint(?:ained|enance)|intubat\w+|consist\w+|compris\w+|as\s+follows"
    r"|regimens?|cycles?)\b",
    regex.I,
)
_NOT_ALL = regex.compile(
    r"\brescue|\ballow\w+|\bpermitted|\bif\s+(?:needed|required|necessary)|\bas\s+(?:needed|required)|\bon\s+demand|\bneed\w*\b"
    r"|\bbreakthrough|\bcould\b|\bmay\b|\bPCA\b|\bdespite|\brefractory|\bprevious|\bprior\b|\bfailed|\binadequate|\bexclu"
    r"|\bstratif\w+|\bhistory|\brandom|\bassigned|\ballocated|\bgroups?\s+(?-i:[A-Z]\b|[IV]+\b|\d)|\barm\s+(?-i:[A-Z]\b|\d)"
    r"|\b(?:control|placebo|intervention|treatment)\s+(?:group|arm)",
    regex.I,
)
_ROLES = ("background", "investigational")
_FILLER = (
    r"(?:(?:an?|the|their|his|her|existing|stable|standard|usual|ongoing|background|licensed|oral|daily|weekly|doses?|of)"
    r"\s+){0,4}(?:[\w-]{3,}\s(?:and|plus)\s)?"  # the one before: "on tea and milk"
)
# "… in addition to lithium", "on a background of metformin", "both with lamivudine": what the arms were given besides
_BESIDES = regex.compile(
    r"\b(?:in\s+addition\s+to|add(?:ed)?(?:[\s-]on)?\s+to|on\s+top\s+of|(?:both|each|all)\s*,?\s+(?:(?:combined|together|in\s+combination)\s+)?(?:with|plus)"
    r"|(?:concurrent|concomitant)(?:ly)?\s+with|along\s+with|background|adjunct(?:ive)?\s+(?:therapy\s+)?to)"
    rf"\s+{_FILLER}$",
    regex.I,
)
# people who already had it: "in men receiving goserelin", "patients on metformin monotherapy"
_HAD = regex.compile(
    r"\b(?:patients?|subjects?|participants?|adults|women|men|children|individuals|people|those|cancer|diabetes|disease|arthritis|infection|asthma)"
    r"\s+(?:(?:who|were|are|already|all|currently|being|not|(?:in)?adequately|insufficiently|poorly|suboptimally)\s+){0,4}"
    r"(?:receiving|on|undergoing|treated\s+with|taking|maintained\s+on|(?:un)?controlled\s+(?:on|with|by|despite))"
    rf"\s+{_FILLER}$",
    regex.I,
)
_SOME = regex.compile(
    r"\bor\s+(?:with|on|in|added)\b|\bwithout\b|\bneither\b|\bnot?\s|\bsome\b|%|\b(?:previous|prior|former)(?:ly)?\b",
    regex.I,
)
_OR = regex.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,\s*)?or\b", regex.I)
_UNDER = regex.compile(r"\b(?:under|during|after|following|with)\s+(?:(?:general|spinal)\s+)?$", regex.I)
_ANAESTHESIA = regex.compile(r"[\s-]*(?:(?:general|spinal|epidural)\s+)?ana?esthe", regex.I)
_ALONE = regex.compile(
    r"[\s-]*(?:\([^()]{1,30}\)\s*)?(?:(?:group|arm|therapy|treatment|[\d.,]+\s?\p{L}+)\s)?\s*(?:alone|monotherapy|only|groups?|arms?)\b",
    regex.I,
)
_WERE_PARTED = regex.compile(
    r"[^.;:]{0,60}?\b(?:were|was|are)\s+(?:(?:then|subsequently|also)\s+)?(?:random|assigned|allocated|divided)",
    regex.I,
)
_PLACEBO = regex.compile(r"\bplacebo\b[^.;]*$", regex.I)
_BEFORE = 80  # characters before a name that say how it stands to the arms
_NEAR = 45
_SUBSTANCES = ("drug", "biological", "vaccine", "dietary_supplement", "cell_therapy", "radiation", "procedure")
_REPORTED = ("results", "conclusions")
_APART = ("background", "objective", "title", *_REPORTED)


def with_common(article: Article, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """What all participants were given belongs to every arm."""
    used = {m for d in drafts for m in d.members}
    left = [r for r in interventions.rows if r.id not in used and r.role in _ROLES]
    if len(drafts) != 1:
        sure = given_to_all(article, interventions)
        common = {
            r.id for r in left if _is_common(article, interventions, used, r.id) or _is_had(article, interventions, r)
        }
        found = [r.id for r in interventions.rows if r.id in common or (r.id in sure and r.id not in used)]
    elif PARTED.is_in(article.text):  # the other arm was not found
        found = []
    else:
        found = [r.id for r in left if _is_given_besides(article, interventions, r)]
    each = [r.id for r in interventions.references if len(drafts) > 1 and _is_told_of_each(article, r)]
    found = list(dict.fromkeys((*found, *each)))
    return [replace(d, members=(*d.members, *(m for m in found if m not in d.members))) for d in drafts]


# "A or B, each with C"
_EACH_WITH = regex.compile(
    rf"\b(?:each|both|all)\s*,?\s+(?:(?:given|combined|together|in\s+combination|administered)\s+)?(?:with|plus)\s+{_FILLER}$",
    regex.I,
)


def _is_told_of_each(article: Article, r: Reference) -> bool:
    """Whether the sentence that parts the arms ends with what each of them got besides."""
    sentence = article.sentence_at(r.start)
    if sentence is None or sentence.section in _REPORTED or _OR.match(article.text, r.end):
        return False
    before = _EACH_WITH.search(article.text, max(sentence.start, r.start - _BEFORE), r.start)
    return before is not None and _ASSIGNED.search(article.text, sentence.start, before.start()) is not None


_ASSIGNED = regex.compile(r"\brandom|\bassigned|\ballocated|\breceive", regex.I)


def given_to_all(article: Article, interventions: Block) -> frozenset[str]:
    """The drugs that the text says the people of all arms had besides, and nowhere that some had them alone."""
    had = {r.id for r in interventions.rows if r.role == "background" and _is_had(article, interventions, r)}
    had |= {r.id for r in interventions.references if _is_surely_had(article, r)}
    had |= {r.id for r in anaesthetics(article, interventions)}
    had |= {r.id for r in interventions.references if is_told_of_all(article, r.start)}
    had |= {r.id for r in interventions.references if _is_told_of_each(article, r)}
    alone = {r.id for r in interventions.references if _ALONE.match(article.text, r.end)}
    return frozenset(had - alone)


def _is_surely_had(article: Article, r: Reference) -> bool:
    """ "men receiving A were randomized", "drug or placebo, both with A", "under A anaesthesia": all people had A."""
    if article.section_at(r.start) in _REPORTED:
        return False
    before = article.text[max(0, r.start - _BEFORE) : r.start]
    if _SOME.search(before[-_NEAR:]) or _OR.match(article.text, r.end):
        return False
    besides = _BESIDES.search(before)
    if besides and _PLACEBO.search(before, 0, besides.start()):
        return True
    if _HAD.search(before) and _WERE_PARTED.match(article.text, r.end):
        return True
    return bool(_UNDER.search(before) and _ANAESTHESIA.match(article.text, r.end))


def _is_given_besides(article: Article, interventions: Block, row: Intervention) -> bool:
    """Whether a sentence on methods says that the people of the one arm were given a drug too."""
    if row.role != "background" or row.kind not in _SUBSTANCES:
        return False
    for r in interventions.references:
        sentence = article.sentence_at(r.start) if r.id == row.id else None
        if sentence is None or sentence.section in _APART:
            continue
        text = article.text[sentence.start : sentence.end]
        if _TOLD.search(text) and not _NOT_ALL.search(text):
            return True
    return _is_had(article, interventions, row)


def _is_had(article: Article, interventions: Block, row: Intervention) -> bool:
    """Whether the people had a drug besides what parts them: "in addition to lithium"."""
    for r in interventions.references:
        if r.id != row.id or article.section_at(r.start) in _REPORTED:
            continue
        before = article.text[max(0, r.start - _BEFORE) : r.start]
        told = _BESIDES.search(before) or _HAD.search(before)
        if told and not _SOME.search(before[-_NEAR:]) and not _OR.match(article.text, r.end):
            return True
    return False


def _is_common(article: Article, interventions: Block, used: set[str], intervention: str) -> bool:
    for r in interventions.references:
        sentence = article.sentence_at(r.start)
        if r.id != intervention or sentence is None:
            continue
        text = article.text[sentence.start : sentence.end]
        if _EVERYBODY.search(text) and _GIVEN.search(text):
            return True
        if _is_apart(interventions, used, sentence) and _TOLD.search(text) and not _NOT_ALL.search(text):
            return True
    return False


def _is_apart(interventions: Block, used: set[str], sentence: Sentence) -> bool:
    """Whether a sentence on methods names nothing that parts the arms."""
    if sentence.section in _APART:
        return False
    return not any(r.id in used for r in interventions.within(sentence.start, sentence.end))
