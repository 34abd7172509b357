"""What a sentence without any drug says of all rows: "All were treated for 12 weeks", "a single-dose study"."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import regex

from trialmine.assemble.dosing.by_arm import arm_behind
from trialmine.assemble.dosing.cycle import has_interval, is_interval
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.given import is_given
from trialmine.assemble.dosing.pieces_taken import once_a_day
from trialmine.assemble.dosing.placebos import with_placebo
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Mention, Mentions, Sentence
from trialmine.records.trial import Dose, Frequency

_OUTCOME_SECTIONS = ("results", "conclusions")


class Source(Protocol):
    """What sharing needs to know of the article."""

    article: Article
    mentions: Mentions
    interventions: Block
    arms: Block

    def attributes(self, sentence: Sentence) -> list[Mention]:
        """The attribute mentions of a sentence."""


_ALL_TREATMENTS = regex.compile(
    r"\b(?:treat(?:ed|ments?)|therap(?:y|ies)|drugs?|medications?|doses?|both|all|each|infusions?|injections?|cycles?|regimens?|courses?|supplement\w*|capsules?|tablets?|vaccin\w+)\b",
    regex.IGNORECASE,
)


def share(drafts: list[Draft], source: Source) -> list[tuple[Mention, str]]:
    """Fill what a sentence without any drug says of all of them ("All treatments were given for 12 weeks").

    What it says of single arms is handed back with the arm, for when the rows know theirs.
    """
    by_arm: list[tuple[Mention, str]] = []
    of_all: list[Mention] = []
    text = source.article.text
    for sentence, with_inert in _without_drugs(drafts, source):
        told = _GIVEN_TO_ALL.first(text, sentence.start, sentence.end)
        if told is None and (with_inert or not _ALL_TREATMENTS.search(text, sentence.start, sentence.end)):
            continue
        if told is None and _gives_another(source, sentence):
            continue
        if told is None and not _told_of_giving(text[sentence.start : sentence.end]):
            _fill_once(drafts, source, sentence)
            continue
        for m in _attributes(source, sentence):
            if told is not None and not _is_told(text, sentence, told.end(), m):
                continue
            arm = arm_behind(text, m, source.arms)
            if arm is not None:
                by_arm.append((m, arm))
            elif m.kind in ("frequency", "duration", "schedule", "route", "administrations"):
                _fill_all(drafts, m, text[max(sentence.start, m.start - 40) : m.start])
                of_all += [m] if told is not None else []
    drafts[:] = with_placebo(drafts, source.article, source.interventions, of_all)
    return by_arm


def _gives_another(source: Source, sentence: Sentence) -> bool:
    """ "The solution was infused every 20 min at 5 mL/kg": an amount of none of ours has the rest of its sentence."""
    doses = source.mentions.within("dose", sentence.start, sentence.end)
    return any(d.value.basis in ("amount", "volume") and is_given(source.article.text, d, sentence) for d in doses)


def _attributes(source: Source, sentence: Sentence) -> list[Mention]:
    counts = source.mentions.within("dose", sentence.start, sentence.end)
    return [*source.attributes(sentence), *(m for c in counts if (m := once_a_day(c)))]


def _without_drugs(drafts: Sequence[Draft], source: Source) -> Iterator[tuple[Sentence, bool]]:
    """The sentences that name no drug but perhaps a placebo, and whether they do."""
    inert = {r.id for r in source.interventions.rows if _INERT.search(r.name)}
    used = {d.sentence.start for d in drafts if d.dose or d.intervention not in inert}
    drunk = {r.id for r in source.interventions.rows if r.name == "water"}
    named = sorted(
        (r.start, r.id in inert)
        for r in source.interventions.references
        if r.id not in drunk or not _DRUNK_WITH.search(source.article.text, max(0, r.start - 40), r.start)
    )
    for sentence in source.article.sentences:
        if sentence.start in used or sentence.section in (*_OUTCOME_SECTIONS, "background"):
            continue
        within = [is_inert for at, is_inert in named if sentence.start <= at < sentence.end]
        if all(within):
            yield sentence, bool(within)


# "taken with a sip of water" names no drug
_DRUNK_WITH = regex.compile(r"\bwith\s(?:\w+\s){0,4}$", regex.IGNORECASE)
_INERT = regex.compile(r"placebo|\bsham\b|vehicle|\bsaline\b", regex.IGNORECASE)
_TREATMENT = (
    r"(?:treatments?|therap(?:y|ies)|drugs?|medications?|medicines?|doses?|infusions?|injections?|regimens?|supplements?|supplementations?|capsules?|tablets?|pills?|sachets?"
    r"|vaccin(?:es?|ations?)|solutions?|(?:eye\s?)?drops|preparations?|formulations?|products?|agents?|creams?|gels?|ointments?|sprays?|mouth\s?(?:wash|rinse)(?:e?s)?|rinses?|tooth\s?pastes?|dentifrices?|lotions?|foams?|syrups?|patches|drinks?|beverages?|juices?|applications?)"
)
_GIVEN = r"(?:(?:self-)?administered|given|taken|instilled|applied|ingested|consumed|swallowed|drunk|eaten|infused|injected|inhaled|used|delivered|repeated|continued|dosed|maintained|performed|provided|prescribed|done|lasted)"
_COUNT = r"(?:one|two|three|four|five|six|eight|ten|[1-9]|1\d)"
# "both solutions were instilled", "they took the tablets": what was given to all
_GIVEN_TO_ALL = Search(
    rf"""(?<!\b(?:an?|other|previous|prior|concomitant|rescue|no|this|first|second|third|another|additional|last|initial|test|standard|loading|booster)\s)\b(?:{_TREATMENT}|both|all|these)\s
    (?:(?:and|or)\s(?:the\s)?(?:matching\s)?placebos?\s|(?:of|in)\s(?:them|both\s(?:groups|arms)|all\s(?:groups|arms))\s|preparations\s)?
    (?:(?:was|were|is|are|(?:will|to|must|had\sto)\sbe|being)\s(?:then\s|all\s|both\s|each\s|orally\s|intravenously\s|subcutaneously\s)?)?{_GIVEN}\b
    |\b(?:participants?|patients?|subjects?|volunteers?|wom[ae]n|m[ae]n|children|they|who|athletes)\s(?:(?:(?:were|was|will\sbe)\s(?:all\s)?(?:instructed|asked|advised|told|requested|required)\sto|will)\s)?(?:took|take|used?|appl(?:y|ied)|ingest(?:ed)?|consumed?|instill?(?:ed)?|inhaled?|swallow(?:ed)?|received?)\s
    (?:(?:(?:the|their|all|both|these|study|assigned|allocated)\s){{1,3}}(?:(?:study|test|trial)\s)?|{_COUNT}\s(?:of\s(?:the|their)\s)?(?:(?:study|test|trial|hard|gelatine?|soft|oral|identical|vaginal)\s){{0,2}}){_TREATMENT}\b
    |\b{_COUNT}\s(?:(?:study|test|trial|hard|gelatine?|soft|oral|vaginal)\s){{0,2}}(?:tablets?|capsules?|pills?|sachets?)\s(?:(?:was|were|is|are|to\sbe|will\sbe)\s)(?:\w+ly\s)?{_GIVEN}\b""",
    regex.VERBOSE,
)
_SINGLE_DOSE = regex.compile(r"\bsingle[\s-](?:\w+[\s-])?doses?\b", regex.IGNORECASE)
_DESIGN = regex.compile(
    r"\b(?:stud(?:y|ies)|trials?|design|cross-?over|bioequivalence|(?:two|three|four)-(?:way|period))\b",
    regex.IGNORECASE,
)
_SEVERAL = regex.compile(
    r"\b(?:multiple|repeat(?:ed)?|steady|ascending|rising|escalat\w+|part|period\s\d)\b", regex.IGNORECASE
)


def _fill_once(drafts: Sequence[Draft], source: Source, sentence: Sentence) -> None:
    """ "a randomized, single-dose, two-period, crossover design": every drug was given once, if no more is told."""
    said = source.article.text[sentence.start : sentence.end]
    if not (_SINGLE_DOSE.search(said) and _DESIGN.search(said)) or _SEVERAL.search(said):
        return
    if any(d.frequency or d.duration or (d.schedule and d.schedule.days) for d in drafts):
        return
    for m in source.mentions.within("frequency", sentence.start, sentence.end):
        if m.value.code == "ONCE":
            for d in drafts:
                if d.dose and takes(d.dose, m.value):
                    d.fill("frequency", m.value, (m.start, m.end))


_TOLD_OF_GIVING = regex.compile(
    r"\b(?:administ|given|received|treated|treatment\s(?:was|period|phases|courses|lasted|duration|continued)|repeated|taken|injected|infused|cycles?\b|continued|therapy\swas|doses?\swere"
    r"|supplementation)",
    regex.IGNORECASE,
)
_GIVEN_ON = regex.compile(
    r"\b(?:given|administered|infused|injected|repeated|delivered|dosed|taken)\b", regex.IGNORECASE
)
_TOLD_OF_MEASURING = regex.compile(
    r"\b(?:assess|measur|evaluat|examin|follow|collect|visit|question|record|monitor|observ|sampl|drawn)",
    regex.IGNORECASE,
)


def is_told_of_all(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention stands behind words that tell what was given, as one statement with them."""
    told = _GIVEN_TO_ALL.first(text, sentence.start, sentence.end)
    return told is not None and told.end() <= mention.start and _is_told(text, sentence, told.end(), mention)


def _is_told(text: str, sentence: Sentence, end: int, mention: Mention) -> bool:
    """Whether a mention belongs to the words that tell what was given, which end at `end`, and not to what was seen."""
    if mention.end <= end:
        return _TOLD_OF_MEASURING.search(text, sentence.start, end) is None
    return _TOLD_OF_MEASURING.search(text, end, mention.start) is None and ";" not in text[end : mention.start]


def _told_of_giving(sentence: str) -> bool:
    return _TOLD_OF_GIVING.search(sentence) is not None and _TOLD_OF_MEASURING.search(sentence) is None


def _fill_all(drafts: list[Draft], mention: Mention, before: str) -> None:
    given = _GIVEN_ON.search(before) is not None
    # what the sentence itself has told of a placebo that it names is no rival
    rivals = [d for d in drafts if not d.sentence.start <= mention.start < d.sentence.end]
    # where amounts are told, a drug that has none says little of how often they were given
    rivals = [d for d in rivals if d.dose] or rivals
    if any(_told_before(d, mention) for d in rivals):
        _fill_untimed(drafts, mention, before)
        return
    for d in drafts:
        if mention.kind == "frequency" and d.dose and (not takes(d.dose, mention.value) or _is_of_its_own(d, mention)):
            continue
        if mention.kind == "schedule" and mention.value.days and (has_interval(d) or not given):
            continue
        if (
            mention.kind == "frequency"
            and d.schedule
            and len(d.schedule.days) > (1 if is_interval(mention.value) else 0)
        ):
            continue
        d.fill(mention.kind, mention.value, (mention.start, mention.end))


def _is_of_its_own(draft: Draft, mention: Mention) -> bool:
    """Whether a row's times are not those of all: a loading dose is given once, rays are parted in fractions."""
    rays = draft.dose is not None and draft.dose.unit.endswith("Gy") and draft.administrations is not None
    return (draft.role == "loading" or rays) and is_interval(mention.value)


_REPEATED = regex.compile(r"\b(?:repeated|cycles?|courses?)\b", regex.IGNORECASE)


def _fill_untimed(drafts: Sequence[Draft], mention: Mention, before: str) -> None:
    """ "A on day 1, B twice daily. Both were repeated every 3 weeks": A, with one day or no timing, is given every 3 weeks."""
    if mention.kind != "frequency" or not is_interval(mention.value):
        return
    timed = [d.frequency for d in drafts if d.dose and d.frequency]
    within_cycles = _REPEATED.search(before) is not None and not any(is_interval(f) for f in timed)
    for d in drafts:
        if d.dose is None or d.frequency is not None or not takes(d.dose, mention.value):
            continue
        days = d.schedule.days if d.schedule else ()
        untimed = not days and d.duration is None and not _is_of_its_own(d, mention)
        if len(days) == 1 or (untimed and within_cycles):
            d.fill("frequency", mention.value, (mention.start, mention.end))


def takes(dose: Dose, often: Frequency) -> bool:
    """Whether a dose leaves its frequency open: a daily total may be given in several parts."""
    if dose.unit.endswith("/d"):
        return often.period_unit == "d" and often.period == 1 and (often.count or 0) > 1
    return regex.search(r"/(?:h|min)$", dose.unit) is None


_CYCLE_PARTS = (("cycles", "cycles_max"), ("cycle_length",))


def _told_before(draft: Draft, mention: Mention) -> bool:
    """Whether a row has such a fact; of a schedule, the number of cycles and their length are told apart."""
    if mention.kind != "schedule" or draft.schedule is None or mention.value.days:
        return draft.has(mention.kind)
    parts = [p for p in _CYCLE_PARTS if any(getattr(mention.value, n) for n in p)]
    return not parts or any(getattr(draft.schedule, n) for p in parts for n in p)
