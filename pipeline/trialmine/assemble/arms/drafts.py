"""Finds the arms of a trial: labelled groups, the alternatives of an assignment clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from trialmine.normalise.number import NUMBER
from trialmine.records.article import Article, Block, Mention, Mentions, Reference

JOINED = regex.compile(
    r"\bplus\b|\+|\bcombin\w+|\btogether\b|\bwith\b|/|\bfollowed\b|\badded\b|\badd-on\b|\balong\b|\bthen\b"
    r"|\bon\s+top\b|[-–]\s*$|\bcontaining\b",
    regex.I,
)
PARTED = regex.compile(
    r"\b(?:or|versus|vs\.?|v|compared|than|either|while|whereas|other|another|second|control)\b|;", regex.I
)
_COMPARES = regex.compile(r"\bcompar|\brespectively\b|\bgroups?\b|\barms?\b|\beach\b|\bn\s*=", regex.I)
# brackets and amounts between two drugs say nothing of how they belong together: "A (1 mg/kg), B"
_ASIDE = regex.compile(r"\([^()]*\)|\b\d[\d.,]*\s*[\p{L}µμ%]+/[\p{L}\d²/]+")
_CONTROLLED = regex.compile(r"[\s\-–]*controll?ed\b", regex.I)
# "A placebo" is a placebo that looks like A
_LIKENESS = regex.compile(r"[\s-]*placebos?\b(?![\s-]*controlled)", regex.I)
_EQUALS = regex.compile(r"(?:\s(?:group|arm))?\s?=\s?\d[\d,]*\s?[,;)\]]", regex.I)
# "40 got tea and 41 milk", "40 to tea, and the other 41 to milk": what another number of people got is another arm's
_OTHERS_GOT = regex.compile(
    rf"(?:\band|[,;]|\bwhile|\bwhereas|\bor|&)\s+(?:the\s+)?(?:other\s+|remaining\s+)?(?:{NUMBER}\s+(?:(?:others|more|schools|villages|clusters|clinics|hospitals|practices|wards|patients|subjects|participants"
    r"|women|men|children|infants|people|individuals|volunteers|cases|eyes)\s+)?(?:(?:were|was)\s+)?(?:(?:randomly\s+)?(?:assigned|allocated"
    r"|randomi[sz]ed)\s+)?(?:to|receiv\w+|got|took|given|treated\s+with|underwent|had)|\d{2,}(?:,\d{3})?)\s+(?:the\s+|an?\s+|receive\s+)*$",
    regex.I,
)
_ALONE = regex.compile(r"\s(?:alone|only|monotherapy)\b", regex.I)
_WERE_PARTED = regex.compile(
    r"\b(?:were|was)\s(?:then\s|subsequently\s)?(?:randomly\s)?(?:randomi[sz]ed|assigned|allocated)\b", regex.I
)
_HAD_BEFORE = regex.compile(r"\b(?:who|whom|already|previously)\b[^.;]{0,50}$", regex.I)
_BEFORE_FIRST = 70  # characters that may say that people had it when they came
# "all had A and were randomised to B or C", "people on A were assigned to B": right behind A, no others are told of
_THEN_PARTED = regex.compile(
    r"[\s,)]*(?:\w+\s)?(?:(?:and|who|that)\s)?(?:were|was)\s(?:(?:then|subsequently|also|further|equally|randomly)\s)*"
    r"(?:randomi[sz]ed|assigned|allocated)\b[^.;]*?\b(?:to|add|receive)\b",
    regex.I,
)
_NOT = regex.compile(r"\bno\s+$", regex.I)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_AND = regex.compile(r"\band\b|&", regex.I)
RANDOM = regex.compile(r"\brandom|\bassigned|\ballocated|\bdivided", regex.I)


_BESIDE = 40  # characters from a name to the end of its amount
_TO_STRENGTH = regex.compile(r"\s?(?:\p{L}+\s){0,2}")
Amounts = Mapping[int, frozenset[str]]
"""What the text says of how much and how often, by the place of the name that it stands behind."""


@dataclass(frozen=True, slots=True)
class ArmDraft:
    """An arm in the making: its label, members and where the text speaks of it."""

    label: str
    span: tuple[int, int]
    members: tuple[str, ...] = ()
    n: int | None = None
    spans: tuple[tuple[int, int], ...] = ()
    keys: frozenset[str] = field(default=frozenset())
    size: tuple[int, int] | None = None
    """Where `n` is stated."""
    full: tuple[str, ...] = ()
    """Its members with what one place of the text names besides, () where none names more."""

    def also_at(self, span: tuple[int, int]) -> ArmDraft:
        """The same arm, referred to at one more place."""
        return self if span == self.span or span in self.spans else replace(self, spans=(*self.spans, span))


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one clause tells apart, how well it does so, and whether it speaks of chance."""

    drafts: tuple[ArmDraft, ...]
    quality: float
    random: bool


_GOT = regex.compile(
    r"(?:\s*[;,:]\s*n\s*=\s*\d+)?[\s,)\]]*(?:\([^()]{0,60}\)\s*)?(?:(?:patients|subjects|participants|women|men|children|animals|rats|dogs|cases)\s+)?"
    r"(?:who\s+)?(?:(?:were|was|will\s+be|is|are|had|have)\s+)?(?:orally\s+|intravenously\s+)?(?:receiv\w+|given|got|took"
    r"|treated|administered|underwent|supplemented|injected|premedicated|used|applied|prescribed|consumed|fed)\b",
    regex.I,
)
_STOPS = regex.compile(
    r"\bcompared|\bversus\b|\bvs\b|\bthan\b|\binstead\s+of\b|\brather\s+than\b|\bdiluted\b|\bdissolved\b|\bwithout\b|\bwhile\b"
    r"|\bwhereas\b",
    regex.I,
)
_SOLVENT = regex.compile(r"\bdiluted\b|\bdissolved\b", regex.I)
# "…, and the tea group (Group B": the words before the next label are the next group's
_NAMED = regex.compile(
    r"\b(?:and|while|whereas)\s+(?:in\s+)?(?:the\s+)?(?:[\w-]+\s+){1,4}(?:group|arm)\s*\(\s*$", regex.I
)
_INTRODUCES = regex.compile(
    r"\s*[,:=]\s*(?:(?:oral|intravenous|daily|weekly|an?|the)\s+)*(?:[\d.,]+\s?\p{L}{1,4}(?:/\p{L}+)?\s+(?:of\s+)?)?",
    regex.I,
)


def labelled_arms(article: Article, mentions: Mentions, interventions: Block) -> list[ArmDraft]:
    """Arms that the text names: "Group A received …", "… (Group B)"."""
    labels = mentions["arm_label"]
    names: dict[str, list[Mention]] = {}
    numbered = any(m.value.isdigit() for m in labels)
    for m in labels:
        name = m.value.upper()
        # "group 1" and "group I" are one group, unless letters name the groups
        names.setdefault(_ROMAN.get(name, name) if numbered else name, []).append(m)
    if len(names) < 2:
        return []
    drafts = []
    for name, places in names.items():
        definitions = [
            (len(found), -i, found, m)
            for i, m in enumerate(places)
            if (found := told_members(article, labels, interventions, m))
        ]
        _, _, members, where = max(definitions, default=(0, 0, (), places[0]), key=lambda d: d[:2])
        spans = tuple((m.start, m.end) for m in places if m is not where)
        text = article.text[where.start : where.end]
        drafts.append(ArmDraft(text, (where.start, where.end), members, spans=spans, keys=frozenset({name})))
    return drafts if any(d.members for d in drafts) else []


def told_members(article: Article, labels: Sequence[Mention], interventions: Block, m: Mention) -> tuple[str, ...]:
    """What the text around one label says the group got: behind it, or before it in brackets or after "in"."""
    sentence = article.sentence_at(m.start)
    if sentence is None or sentence.section in ("conclusions", "title"):
        return ()
    text = article.text
    before_label = text[max(sentence.start, m.start - 12) : m.start]
    inside = [x for x in labels if sentence.start <= x.start < sentence.end]
    previous = max((x.end for x in inside if x.end <= m.start), default=sentence.start)
    following = min((x.start for x in inside if x.start >= m.end), default=sentence.end)
    named = _NAMED.search(text, m.end, following)
    following = named.start() if named else following
    behind = interventions.within(m.end, following)
    # "to arm A, X, or to arm B, Y": what stands before "arm B" is arm A's
    told_behind = bool(behind) and bool(
        _INTRODUCES.fullmatch(text, m.end, behind[0].start) or _GOT.match(text, m.end, following)
    )
    if not told_behind and regex.search(r"[(\[]\s*$|\b(?:in|to|for)\s+(?:the\s+)?$", before_label):
        found = interventions.within(previous, m.start)
        parted = [p.end() for p in PARTED.finditer(text, previous, m.start)]
        found = [r for r in found if parted and r.start >= parted[-1]] or found
        solvent = _SOLVENT.search(text, found[0].start, m.start) if found else None
        found = [r for r in found if solvent is None or r.start < solvent.start()]
        if found:
            return member_ids(found)
    stop = _STOPS.search(text, m.end, following)
    return member_ids([r for r in behind if stop is None or r.start < stop.start()])


def assigned_arms(article: Article, mentions: Mentions, interventions: Block) -> list[Assigned]:
    """The alternatives of every clause that parts the interventions, the clause that parts them best first."""
    counts = {m.value for m in mentions["group_count"]}
    blank = {r.id for r in interventions.rows if r.name == "placebo"}
    found: list[Assigned] = []
    for clause in mentions["allocation"]:
        if article.section_at(clause.start) in ("background", "conclusions"):
            continue
        given = given_within(article.text, interventions, clause.start, clause.end)
        amounts = _amounts(mentions, given, clause.end)
        groups = _distinct(alternatives(article.text, given, amounts), amounts)
        if len(groups) < 2 or _is_one_regimen(article.text[clause.start : clause.end], interventions, groups):
            continue
        random = bool(RANDOM.search(article.text, clause.start, min(clause.end, clause.start + 80)))
        quality = 2.0 * random + (len(groups) in counts) * 3.0 - (bool(counts) and len(groups) > max(counts)) * 3.0
        quality += (
            min(len({r.id for g in groups for r in g}), 6) * 0.5 + (article.section_at(clause.start) == "title") * 0.5
        )
        quality += 1.0 * (len(mentions.within("arm_size", clause.start, clause.end)) >= len(groups))
        drafts = tuple(
            ArmDraft(
                article.text[g[0].start : last],
                (g[0].start, last),
                member_ids(g),
                keys=frozenset(a for r in g if r.id not in blank for a in amounts.get(r.start, ())),
            )
            for g in groups
            for last in (_label_end(article.text, g),)
        )
        drafts = tuple(_told_apart(article.text, mentions, drafts, clause.end))
        found.append(Assigned(drafts, quality, random=random))
    return sorted(found, key=lambda a: -a.quality)


# "placebo; the effect compared with placebo": the second is said of something else
_OF_ELSE = regex.compile(r";|\bcompared\b|\bor\b|\bversus\b|\bvs\b", regex.I)


def _label_end(text: str, group: Sequence[Reference]) -> int:
    """Where the name of an arm ends: with its last drug, or before words that say something else of the same one."""
    first, last = group[0], group[-1]
    alone = len(member_ids(group)) == 1 and _OF_ELSE.search(text, first.end, last.start)
    return first.end if alone else last.end


def _told_apart(text: str, mentions: Mentions, drafts: Sequence[ArmDraft], end: int) -> Iterator[ArmDraft]:
    """Arms of one label with the amount behind it: "A 5 mg" and "A 10 mg"."""
    labels = Counter(d.label.lower() for d in drafts)
    starts = [d.span[0] for d in drafts]
    for d in drafts:
        start, after = d.span
        stop = min((s for s in starts if s > start), default=end)
        near = min(stop, after + _BESIDE)
        # "with tea (3% of" is a share of those who had it, and no strength
        doses = [
            m
            for m in mentions.within("dose", after, near)
            if m.value.dose.unit != "%" or _TO_STRENGTH.fullmatch(text, after, m.start)
        ]
        amounts = [*doses, *mentions.within("frequency", after, near)]
        if labels[d.label.lower()] > 1 and amounts:
            yield replace(d, label=text[start : amounts[0].end], span=(start, amounts[0].end))
        else:
            yield d


def given_within(text: str, interventions: Block, start: int, end: int) -> list[Reference]:
    """The references in start:end without those that are negated ("no aspirin") or a design ("placebo-controlled").

    A name that only counts those who got it ("tea or milk (tea = 4, milk = 5)") says nothing of what was given.
    """
    found = [
        r
        for r in interventions.within(start, end)
        if not _NOT.search(text, max(start, r.start - 12), r.start)
        and not _CONTROLLED.match(text, r.end)
        and not _LIKENESS.match(text, r.end, end)
    ]
    parting = _WERE_PARTED.search(text, found[0].end, found[-1].start) if len(found) > 1 else None
    if parting and _HAD_BEFORE.search(text, max(0, found[0].start - _BEFORE_FIRST), found[0].start):
        # those who had got tea "were randomised to" milk or water
        found = [r for r in found if r.start >= parting.end()]
    behind = [b.start for a, b in pairwise(found) if _THEN_PARTED.match(text, a.end, b.start)]
    found = [r for r in found if not behind or r.start >= behind[-1]]
    told = [r for r in found if not _EQUALS.match(text, r.end)]
    ids = {r.id for r in told}
    return [r for r in found if r in told or r.id not in ids]


def _is_one_regimen(clause: str, interventions: Block, groups: list[list[Reference]]) -> bool:
    """ "received A, B and C": drugs of one regimen, where nothing parts the people or the drugs."""
    if RANDOM.search(clause) or PARTED.search(clause) or _COMPARES.search(clause):
        return False
    names = {r.id: str(r.name).lower() for r in interventions.rows}
    return not any("placebo" in names[r.id] or "saline" in names[r.id] for g in groups for r in g)


def _amounts(mentions: Mentions, references: list[Reference], end: int) -> Amounts:
    """The doses and frequencies that stand behind each reference, by where it begins."""
    stops = [*(r.start for r in references[1:]), end][: len(references)]
    return {
        r.start: frozenset(
            (m.value.dose.text or "") if kind == "dose" else m.value.text or ""
            for kind in ("dose", "frequency")
            for m in mentions.within(kind, r.end, stop)
        )
        for r, stop in zip(references, stops, strict=True)
        if r.start != stop
    }


def _distinct(groups: list[list[Reference]], amounts: Amounts) -> list[list[Reference]]:
    seen: dict[tuple[frozenset[str], frozenset[str]], list[Reference]] = {}
    repeated = Counter(frozenset(member_ids(g)) for g in groups)
    for g in groups:
        members = frozenset(member_ids(g))
        told = amounts.get(g[-1].start, frozenset()) if repeated[members] > 1 else frozenset()
        # one of several mentions that adds no amount is no arm of its own
        if any(members == known and not (told and other) for known, other in seen):
            continue
        seen.setdefault((members, told), g)
    return list(seen.values())


def member_ids(group: Sequence[Reference]) -> tuple[str, ...]:
    """What a group of references names, in their order."""
    return tuple(dict.fromkeys(r.id for r in group))


def alternatives(text: str, references: Sequence[Reference], amounts: Amounts) -> list[list[Reference]]:
    """Splits the interventions of a clause where its joining words part them, or another amount of the same is told."""
    # the drugs of a regimen share the place of its short name
    ordered = [
        r
        for i, r in enumerate(references)
        if not any(o.end > r.start and (o.start, o.end) != (r.start, r.end) for o in references[:i])
    ]
    joints = [_ASIDE.sub("", text[a.end : b.start]) for a, b in pairwise(ordered)]
    explicit = any(PARTED.search(j) or _OTHERS_GOT.search(j) for j in joints)
    groups: list[list[Reference]] = [[ordered[0]]] if ordered else []
    for r, joint in zip(ordered[1:], joints, strict=True):
        parted, joined = PARTED.search(joint) or _OTHERS_GOT.search(joint), JOINED.search(joint)
        # beside an explicit "or", a bare "and" joins the drugs of one arm
        together = (joined and not parted) or (explicit and not parted and _AND.search(joint) and "," not in joint)
        together = (
            together
            or groups[-1][-1].start == r.start
            or (not parted and _in_one_bracket(text, ordered[0].start, r.start, joint))
        )
        # the last drug of one arm is all that the next got: "(A plus B) or … (B alone)"
        alone = "," in joint and (_ALONE.match(text, r.end) or _ALONE.match(joint))
        again = bool(parted or alone) and not together and (alone or len(member_ids(groups[-1])) > 1)
        # "A 5 mg; A 5 mg + B": what the next drug is joined to is another arm
        repeated = (parted or "," in joint) and not together
        again = again or bool(repeated and _is_joined_on(ordered, joints, r))
        if r.id == groups[-1][-1].id and not together and (again or _other_amount(groups[-1], r, joint, amounts)):
            groups.append([r])
        elif r.id == groups[-1][-1].id or together:
            groups[-1].append(r)
        else:
            groups.append([r])
    return groups


def _is_joined_on(ordered: Sequence[Reference], joints: Sequence[str], r: Reference) -> bool:
    """Whether a sign or word joins another drug to it."""
    i = next(k for k, o in enumerate(ordered) if o is r)
    if i + 1 >= len(ordered) or ordered[i + 1].id == r.id:
        return False
    return bool(JOINED.search(joints[i]) and not PARTED.search(joints[i]))


def _other_amount(group: list[Reference], r: Reference, joint: str, amounts: Amounts) -> bool:
    """ "A 7.5 mg, A 30 mg or placebo": the same drug in another amount is another arm."""
    if "." in regex.sub(r"\d\.\d", "", joint):
        return False
    before, told = amounts.get(group[-1].start, frozenset()), amounts.get(r.start, frozenset())
    return bool(before and told and before != told) and bool(PARTED.search(joint) or "," in joint)


_OF_RESULTS = regex.compile(r"\(\s?[-−–+]?\d[\d.]*\s?%?(?:,|\sand|\svs\.?)\s[^()]*\b(?:for|with|in|on|after)\s")


def _in_one_bracket(text: str, start: int, end: int, joint: str) -> bool:
    """ "FEC (A 500 mg, B 100 mg)": what one bracket lists is one regimen."""
    before = text[start:end]
    if _OF_RESULTS.search(text, text.rfind("(", 0, end), end):
        return False  # "(5, 4 and 1 for tea, milk and water"
    return ")" not in joint and "(" not in joint and before.count("(") > before.count(")")
