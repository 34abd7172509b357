"""One amount that is told of several drugs: "A and B (both 75 mg)", "5 mg of either A or B", "10 g of A, B or C"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

import regex

from trialmine.assemble.dosing.amounts import is_counted
from trialmine.assemble.dosing.between import JOINT, LEFT
from trialmine.assemble.dosing.given import is_given
from trialmine.assemble.dosing.link import Linker
from trialmine.records.article import Article, Mention, Reference, Sentence

_OF_EITHER = regex.compile(
    r"(?:\s\([^()]{1,40}\))?\s(?:doses?\s)?(?:of\s)?(?:either|both|each\sof)\s", regex.IGNORECASE
)
_COUNT_OF = regex.compile(r"\sof\s(?:(?:the|fixed[\s-]dose)\s)?", regex.IGNORECASE)
_BOTH_BEFORE = regex.compile(
    r"\b(?:both|each|(?:(?:the\s)?(?:same|equal|identical)\s(?=(?:\w+\s){0,2}(?:dos(?:e|es|age)|amounts?|volumes?)\s)))"
    r"(?:\s?(?:at|given|a|an|the|daily|total|oral|single|dose|doses|dosage|amounts?|volumes?|of|with)\s){0,5}\s?$",
    regex.IGNORECASE,
)
# "A and B were given at 75 mg/m2": at one dose, unless another follows
_WERE_AT = regex.compile(
    r"\bwere\s(?:both\s)?(?:given|administered|used|infused)\s(?:\w+ly\s)?at\s(?:an?\s)?(?:doses?\sof\s)?$",
    regex.IGNORECASE,
)
_NEXT_AMOUNT = regex.compile(r"[^.;]{0,40}?(?:,|\band\b|/)\s?(?:\d|respectively)", regex.IGNORECASE)
_BOTH_REACH = 60  # characters
_EACH_BEHIND = regex.compile(r"\s?(?:of\s)?each\b(?!\s\w+)", regex.IGNORECASE)
_OPENED = regex.compile(r"\s?[(\[]\s?")
# what parts two alternatives: A 2% (n = 20), 0.9% B or a matching C; A in group 1 or B in group 2
_NEXT = regex.compile(
    r"\s?(?:\d[\d.]*\s?%\s?)?(?:\([^()]{1,24}\)\s?)?(?:(?:in|to)\s(?:the\s)?(?:group\s\w{1,8}|[\w-]{1,14}\sgroup)\s?(?:\([^()]{1,24}\)\s?)?)?"
    r"(?P<join>,?\s?\b(?:or|versus|vs\.?|and)\s|,\s)"
    r"(?:(?:an?|the|either|oral|matching|matched|identical|normal|isotonic|inhaled|[a-z]+-(?:depleted|free|matched)|\d[\d.]*\s?%)\s){0,3}",
    regex.IGNORECASE,
)
_CHOICE = regex.compile(r"\b(?:or|versus|vs)\b", regex.IGNORECASE)
# a bracket with a number behind an alternative tells what was aimed at with it
_AIMED = regex.compile(r"\s?[(\[](?!\s?n\s?=)(?=[^()\[\]]*\d)", regex.IGNORECASE)
# what is no substance of its own has no amount of another's
_NO_SUBSTANCE = regex.compile(
    r"\b(?:\w*therap(?:y|ies)|treatments?|care|regimens?|diets?|surgery|controls?)\b", regex.IGNORECASE
)
_BEHIND = 0.8  # how sure it must be that the first of the alternatives stands behind the amount
_BESIDE = 0.85
_THREE = 3
_REACH = 120  # characters from a name to an amount of its own
_OUTCOME_SECTIONS = ("results", "conclusions")


class Common:
    """The drugs of one article that share an amount."""

    def __init__(self, article: Article, linker: Linker, doses: Sequence[Mention]) -> None:
        self._article = article
        self._text = article.text
        self._linker = linker
        self._amounts = [d for d in doses if d.value.basis != "percent"]

    def drugs(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> list[Reference]:
        """The drugs that one dose is told of, or []."""
        counted = is_counted(dose) and _COUNT_OF.match(self._text, dose.end, sentence.end)
        if counted and (pair := self._combined(counted.end(), sentence)):
            return pair
        of = _OF_EITHER.match(self._text, dose.end, sentence.end)
        if of:
            references = self._linker.references(sentence)
            behind = [r for r in references if r.start >= of.end() and self._linker.dosable(r, dose)]
            if run := self._run_on(behind, of.end()):
                return run
        return self._before(dose, sentence) or self._alternatives(dose, doses, sentence)

    def _before(self, dose: Mention, sentence: Sentence) -> list[Reference]:
        """ "A and B (both 75 mg)", "A or B at equal doses of 5 mg", "A and B 5 mg each"."""
        both = _BOTH_BEFORE.search(self._text, max(sentence.start, dose.start - _BOTH_REACH), dose.start)
        if not both and not _NEXT_AMOUNT.match(self._text, dose.end):
            both = _WERE_AT.search(self._text, max(sentence.start, dose.start - _BOTH_REACH), dose.start)
        stop = both.start() if both else dose.start if _EACH_BEHIND.match(self._text, dose.end) else None
        if stop is None:
            return []
        references = self._linker.references(sentence)
        before = [r for r in references if r.end <= stop and self._linker.dosable(r, dose)]
        if not before or LEFT.fullmatch(self._linker.masked(before[-1].end, stop)) is None:
            return []
        run = before[-1:]
        while len(run) < len(before) and JOINT.fullmatch(self._text, before[-len(run) - 1].end, run[0].start):
            run = [before[-len(run) - 1], *run]
        return run if len({r.id for r in run}) == len(run) > 1 else []

    def _combined(self, at: int, sentence: Sentence) -> list[Reference]:
        """ "one drop of A/B": both parts come in it."""
        behind = [r for r in self._linker.references(sentence) if r.start >= at][:2]
        joined = len(behind) == 2 and self._text[behind[0].end : behind[1].start].strip() == "/"
        return behind if joined and behind[0].start == at and behind[0].id != behind[1].id else []

    def _run_on(self, behind: list[Reference], at: int) -> list[Reference]:
        run: list[Reference] = []
        for r in behind:
            if run and r.id == run[-1].id and _OPENED.fullmatch(self._text, run[-1].end, r.start):
                at = r.end + (self._text[r.end : r.end + 1] in (")", "]"))
                continue
            if not (JOINT.fullmatch(self._text, at, r.start) if run else not self._text[at : r.start].strip()):
                break
            run.append(r)
            at = r.end
        return run if len({r.id for r in run}) == len(run) > 1 else []

    def _alternatives(self, dose: Mention, doses: Sequence[Mention], sentence: Sentence) -> list[Reference]:
        """ "10 g of A, B or C", "20 mL A or saline": the amount is that of each, unless one has its own."""
        if dose.value.basis == "percent" or dose.value.pieces or sentence.section in _OUTCOME_SECTIONS:
            return []
        ahead = list(islice(self._linker.following(dose.end, sentence), 2))
        if len(ahead) < 2 or _NEXT.match(self._text, ahead[0].end, ahead[1].end) is None:
            return []
        either = _OF_EITHER.match(self._text, dose.end, ahead[0].start)
        if either is None or either.end() < ahead[0].start:
            first, score = self._linker.link(dose, doses, sentence)
            if first is not ahead[0] or score < _BEHIND:
                return []
        run = self._chosen(self._linker.following(dose.end, sentence))
        if any(self._has_own(r) for r in run[1:]):
            return []
        run = [r for i, r in enumerate(run) if not i or self._can_share(r, dose)]
        return run if len({r.id for r in run}) == len(run) > 1 else []

    def _chosen(self, ahead: Iterator[Reference]) -> list[Reference]:
        """The references of a list that gives a choice, or joins three and more."""
        run, joins = [next(ahead)], [""]
        for r in ahead:
            last = run[-1]
            if r.id == last.id and _OPENED.fullmatch(self._text, last.end, r.start):
                continue
            m = _NEXT.fullmatch(self._text, last.end, r.start)
            if m is None:
                break
            run.append(r)
            joins.append(m["join"])
        while joins and not joins[-1].strip(" ,"):
            run.pop()
            joins.pop()
        choice = bool(joins) and _CHOICE.search(joins[-1]) is not None
        return run if choice or len(run) >= _THREE else []

    def _has_own(self, reference: Reference) -> bool:
        if _AIMED.match(self._text, reference.end):
            return True
        at = bisect_left(self._amounts, reference.end, key=lambda d: d.start)
        if at == len(self._amounts) or self._amounts[at].start - reference.end > _REACH:
            return False
        return LEFT.fullmatch(self._linker.masked(reference.end, self._amounts[at].start)) is not None

    def _can_share(self, reference: Reference, dose: Mention) -> bool:
        row = self._linker.row(reference.id)
        return (
            self._linker.dosable(reference, dose)
            and _NO_SUBSTANCE.search(row.name) is None
            and row.id not in self._dosed
        )

    @cached_property
    def _dosed(self) -> frozenset[str]:
        """The drugs that an amount stands right beside."""
        ids: set[str] = set()
        for sentence in self._article.sentences:
            low, high = (bisect_left(self._amounts, at, key=lambda d: d.start) for at in (sentence.start, sentence.end))
            here = self._amounts[low:high]
            for d in (d for d in here if is_given(self._text, d, sentence)):
                found, score = self._linker.link(d, here, sentence)
                if found is not None and score >= _BESIDE:
                    ids.add(found.id)
        return frozenset(ids)
