"""Treatment phrases: runs of interventions with the words that join or part them, and the arms they may tell of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from trialmine.assemble.arms.drafts import ArmDraft, given_within
from trialmine.records.article import Article, Block, Mentions, Reference, Sentence

Joint = Literal["first", "plus", "or", "and", "without"]

_LONGEST = 110  # characters that a joint may have, brackets apart
_FAR = 60  # characters of a joint that joins without a sign of its own
_ASIDE = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WITHOUT = regex.compile(
    r"\b(?:with\s+(?:or|and)\s+without|with\s*/\s*without|plus\s+or\s+minus)\b|^\s?(?:\([^()]*\))?\s?±\s?$"
    r"|\balone\s*,?\s*(?:or|and|versus|vs\.?)\s+(?:in\s+combination|combined|plus|with|together|added|followed)\b",
    regex.I,
)
# what was seen, and no longer what was given
_SEEN = regex.compile(
    r"\b(?:was|were|is|are|did|does|had|has|have|showed|may|can|led|result\w*|significant\w*|improv\w*|increas\w*|reduc\w*"
    r"|decreas\w*|demonstrat\w*|although|but|because)\b(?!\s+(?:(?:then|also|randomly)\s+)?(?:given|treated|assigned|allocated|randomi[sz]ed"
    r"|administered|added|receiv\w+|compared|combined|followed))|=|±\s?\d|\+/[-−–]\s?\d|\bp\s?[<>]"
    # "14 mL with tea, 9 mL with milk"
    r"|(?:,|\band|\bversus|\bvs\.?|\bcompared\s(?:with|to))\s(?:and\s|only\s)?[-−–+]?\d[\d.,]*\s?(?:%|\p{L}+(?:/\p{L}+)?)\s(?:with|in|for|on|among)\s(?:the\s)?$",
    regex.I,
)
_GROUP = r"(?:(?:treatment|therapy|combination|combined|monotherapy)[\s-]+)?(?:groups?|arms?|recipients?)\b"
_IS_GROUP = regex.compile(
    rf"^(?:[\s-]*{_GROUP}|[\s-]*treated\s+(?:patients|subjects|group|women|men|participants|animals)\b)", regex.I
)
_GOT = regex.compile(
    rf"^\s*{_GROUP}[\s,:]*(?:(?:patients|subjects|participants|who|were|was|had|they)\s+)*(?:receiv\w+|given|got|took|treated\s+with"
    r"|administered|underwent)\b",
    regex.I,
)
_PARTED = regex.compile(
    r"\b(?:or|versus|vs\.?|v|compar\w+|than|against|either|while|whereas|another|control|instead|respectively)\b|;"
    r"|\band\s+(?:to|in|another|the\s+other|those|groups?|for|with|\(?\d+\)?(?!\s*(?:mg|g|mcg|[µμ]g|ml|%|IU|weeks?|days?|months?|hours?|years?|h|min))|[^,;]{1,40}?\s(?:with|for|in|to|on))\b"
    r"|\b(?:receiv\w+|were\s+(?:given|treated|assigned|allocated|randomi[sz]ed))\b",
    regex.I,
)
_SETS = regex.compile(r"\bcompar\w+(?!\s+(?:with|to)\b)|\b(?:between|difference)\b", regex.I)
_AGAINST = regex.compile(r"^[\s,]*(?:\w+\s){0,2}?(?:with|to|and)\s+(?:\w+\s){0,3}?$", regex.I)
_JOINED = regex.compile(
    r"\bplus\b|\+|\bcombin\w+|\btogether\b|\bwith\b|\bfollowed\b|\badd(?:ed|ition|-on|ing)\b|\balong\b|\bthen\b|\bon\s+top\b|\badjunct\w*\b"
    r"|\bcontaining\b|\bafter\b|\bbefore\b|&",
    regex.I,
)
_AMOUNT = regex.compile(r"^\s*\d[\d.,]*\s?\p{L}[^,]*,\s*$")  # "A 5 mg, A 10 mg"
# "A/B", "A 5 mg/B 10 mg"
_TIGHT = regex.compile(r"^\s?(?:[\d.,]+\s?\p{L}{1,3}\s?)?[/+–-]\s?(?:[\d.,]+\s?\p{L}{1,3}\s)?$")
_AND = regex.compile(r"\band\b|^\s*(?:[\d.,]+\s?\p{L}+(?:/\p{L}+)*\s*)?,", regex.I)
_TO_ALL = regex.compile(
    r"\b(?:each|both|all|in\s+addition\s+to|added\s+to|add-?on\s+to|on\s+top\s+of|combination\s+with)\b", regex.I
)
_BLANK = regex.compile(r"(?:matching\s+)?(?:placebos?|saline|sham|vehicle)(?:\s\w+)?", regex.I)
_WITH_EITHER = regex.compile(r"^(?!.*\bcompar).*\b(?:with|plus|to|and)\s+either\s", regex.I | regex.S)
_EITHER = regex.compile(r"\beither\b", regex.I)
_ALONE = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:[\d.,]+\s?\p{L}+(?:/\p{L}+)*\s+)?(?:alone|monotherapy|only)\b", regex.I
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One place of a text that names one or more interventions, and how it stands to the one before."""

    start: int
    end: int
    ids: tuple[str, ...]
    joint: Joint = "first"


@dataclass(frozen=True, slots=True)
class Treatment:
    """Words that name all that somebody got: "tea plus coffee"."""

    start: int
    end: int
    members: tuple[str, ...]


Run = tuple[Unit, ...]


def runs_in(article: Article, interventions: Block, sentence: Sentence) -> Iterator[Run]:
    """The runs of interventions in one sentence that stand beside each other."""
    text = article.text
    run: list[Unit] = []
    for unit in _units(given_within(text, interventions, sentence.start, sentence.end)):
        joint = _joint(text, run[-1], unit, sentence.start) if run else "first"
        if joint == "aside":
            continue
        if joint is None:
            yield tuple(run)
            run = [unit]
        elif joint == "same":
            last = run[-1]
            run[-1] = replace(last, end=unit.end, ids=tuple(dict.fromkeys((*last.ids, *unit.ids))))
        else:
            run.append(replace(unit, joint=joint))
    if run:
        yield tuple(run)


def _units(references: Sequence[Reference]) -> Iterator[Unit]:
    """References as units; what lies inside another, or in the same place, is one with it."""
    current: Unit | None = None
    for r in references:
        if current and r.start < current.end:
            if (r.start, r.end) == (current.start, current.end):
                current = replace(current, ids=tuple(dict.fromkeys((*current.ids, r.id))))
            continue
        if current:
            yield current
        current = Unit(r.start, r.end, (r.id,))
    if current:
        yield current


_STOP = regex.compile(r"[.:]\s")


def _joint(text: str, last: Unit, unit: Unit, begin: int) -> Joint | Literal["same", "aside"] | None:
    raw = text[last.end : unit.start]
    joint = _ASIDE.sub(" ", raw)
    if joint.count("(") > joint.count(")"):
        # "FEC (A 500 mg, B 100 mg)": a bracket says what its head is; "A (in saline)" says less
        return "same" if regex.match(r"\s?\(", joint) and _list_within(text, unit) else "aside"
    again = (
        set(unit.ids) <= set(last.ids) and not _PARTED.search(joint) and not _AMOUNT.search(joint) and len(joint) < _FAR
    )
    if again and "," in joint and (_ALONE.match(text[unit.end : unit.end + _FAR]) or _ALONE.match(raw)):
        return "or"  # "A plus B, B alone", "A alone, A with B"
    if again or (_GOT.match(joint) and set(last.ids) & set(unit.ids)):
        return "same"
    if len(joint) > _LONGEST or _STOP.search(joint) or _SEEN.search(joint):
        return None
    if _GOT.match(joint) or (_AGAINST.match(joint) and _SETS.search(text, max(begin, last.start - 60), last.start)):
        return "or"
    return next((name for name, pattern in _KINDS if pattern.search(joint)), None)


def _list_within(text: str, unit: Unit) -> bool:
    closes = text.find(")", unit.end, unit.end + 200)
    return bool(regex.search(r",|\+|\bplus\b|\band\b|/", text[unit.end : closes])) if closes >= 0 else False


_KINDS: tuple[tuple[Joint, regex.Pattern[str]], ...] = (
    ("without", _WITHOUT),
    ("plus", _WITH_EITHER),
    ("or", _IS_GROUP),
    ("or", _PARTED),
    ("plus", _TIGHT),
    ("plus", _JOINED),
    ("and", _AND),
)


def readings(text: str, run: Run) -> Iterator[tuple[Treatment, ...]]:
    """What a run may tell: "and" joins or parts; what stands first or last may belong to all."""
    weak = any(u.joint == "and" for u in run)
    strong = any(u.joint in ("or", "without") for u in run)
    for and_joins in (True, False) if weak and strong else (not weak,):
        parts = _parts(run, and_joins=and_joins)
        if any(_names_twice(p) for p in parts):
            continue
        yield tuple(_treatment(p) for p in parts)
        shared = _shared(text, parts)
        if shared:
            yield tuple(_treatment(p, shared) for p in parts)


def _names_twice(part: Sequence[Unit]) -> bool:
    """Whether "and" or a comma joins a drug to itself: "A 5 mg/B 10 mg, A 5 mg" are two arms."""
    return any(u.joint == "and" and set(u.ids) & {i for o in part[:k] for i in o.ids} for k, u in enumerate(part))


def _parts(run: Run, *, and_joins: bool) -> list[list[Unit]]:
    parts: list[list[Unit]] = []
    for i, u in enumerate(run):
        # "A plus B and C plus B": two that are joined within are told one behind the other
        pair = u.joint == "and" and parts and len(parts[-1]) > 1 and i + 1 < len(run) and run[i + 1].joint == "plus"
        if not parts or u.joint == "or" or pair or (u.joint == "and" and not and_joins):
            parts.append([u])
        elif u.joint == "without":
            parts.append([*parts[-1], u])
        else:
            parts[-1].append(u)
    return parts


def _shared(text: str, parts: Sequence[Sequence[Unit]]) -> tuple[str, ...]:
    """What belongs to all parts: "A or B, each with C", "C with either A or B", "A or placebo plus C"."""
    if len(parts) < 2:
        return ()
    parts = [_whole(text, p) for p in parts]
    first, last = parts[0], parts[-1]
    if len(last) > 1 and all(len(p) == 1 for p in parts[:-1]):
        tail = tuple(i for u in last[1:] for i in u.ids)
        between = text[last[0].end : last[1].start]
        told = bool(_TO_ALL.search(between)) or any(_is_blank(text, p[0]) for p in parts)
        if told and not any(i in tail for p in parts[:-1] for u in p for i in u.ids):
            return tail
    if len(first) > 1 and all(len(p) == 1 for p in parts[1:]) and not any(_is_alone(text, p) for p in parts[1:]):
        head = tuple(i for u in first[:-1] for i in u.ids)
        between = text[first[-2].end : first[-1].start]
        told = any(_is_blank(text, p[0]) for p in parts[1:]) or bool(_EITHER.search(between))
        if told and not any(i in head for p in parts[1:] for u in p for i in u.ids):
            return head
    return ()


def _whole(text: str, part: Sequence[Unit]) -> list[Unit]:
    """The units of a part, those that a stroke joins as one: "A/B plus C" is two."""
    out: list[Unit] = []
    for u in part:
        if out and _TIGHT.fullmatch(text[out[-1].end : u.start]):
            out[-1] = replace(out[-1], end=u.end, ids=(*out[-1].ids, *u.ids))
        else:
            out.append(u)
    return out


def _is_blank(text: str, unit: Unit) -> bool:
    return bool(_BLANK.fullmatch(text[unit.start : unit.end]))


def _is_alone(text: str, part: Sequence[Unit]) -> bool:
    return bool(_ALONE.match(text[part[-1].end : part[-1].end + 60]))


def _treatment(part: Sequence[Unit], shared: tuple[str, ...] = ()) -> Treatment:
    members = tuple(dict.fromkeys((*(i for u in part for i in u.ids), *shared)))
    return Treatment(part[0].start, part[-1].end, members)


def phrase_sets(article: Article, mentions: Mentions, interventions: Block) -> Iterator[list[ArmDraft]]:
    """A set of arms for each reading of a run that parts it."""
    for sentence in article.sentences:
        if sentence.section == "background":
            continue
        for run in runs_in(article, interventions, sentence):
            for parts in readings(article.text, run):
                drafts = _drafts(article, mentions, parts)
                if len(drafts) > 1:
                    yield drafts


def _drafts(article: Article, mentions: Mentions, parts: Sequence[Treatment]) -> list[ArmDraft]:
    """One draft for each distinct part; a part that is told again in another amount is another."""
    repeated = [frozenset(p.members) for p in parts]
    stops = [*(p.start for p in parts[1:]), parts[-1].end + _FAR]
    found: dict[tuple[frozenset[str], frozenset[str]], ArmDraft] = {}
    for p, stop in zip(parts, stops, strict=True):
        members = frozenset(p.members)
        told: frozenset[str] = frozenset()
        if repeated.count(members) > 1:
            told = frozenset(m.value.dose.text or "" for m in mentions.within("dose", p.start, stop))
        if any(members == known and not (told and other and told != other) for known, other in found):
            continue
        found[members, told] = ArmDraft(article.text[p.start : p.end], (p.start, p.end), p.members, keys=told)
    return list(found.values())
