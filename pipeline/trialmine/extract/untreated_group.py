"""Groups of which the text says that they got nothing: "the control group received no drug", "or no treatment".

Mention kind "untreated_group": the span is what the text calls the group, the value what says that it got nothing:
"told" (a sentence on the group), "set_against" ("tea or no tea") or "denied" ("the no-tea group", if tea was given).
"""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Mention

_UNIT = (
    r"(?:groups?|arms?|conditions?|cohorts?|clusters?|villages?|schools?|areas?|communities|households|practices|clinics|hospitals|wards|classes"
    r"|patients|subjects|participants|individuals|women|men|children|infants|students|eyes?|sides?|animals|rats|mice|dogs)"
)
_WHO = (
    rf"(?:(?:the\s)?(?:control|comparison|comparator|reference|other|second|third|fourth|last|remaining|another)s?\s{_UNIT}|controls|others"
    r"|group\s(?-i:[A-H]|[IV]{1,3}|\d))\b"
)
_ASIDE = r"(?:\s?\([^()]{0,60}\))?,?\s"
_LINK = (
    r"(?:(?:patients|participants|subjects|women|men|children|individuals|people|animals|rats|mice|who|which|that)"
    r"\s){0,2}"
)
_GIVEN = (
    r"(?:receiv\w+|given|get|undergo|treated|take|use|perform|participate|exposed|offered|provided|subjected|supplemented|trained|attend|consume"
    r"|exercise|vaccinated|immuni[sz]ed|administered|drink|stretch|pre-?(?:medicated|treated))"
)
_THING = (
    r"(?:treatments?|interventions?|therap(?:y|ies)|drugs?|medications?|prophyla\w+|pre-?medications?|supplement(?:s|ation)?|injections?"
    r"|training|exercises?|stimul(?:i|us|ation)|preparations?|vaccin\w+|counsel\w+|information|instructions?|feedback|education|program(?:me)?s?"
    r"|surgery|screening|support|analgesi\w+|antibiotics?|infusions?|massage|irrigation|exposures?|(?:physical\s)?activity|care)"
)
# what "no" denies in a result: "versus no improvement"
_SEEN = (
    r"(?:significant\w*|differen\w+|changes?|effects?|evidence|improve\w+|increases?|decreases?|reductions?|adverse|serious|complications?|pain|recurren\w+"
    r"|history|prior|previous|response|benefits?|events?|disease|symptoms?|more|longer|later|such|other|one|data|deaths?|patients?|infections?|relapses?)"
)
TOLD = Pattern(
    "untreated_group.told",
    rf"""
    \b(?P<who>{_WHO}){_ASIDE}{_LINK}
      (?: (?:did|do|does|will|would|were|was|are|is)\s(?:not|n['’]t)\s(?:be\s)?{_GIVEN}\b
            (?!\s(?:more|less|placebo|different\w*|significant\w*))
            (?![^.;]{{0,80}}\b(?:but|instead|until)\b)
        | (?:(?:were|was|are|is|will\sbe)\s)?
            (?: (?:receiv(?:ed?|es|ing)|given|got|gets?|took)\s
                (?:no(?!\s(?:\w+\s)?{_SEEN}\b)\s\p{{L}}+|nothing|neither(?!\sof)|none(?!\sof))
              | (?:treated\swith|had|underwent|offered|with)\sno(?!\s(?:\w+\s)?{_SEEN}\b)\s(?:\w+\s){{0,2}}?{_THING}
              | without\s(?:any\s)?(?:\w+\s)?{_THING} )\b
            (?![^.;]{{0,60}}\bbut\b)
        | (?:\w+\s){{0,6}}?(?:(?:remain|stay)\w*\s(?:sedentary|inactive|untrained|physically\sinactive)
            |(?:maintain|continu|keep|kept)\w*\s(?:with\s)?(?:their|its)\s(?:usual|normal|habitual|regular|original|ordinary|daily)\s
             (?:\w+\s){{0,2}}?(?:activit\w+|lifestyles?|habits?|routines?))\b )
    | \b(?:receiv\w+|(?:was|were)\s(?:given|treated|offered)|underwent|took|got|performed|attended)\b[^.;]{{3,120}}?,?\s
      (?:and|while|whereas|but)\s(?P<who>{_WHO})\s(?:did|was|were)\snot\s?(?=[.;,)])
    | \bno\s(?:\w+\s){{0,2}}?{_THING}\s(?:was|were|is|will\sbe)\s
      (?:performed|done|given|provided|administered|applied|carried\sout|delivered|offered)\s(?:for|with|in|to|by|on)\s(?P<who>{_WHO})
    | \b(?P<who>controls?(?:\s{_UNIT})?)\s?(?:[(:]|\s?[-–—]\s?)\s?(?:n\s?=\s?\d+[,;]\s)?(?:(?:receiv\w+|with|given)\s)?
      (?:(?:no|without)(?!\s(?:\w+\s)?{_SEEN}\b)\s\p{{L}}+|untreated|untrained|unsupplemented|unvaccinated|non-?treated|nothing)\b
    | \b(?P<who>no\s(?:\w+\s){{0,2}}?{_THING}\s?\(?(?:as\s)?(?:an?\s|the\s)?controls?)\b
    """,
    hits=(
        "the control group (n = 20) did not receive any tea",
        "Group B was not given milk",
        "the other group received no treatment",
        "controls were given nothing",
        "the control group received no statins",
        "group C with no additional therapy",
        "a control group (n = 30) without training",
        "The control group was told to remain sedentary",
        "one group received tea daily, whereas the control group did not.",
        "No intervention was done in the control group",
        "and control (no tea, n = 12)",
        "or no treatment (control)",
    ),
    misses=(
        "the control group did not improve",
        "the control group had no significant change",
        "pain fell with tea, whereas the control group did not.",
        "In the control group, no effect was seen",
        "the control group did not receive tea but milk",
        "the control group had no training, but received milk",
        "Group A had no adverse events",
        "the control group received no benefit",
        "the control group without gout",
    ),
)
SET_AGAINST = Pattern(
    "untreated_group.set_against",
    rf"""
    \b(?:or|versus|vs\.?)\s(?:to\s|receive\s|receiving\s|an?\s){{0,2}}
      (?P<who>no[\s-](?!{_SEEN}\b)(?!(?:\w+\s){_SEEN}\b)\p{{L}}[\p{{L}}-]+(?:\s{_THING})?)\b(?!\s(?:of|in\saddition|placebo))
    | \b(?P<who>wait(?:ing)?[-–‐\s]?list(?:ed)?(?:\s(?:controls?|{_UNIT})){{0,2}})\b
        (?!\s(?:for(?!\s(?:\d|the\sduration))|of|times?|mortality|to)\b)
    | \b(?P<who>waiting\s(?:controls?(?:\s{_UNIT})?|groups?))\b
    | \bboth,?\s(?:or|and)\s(?P<who>none|neither|controls?|nothing)\b
    | \b(?:assigned|allocated|randomi[sz]ed)\b[^.;]{{3,80}}?\sor\s(?P<who>not)
        (?=\s?(?:[(,.]|during\b|before\b|after\b|in\sa\s))
    | \b(?:or|versus|vs\.?)\s(?:to\s|receive\s){{0,2}}
      (?P<who>nothing|(?:observation|follow-?up)\s(?:alone|only))\b
    """,
    hits=(
        "randomised to tea or no tea",
        "tea versus no treatment",
        "to receive tea, milk, both, or neither",
        "or observation alone",
        "were assigned to hear music (n = 82) or not (n = 85)",
        "and a waiting control group",
        "yoga, walking or a waiting list",
        "versus wait-list controls",
    ),
    misses=(
        "improvement versus no improvement",
        "cost more than tea compared with no treatment",
        "with no change",
        "or no significant difference",
        "one or both",
        "on the waiting list for a kidney",
    ),
)
DENIED = Pattern(
    "untreated_group.denied",
    rf"""
    \b(?P<who>(?:no|non)[-–‐\s](?!{_SEEN}\b)(?!\p{{L}}+(?:ed|ing)\s)(?P<what>\p{{L}}[\p{{L}}\d-]*(?:\s\p{{L}}[\p{{L}}\d-]*)?)\s(?:groups?|arms?))\b
    """,
    hits=("in the no-tea group", "than in the non-TEA arm", "the no green tea group"),
    misses=("no group drank tea", "the non-sweetened group", "there was no difference in any group"),
)
PATTERNS = (TOLD, SET_AGAINST, DENIED)
_PARTS = Search(r"\b(?:random\w*|assigned|allocated|divided|compar\w+|groups?|arms?)\b")
_ELSEWHERE = ("background", "conclusions")


def extract_untreated_groups(article: Article) -> Iterator[Mention]:
    """Every group that the methods or results say got nothing; of a comparison that parts people, none of results."""
    for m in TOLD.find(article.text):
        if article.section_at(m.start()) not in _ELSEWHERE:
            yield Mention("untreated_group", *m.span("who"), TOLD.name, "told")
    for m in DENIED.find(article.text):
        if article.section_at(m.start()) not in _ELSEWHERE:
            yield Mention("untreated_group", *m.span("who"), DENIED.name, "denied")
    for m in SET_AGAINST.find(article.text):
        sentence = article.sentence_at(m.start())
        if sentence is None or sentence.section in _ELSEWHERE:
            continue
        if sentence.section == "title" or any(_PARTS.find(article.text, sentence.start, sentence.end)):
            yield Mention("untreated_group", *m.span("who"), SET_AGAINST.name, "set_against")
