"""Whose result it is: the arm of a value, or the pair that an estimate compares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

import regex

from trialmine.assemble.statistics import model as statistics_model
from trialmine.assemble.statistics.arm_features import arm_features, setting_of
from trialmine.assemble.statistics.arm_mentions import arm_mentions
from trialmine.assemble.statistics.arms_by_direction import arms_by_direction
from trialmine.assemble.statistics.arms_compared import compared_pair
from trialmine.assemble.statistics.arms_in_turn import (
    arms_in_turn,
    in_some_order,
    in_the_order_of_the_last,
    is_plain_list,
    is_slash_pair,
    of_unknown_group,
    one_arm_each,
)
from trialmine.assemble.statistics.arms_labelled import arm_right_before, arm_right_behind, arms_labelled
from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import SUBJECT
from trialmine.assemble.statistics.named import is_efficacy
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.assemble.statistics.runs_of_arms import runs_of_arms
from trialmine.normalise.linear import log_odds
from trialmine.records.article import Article, Block, Mention, Reference, Sentence

_COMPARES = regex.compile(
    r"\b(?:between|versus|vs?\.?|compar\w+|than|groups?|arms?|relative to|over)\b", regex.IGNORECASE
)
_BOTH = regex.compile(
    r"\b(?:both|all|each|either)\s(?:of\sthe\s)?(?:treatment\s|study\s)?(?:groups?|arms?|treatments?|regimens?|drugs?)\b",
    regex.IGNORECASE,
)
# a test of one group against itself
_WITHIN = regex.compile(
    r"\b(?:before\sand\safter|pre-?\s?(?:and|to|vs\.?|versus)\s?-?post|paired|within[\s-]groups?|between\stime\s?points"
    r"|(?:than|compared\s(?:with|to)|versus|vs\.?)\s(?:the\s|its\s|their\s|those\s)?(?:baselines?|pre-?(?:treatment|intervention|test|dose)|initial|before))\b",
    regex.IGNORECASE,
)
_OTHERS = regex.compile(
    r"\b(?:between|versus|vs|compar\w+|than|relative\sto|groups|controls?|placebo|others?|both|two|all|each|either|arms)\b",
    regex.IGNORECASE,
)
# "P = .03 for the 4 mg group": whom a P is about
_FOR_ARM = regex.compile(r"\s(?:for|with|in)\s(?:the\s)?", regex.IGNORECASE)
_NAME_REACH = 40  # characters
_SURE = -0.75  # log odds, on average over a list, at which its arms are said
_BARE_AND = regex.compile(r"[)\]%\s]*(?:[A-Za-zµ/]{1,8}\s)?(?:,|,?\sand|,?\sor)\s", regex.IGNORECASE)
_CERTAIN = 20.0  # log odds
_MOST = 6  # of arms, or of members of a list, that are tried in every order


class ArmLinks:
    """The arms of the results of one article.

    Args:
        article: the text that was read.
        results: the results found in it.
        arms: its arms with the places that name them.
    """

    def __init__(self, article: Article, results: Sequence[Result], arms: Block) -> None:
        self._article = article
        self._arms = arm_mentions(article, arms)
        numbers = sorted((r.number for r in results if r.number is not None), key=lambda n: n.at)
        lists: dict[int, list[Candidate]] = {}
        for result in results:
            if result.number is not None and result.measure not in COMPARISONS:
                lists.setdefault(result.number.group, []).append(result.number)
        self._controls = {row.id for row in arms.rows if row.role not in (None, "experimental")}
        self._own: dict[int, str] = {}
        self._told: set[int] = set()  # those whose arm the words beside them say
        if len(arms.rows) > 1:
            for members in lists.values():
                self._own |= self._assigned(members, numbers)
            values = sorted((n for members in lists.values() for n in members), key=lambda n: n.at)
            told = arms_labelled(article.text, values, self._arms)
            self._own = {at: own for at, own in (self._own | told).items() if own}
            runs = [run for runs in runs_of_arms(article.text, values, self._arms) for run in runs]
            self._own |= {a.at: own for members, own in runs for a in members}
            self._own |= in_the_order_of_the_last(article.text, list(lists.values()), self._own, self._arms)

    def of_named(self, p: Mention, results: Sequence[Result]) -> Result | None:
        """ "(P = .03 for the 4 mg group)": the one result of the arm that is named right behind a P."""
        named = next(iter(self._arms.within(p.end, p.end + _NAME_REACH)), None)
        if named is None or len(results) < 2 or _FOR_ARM.fullmatch(self._article.text, p.end, named.start) is None:
            return None
        own = [r for r in results if self.of(r) == (named.id,)]
        return own[0] if len(own) == 1 else None

    def of(self, result: Result) -> tuple[str, ...]:
        """Ids of the arms that a result belongs to, () when the text does not tell."""
        ids = [row.id for row in self._arms.rows]
        sentence = self._article.sentence_at(result.at)
        if len(ids) < 2 or sentence is None:
            return tuple(ids) if sentence else ()
        named = self._arms.within(sentence.start, sentence.end)
        if result.measure in COMPARISONS:
            return self._of_comparison(result, sentence, named, ids)
        a, own = result.number, self._own.get(result.at)
        if a is not None and len(ids) == 2 and is_efficacy(self._article.text, a):
            return tuple(ids)
        both = _BOTH.search(self._article.text, sentence.start, sentence.end) and len({r.id for r in named}) != 1
        text = self._article.text
        beside = a and (arm_right_behind(text, a, self._arms) or arm_right_before(text, a, self._arms))
        if both and result.at not in self._told and not beside:
            return tuple(ids)
        return (own,) if own else ()

    def _of_comparison(
        self, result: Result, sentence: Sentence, named: Sequence[Reference], ids: Sequence[str]
    ) -> tuple[str, ...]:
        """The arms that an estimate or a P of its own compares."""
        text, several = self._article.text, {r.id for r in named}
        if len(ids) > 2 and len(several) > 1 and (pair := compared_pair(text, result, named, self._controls)):
            return pair
        of_p = result.measure == "p_value"
        if of_p and len(several) < 2 and _is_within(text, sentence):
            return tuple(several)
        told = not of_p or _COMPARES.search(text, sentence.start, sentence.end)
        return _compared(named, ids, between_two=bool(told))

    def _assigned(self, members: Sequence[Candidate], numbers: Sequence[Candidate]) -> dict[int, str]:
        """The arm of each member of a list: no two of them have the same, where there are arms enough."""
        told = arms_in_turn(self._article.text, members, self._arms)
        if told is None:
            told = arms_by_direction(self._article.text, members, self._arms)
        if told is not None:
            self._told |= told.keys()
            return told
        arms, slash = len(self._arms.rows), is_slash_pair(self._article.text, members)
        if len(members) == 1 or slash:
            if of_unknown_group(self._article.text, members[-1], self._arms):
                return {}
            if own := arm_right_behind(self._article.text, members[-1], self._arms):
                return {a.at: own for a in members}
        if parts := one_arm_each(self._article.text, members, arms):
            return self._of_parts(parts, numbers)
        return self._likeliest(members, numbers)

    def _likeliest(self, members: Sequence[Candidate], numbers: Sequence[Candidate]) -> dict[int, str]:
        """The arms that the judge of them likes best for a list, {} where it is not sure."""
        arms, pairs = len(self._arms.rows), self._pairs(members)
        # three shares in turn and two arms: one of the three is unknown, and so is whose each is
        if len(pairs) == 1 and arms < len(members) and self._of_unknown_arms(members):
            return {}
        if len({len(p) for p in pairs}) == 1 and 1 < len(pairs[0]) <= arms <= _MOST:
            # "pain (-5 vs -3), function (-13 vs -6)": each bracket names the arms in one order
            known = self._right_behind(members)
            odds = [[known.get(p[k].at) or self._log_odds(p[k], numbers) for p in pairs] for k in range(len(pairs[0]))]
            summed = [[sum(column) for column in zip(*rows, strict=True)] for rows in odds]
            order = max(permutations(range(arms), len(summed)), key=lambda o: _total(summed, o))
            chosen = order * len(pairs)
            sure = _total(summed, order) / len(members)
        else:
            single = [self._log_odds(number, numbers) for number in members]
            chosen = tuple(max(range(arms), key=row.__getitem__) for row in single)
            sure = _total(single, chosen) / len(members)
        if sure <= _SURE:
            return {}
        return {number.at: self._arms.rows[k].id for number, k in zip(members, chosen, strict=True)}

    def _of_unknown_arms(self, members: Sequence[Candidate]) -> bool:
        """Whether a list has an order that nothing tells, or stands in a sentence that names no arm."""
        first, last = members[0].sentence.start, members[-1].sentence.end
        unnamed = not self._arms.within(first, last) and is_plain_list(self._article.text, members)
        return unnamed or in_some_order(self._article.text, members)

    def _of_parts(self, parts: Sequence[Sequence[Candidate]], numbers: Sequence[Candidate]) -> dict[int, str]:
        """The arm of each part of a list, whose numbers are all of one arm."""
        members = [a for part in parts for a in part]
        known = self._right_behind(members)
        for part in parts:
            if own := arm_right_before(self._article.text, part[0], self._arms):
                known[part[0].at] = self._certain(own)
        odds = [[known.get(a.at) or self._log_odds(a, numbers) for a in part] for part in parts]
        summed = [[sum(column) for column in zip(*rows, strict=True)] for rows in odds]
        order = max(permutations(range(len(self._arms.rows)), len(summed)), key=lambda o: _total(summed, o))
        if _total(summed, order) / len(members) <= _SURE:
            return {}
        return {a.at: self._arms.rows[k].id for part, k in zip(parts, order, strict=True) for a in part}

    def _right_behind(self, members: Sequence[Candidate]) -> dict[int, list[float]]:
        """For the members of a list that have their arm right behind them: odds that leave no doubt."""
        found: dict[int, list[float]] = {}
        text = self._article.text
        # "12% and 14% with tea" may both be tea's
        if any(_BARE_AND.fullmatch(text, max(a.end, a.number_end), b.at) for a, b in pairwise(members)):
            return found
        for a, stop in zip(members, [*(b.at for b in members[1:]), members[-1].sentence.end], strict=True):
            if own := arm_right_behind(text, a, self._arms, stop):
                found[a.at] = self._certain(own)
        return found

    def _certain(self, arm: str) -> list[float]:
        return [_CERTAIN if row.id == arm else -_CERTAIN for row in self._arms.rows]

    def _pairs(self, members: Sequence[Candidate]) -> list[list[Candidate]]:
        """The stretches of a list between which its numbers change the subject."""
        pairs = [[members[0]]]
        for a, b in pairwise(members):
            if len(members) > len(self._arms.rows) and SUBJECT.search(self._article.text, a.end, b.start):
                pairs.append([b])
            else:
                pairs[-1].append(b)
        return pairs

    def _log_odds(self, number: Candidate, numbers: Sequence[Candidate]) -> list[float]:
        model = statistics_model.models()["arm"]
        setting = setting_of(number, numbers, self._arms)
        chances = [
            model.probabilities(arm_features(self._article, setting, self._arms, k))["yes"]
            for k in range(len(self._arms.rows))
        ]
        return [log_odds(p) for p in chances]


def _is_within(text: str, sentence: Sentence) -> bool:
    """Whether a sentence sets a group against itself, and nothing in it against another."""
    within = _WITHIN.search(text, sentence.start, sentence.end)
    if within is None:
        return False
    rest = ((sentence.start, within.start()), (within.end(), sentence.end))
    return not any(_OTHERS.search(text, *span) for span in rest)


def _total(odds: Sequence[Sequence[float]], order: Sequence[int]) -> float:
    return sum(row[k] for row, k in zip(odds, order, strict=True))


def _compared(named: Sequence[Reference], ids: Sequence[str], *, between_two: bool) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(r.id for r in named))
    if len(distinct) >= 2:
        return tuple(distinct[:2]) if len(ids) == 2 else tuple(distinct)
    # of two arms the other one is the other side, named or not
    if len(ids) == 2 and (distinct or between_two):
        return (*distinct, *(i for i in ids if i not in distinct))
    return tuple(distinct)
