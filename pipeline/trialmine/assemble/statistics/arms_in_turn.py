"""Arms that the words around a list give to its numbers: one behind each, or as many in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import SUBJECT, VERSUS
from trialmine.records.article import Block, Reference

_LOOKED_BACK = 60  # places of arms before a list
_WITH = r"(?:in|for|with|on|among|of|after|under|receiving|by)"
_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|infants|babies|neonates|adults|people|volunteers|recipients"
    r"|eyes|attacks|cases|episodes|those)"
)
# as in "4.1 (SD 5.2) with tea"
_RIGHT_BEHIND = regex.compile(
    rf"(?:\s?%)?(?:(?:\s[a-z]+){{0,2}}\sper\s(?:[\d,]+\s)?[a-z]+(?:[\s-](?:at\srisk|years?|months?|days?))?)?[)\]]?\s(?:of\s)?(?:(?:(?:the|all)\s)?(?:\d{{1,5}}\s)?{_PEOPLE}\s)?(?:(?:treated|given|allocated|assigned|randomi[sz]ed)\s)?(?:{_WITH}|to)\s(?:(?:the\s)?(?:\d{{1,5}}\s)?{_PEOPLE}\s{_WITH}\s)?(?:the\s)?",
    regex.IGNORECASE,
)
# a sentence, or a title without a point
_ENDS = regex.compile(r"[.;]\s+[A-Z]|\n\s*\p{Lu}")
_INSIDE = r"(?:[^.;()\[\]]|(?<=\d)\.(?=\d))"
# as in "12%, 14% and 15% in the 5-mg, 10-mg and placebo groups", "… in groups A, B and C, respectively"
_IN_TURN = regex.compile(
    rf"[)\]]?(?:\s?[%\w/]{{1,8}})?(?:\sper\s[\d,]+\s[\w-]+)?,?\s(?:(?:patients|participants|subjects|women|men)\s)?{_WITH}\s(?:the\s)?"
    rf"(?P<items>{_INSIDE}{{3,120}}?)(?:\s(?:groups|arms|recipients|patients|cohorts)\b|,?\srespectively\b)",
    regex.IGNORECASE,
)
_RESPECTIVELY = regex.compile(r"[^.;]{0,25}?\brespectively\b", regex.IGNORECASE)
_JOINT = regex.compile(r",\s?(?:and|or)\s|,\s|\s(?:and|or)\s", regex.IGNORECASE)


def arms_in_turn(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """The arm of each number of a list by its place, None where the words behind give none.

    A number whose words name no arm that is known is left out.
    """
    pairs = _slashed(text, members)
    if pairs and (told := arms_in_turn(text, [b for _, b in pairs], arms)):
        return told | {a.at: told[b.at] for a, b in pairs if b.at in told}
    return (
        _inside_each(members, arms)
        or _one_behind_each(text, members, arms)
        or _one_behind_each_run(text, members, arms)
        or _in_one_order(text, members, arms)
        or _in_the_order_of_a_row(text, members, arms)
        or _in_the_order_before(text, members, arms)
    )


_SLASH = regex.compile(r"\s?/\s?")
_FEWEST = 2
_MOST = 6  # arms that are tried in every order


def _slashed(text: str, members: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """ "20/12 and 15/8 mm Hg": the pairs of a list that consists of such pairs alone."""
    pairs = list(zip(members[::2], members[1::2], strict=False))
    whole = len(members) % 2 == 0 and len(pairs) >= _FEWEST
    return pairs if whole and all(_SLASH.fullmatch(text, a.number_end, b.at) for a, b in pairs) else []


def is_slash_pair(text: str, members: Sequence[Candidate]) -> bool:
    """Whether a list is the upper and the lower pressure of one group: "20/12 mm Hg"."""
    return len(members) == _FEWEST and _SLASH.fullmatch(text, members[0].number_end, members[1].at) is not None


def one_arm_each(text: str, members: Sequence[Candidate], arms: int) -> list[list[Candidate]] | None:
    """The parts of a list whose numbers are all of one arm: "7% and 4% compared with 3% and 1%", "20/12 mm Hg"."""
    if is_slash_pair(text, members):
        return [list(members)]
    parts = [[members[0]]]
    for a, b in pairwise(members):
        if VERSUS.search(text, a.end, b.start):
            parts.append([b])
        else:
            parts[-1].append(b)
    sizes = {len(part) for part in parts}
    fits = len(sizes) == 1 and sizes != {1} and _FEWEST <= len(parts) <= arms <= _MOST
    return parts if fits and not any(SUBJECT.search(text, a.end, b.start) for a, b in pairwise(members)) else None


def _one_behind_each_run(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "7%, 4% and 2% with tea and 3%, 3% and 1% with water": as many numbers before each arm."""
    runs: list[tuple[list[Candidate], str]] = []
    run: list[Candidate] = []
    stops = [b.at for b in members[1:]] + [members[-1].sentence.end]
    for a, stop in zip(members, stops, strict=True):
        run.append(a)
        end = max(a.end, a.number_end)
        near = arms.within(a.number_end, stop)
        if (
            near
            and len({r.id for r in near if r.start == near[0].start}) == 1
            and _RIGHT_BEHIND.fullmatch(text, end, near[0].start)
        ):
            runs.append((run, near[0].id))
            run = []
        elif near:
            return None
    sizes = {len(r) for r, _ in runs}
    if run or len(runs) < _FEWEST or len(sizes) != 1 or len({own for _, own in runs}) != len(runs):
        return None
    return {a.at: own for r, own in runs for a in r}


def _inside_each(members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "38 deaths in the tea group (46%) and 28 in the water group (35%)": between a count and its share."""
    named = [{r.id for r in arms.within(a.at, a.end)} for a in members]
    if any(len(ids) != 1 for ids in named):
        return None
    return {a.at: next(iter(ids)) for a, ids in zip(members, named, strict=True)}


def _one_behind_each(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    stops = [b.at for _, b in pairwise(members)] + [members[-1].sentence.end]
    told: dict[int, set[str]] = {}
    for a, stop in zip(members, stops, strict=True):
        end = max(a.end, a.number_end)
        near = arms.within(a.number_end, stop)
        if near and a is members[-1]:
            # "12% with water (tea vs water, P": the bracket tells who was compared
            opened = text.find("(", near[0].end, stop)
            near = [r for r in near if opened < 0 or r.start < opened]
        if not near and not _RIGHT_BEHIND.match(text, end, stop):
            return None  # "12% and 14% with tea"
        ids = {r.id for r in near}
        one = len(ids) == 1 or len({r.start for r in near}) == 1
        if one and right_behind(text, end, near[0].start):
            told[a.at] = ids
    # words that may mean two arms mean the one that no other number has
    sure = {at: next(iter(ids)) for at, ids in told.items() if len(ids) == 1}
    left = {at: ids - set(sure.values()) for at, ids in told.items() if at not in sure}
    found = sure | {at: next(iter(ids)) for at, ids in left.items() if len(ids) == 1}
    return found if len(set(found.values())) > 1 else None


def _in_one_order(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    last = members[-1]
    match = _IN_TURN.match(text, last.end, last.sentence.end) if len(members) > 1 else None
    if match is None:
        return None
    start, end = match.span("items")
    cuts = [start, *(m.end() for m in _JOINT.finditer(text, start, end)), end]
    items = [arms.within(a, b)[:1] for a, b in pairwise(cuts)]
    found = {m.at: own[0].id for m, own in zip(members, items, strict=False) if own}
    return found if len(items) == len(members) and len(set(found.values())) == len(found) > 1 else None


# as in "(12 [14%] tea group vs 16 [18%] water group)"
_BARE = regex.compile(
    rf"[)\]]?\s|[)\]]?\s(?:[a-z]+\s)?(?:among|of|in)\s(?:the\s)?\d[\d,]*\s(?:{_PEOPLE}\s)?(?:who\s)?(?:(?:were\s)?(?:allocated|assigned|given|randomi[sz]ed|treated)|receiv\w+|took|taking)"
    r"\s(?:(?:to|with)\s)?(?:receive\s)?(?:the\s)?",
    regex.IGNORECASE,
)


def right_behind(text: str, end: int, start: int) -> bool:
    """Whether the words between a number and the name of a group give it the number: "12% of patients on"."""
    if text[start].isdigit() and (drug := _DRUG_BEFORE.search(text, end, start)):
        start = drug.start()  # "in the tea 5-mg group"
    return bool(_RIGHT_BEHIND.fullmatch(text, end, start) or _BARE.fullmatch(text, end, start))


_DRUG_BEFORE = regex.compile(r"(?<=\b(?:the|with|on|in|of|receiving)\s)\p{L}[\p{L}-]{3,}\s$")


_GROUP = regex.compile(r"(?:[\w-]+\s){1,3}?(?:group|arm)\b|placebo\b", regex.IGNORECASE)


def of_unknown_group(text: str, a: Candidate, arms: Block) -> bool:
    """ "14% in the milk group": whether the group right behind a number is none that is known."""
    behind = _RIGHT_BEHIND.match(text, max(a.end, a.number_end), a.sentence.end)
    group = _GROUP.match(text, behind.end(), a.sentence.end) if behind else None
    return group is not None and not arms.within(*group.span())


def in_some_order(text: str, members: Sequence[Candidate]) -> bool:
    """Whether a list has "respectively" behind it."""
    return _RESPECTIVELY.match(text, members[-1].end) is not None


def _in_the_order_before(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "14, 8 and 7, respectively" names no arm: the last sentence but this that names them all has their order."""
    first, last = members[0], members[-1]
    ordered = in_some_order(text, members) or is_plain_list(text, members)
    if len(members) != len(arms.rows) or not ordered:
        return None
    # the spread of a number is no arm's amount: "7 ± 4 mg"; a bracket behind the list tells who was compared
    near = [
        r
        for r in arms.within(first.sentence.start, last.sentence.end)
        if r.start < last.end or not _in_bracket_behind(text, last.end, r.start)
    ]
    if any(not any(m.at <= r.start < m.end for m in members) for r in near):
        return None
    before = arms.within(0, first.sentence.start)[-_LOOKED_BACK:]
    while before:
        sentence = _last_sentence(text, before)
        before = before[: -len(sentence)]
        if any(_SET_AGAINST.search(text, max(0, r.start - 40), r.start) for r in sentence):
            continue
        order = _told_order(sentence)
        if len(order) == len(members):
            return {m.at: i for m, i in zip(members, order, strict=True)}
        if len(order) > 1:
            return None
    return None


def _told_order(sentence: Sequence[Reference]) -> list[str]:
    """The arms in the order of their places; that of "tea, milk or both" is where "both" stands, not at the tea."""
    alone = [r for r in sentence if not any(o.id != r.id and o.start < r.end and r.start < o.end for o in sentence)]
    own = {r.id for r in alone}
    return list(dict.fromkeys(r.id for r in sentence if r in alone or r.id not in own))


_ROW_JOINT = regex.compile(
    r"(?:\s(?:groups?|arms?))?(?:\s?[(\[][^()\[\]]{1,24}[)\]])?\s?(?:,|,?\sand|,?\sor|,?\svs\.?|,?\sversus|/)\s?(?:in\s)?(?:the\s)?(?:[\w-]+\s){0,2}",
    regex.IGNORECASE,
)


def _in_the_order_of_a_row(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "In the tea, milk and water groups, pain fell by 5, 4 and 1": all arms in a row before, none behind."""
    first, last = members[0], members[-1]
    near = arms.within(first.sentence.start, first.at)
    if len(members) < _FEWEST or not near or not _is_joined_list(text, members):
        return None
    row = _last_row(text, near)
    ids = _one_each([{r.id for r in near if r.start == place.start} for place in row])
    against = _SET_AGAINST.search(text, max(0, row[0].start - 40), row[0].start)
    if len(ids) != len(members) or against or len(ids) != len(arms.rows):
        return None
    behind = arms.within(last.number_end, last.sentence.end)
    if behind and _RIGHT_BEHIND.fullmatch(text, max(last.end, last.number_end), behind[0].start):
        return None
    return {m.at: i for m, i in zip(members, ids, strict=True)}


def _last_row(text: str, places: Sequence[Reference]) -> list[Reference]:
    """The places that end a stretch with nothing but commas between, one of each start."""
    row = [places[-1]]
    for r in reversed(places[:-1]):
        if r.end > row[0].start:
            row[0] = r if r.start < row[0].start else row[0]
            continue
        if not _ROW_JOINT.fullmatch(text, r.end, row[0].start):
            break
        row.insert(0, r)
    return row


def _one_each(meant: Sequence[set[str]]) -> list[str]:
    """The arm of each place where all are different, [] if they are not: words that may mean two mean the other one."""
    left = [set(ids) for ids in meant]
    for _ in left:
        sure = {next(iter(ids)) for ids in left if len(ids) == 1}
        left = [ids if len(ids) == 1 else ids - sure for ids in left]
    found = [next(iter(ids)) for ids in left if len(ids) == 1]
    return found if len(set(found)) == len(left) else []


def _is_joined_list(text: str, members: Sequence[Candidate]) -> bool:
    """Whether nothing but commas and what is printed at them stands between the members of a list."""
    gaps = (text[max(a.end, a.number_end) : b.start] for a, b in pairwise(members))
    return all(_BARE_JOINT.fullmatch(gap) for gap in gaps)


_BARE_JOINT = regex.compile(
    r"[\s)\]%]*(?:[A-Za-zµ/]{1,8})?[\s)\]]*(?:,\s?and|,|;|\sand|\svs\.?|\sversus)\s?[(\[]?", regex.IGNORECASE
)
_MANY_ARMS = 3
_NEXT = regex.compile(r"\s?%?(?:,\s?and|,|\sand)\s", regex.IGNORECASE)
# times and parts of the people that were listed before have the numbers of the list as well
_OTHER_LIST = regex.compile(r"\d[^.;]{0,12}(?:,|\band)\s[^.;]{0,12}\d|\b(?:and|or)\b", regex.IGNORECASE)


def _in_bracket_behind(text: str, end: int, start: int) -> bool:
    """Whether a bracket that opens behind a list is still open at a place."""
    gap = text[end:start]
    return gap.rfind("(") > gap.rfind(")") or gap.rfind("[") > gap.rfind("]")


def is_plain_list(text: str, members: Sequence[Candidate]) -> bool:
    """ "the rates were 62%, 71% and 35%": three or more alike with nothing but commas, and no other list before."""
    first = members[0]
    if len(members) < _MANY_ARMS or len({(m.unit, m.denominator is None) for m in members}) > 1:
        return False
    joined = all(_NEXT.fullmatch(text, a.end, b.start) for a, b in pairwise(members))
    clause = max(first.sentence.start, text.rfind(";", 0, first.at) + 1)
    return joined and _OTHER_LIST.search(text, clause, first.at) is None


# "Compared with water, the risk was 0.6 for tea": the control group stands first, out of its order
_SET_AGAINST = regex.compile(
    r"(?:^|[.;:]\s+)(?:As\s)?(?:Compared\s(?:with|to)|Relative\sto|Versus|In\scomparison\s(?:with|to))\s(?:the\s)?$"
)


def _last_sentence(text: str, places: Sequence[Reference]) -> list[Reference]:
    """Those of the places that stand in the sentence of the last one."""
    return [r for r in places if not _ENDS.search(text, r.end, places[-1].start)]


def in_the_order_of_the_last(
    text: str, lists: Sequence[Sequence[Candidate]], own: Mapping[int, str], arms: Block
) -> dict[int, str]:
    """ "12% with tea versus 15% with water. Falls occurred in 3% versus 4%": a pair that names no arm has that order.

    Args:
        text: the text that was read.
        lists: the numbers by the list that they stand in.
        own: the arms that are known, by the place of the number.
        arms: the arms with the places that name them; there must be two.
    """
    found: dict[int, str] = {}
    if len(arms.rows) != _FEWEST:
        return found
    order: list[str] = []
    ordered = sorted(lists, key=lambda m: m[0].at)
    for sentence, of_sentence in groupby(ordered, key=lambda m: m[0].sentence):
        pairs = list(of_sentence)
        told = list(dict.fromkeys(own[a.at] for m in pairs for a in m if a.at in own))
        if arms.within(sentence.start, sentence.end) or told:
            order = told
            continue
        for a, b in (pair for m in pairs for pair in _twos(m)):
            if len(order) == _FEWEST and _are_set_beside(text, a, b):
                found |= {a.at: order[0], b.at: order[1]}
    return found


def _twos(members: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    return list(zip(members[::2], members[1::2], strict=True)) if len(members) % 2 == 0 else []


def _are_set_beside(text: str, first: Candidate, second: Candidate) -> bool:
    return _SET_BESIDE.fullmatch(text, max(first.end, first.number_end), second.start) is not None


_SET_BESIDE = regex.compile(
    r"[\s)\]%]*(?:[A-Za-zµ/]{1,8})?\s?(?:vs\.?|versus|v\.?|compared\swith)\s[(\[]?", regex.IGNORECASE
)
