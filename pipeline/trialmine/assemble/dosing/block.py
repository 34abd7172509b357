"""The dosing table: doses linked to their drugs, with what the sentence says of frequency, route, schedule, duration."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.amounts import is_counted
from trialmine.assemble.dosing.apart import set_apart
from trialmine.assemble.dosing.arms import assign_arms, with_each_days, with_each_frequency
from trialmine.assemble.dosing.attributes import attributes_of
from trialmine.assemble.dosing.bare import given_untold, is_only_named, is_solvent, without_untold
from trialmine.assemble.dosing.beside import counted, share_daily, without_descriptions
from trialmine.assemble.dosing.by_arm import fill_by_arm
from trialmine.assemble.dosing.ceilings import share_with_ceilings
from trialmine.assemble.dosing.choice import choose
from trialmine.assemble.dosing.closing import close_regimens
from trialmine.assemble.dosing.common import Common
from trialmine.assemble.dosing.contents import without_contents
from trialmine.assemble.dosing.doubles import without_doubles, without_strengths
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.elsewhere import tells_of_others
from trialmine.assemble.dosing.foreign import is_of_another, receives_unknown
from trialmine.assemble.dosing.forms import fill_forms
from trialmine.assemble.dosing.given import is_asked_of, is_given
from trialmine.assemble.dosing.led_routes import share_leading
from trialmine.assemble.dosing.lengths import split_lengths
from trialmine.assemble.dosing.levels import are_cohorts, split_levels
from trialmine.assemble.dosing.link import Linker
from trialmine.assemble.dosing.pieces_taken import with_pieces_taken
from trialmine.assemble.dosing.placebos import with_placebo_alike
from trialmine.assemble.dosing.repeated import repeat_single
from trialmine.assemble.dosing.returning import part_arms, with_returns
from trialmine.assemble.dosing.roles import assign_roles
from trialmine.assemble.dosing.routes import fill_routes
from trialmine.assemble.dosing.rows import finish, keep_timing, merge
from trialmine.assemble.dosing.scope import Scope
from trialmine.assemble.dosing.sections import with_results_told
from trialmine.assemble.dosing.shared import share
from trialmine.assemble.dosing.shares import is_breathed, is_share
from trialmine.assemble.dosing.topic import EITHER, topic_of
from trialmine.normalise.frequency import per_period
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence
from trialmine.records.trial import Dose, Dosing, Warning  # noqa: A004 (the contract's own word)

_PUMPED = regex.compile(r"\binfus(?:ion|ed)\b[^.;]{0,30}$", regex.IGNORECASE)
# "the A group received B 5 mg": A names the group
_GROUP_HAD = regex.compile(
    r"\s(?:groups?|arms?)\s(?:\([^()]{1,30}\)\s)?(?:received|had|took|got|(?:was|were)\s(?:\w+\s)?given)\b",
    regex.IGNORECASE,
)
_WHICH_IS = regex.compile(r"(?:\s(?:arm|group|regimen|chemotherapy|therapy))?\s?[(\[]\s?", regex.IGNORECASE)
_GIVING = regex.compile(
    r"\b(?:dos(?:e|es|age|ing)|receiv\w*|given|administ\w*|loading|bolus|infus\w*|groups?|arms?|cohorts?|titrat\w*|increased|reduced|injec\w*|random\w*|treat\w*|then)\b",
    regex.IGNORECASE,
)
_REGIMEN_TOLD = regex.compile(
    r"\b(?:received|given|administered|treated|injections?|infusions?|cohorts?|escalat\w+)\b[^.;]{0,80}\bdos(?:es?|ages?)\b",
    regex.IGNORECASE,
)
# "5 mg of A", "5 mg/day A"
_OF = regex.compile(r"\s(?:of\s)?(?:oral\s)?", regex.IGNORECASE)
_SURE = 0.75
_BESIDE = 20  # characters between a drug and its amount
_LONGEST_ITEM = 150  # characters of a drug with its dose
_AGAIN = regex.compile(
    r"[^.;]{0,80}\b(?:and|or|then|followed\sby|to)\s(?:(?:with|at|by|a|an|the|dose|of|second|further|another)\s){0,5}$",
    regex.IGNORECASE,
)
# where no heading says that results are told, words do
_SHARES_TOLD = regex.compile(
    r"\b(?:rates?|incidences?|events?|experienced|occurred|respon(?:se|ded|ders)|proportions?|reported|toxicit\w+|side\seffects?|adverse|CIs?)\b|\bP\s?[<=>]",
    regex.IGNORECASE,
)
_OUTCOME_SECTIONS = ("results", "conclusions")
# a dose of no drug of ours gives no row, but takes what is told of it
_FOREIGN = ""


def build_dosing(
    article: Article, mentions: Mentions, interventions: Block, arms: Block, cite: Citation
) -> tuple[tuple[Dosing, ...], tuple[Warning, ...]]:
    """The dosing rows of an article, and warnings about readings that the text leaves open."""
    article, drafts, by_arm = draft_rows(article, mentions, interventions, arms)
    choose(drafts, article, mentions, interventions)
    share_with_ceilings(drafts, article.text)
    share_leading(drafts, article, interventions)
    fill_forms(drafts, article, mentions, interventions)
    drafts = with_placebo_alike(without_untold(drafts, article, interventions), article, interventions)
    drafts = with_returns(drafts, article, mentions, interventions, arms)
    drafts = split_lengths(drafts, article, interventions, arms)
    assign_arms(drafts, article, arms)
    part_arms(drafts)
    fill_by_arm(drafts, by_arm)
    return finish(drafts, article, cite)


def draft_rows(
    article: Article, mentions: Mentions, interventions: Block, arms: Block
) -> tuple[Article, list[Draft], list[tuple[Mention, str]]]:
    """What the rules alone make of an article: drafts, what was told of single arms, and the article as they read it."""
    article = replace(article, sentences=with_results_told(article))
    builder = _Builder(article, mentions, interventions, arms)
    drafts = merge(without_contents(with_pieces_taken(builder.drafts(), builder), article.text))
    drafts = without_doubles(drafts, cohorts=builder.cohorts)
    drafts = without_strengths(drafts, article, interventions) or given_untold(article, interventions, arms)
    by_arm = share(drafts, builder)
    if builder.cohorts:
        keep_timing(drafts)
    fill_routes(drafts, article, mentions, interventions)
    return article, drafts, by_arm


class _Builder:
    """Drafts of rows, sentence by sentence."""

    def __init__(self, article: Article, mentions: Mentions, interventions: Block, arms: Block) -> None:
        self.article = article
        self.mentions = mentions
        self.interventions = interventions
        self.arms = arms
        self.cohorts = are_cohorts(article.text)
        self.linker = Linker(article, mentions, interventions)
        self.common = Common(article, self.linker, mentions["dose"])
        self._topic: str | None = None

    def drafts(self) -> list[Draft]:
        """All drafts in text order, those of results last, since they mostly repeat the others."""
        groups = [(s, list(self._sentence(s))) for s in self.article.sentences]
        early = [d for s, group in groups if s.section not in _OUTCOME_SECTIONS for d in group]
        late = [d for s, group in groups if s.section in _OUTCOME_SECTIONS for d in group]
        return early + late

    def attributes(self, sentence: Sentence) -> list[Mention]:
        """The sentence's attribute mentions."""
        return attributes_of(self.article.text, self.mentions, self.interventions, sentence)

    def _sentence(self, sentence: Sentence) -> Iterator[Draft]:
        doses = [
            m
            for m in self.mentions.within("dose", sentence.start, sentence.end)
            if is_given(self.article.text, m, sentence)
        ]
        told = sentence.section not in _OUTCOME_SECTIONS
        zipped = self.linker.zipped([d for d in doses if told or d.value.basis == "amount"], sentence)
        linked = [d for dose in doses for d in self._linked(dose, doses, sentence, zipped.get(dose.start))]
        foreign = [d for d in linked if d.intervention == _FOREIGN]
        drafts = [d for d in linked if d.intervention != _FOREIGN]
        drafts = list(without_descriptions(list(counted(self.article.text, drafts))))
        if drafts or not tells_of_others(self.article.text, sentence):
            drafts += self._bare(sentence, drafts)
        attributes = self.attributes(sentence)
        Scope(self.article.text, [*drafts, *foreign], attributes).assign()
        close_regimens(self.article.text, [*drafts, *foreign], attributes)
        repeat_single(self.article.text, [*drafts, *foreign], attributes)
        share_daily(self.article.text, drafts)
        drafts += with_each_frequency(
            self.article.text,
            drafts,
            self.mentions.within("frequency", sentence.start, sentence.end),
            self.mentions.within("duration", sentence.start, sentence.end),
        )
        drafts += with_each_days(
            self.article.text, drafts, self.mentions.within("schedule", sentence.start, sentence.end)
        )
        assign_roles(drafts, self.mentions.within("dosing_role", sentence.start, sentence.end), self.article.text)
        set_apart(drafts, self.article.text)
        if drafts:
            self._topic = topic_of(self.article.text, drafts)
        yield from sorted((d for d in drafts if d.dose or d.substance), key=lambda d: d.span)

    def _linked(
        self, dose: Mention, doses: Sequence[Mention], sentence: Sentence, zipped: Reference | None
    ) -> Iterator[Draft]:
        values = dose.value.amounts
        if zipped is not None:
            yield self._draft(zipped, dose, dose.value.dose, sentence, doses)
            return
        # shares told in turn ("in the A and B groups 31% and 41%, respectively") are what was found
        found_out = sentence.section in _OUTCOME_SECTIONS and dose.value.basis != "amount"
        several = len(values) > 1 and dose.value.form != "range"
        respective = self.linker.respective(dose, len(values), sentence) if several and not found_out else []
        if not respective and len(values) > 1:
            respective = self.linker.short_names.drugs(dose)
        if respective:
            for reference, amount in zip(respective, values, strict=True):
                told = dose.value.dose
                one = Dose(value=amount.value, unit=told.unit, comparator=told.comparator, text=told.text)
                yield self._of_list(respective, self._draft(reference, dose, one, sentence, doses), doses)
            return
        if together := self.common.drugs(dose, doses, sentence):
            yield from (
                self._of_list(together, self._draft(r, dose, one, sentence, doses), doses)
                for r in together
                for one in self._levels(dose, r.id, sentence)
            )
            return
        yield from self._nearest(dose, doses, sentence)

    def _of_list(self, drugs: Sequence[Reference], draft: Draft, doses: Sequence[Mention]) -> Draft:
        """The draft of one of the drugs that share a dose, over all of them: what is told around them holds for each."""
        at = draft.place
        start, end = min(drugs[0].start, at[0]), max(drugs[-1].end, at[1])
        apart = any(start < d.end and d.start < end for d in doses if (d.start, d.end) != at)
        if not apart and end - start <= _LONGEST_ITEM:
            draft.start, draft.end = start, end
        return draft

    def _nearest(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> Iterator[Draft]:
        found, score = self.linker.link(dose, doses, sentence)
        if score < _SURE and is_of_another(self.article, self.linker, dose, doses, found, sentence):
            if dose.value.basis == "amount":
                yield Draft(_FOREIGN, dose.start, dose.end, sentence, dose=dose.value.dose)
            return
        if score < _SURE and (again := self._goes_on(dose, doses, sentence)):
            found, score = again, _SURE
        unsure = found is None or (score < _SURE and found.start >= dose.end)
        if unsure and self._begins_item(dose, doses, sentence):
            yield Draft(_FOREIGN, dose.start, dose.end, sentence, dose=dose.value.dose)
        elif found is None:
            yield from self._unnamed(dose, sentence)
        elif self._sure(dose, found, score, sentence):
            for one in self._levels(dose, found.id, sentence):
                yield self._draft(found, dose, one, sentence, doses)

    def _begins_item(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> bool:
        """ "A (5 mg), some extract (6 mg)": whether a name of none of ours stands behind one of ours."""
        named = [r.end for r in self.linker.references(sentence) if r.end <= dose.start]
        return bool(named) and dose.value.basis == "amount" and self.linker.is_new_item(named[-1], dose, doses)

    def _goes_on(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> Reference | None:
        """ "X at a dose of 7 mL/kg before and at a dose of 12 mL/kg after it": the drug of the dose before."""
        before = [d for d in doses if d.end <= dose.start and d.value.dose.unit == dose.value.dose.unit]
        if not before or not _AGAIN.search(self.article.text, before[-1].end, dose.start):
            return None
        named = [r for r in self.linker.references(sentence) if before[-1].end <= r.start and r.end <= dose.start]
        found, score = self.linker.link(before[-1], doses, sentence)
        return found if score >= _SURE and not named else None

    def _sure(self, dose: Mention, reference: Reference, score: float, sentence: Sentence) -> bool:
        """Whether the link is as close as this kind of amount and this section ask for."""
        outcome = sentence.section in _OUTCOME_SECTIONS
        if dose.value.basis == "percent":
            if sentence.section in (None, "other") and _SHARES_TOLD.search(
                self.article.text, sentence.start, sentence.end
            ):
                return False
            share = dose.value.dose.unit == "%"
            surest = 0.95 if share and reference.end <= dose.start else 0.75
            surest = 0.4 if share and is_breathed(self.article.text, dose) else surest
            return score >= surest and not outcome and not (share and is_share(self.article.text, dose))
        # "26 units" next to a drug mostly are units of blood; a volume by the hour is pumped
        pumped = _PUMPED.search(self.article.text, max(sentence.start, dose.start - 50), dose.start) is not None
        loose = dose.value.basis == "volume" and not (pumped and dose.value.dose.unit.endswith(("/h", "/min")))
        if dose.value.basis == "volume" and is_solvent(self.article.text, sentence.start, reference):
            return False
        if (loose or dose.value.dose.unit == "U") and (score < 0.65 or outcome):
            return False
        return not outcome or score >= 0.6

    def _unnamed(self, dose: Mention, sentence: Sentence) -> Iterator[Draft]:
        """A dose whose sentence names no drug: the arm's only drug, or the one that the text is about."""
        around = self.article.text[sentence.start : sentence.end]
        if dose.value.basis in ("percent", "volume") or dose.value.dose.comparator in ("<=", ">="):
            return
        # results seldom state a regimen, but some do: "119 injections with doses between 1 and 3 mg s.c. every week"
        if sentence.section in _OUTCOME_SECTIONS and not (_REGIMEN_TOLD.search(around) and self._sole(sentence)):
            return
        if (
            dose.value.dose.unit == "U"
            or not _GIVING.search(around)
            or receives_unknown(around, self.interventions, self.arms)
        ):
            return
        # behind "A 5 mg or B 6 mg" a dose without a name is of either
        about = () if self._topic == EITHER else (self._topic, self._only_drug())
        named = (self._arm_drug(dose, sentence), *about)
        drug = next((d for d in named if d and self.linker.dosable(Reference(0, 0, d), dose)), None)
        if drug is None:
            return
        for one in self._levels(dose, drug, sentence):
            yield Draft(drug, dose.start, dose.end, sentence, dose=one, dose_span=(dose.start, dose.end), implied=True)

    def _sole(self, sentence: Sentence) -> bool:
        """Whether the trial gives one drug alone, and the sentence says how often."""
        drugs = [r.id for r in self.interventions.rows if self.is_drug(r.id)]
        return len(drugs) == 1 and bool(self.mentions.within("frequency", sentence.start, sentence.end))

    def _arm_drug(self, dose: Mention, sentence: Sentence) -> str | None:
        near = [r for r in self.arms.references if sentence.start <= r.start and r.end <= dose.start]
        arm = next((a for a in self.arms.rows if near and a.id == near[-1].id), None)
        drugs = [i for i in arm.interventions if self.is_drug(i)] if arm else []
        return drugs[0] if len(drugs) == 1 else None

    def _only_drug(self) -> str | None:
        drugs = [r.id for r in self.interventions.rows if self.is_drug(r.id) and r.role in ("investigational", None)]
        return drugs[0] if len(drugs) == 1 else None

    def is_drug(self, intervention: str) -> bool:
        """Whether the intervention can have a dose."""
        return self.linker.has_doses(intervention)

    def _levels(self, dose: Mention, drug: str, sentence: Sentence) -> list[Dose]:
        """One dose, or one per arm when the listed levels are arms."""
        arms = sum(drug in (a.interventions or ()) for a in self.arms.rows)
        return split_levels(self.article.text, dose, sentence, arms, cohorts=self.cohorts)

    def _draft(
        self, reference: Reference, dose: Mention, value: Dose, sentence: Sentence, doses: Sequence[Mention]
    ) -> Draft:
        first = self.linker.full_name(reference) if reference.end <= dose.start else reference
        start, end = min(first.start, dose.start), max(reference.end, dose.end)
        # another drug or dose in between: the dose alone is the item
        others = [(r.start, r.end) for r in self.linker.references(sentence) if r.id != reference.id]
        others += [(d.start, d.end) for d in doses if d is not dose and d.value.basis != "percent"]
        parted = any(start < s and e < end for s, e in others) or self._has_own(reference, dose, doses)
        if end - start > _LONGEST_ITEM or parted:
            start, end = dose.start, dose.end
        draft = Draft(reference.id, start, end, sentence, dose=value, dose_span=(dose.start, dose.end))
        draft.spans += [(reference.start, reference.end), *([dose.value.pieces] if dose.value.pieces else [])]
        if dose.value.period:
            self._weekly(draft, dose)
        return draft

    def _has_own(self, name: Reference, dose: Mention, doses: Sequence[Mention]) -> bool:
        """ "5 mg of A for 2 weeks and 6 mg": whether the name stands behind another amount than the dose, as its own."""
        if name.end > dose.start:
            return False
        own = [d for d in doses if d is not dose and d.end <= name.start and d.value.basis == "amount"]
        return (
            bool(own)
            and not is_counted(own[-1])
            and _OF.fullmatch(self.article.text, own[-1].end, name.start) is not None
        )

    def _weekly(self, draft: Draft, dose: Mention) -> None:
        draft.frequency = per_period(dose.value.times, 1.0, dose.value.period, dose.value.dose.text)

    def _bare(self, sentence: Sentence, drafts: Sequence[Draft]) -> Iterable[Draft]:
        """Drugs of the sentence that have no dose in it; they may share an attribute."""
        asked = [
            m
            for m in self.mentions.within("dose", sentence.start, sentence.end)
            if is_asked_of(self.article.text, m, sentence)
        ]
        for r in self.linker.references(sentence):
            if not self.is_drug(r.id) or any(d.start <= r.start and r.end <= d.end for d in drafts):
                continue
            if any(max(m.start - r.end, r.start - m.end) < _BESIDE for m in asked):
                continue
            if _GROUP_HAD.match(self.article.text, r.end, sentence.end) and any(
                d.dose and d.start > r.end and d.intervention != r.id for d in drafts
            ):
                continue
            if any(d.intervention == r.id or self._opens_bracket(r, d) for d in drafts):
                continue
            if self.linker.row(r.id).kind != "other" and not is_only_named(self.article.text, sentence.start, r):
                yield Draft(r.id, r.start, r.end, sentence)

    def _opens_bracket(self, name: Reference, dosed: Draft) -> bool:
        """ "A (B 5 mg, C 6 mg)": what a bracket doses is what the name before it stands for."""
        named = dosed.dose_span is not None and (dosed.start, dosed.end) != dosed.dose_span
        return (
            named
            and dosed.intervention != name.id
            and _WHICH_IS.fullmatch(self.article.text, name.end, dosed.start) is not None
        )
