"""Chooses, among all numbers of people in the text, how many were enrolled, randomized and evaluable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.normalise.linear import linear_model
from trialmine.normalise.number import NUMBER, NUMBER_WORD
from trialmine.records.article import Article, Mention, Mentions

_CUES = {
    "total": r"\btotal\b|\boverall\b|\ball\b",
    "random": r"\brandom",
    "enrolled": r"\benrol|\brecruit|\binclu|\binvit|\bparticipat|\bstudied|\binvolv|\bconsent",
    "assigned": r"\bassign|\ballocat|\bdivided|\bsplit",
    "received": r"\breceiv|\btreated|\bgiven|\btook|\bunderw",
    "screened": r"\bscreen|\beligible|\bassessed\s+for|\binvited|\bapproached",
    "completed": r"\bcomplet|\bevaluable|\banaly[sz]|\bfollow|\bavailable",
    "lost": r"\bwithdr|\bdropp|\bdied|\blost\b|\bdiscontinu|\bexcluded",
    "group": r"\bgroups?\b|\barms?\b|\beach\b|\bper\b|\bcohorts?\b",
    "event": r"\bhad\b|\bexperienced|\bdeveloped|\breported|\bachieved|\bshowed|\bresponse",
    "planned": r"\bwill\b|\bplanned|\btarget|\bsample\s+size|\brequired|\bpower",
    "to": r"^\W*(?:to|were\s+random\w+\s+to)\b",
}
_COMPILED = {name: regex.compile(pattern, regex.I) for name, pattern in _CUES.items()}
_RANDOMIZED = regex.compile(r"\brandom(?:i[sz]ed|ly)\b", regex.I)
_WERE_RANDOMIZED = regex.compile(
    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:(?:were|was|then|subsequently|finally|enrolled|consented|and)[\s,]+){1,4}random(?:i[sz]ed|ly)\b",
    regex.I,
)
_IN_GROUP = regex.compile(r"\bgroups?\b[^.]{0,25}[(\[]\s*[nN]\s*=\s*$")
_OF = regex.compile(r"\b(?:of|in|among)\s+(?:the\s+)?$")
_SHARE = regex.compile(r"\s*\(\s*\d+(?:\.\d+)?\s*%")
_PEOPLE = (
    r"(?:patients|subjects|participants|women|men|girls|boys|children|infants|individuals|volunteers|people|adults"
    r"|eyes)"
)
_COUNTED = rf"(?:\d[\d,]*|{NUMBER_WORD})"
# "80 nurses in each group", "80 were randomized to each arm", "n = 12 men, n = 10 women", "80 were assigned to tea
# and 81 to milk", "tea (n = 80) or milk (n = 81)": a part of all
_PART = regex.compile(
    r"(?:\s+(?!and\b)[\p{L}-]+){0,4}?\s+(?:in|per|for|to|into|within)\s+(?:each|every)\b|\s+per\s+(?:group|arm|cent(?:er|re)|site|cohort)\b"
    r"|\s*(?:\w+\s*)?[,;]?\s*(?:and\s+)?[nN]\s*=\s*\d"
    r"|(?:\s+[\p{L}-]+){0,3}?\s+(?:were\s+)?(?:random\w+\s+)?(?:allocated|assigned|randomi[sz]ed)\s+to\s+[^.;]{1,90}?"
    rf"(?:,|\band|\bwhile|\bwhereas)\s+(?:the\s+)?(?:other\s+|remaining\s+)?{_COUNTED}\s+"
    r"(?:(?!(?:m?g|m[lL]|IU|units?)\b)[\p{L}-]+\s+){0,4}?to\s"
    r"|\s?[)\]],?\s+(?:or|and|vs\.?|versus|compared\s+with)\s+(?:(?!random|assign|divid|alloc|receiv)[^().;]){1,60}"
    rf"[(\[](?:[^()]{{1,40}}[;,]\s*)?(?:n\s?=\s?\d|{_COUNTED}\s+{_PEOPLE}\b)"
    rf"|,\s\d{{1,5}}(?:,?\s(?:and|or)|,)\s\d{{1,5}}(?!\d|\.\d|\s?%)|\s(?:and|vs\.?|versus)\s\d{{1,5}}(?:\s{_PEOPLE})?(?:,?\srespectively)?[)\]]",
    regex.I,
)
# the first of several groups: assigned to 5 mg (n = 70), 10 mg (n = 72)
_GIVEN_TO = regex.compile(r"\b(?:to|receiv\w+|given|either|groups?|arms?)\b[^.;]{1,80}[(\[]\s?[nN]\s?=\s?$", regex.I)
_NEXT_GROUP = regex.compile(r"\s?[)\]],\s[^().;]{1,60}[(\[]\s?[nN]\s?=\s?\d")
# as in "group A (36 patients)": the number is the group's
_GROUP_IN_BRACKETS = regex.compile(r"\b(?:groups?|arms?|cohorts?)(?:\s\w{1,3})?\s?[(\[]\s*$", regex.I)
# people of a share of the clusters, as in: 21 villages (n = 900) took tea and 20 villages (n = 880) milk
_CLUSTER_SIZE = regex.compile(
    rf"\b{_COUNTED}\s(?:[\p{{L}}-]+\s)?(?:schools|villages|clusters|clinics|hospitals|practices|wards|cent(?:er|re)s|communities|households"
    r"|nursing\shomes|pharmacies|classes|units)\s?[(\[]\s?(?:n\s?=\s?)?$",
    regex.I,
)
_ANOTHER_SIZE = regex.compile(r"[^.;]{5,200}?[(\[]\s?(?:n\s?=\s?)?\d[\d,]*\s?(?:\p{L}+\s?)?[)\]]", regex.I)
_PART_TOO = regex.compile(r"[nN]\s*=\s*\d+\s*(?:\w+\s*)?[,;]?\s*(?:and\s+)?(?:[nN]\s*=\s*)?$")
# "was seen in 5 and 8 infants": the last of several that are counted
_LAST_OF_LIST = regex.compile(
    rf"(?:\b(?:in|by|among)\s(?:{NUMBER})\s?(?:\([^()]{{1,20}}\)\s?)?(?:,\s(?:{NUMBER})\s?)*(?:,?\sand|,|vs?\.?|versus)"
    rf"|(?:^|[.;:,]\s|\b(?:all|overall)\s)(?:{NUMBER})\s?(?:\([^()]{{1,20}}\)\s?)?(?:\sand|vs?\.?|versus))\s$",
    regex.I,
)
_OUT_OF = regex.compile(
    rf"\b(?:{NUMBER})\s(?:\([^()]{{1,20}}\)\s)?(?:out\s)?of\s(?:the\s)?(?P<of>(?:{NUMBER}))\b", regex.I
)
# "7 of 40 patients in the tea group", "7 of 40 patients on tea" of a trial of groups
_OF_ONE_GROUP = regex.compile(
    r"\s(?:(?!enrol|random|includ|recruit|entered)[\p{L}-]+\s){0,2}?(?:(?:who\s)?"
    r"(?:on|given|taking|receiv\w+|treated\swith|assigned\sto|in|of|from)\s(?:the\s)?(?:[\p{L}\d+/-]+\s){0,3}?(?:groups?|arms?)\b"
    r"|(?:on|given|taking|(?:who\s)?received|receiving|treated\swith|after)\s(?P<drug>(?!the\s|an?\s|all\s|(?:surgery|operation"
    r"|treatment|therapy|intervention|follow|completion|random\w+|study|trial|discharge|delivery)\b)\p{L}))",
    regex.I,
)
_OF_GROUPS = regex.compile(r"\brandom|\bplacebo\b|\bversus\b|\bvs\b", regex.I)
# "40 eyes of 31 patients", "12 of 40 patients": parts of people, or of a number of them
_OUT_OF_PEOPLE = regex.compile(
    rf"(?:(?:\s[\p{{L}}-]+){{0,3}}?\s(?:eyes|teeth|knees|hips|limbs|ears|feet|hands|shoulders|sites|lesions))?\s(?:of|in|from)\s(?:{NUMBER})"
    r"\s(?:[\p{L}-]+\s){0,3}?(?:patients|subjects|participants|women|men|children|infants|individuals|volunteers|people|adults)\b",
    regex.I,
)
_PART_REACH, _GIVEN_REACH = 40, 100
_LEAST_SHARE = 0.2  # of the enrolled; fewer are a part of them
_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The chosen numbers with the mentions that state them."""

    enrolled: Mention | None = None
    randomized: Mention | None = None
    evaluable: Mention | None = None


def choose_enrolment(article: Article, mentions: Mentions) -> Enrolment:
    """The numbers of participants that the text states for the whole trial."""
    told = mentions["participants"]
    parts = {other.start for m in told for other in _parts(article.text, m, told)}
    candidates = tuple(m for m in told if m.start not in parts and not _are_of_groups(article, m))
    model = linear_model("participants")
    scored = [(model.score(participant_features(article, candidates, m)), m) for m in candidates]
    good = [(s, m) for s, m in scored if s >= _THRESHOLD]
    enrolled = max(good, key=lambda pair: (pair[0], -pair[1].start))[1] if good else None
    return Enrolment(enrolled, _randomized(article, candidates, enrolled), _evaluable(mentions, enrolled))


def _randomized(article: Article, candidates: tuple[Mention, ...], enrolled: Mention | None) -> Mention | None:
    """The enrolled where their sentence speaks of chance, else those of them of whom the text says so."""
    if enrolled is None:
        return None
    same = (m for m in candidates if m.value.n == enrolled.value.n)
    told = next((m for m in same if _says_randomized(article, m)), None)
    fewer = [m for m in candidates if enrolled.value.n / 2 < m.value.n < enrolled.value.n]
    own = next((m for m in fewer if _WERE_RANDOMIZED.match(article.text, m.end)), None)
    return own if own and not (told and _WERE_RANDOMIZED.match(article.text, told.end)) else told


def _evaluable(mentions: Mentions, enrolled: Mention | None) -> Mention | None:
    """The most people, of those who were enrolled, of whom there was something to tell in the end."""
    most = enrolled.value.n if enrolled else None
    found = [m for m in mentions["evaluable"] if most is None or _LEAST_SHARE * most <= m.value <= most]
    return max(found, key=lambda m: (m.value, -m.start), default=None)


def _parts(text: str, m: Mention, told: Sequence[Mention]) -> Iterator[Mention]:
    """The number itself if it is of one group among others that are counted beside it, and these others."""
    low = max(0, m.start - _PART_REACH)
    if any(p.search(text, low, m.start) for p in (_PART_TOO, _GROUP_IN_BRACKETS, _LAST_OF_LIST)):
        yield m
    clusters = _CLUSTER_SIZE.search(text, low, m.start)
    if _OUT_OF_PEOPLE.match(text, m.end) or (clusters and _ANOTHER_SIZE.match(text, m.end)):
        yield m
    if (
        m.rule == "population.n_equals"
        and _NEXT_GROUP.match(text, m.end)
        and _GIVEN_TO.search(text, max(0, m.start - _GIVEN_REACH), m.start)
    ):
        yield m
    if part := _PART.match(text, m.end):
        yield from (other for other in told if m.start <= other.start < part.end())


def _are_of_groups(article: Article, m: Mention) -> bool:
    """Whether its sentence counts out of this number and out of another: "7 of 40 on tea and 9 of 42 on milk"."""
    sentence = article.sentence_at(m.start)
    found = list(_OUT_OF.finditer(article.text, sentence.start, sentence.end)) if sentence else []
    own = next((o for o in found if o.start("of") == m.start), None)
    if own is None:
        return False
    group = _OF_ONE_GROUP.match(article.text, own.end())
    of_one = group is not None and (group["drug"] is None or _OF_GROUPS.search(article.text) is not None)
    return of_one or len({o["of"].lower() for o in found}) > 1


def participant_features(article: Article, candidates: tuple[Mention, ...], m: Mention) -> dict[str, float]:
    """Features of one number of people: cues before and behind it, its section, its rank among the others."""
    text = article.text
    sentence = article.sentence_at(m.start)
    begin, stop = (sentence.start, sentence.end) if sentence else (max(0, m.start - 100), m.end + 100)
    before, after = text[max(begin, m.start - 60) : m.start], text[m.end : min(stop, m.end + 80)]
    features = {f"section={article.section_at(m.start)}": 1.0, f"rule={m.rule}": 1.0}
    for name, cue in _COMPILED.items():
        if cue.search(before):
            features[f"before={name}"] = 1.0
        if cue.search(after):
            features[f"after={name}"] = 1.0
    numbers = [c.value.n for c in candidates]
    features["largest"] = float(m.value.n == max(numbers))
    features["first"] = float(m is candidates[0])
    features["repeated"] = float(numbers.count(m.value.n) > 1)
    features["small"] = float(m.value.n < 8)
    features["year"] = float(1950 <= m.value.n <= 2035 and "," not in text[m.start : m.end])
    features["sums"] = float(any(a + b == m.value.n for i, a in enumerate(numbers) for b in numbers[i + 1 :]))
    features["in_group_brackets"] = float(bool(_IN_GROUP.search(before)))
    features["of"] = float(bool(_OF.search(before)))
    features["share"] = float(bool(_SHARE.match(after)))
    return features


def _sentence_text(article: Article, m: Mention) -> str:
    sentence = article.sentence_at(m.start)
    return article.text[sentence.start : sentence.end] if sentence else ""


def _says_randomized(article: Article, m: Mention) -> bool:
    return bool(_RANDOMIZED.search(_sentence_text(article, m)))
