"""Arms of one drug that have one amount of it at several intervals: "10 mg once daily, 10 mg twice daily"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.lexicon.occurrences import lowered, occurrences
from trialmine.records.article import Article, Block, Mention, Mentions

_CHANCE = regex.compile(r"\brandom|\bassigned|\ballocated|\bdivided|\beither\b|\bor\s(?:matching\s)?placebo\b", regex.I)
_OWN = ("title", "objective", "methods", None, "other", "registration")
_TURNS = regex.compile(
    r"\b(?:then|followed\sby|titrat\w+|escalat\w+|increas\w+|reduc\w+|initially|thereafter)\b", regex.I
)
_WORDS = r"(?:(?:oral|subcutaneous|intravenous|at|of|either|to|a|the|dose)\s){0,3}"
_JOINT = regex.compile(
    rf"\s?(?:[(\[][^()\[\]]{{0,40}}[)\]])?\s?(?:,\s?(?:or\s|and\s)?|;\s?(?:or\s)?|\s?or\s|\s?and\s|\s?versus\s|\s?vs\.?\s){_WORDS}",
    regex.I,
)
_NEXT = regex.compile(r",?\s|\s?[(\[]\s?")
_TO_FIRST = regex.compile(r"[\s,:(]*(?:\([^()]{1,30}\)\s)?(?:at|in|doses?|of|subcutaneously|orally|\s)*", regex.I)
_BEFORE, _BEHIND = regex.compile(r"(?<![\p{L}\d.])"), regex.compile(r"(?![\p{L}\d])")
_FEWEST = 2
_AMOUNT = regex.compile(r"(?<=\s)\d+(?:\.\d+)?(?=[\s-]?\p{L})")
Dose = tuple[Mention, Mention]
"""An amount with how often it was had."""


def with_frequencies(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft]
) -> list[ArmDraft]:
    """The arms, those of a drug parted where one amount of it is told with two intervals side by side."""
    for sentence in article.sentences:
        text = (article.text, sentence.start, sentence.end)
        if sentence.section not in _OWN or not _CHANCE.search(*text) or _TURNS.search(*text):
            continue
        doses = _doses(article, mentions, sentence.start, sentence.end)
        for drug, run in _runs(article.text, interventions, doses):
            own = [d for d in drafts if drug in d.members]
            alike = {frozenset(d.members) for d in own}
            told = {f"{m.value.dose.value:g}" for m, _ in run}
            others = [d for d in own if (amount := _AMOUNT.search(d.label)) and f"{float(amount[0]):g}" not in told]
            if len(alike) == 1 and len(own) <= len(run) and not others:
                parts = [_draft(article, interventions, own[0], drug, dose) for dose in run]
                return sorted([*(d for d in drafts if d not in own), *parts], key=lambda d: d.span)
    return list(drafts)


def _doses(article: Article, mentions: Mentions, start: int, end: int) -> Iterator[Dose]:
    for m in mentions.within("dose", start, end):
        behind = [f for f in mentions.within("frequency", m.end, end) if _NEXT.fullmatch(article.text, m.end, f.start)]
        if behind and m.value.dose.value is not None and not m.value.alternatives:
            yield m, behind[0]


def _runs(text: str, interventions: Block, doses: Iterator[Dose]) -> Iterator[tuple[str, list[Dose]]]:
    """Runs of one drug's amounts in one unit, of which one is told with two intervals."""
    run: list[Dose] = []
    drug: str | None = None
    for dose in (*doses, None):
        if dose and run and _is_next(text, interventions, run[-1], dose, drug):
            run.append(dose)
            continue
        amounts = [m.value.dose.value for m, _ in run]
        told = {(m.value.dose.value, text[f.start : f.end].lower()) for m, f in run}
        if drug and len(run) >= _FEWEST and len(told) == len(run) and len(set(amounts)) < len(run):
            yield drug, run
        run = [dose] if dose else []
        drug = _drug_before(text, interventions, dose[0].start) if dose else None


def _drug_before(text: str, interventions: Block, start: int) -> str | None:
    near = interventions.within(max(0, start - 70), start)
    return near[-1].id if near and _TO_FIRST.fullmatch(text, near[-1].end, start) else None


def _is_next(text: str, interventions: Block, last: Dose, dose: Dose, drug: str | None) -> bool:
    (a, often), (b, _) = last, dose
    if a.value.dose.unit != b.value.dose.unit:
        return False
    between = interventions.within(often.end, b.start)
    if any(r.id != drug for r in between):
        return False
    stop = between[0].start if between else b.start
    return _JOINT.fullmatch(text, often.end, stop) is not None


def _draft(article: Article, interventions: Block, own: ArmDraft, drug: str, dose: Dose) -> ArmDraft:
    m, often = dose
    name = next(r.name for r in interventions.rows if r.id == drug)
    told = article.text[m.start : often.end]
    spans = [
        (start, end)
        for start, end in occurrences(lowered(article.text), told.lower(), before=_BEFORE, behind=_BEHIND)
        if start != m.start
    ]
    return ArmDraft(f"{name} {told}", (m.start, often.end), own.members, spans=tuple(spans), keys=frozenset({told}))
