"""What all arms got: drugs of sentences that speak of everybody, or of nobody's arm."""

from __future__ import annotations

from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.records.article import Article, Block, Sentence

_EVERYBODY = regex.compile(
    r"\b(?:all|each|every|both)\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:patients?|subjects?|participants?|women|children"
    r"|groups?|arms?|rats|dogs|animals)\b",
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


def with_common(article: Article, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """What all participants were given belongs to every arm."""
    if len(drafts) < 2:
        return drafts
    used = {m for d in drafts for m in d.members}
    left = [r.id for r in interventions.rows if r.id not in used and r.role in _ROLES]
    common = [i for i in left if _is_common(article, interventions, used, i)]
    return [replace(d, members=(*d.members, *common)) for d in drafts]


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
    if sentence.section in ("background", "results", "conclusions", "title"):
        return False
    return not any(r.id in used for r in interventions.within(sentence.start, sentence.end))
