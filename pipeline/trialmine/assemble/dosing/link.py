"""Which intervention a dose belongs to: the nearest one that the words in between allow."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import regex

from trialmine.assemble.dosing import named
from trialmine.assemble.dosing.alternatives import last_alternative
from trialmine.assemble.dosing.amounts import is_counted, steps_on, weighs
from trialmine.assemble.dosing.between import ITEM, JOINT, LEFT, RIGHT, STRONG, masked
from trialmine.assemble.dosing.draft import NO_DOSE_KINDS
from trialmine.assemble.dosing.found_dose import found_doses, owner
from trialmine.assemble.dosing.named import DESCRIBED, without_overlaps
from trialmine.assemble.dosing.short_names import ShortNames
from trialmine.normalise.route import route
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence

_OF = regex.compile(
    r"\s*(?:of|(?:[a-z]+\s)?\s?(?:doses?|injections?|infusions?|bolus(?:es)?|tablets?|capsules?)\sof)\s",
    regex.IGNORECASE,
)
_HARD_BREAK = regex.compile(r";|\.\s|\b(?:whereas|while|respectively)\b", regex.IGNORECASE)
# what is told of the dose itself: "30 mg (base) primaquine", "20 mL of 0.5% (100 mg) bupivacaine", "2 mg/0.05 mL aflibercept"
_ASIDE = regex.compile(
    r"(?:\sof\s\d[\d.]*\s?%)?\s?\([^()]{1,24}\)|\s?(?:/|\b(?:in|per)\s)\s?\d[\d.]*\s?(?:[mµμ][lL]|cc)\b(?!\s?/)"
)
_APART = regex.compile(r"\b(?:or|versus|vs)\b", regex.IGNORECASE)
# "A 5 mg with B": the amount is what stands before
_NEXT_DRUG = regex.compile(r"^\s*(?:and|or)\b|\bwith\b", regex.IGNORECASE)
# "A was raised to 5 mg and B was kept at 6 mg": a clause of its own
_WAS = regex.compile(r"\s(?:\([^()]{1,24}\)\s)?(?:was|were|is)\s(?!respectively)", regex.IGNORECASE)
_OPENED = regex.compile(r"\s?[(\[]\s?")
_NEXT_COMBINED = regex.compile(
    r"\s?(?:\([^()]{1,30}\)\s?)?(?:,|,?\s?\b(?:and|or|versus|vs\.?))\s(?:or\s|and\s)?", regex.IGNORECASE
)
_GROUP_NOTE = regex.compile(
    r"[(\[]\s?(?:(?:(?:group|arm|cohort|dose)s?\s[\w-]{1,4})?[^()\[\]=\d,;]{0,24}\bn\s?=\s?\d+[^()\[\]]{0,12}|(?:group|arm|cohort|regimen|part|study|treatment)\s[\w-]{1,4})\s?[)\]]",
    regex.IGNORECASE,
)
_EMPTY_BRACKETS = regex.compile(r"[(\[]\s*[)\]]")
# "160/4.5 ug A/B", "25-250 mg of A-B"
_STROKE = regex.compile(r"\s?[®™]?\s?[/+–-]\s?")
_COMBINED_OF = regex.compile(
    r"\)?\s(?:(?:daily\s)?(?:doses?\s)?of\s|fixed[\s-]dose\s|(?:inhaled|oral)\s){0,2}", regex.IGNORECASE
)
# "a single-pill combination" is how its parts come
_PILL = regex.compile(r"\b(?:combinations?|polypills?)$", regex.IGNORECASE)
# words for a combination before its amounts: A/B maintenance and reliever therapy (BRAND) 160/4.5 ug
_THERAPY = regex.compile(
    r"(?:\s{1,3}[a-z-]{2,15}){0,5}\s{1,3}(?:\([^()]{1,50}\)\s?)?(?:[(\[](?:[A-Z]{2,6}[;,:]\s)?)?", regex.IGNORECASE
)
_NEW_ITEM = regex.compile(r"^(?:,|and\b)|\)\s*,|\b(?:with|plus|and)$|^\([^()]*\),?$", regex.IGNORECASE)
_INITIALS = regex.compile(r"\s\p{Lu}[\p{L}\d]{0,3}\p{Lu}\s[(\[]?$")
_OF_EACH = regex.compile(r"\s(?:doses?\s)?(?:of\s|for\s)?(?:oral\s|intravenous\s)?", regex.IGNORECASE)
_RESPECTIVELY_THEN = regex.compile(r"(?:\s\([^()]{1,30}\))?,?\srespectively\b", regex.IGNORECASE)
_RESPECTIVELY = regex.compile(r"[^.;]{0,90}?\brespectively\b", regex.IGNORECASE)
# shares that were found in groups, told in turn behind their drugs
_FOUND = regex.compile(r"\b(?:was|were|is|are|had|in|of|for|occurred|reached)\b", regex.IGNORECASE)

# what an amount of such a chemotherapy is of: its first drug
_BASED = regex.compile(r"[-‐‑]based\s(?:\w+\s){0,2}")
_GIVING = regex.compile(r"\b(?:injections?|infusions?|administration|therapy|groups?|route)$", regex.IGNORECASE)
_SHARED = 0.97
_BESIDE = 0.85
_SUBSTANCES = ("drug", "biological", "vaccine", "dietary_supplement")
_INERT = regex.compile(
    r"placebo|\bsham\b|vehicle|standard\s(?:of\s)?care|usual\scare|no\streatment|saline", regex.IGNORECASE
)


class Linker:
    """Links doses to interventions within sentences of one article."""

    def __init__(self, article: Article, mentions: Mentions, interventions: Block) -> None:
        self._text = article.text
        self._rows = {row.id: row for row in interventions.rows}
        self.short_names = ShortNames(article, interventions)
        self._references = without_overlaps(
            [
                *(r for r in interventions.references if not self._names_none(r)),
                *named.abbreviated(article, self._rows),
            ]
        )
        self._starts = [r.start for r in self._references]
        self._doses = mentions["dose"]
        self._found = found_doses(mentions["dosing_role"])
        attributes = [
            m for kind in ("frequency", "route", "duration", "dosing_role", "infusion_time") for m in mentions[kind]
        ]
        self._masks = sorted((m.start, m.end) for m in attributes)

    def _names_none(self, r: Reference) -> bool:
        return self.short_names.is_regimen(r) or named.is_quality(self._text, r)

    def dosable(self, reference: Reference, dose: Mention) -> bool:
        """Whether this intervention can have such a dose: placebo has volumes and tablets, no milligrams of its own."""
        row = self._rows[reference.id]
        # a drug has no grays and is not shone, radiation has no milligrams
        rays = dose.value.dose.unit.startswith(("Gy", "cGy", "J/cm", "mJ/cm"))
        if not self.has_doses(reference.id) or (
            row.kind in _SUBSTANCES if rays else row.kind == "radiation" and weighs(dose)
        ):
            return False
        # an area under a curve is aimed at with carboplatin; elsewhere it was measured
        if dose.value.dose.unit == "mg/mL.min" and "platin" not in row.name.lower():
            return False
        if dose.value.basis == "volume" or is_counted(dose) or _INERT.search(row.name) is None:
            return True
        return named.is_dosed_placebo(self._text, reference, dose.start)

    def has_doses(self, intervention: str) -> bool:
        """Whether the intervention is something that has amounts at all, and no mere way of giving it."""
        row = self._rows[intervention]
        return row.kind not in NO_DOSE_KINDS and route(_GIVING.sub("", row.name).strip()) is None

    def is_sole(self, reference: Reference | None) -> bool:
        """Whether this is the one drug of the trial, placebo and the like left out."""
        drugs = [i for i, row in self._rows.items() if row.kind not in NO_DOSE_KINDS and not _INERT.search(row.name)]
        return reference is not None and drugs == [reference.id]

    def is_beside(self, dose: Mention, doses: Sequence[Mention], drug: Reference | None, sentence: Sentence) -> bool:
        """Whether a dose stands right beside the name of this drug."""
        found, score = self.link(dose, doses, sentence)
        return drug is not None and found is not None and found.id == drug.id and score >= _BESIDE

    def references(self, sentence: Sentence) -> list[Reference]:
        """The sentence's references, longest first where they overlap, in text order."""
        first = bisect_left(self._starts, sentence.start)
        return [r for r in self._references[first : bisect_left(self._starts, sentence.end)] if r.end <= sentence.end]

    def full_name(self, reference: Reference) -> Reference:
        """The name in front of a bracket in which the same drug's short form stands, else the reference itself."""
        i = bisect_left(self._starts, reference.start) - 1
        before = self._references[i] if i >= 0 else reference
        same = before.id == reference.id and _OPENED.fullmatch(self._text, before.end, reference.start) is not None
        return before if same else reference

    def respective(self, dose: Mention, count: int, sentence: Sentence) -> list[Reference]:
        """The `count` drugs that the numbers of a combined dose belong to in turn, or []."""
        if behind := self._combined_behind(dose, count, sentence):
            return behind
        first = self._first_of_list(dose, sentence)
        before = [r for r in self.references(sentence) if r.end <= first]
        if dose.value.form == "combination":
            before = [r for r in before if _PILL.search(self._rows[r.id].name) is None]
        run = self._run(before, count)
        if not run or not all(self.dosable(r, dose) for r in run):
            return []
        gap = self.masked(run[-1].end, first)
        if dose.value.basis == "percent" and _FOUND.search(gap):
            return []
        tight = LEFT.fullmatch(gap) is not None
        if dose.value.form == "combination":
            if self._is_renamed(run[-1].end, first) or any(
                _APART.search(self._text[a.end : b.start]) for a, b in pairwise(run)
            ):
                return []
            return run if tight or self._is_theirs(run, gap, dose) else []
        # "A-B 25 and 1.25 mg/kg"
        as_one = tight and " or " not in dose.value.dose.text and self._is_one(run)
        return run if as_one or (_RESPECTIVELY.match(self._text, dose.end) and (tight or len(gap) < 60)) else []

    def _is_one(self, run: Sequence[Reference]) -> bool:
        return all(_STROKE.fullmatch(self._text, a.end, b.start) for a, b in pairwise(run))

    def _is_theirs(self, run: Sequence[Reference], gap: str, dose: Mention) -> bool:
        """Whether what stands between a combination and its amounts is short, an earlier step or a word for the therapy."""
        if len(gap) < 30 or steps_on(run[-1].end, dose, self._doses):
            return True
        strokes = all(self._text[a.end : b.start].strip() == "/" for a, b in pairwise(run))
        return strokes and _THERAPY.fullmatch(gap) is not None

    def _is_renamed(self, start: int, end: int) -> bool:
        """ "A/B 110/50 ug or AB 50/500 ug": a dose stands in between, and a name before the next."""
        dosed = any(start <= d.start and d.end <= end for d in self._doses)
        return dosed and _INITIALS.search(self._text, max(start, end - 12), end) is not None

    def _first_of_list(self, dose: Mention, sentence: Sentence) -> int:
        """Where the first of the combined doses begins that a dose is listed with: "A/B 10/5 mg, 20/10 mg or 40/20 mg"."""
        start, reading = dose.start, dose.value
        for d in reversed([d for d in self._doses if sentence.start <= d.start and d.end <= start]):
            alike = d.value.form == reading.form == "combination" and len(d.value.amounts) == len(reading.amounts)
            if not alike or _NEXT_COMBINED.fullmatch(self._text, d.end, start) is None:
                break
            start = d.start
        return start

    def _combined_behind(self, dose: Mention, count: int, sentence: Sentence) -> list[Reference]:
        """ "160/4.5 ug of A/B", "5 and 6 mg of A and B, respectively": the drugs right behind the numbers."""
        run = [r for r in self.references(sentence) if r.start >= dose.end][:count]
        if len(run) < count or len({r.id for r in run}) < count or not all(self.dosable(r, dose) for r in run):
            return []
        if dose.value.form != "combination":
            joined = all(JOINT.fullmatch(self._text, a.end, b.start) for a, b in pairwise(run))
            each = joined and _OF_EACH.fullmatch(self._text, dose.end, run[0].start)
            return run if each and _RESPECTIVELY_THEN.match(self._text, run[-1].end) else []
        return run if self._is_one(run) and _COMBINED_OF.fullmatch(self._text, dose.end, run[0].start) else []

    def zipped(self, doses: Sequence[Mention], sentence: Sentence) -> dict[int, Reference]:
        """Doses that follow a list of as many drugs, one each: "A-B-C (10; 0.5; 20 mg/kg)"; by the dose's start."""
        out: dict[int, Reference] = {}
        references = self.references(sentence)
        single = [
            d for d in doses if (len(d.value.amounts) == 1 or d.value.form == "range") and d.value.basis != "percent"
        ]
        for i, dose in enumerate(single):
            follow = [dose]
            for nxt in single[i + 1 :]:
                if not regex.fullmatch(
                    r"\s*[,;/]?\s*(?:and|plus|or|\+)?\s*(?:from\s)?", self.masked(follow[-1].end, nxt.start)
                ):
                    break
                follow.append(nxt)
            if len(follow) < 2 or dose.start in out:
                continue
            run = self._run([r for r in references if r.end <= dose.start], len(follow))
            if not all(self.dosable(r, d) for r, d in zip(run, follow, strict=False)):
                continue
            if run and (
                LEFT.fullmatch(self.masked(run[-1].end, dose.start)) or _RESPECTIVELY.match(self._text, follow[-1].end)
            ):
                out |= {d.start: r for d, r in zip(follow, run, strict=True)}
        return out

    def _run(self, before: list[Reference], count: int) -> list[Reference]:
        # "A-B-C (ABC)": the short form behind the drugs is none of them
        while len(before) > 1 and _OPENED.fullmatch(self._text, before[-2].end, before[-1].start):
            before = before[:-1]
        run = self._without_short_forms(before[-2 * count :])[-count:]
        if len(run) < count or len({r.id for r in run}) < count:
            return []
        gaps = [self._text[a.end : b.start] for a, b in pairwise(run)]
        return run if all(JOINT.fullmatch(g) or not g.strip() for g in gaps) else []

    def _without_short_forms(self, references: Sequence[Reference]) -> list[Reference]:
        """ "alpha-acid (AA)/beta-acid (BA)": the names alone."""
        kept: list[Reference] = []
        for r in references:
            last = kept[-1] if kept else None
            if last is None or last.id != r.id or _OPENED.fullmatch(self._text, last.end, r.start) is None:
                kept.append(r)
        return kept

    def link(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> tuple[Reference | None, float]:
        """The intervention that the dose belongs to, and how sure that is (0 to 1)."""
        doses = [d for d in doses if d.value.basis != "percent" or dose.value.basis == "percent"]
        ahead = self._ahead(dose, sentence)
        inside = next((r for r in ahead if r.end <= dose.end), None)
        if inside:
            return inside, 1.0
        if found := self._found_of(dose, sentence):
            return found, _SHARED
        last = last_alternative(self._text, dose, doses, sentence)
        shared = next((r for r in self._ahead(last[0], sentence) if r.start == last[1]), None) if last else None
        if shared:
            return shared, _SHARED
        left = next(self._before(dose.start, dose, sentence), None)
        right = next((r for r in ahead if r.start >= dose.end), None)
        scored = [(self._score_left(left, dose, doses), left), (self._score_right(right, dose, doses), right)]
        score, best = max(scored, key=lambda pair: pair[0])
        if best is left and best is not None:
            best = self._first_of_compound(best, dose, sentence)
        return (best, score) if score > 0 else (None, 0.0)

    def _found_of(self, dose: Mention, sentence: Sentence) -> Reference | None:
        words = [w for w in self._found if sentence.start <= w.start and w.end <= dose.start]
        drug = owner(self._text, words, self.references(sentence), dose.start) if words else None
        return drug if drug is not None and self.dosable(drug, dose) else None

    def _before(self, at: int, dose: Mention, sentence: Sentence) -> Iterator[Reference]:
        """The references before a place that can have such a dose, the nearest first."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            r = self._references[i]
            if r.start < sentence.start:
                return
            if r.end <= at and self.dosable(r, dose):
                yield r

    def following(self, at: int, sentence: Sentence) -> Iterator[Reference]:
        """The references of a sentence that begin here or behind, in text order."""
        for i in range(bisect_left(self._starts, at), len(self._references)):
            if self._references[i].end > sentence.end:
                return
            yield self._references[i]

    def _ahead(self, dose: Mention, sentence: Sentence) -> list[Reference]:
        """Those that begin in or behind the dose, up to the first one wholly behind it."""
        found: list[Reference] = []
        for i in range(bisect_left(self._starts, dose.start), len(self._references)):
            r = self._references[i]
            if r.end > sentence.end:
                break
            if self.dosable(r, dose):
                found.append(r)
                if r.start >= dose.end:
                    break
        return found

    def _first_of_compound(self, reference: Reference, dose: Mention, sentence: Sentence) -> Reference:
        """ "amoxicillin/clavulanate 500 mg" states the dose of its first part, "A-based chemotherapy" that of A."""
        r = next(self._before(reference.start, dose, sentence), None)
        if r is not None and (
            _BASED.fullmatch(self._text, r.end, reference.start)
            or named.names_group(self._text, reference, r, dose.start)
        ):
            return r
        joined = r is not None and r.id != reference.id and self._text[r.end : reference.start].strip() in ("/", "-")
        return r if r is not None and joined else reference

    def _score_right(self, reference: Reference | None, dose: Mention, doses: Sequence[Mention]) -> float:
        if reference is None:
            return 0.0
        gap = self.masked(dose.end, reference.start)
        aside = _ASIDE.match(self._text, dose.end, reference.start)
        if aside:
            gap = self.masked(aside.end(), reference.start)
        elif named.stands_alone(self._text, dose.start, dose.end):
            gap = gap[1:]
        skipped = aside.end() if aside else dose.end
        between = any(skipped <= d.start < reference.start for d in doses)
        if (_OF.match(gap) and RIGHT.fullmatch(gap)) or (not between and named.GROUP_OF.fullmatch(gap)):
            return 0.97
        if (
            not between
            and regex.fullmatch(r"\s?[(\[]\s?", gap)
            and self._text[reference.end : reference.end + 1] in (")", "]")
        ):
            return 0.9
        own_clause = _NEXT_DRUG.search(gap) and _WAS.match(self._text, reference.end)
        if RIGHT.fullmatch(gap) and "(" not in gap and not (between or own_clause):
            # "had A before and were given 5 mg B": what stands right behind is what the amount is of
            near = 0.8 if gap.strip() else 0.97 if self._text[dose.start - 1 : dose.start] == "(" else 0.9
            return near - 0.004 * len(gap.strip()) - (0.3 if _NEXT_DRUG.search(gap) else 0.0)
        if own_clause or between or _HARD_BREAK.search(gap) or len(gap) >= 25 or regex.search(r"[,)]", gap):
            return 0.0
        return 0.2 if DESCRIBED.fullmatch(gap) is None else 0.7

    def _score_left(self, reference: Reference | None, dose: Mention, doses: Sequence[Mention]) -> float:
        if reference is None:
            return 0.0
        gap = self.masked(reference.end, dose.start)
        between = any(reference.end <= d.start < dose.start for d in doses)
        if LEFT.fullmatch(gap) and not between:
            bare = gap.strip()
            if bare in ("", "(", "[", ":") or STRONG.fullmatch(bare):
                # "regimen X: 5 mg A and 9 mg B": behind a colon each amount has its drug beside it
                return 0.88 if bare == ":" else 0.95
            # behind a comma or "with" a new item begins; its drug follows if one does
            return 0.7 if _NEW_ITEM.search(bare) else 0.85
        if self.is_new_item(reference.end, dose, doses):
            return 0.0
        if _HARD_BREAK.search(gap):
            return 0.25 if not between else 0.15
        return max(0.3, 0.6 - 0.003 * len(gap))

    def is_new_item(self, start: int, dose: Mention, doses: Sequence[Mention]) -> bool:
        """Whether the words right before the dose begin an item of the list that no drug of ours names."""
        last = max([start, *(d.end for d in doses if d.end <= dose.start)])
        m = ITEM.fullmatch(self.masked(last, dose.start))
        return m is not None and RIGHT.fullmatch(m["name"] + " ") is None

    def masked(self, start: int, end: int) -> str:
        """text[start:end] without attributes, notes on groups and empty brackets."""
        near = self._masks[bisect_left(self._masks, (start, 0)) : bisect_left(self._masks, (end, 0))]
        return _EMPTY_BRACKETS.sub(" ", _GROUP_NOTE.sub(" ", masked(self._text, start, end, near)))

    def row(self, intervention: str) -> Any:
        """The intervention's row."""
        return self._rows[intervention]
