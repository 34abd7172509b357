"""Names of groups and their sizes ("Group A", "the placebo group", "arm 2 (n = 41)"), clauses that assign people.

Mention kinds: "arm_label" (value: the label as written), "group_phrase" (words before "group"), "arm_size" (value:
int), "arm_size_each" (the size that all groups share), "group_count" (how many groups there are), "allocation" (a
clause that says who gets what; its span runs from the verb to the end of the sentence).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.measured import MEASURED
from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.normalise.number import NUMBER, number
from trialmine.records.article import Article, Mention

_NAME = r"(?-i:[A-Z]{1,4}\d{0,3}(?:-[A-Z]{1,3})?|[IVX]{1,4}|\d{1,2}[A-Za-z]?|[A-Z]/[A-Z])"

LABEL = Pattern(
    "arm.label",
    rf"""
    \b(?P<head>groups?|arms?|cohorts?|regimens?|treatment)\s*(?P<name>{_NAME})(?![\w.]\d|\w)
      (?:\s+(?:group|arm)\b)?
    | (?<![\p{{L}}\d-])(?P<name>(?-i:[A-Z]{{1,4}}\d{{0,3}}(?:[-+/][A-Z]{{1,4}})?))\s+(?P<head>groups?|arm)\b(?!\s+of\b)
    """,
    hits=("Group A received drug", "in arm 2", "group D-IV had", "the DD group", "Cohort 1"),
    misses=("the age group", "a group of", "A group of", "grouped"),
)
GROUP_PHRASE = Pattern(
    "arm.group_phrase",
    r"""
    (?:\b(?:the|a|an|in|and|or|to|vs\.?|versus|than|with|for|each|either)\s+|\b[;,(]\s*)
    (?P<words>(?!(?:the|two|three|four|both|all|each|other|same|these|age|either|equal|one|any|between|ethnic
      |support|focus|patient|no|different|parallel|treatment\s+and|control\s+and)\s+(?:groups?|arms?)\b)
      (?:[\p{L}\d+/.,%µμ-]+\s+){0,4}?[\p{L}\d+/%-]+)
    \s*(?:\([^()]{1,30}\)\s*)?[-\s]
    (?P<head>(?:treatment|therapy|dose|treated|supplemented|supplementation|intervention|control)?[-\s]?(?:groups?
      |arms?|recipients)\b|[-‐](?:treated|supplemented)\s(?:patients|subjects|participants|women|men|children)\b)
    """,
    hits=("in the placebo group", "the metformin arm", "than in the control group", "and the low-dose group"),
    misses=("the two groups", "both groups"),
)
SIZE = Pattern(
    "arm.size",
    r"(?<![\p{L}\d])(?-i:[nN])\s*=\s*(?P<n>\d[\d,]*)\s*(?=[)\],;:/]|patients|subjects|participants|women|men|children|eyes)",
    hits=("drug (n = 41)", "[N=102]", "(drug, n=12; placebo, n=13)", "(AZA n = 15; MTX n = 16)"),
    misses=("mean = 41", "(n/N)"),
)
# "placebo (258 women)": the people of the group that the bracket explains
BRACKETED = Pattern(
    "arm.bracketed",
    rf"""
    \((?:[^()]{{1,50}}[;,]\s)?\s*(?P<n>{NUMBER})\s+(?:patients|subjects|participants|women|men|children|infants|individuals|volunteers|eyes)\s*[);,]
    """,
    hits=("placebo (258 women)", "drug (forty patients; mean age 60)", "control (<75 min per week; 41 patients)"),
    misses=("(5 mg daily)", "(12 of 30 patients)"),
)
# "(placebo, 176; drug, 174)", "(IC: 48; …": a bare number behind a name
BARE = Pattern(
    "arm.bare",
    r"(?<=[\p{L}\d)]\s?[,:]?\s)(?<!\b(?:of|at|to|than|vs|over|grade|stage|phase|week|day|month|year|age|part|study|studies|trial"
    r"|period|cycle|visit|level|groups?|arms?|cohort|cohorts|and)\s)"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})(?=(?:\s+(?:patients|subjects|participants))?\s*(?:[;)]|[,.](?!\d)))",
    hits=("(placebo, 176; drug, 174)", "(IC: 48; told to rest)", "(AB 47 patients, CD 44 patients)"),
    misses=("(48.5%)", "at 12 weeks", "(8 of 72)", "drug 2.5 mg", "3.1 versus 5.6%", "drug 1,200 IU"),
)
# "(134 simvastatin, 135 placebo)": a bare number before a name
BARE_FIRST = Pattern(
    "arm.bare_first",
    r"(?:[(;]\s?|(?<!\d),\s?|,\s|\band\s)(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})(?=,?\s\p{L})"
    rf"(?!\s+(?:{MEASURED}|patients|subjects|of|were|and|or|to)\b)",
    hits=("(134 simvastatin, 135 placebo)", "(484, drug; 242, placebo)", "(198 drug and 199 water)"),
    misses=("(5 mg)", "aged 50 women", "(70 ml, 6 mmol nitrate)", "(3 dose groups)"),
)
_PEOPLE = (
    r"(?:patients|subjects|participants|women|men|children|cases|eyes|volunteers|individuals|adults|infants|animals|rats"
    r"|mice|dogs)"
)
EACH = Pattern(
    "arm.each",
    rf"""
    (?<!\b(?:age|small|in)\s)(?:\bgroups|(?<=\beach\s)group)\s+of\s+(?P<n>{NUMBER})(?!\s+(?:or|to)\b|\s?[-–—]\s?\d)
        (?:\s+(?:\w+\s+){{0,2}}?{_PEOPLE}\b|\s+(?:each|and|who|were|receiv\w+|given|treated|by|in|for|with|after)\b|\s*(?:[.,;:()]|$))
    | \b(?P<n>{NUMBER})\s+(?:evaluable\s+)?(?:{_PEOPLE}\s+)?(?:\w+\s+){{0,5}}?(?:in|into|per|for|to)\s+each
        \s+(?:\w+\s+){{0,2}}?(?:group|arm)\b
    | \b(?P<n>{NUMBER})\s+(?:{_PEOPLE}\s+)?per\s+(?:\w+\s+)?(?:group|arm)\b
    | (?-i:[nN])\s*=\s*(?P<n>\d+)\s*\)?\s*(?:in|per|for|{_PEOPLE}\s+(?:in\s+)?)?\s*(?:each|per)\b
    | (?-i:[nN])\s?=\s?(?P<n>\d+)\)?\sin\s(?:each|both)\s(?:groups?|arms?)\b
    | (?-i:[nN])\s?=\s?(?P<n>\d+)\s?/\s?(?:treatment\s)?(?:group|arm)\b
    | (?<!\bblocks\sof\s)\b(?P<n>{NUMBER})\s+{_PEOPLE}\s+(?:in\s+)?each\b
    | (?<=[,;(]\s?)(?P<n>{NUMBER})\s+in\s+each(?=\s?[.;,)])
    | \bgroups?,?\s+(?:each\s+)?(?:consist\w+\s+of|compris\w+|contain\w+|(?<!\bgroup\s)(?:includ\w+|with))
        \s+(?P<n>{NUMBER})\s+{_PEOPLE}
    | \b(?:two|three|four|five|six|[2-6])\s+(?:\w+\s+){{0,2}}?groups?\s*[(\[]\s*(?-i:[nN])\s*=\s*(?P<n>\d+)\s*[)\];,]
    """,
    hits=(
        "two groups of 30 patients",
        "40 in each group",
        "(n = 25 each)",
        "20 patients each",
        "155 patients will be randomized to each treatment arm",
        "two groups, each consisting of 40 subjects",
        "into three groups (n = 15)",
        "10 subjects per treatment group",
        "60 people were randomized into each group",
        "subjects (n = 20) in both groups",
        "(n = 12/group)",
        "three groups of twenty",
        "each group of 8 rats",
        "three groups of 12 healthy male volunteers",
        "each study group consisted of 12 men",
        "tea (group T) or water (group W), 20 in each.",
    ),
    misses=(
        "5 mg each day",
        "groups of people",
        "The group included 154 adults",
        "the age groups of 20-60 years",
        "taught in groups of 12 women",
        "The remaining group of 36 men was not randomized",
        "in small groups of 4 to 5",
        "groups of four neighbouring villages",
        "two groups of two 8-week periods",
        "in blocks of 8 subjects each",
    ),
)
GROUP_COUNT = Pattern(
    "arm.group_count",
    rf"\b(?P<n>{NUMBER})\s+(?:equal\s+|parallel\s+|treatment\s+|study\s+|randomi[sz]ed\s+|different\s+"
    rf"|experimental\s+|main\s+){{0,2}}(?:groups|arms|cohorts|regimens|treatments)\b",
    hits=("into three equal groups", "one of 4 treatment arms"),
    misses=("both groups",),
)
COUNTED = Pattern(
    "arm.counted",
    rf"""
    (?<!\b(?:weeks?|days?|months?|stage|phase|aged|grade|visit|cycle|group|arm|cohort|one\sof\sthe)\s)(?<![\p{{L}}\d][-‐–/])(?P<n>\b{NUMBER})(?!\s+to\s+{NUMBER}\b)\s+(?:(?:of\s+the\s+)?(?:\w+\s+){{0,2}}?(?:patients|subjects|participants|women|men|children
      |individuals|volunteers|cases|dogs|rats|eyes)\s+)?
    (?:(?:were|was)\s+)?(?:(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed)\s+)?
    (?:to\s+(?:receive\s+)?|received\s+|treated\s+with\s+(?:the\s+)?|underwent\s+|with\s+the\s+|in\s+(?:the\s+)?|on\s+|(?:were|was)\s+given\s+
      |(?<=\b(?:assigned|allocated)\s)(?!(?:to|by|into|at|and|or|within|equally|as|using|for|from|randomly|but|per|according|of)\b))
    (?=\p{{L}}|\d[\d.,]*\s*\p{{L}})(?!\d+\s*(?:%|days?|weeks?|months?|years?|h|hours?|min|s)\b)
    | (?<![\p{{L}}\d])(?-i:[nN])\s*=\s*(?P<n>\d[\d,]*)\s+(?:for|in|on|receiv\w+|assigned\s+to|treated\s+with)
      \s+(?:the\s+)?(?!each\b|both\b|all\b)(?=\p{{L}})
    """,
    hits=(
        "58 patients were assigned to tea",
        "58 were assigned green tea",
        "30 were given tea",
        "41 received placebo",
        "30 patients in the drug group",
        "n = 41 for tea",
        "N=40 in the coffee group",
    ),
    misses=(
        "ratio 2:1",
        "were given 5 mg",
        "group 2 received tea",
        "two to five prior drugs",
        "the ratio of rhIL-11 to placebo",
        "above 140/85 on treatment",
    ),
)
# "to tea (5786) or milk (5833)": bare numbers in brackets, each behind a name, where people are parted
LONE = Pattern(
    "arm.lone",
    r"(?<=\p{L}\s)[(\[](?:(?-i:[nN])\s?[,:]?\s?)?(?P<n>\d{1,3}(?:,\d{3})+|\d{2,5})[)\]]",
    hits=("to tea (5786) or milk (5833)",),
    misses=("tea (n = 41)", "pain (4.1)", "tea (5)", "pressure (120/80)"),
)
_PAIR = (
    r"(?!(?:OR|HR|RR|IRR|CI|SD|SE|SEM|IQR|df|beta|mean|median|age|score|ratio|range|alpha|kappa|power|total|mmHg)\b)"
    r"\p{L}[\p{L}\d+/-]{1,24}\s?=\s?\d[\d,]{0,6}"
)
# one name with a number may be a coefficient, or a score
EQUAL = Pattern(
    "arm.equal",
    rf"[(\[]\s?(?P<list>{_PAIR}(?:\s?[,;]\s?(?:and\s)?{_PAIR})+)\s?[)\]]",
    hits=("(tiotropium = 47, placebo = 44)", "[tea=12; milk=13; and water=11]"),
    misses=("(OR = 2, P = 3)", "(n = 41)", "(mean = 4, SD = 2)", "score = 41", "(tea = 4.5, milk = 3.1)"),
)
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d{1,5})"
# the sizes of several groups, each group named before
IN_TURN = Pattern(
    "arm.in_turn",
    rf"""
    (?:(?<![\p{{L}}\d])(?-i:[nN])s?\s?=\s?
        (?P<list>{_PLAIN}(?:,\s(?:n\s?=\s?)?{_PLAIN})*,?\s(?:and|or|vs\.?|versus)\s(?:n\s?=\s?)?{_PLAIN})(?![.\d%]\d|\d|\s?%)
      | [(\[](?P<list>{_PLAIN}(?:,\s{_PLAIN})*,?\s(?:and|vs\.?|versus)\s{_PLAIN})
        \s(?:patients|subjects|participants|women|men|children|infants|individuals|volunteers|eyes)(?:,?\srespectively)?[)\]])
    """,
    hits=("(n = 70, 72 and 71, respectively)", "[n=40 vs 42]", "(n = 20, n = 22, and n = 21)", "(70, 72 and 71 women)"),
    misses=("(n = 70)", "n = 40 and 3.5 mg", "(40 of 70 women)", "(70 women and 72 men)"),
)
ALLOCATION = Pattern(
    "arm.allocation",
    r"""
    \b(?:random(?:ly|i[sz]ed|i[sz]ation)|assigned|allocated|divided|split|receiv(?:e|ed|ing)|given|treated
      |treatment\s+with|underwent|took|tested|investigated|evaluated|consisted|comprised|administered|compar(?:e|ed
      |ing|ison)|versus|vs\.?)\b
    [^.;]*?\b(?:to|into|in|receive|receiving|received|with|of|given|:|either|versus|vs|or|between)\b
    """,
    hits=(
        "were randomly assigned to drug or placebo",
        "patients received either drug or placebo",
        "compared drug with placebo",
    ),
    misses=("patients felt well",),
)
PATTERNS = (
    *(
        LABEL,
        GROUP_PHRASE,
        SIZE,
        BRACKETED,
        BARE,
        BARE_FIRST,
        LONE,
        EACH,
        GROUP_COUNT,
        COUNTED,
        EQUAL,
        IN_TURN,
        ALLOCATION,
    ),
)

_NUMBER = regex.compile(_PLAIN)
_NUMBER_OF_PAIR = regex.compile(r"(?<==\s?)\d+(?:,\d{3})*")
_YEAR = regex.compile(r"(?:19[5-9]|20[0-3])\d")
_PERSONS = regex.compile(rf"\s*(?:\w+\s+)?{_PEOPLE}\b|\s*\)", regex.IGNORECASE)
_GROUP = Search(r"group|arm|cohort|regimen|treatment")
# "in a parallel group trial", "people of each group": words of the design, and of all groups
_NO_GROUP = regex.compile(
    r"(?:^|[\s,-])(?:parallel|each|both|either|same|equal|two|three|four|all|every|per)$"
    r"|\b(?:oncology|cooperative|collaborative|co-operative|trialists['’]?|consortium|working|research)(?:\s(?-i:\p{Lu})\w+)?$|\b(?-i:\p{Lu})\w+\s(?-i:Study|Trials?)$",
    regex.IGNORECASE,
)
_HEAD = Search(r"group|arm|recipient|treated|supplemented")
_RANGE = regex.compile(r"\d\s?(?:to|[-–])\s?$")
# "groups 1, 2 and 3", "weeks 4 and 8": numbers of a list that names what it counts
_LISTED = regex.compile(
    r"\b(?:groups|arms|cohorts|weeks|days|months|visits|parts|phases|stages|cycles|grades?|studies|periods)\s+(?:\d+\s*(?:,\s*and|,|and|or|to|&|-)\s*)*$",
    regex.IGNORECASE,
)
_CHANCE = regex.compile(r"\brandom\w*|\bassigned\b|\ballocated\b", regex.IGNORECASE)
_MANY, _LIKE = 7, 4  # numbers that are no sizes are many, or unlike each other
_SHARE = regex.compile(r"(?:%|\bper\s?cent)\s*[(\[]\s*(?:n\s*=\s*)?$", regex.IGNORECASE)
_ASIDE = 150  # characters before a number in which its bracket opens
_EACH = Search(r"\b(?:each|per)\b|groups?")


def extract_arms(article: Article) -> Iterator[Mention]:
    """Group names, group phrases, sizes and allocation clauses, in any section."""
    text = article.text
    for m in find_near(LABEL, _GROUP, text, before=16, behind=30):
        yield Mention("arm_label", m.start(), m.end(), LABEL.name, m["name"])
    for m in find_near(GROUP_PHRASE, _HEAD, text, before=120, behind=40):
        if _NO_GROUP.search(m["words"]):
            continue
        yield Mention("group_phrase", m.start("words"), m.end("head"), GROUP_PHRASE.name, m["words"])
    yield from _sizes(article)
    for m in find_near(EACH, _EACH, text, before=90, behind=60):
        # "15 to 17 per group" says of none how large it was
        spans = _RANGE.search(text, max(0, m.start("n") - 6), m.start("n"))
        if not spans and (n := number(m["n"])) and n == int(n) and n > 1:
            yield Mention("arm_size_each", m.start("n"), m.end("n"), EACH.name, int(n))
    for m in GROUP_COUNT.find(text):
        n = number(m["n"])
        if n and 2 <= n <= 12:
            yield Mention("group_count", m.start(), m.end(), GROUP_COUNT.name, int(n))
    for m in ALLOCATION.find(text):
        sentence = article.sentence_at(m.start())
        if sentence:
            yield Mention("allocation", m.start(), sentence.end, ALLOCATION.name)


def _lone(article: Article) -> Iterator[Mention]:
    """Two or more bare numbers in brackets that one clause of chance holds, of like size."""
    by_clause: dict[int, list[Mention]] = {}
    for m in LONE.find(article.text):
        sentence = article.sentence_at(m.start())
        if sentence and _CHANCE.search(article.text, sentence.start, m.start()):
            n = int(m["n"].replace(",", ""))
            by_clause.setdefault(sentence.start, []).append(Mention("arm_size", m.start("n"), m.end("n"), SIZE.name, n))
    for found in by_clause.values():
        if 1 < len(found) < _MANY and max(m.value for m in found) <= _LIKE * min(m.value for m in found):
            yield from found


def _sizes(article: Article) -> Iterator[Mention]:
    text = article.text
    taken: set[int] = set()
    for m in EQUAL.find(text):
        for pair in _NUMBER_OF_PAIR.finditer(text, m.start("list"), m.end("list")):
            taken.add(pair.start())
            yield Mention("arm_size", pair.start(), pair.end(), EQUAL.name, int(pair[0].replace(",", "")))
    for m in IN_TURN.find(text):
        numbers = tuple(_NUMBER.finditer(text, m.start("list"), m.end("list")))
        sizes = tuple(
            Mention("arm_size", x.start(), x.end(), IN_TURN.name, int(x[0].replace(",", ""))) for x in numbers
        )
        taken.update(x.start() for x in numbers)
        yield Mention("arm_sizes_in_turn", m.start("list"), m.end("list"), IN_TURN.name, sizes)
    for size in _lone(article):
        taken.add(size.start)
        yield size
    for pattern in (SIZE, COUNTED, BRACKETED, BARE, BARE_FIRST):
        for m in pattern.find(text):
            n = number(m["n"])
            if not n or n != int(n) or n < 2 or m.start("n") in taken or _is_year(m["n"], text, m.end("n")):
                continue
            if not _is_no_size(text, m.start("n"), m.end("n")):
                taken.add(m.start("n"))
                yield Mention("arm_size", m.start("n"), m.end("n"), pattern.name, int(n))


def _is_no_size(text: str, start: int, end: int) -> bool:
    """Whether a number counts off a list ("groups 1 and 2", "2) tea"), or tells of a share of people ("4% (n = 4)")."""
    before = text[max(0, start - _ASIDE) : start]
    if text[end : end + 1] == ")" and before.rfind("(") <= before.rfind(")"):
        return True
    return bool(_LISTED.search(before) or _SHARE.search(before))


def _is_year(n: str, text: str, end: int) -> bool:
    return bool(_YEAR.fullmatch(n)) and not _PERSONS.match(text, end)
