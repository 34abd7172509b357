"""Synonyms that spinning software put in place of the standard terms, read as the standard terms again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from trialmine.clean.compose import minimal
from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import WORD, Hints, view
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import rows
from trialmine.lexicon.words import word_list
from trialmine.records.document import Edit

_REASON = "spun synonym of the standard term"


class Phrases:
    """Phrases with what they mean, found through their rarest word."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._by_word: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        count = word_list().count
        for phrase, standard in pairs:
            words = WORD.findall(phrase)
            self._by_word.setdefault(min(words, key=count), []).append((phrase, standard, frozenset(words)))
        self._keys = frozenset(self._by_word)

    def within(self, text: str) -> list[tuple[str, str]]:
        """Phrases whose words all stand in the text, longest first."""
        known = view(text).vocabulary
        found = [
            (p, standard) for key in self._keys & known for p, standard, words in self._by_word[key] if words <= known
        ]
        return sorted(found, key=lambda p: (-len(p[0]), p[0]))


@cache
def _phrases(trust: str) -> Phrases:
    return Phrases([(r["spun"], r["standard"]) for r in rows("synonyms") if r["trust"] == trust])


def places(text: str, phrases: Phrases) -> list[tuple[int, int, str]]:
    """Where whole phrases stand, longest first and disjoint, with what they mean; line breaks count as blanks."""
    small = view(text).small
    candidates = [c for c in phrases.within(text) if c[0].encode("ascii", "replace") in small]
    if not candidates:
        return []
    low = _lowered(text)
    taken: list[tuple[int, int, str]] = []
    for phrase, standard in candidates:
        at = low.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            whole = not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum())
            if whole and all(end <= s or at >= e for s, e, _ in taken):
                taken.append((at, end, standard))
            at = low.find(phrase, end)
    return sorted(taken)


def _lowered(text: str) -> str:
    low = text.lower()
    # a few letters change their length in lower case; offsets must hold
    low = low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("\n", " ")


def _edits(text: str, trust: str, confidence: float) -> Iterator[Edit]:
    for start, end, standard in places(text, _phrases(trust)):
        after = standard[:1].upper() + standard[1:] if text[start].isupper() else standard
        if after != text[start:end]:
            yield minimal(text, start, end, after, rule=f"synonym.{trust}", confidence=confidence, reason=_REASON)


def sure(text: str) -> Iterator[Edit]:
    """Phrases that nobody writes of his own ("utmost tolerated dose")."""
    return _edits(text, "sure", 0.95)


def spun(text: str) -> Iterator[Edit]:
    """Plain words used as synonyms ("sufferers"); for texts that show other marks of spinning."""
    return _edits(text, "spun", 0.85)


def sure_count(text: str) -> int:
    """How many sure phrases stand in the text."""
    return len(places(text, _phrases("sure")))


def _like(m: Match, word: str) -> str:
    plural = "ies" if word == "study" else f"{word}s"
    after = (word[:-1] + plural if word == "study" else plural) if m["s"] else word
    return after[0].upper() + after[1:] if m["w"][0].isupper() else after


TEAM = Repair(
    Pattern(
        "synonym.group",
        r"""(?<!\b(?:care|health|disciplinary|multidisciplinary|ambulatory|nursing|medical|research|surgical|stroke|clinical
            |community|investigator|response|management|home|support|sports?|football|whole|our)[-\s])
            \b(?P<w>team)(?P<s>s)?\b(?!-(?:based|work)|\s(?:members?|leaders?|sports?|of\s(?:nurses|doctors|experts)))""",
        hits=("the placebo team", "Team 2 had", "in every team"),
        misses=("the care team", "a team member", "teamwork"),
    ),
    lambda m: _like(m, "group"),
    _REASON,
    0.8,
    hints=Hints(words="team teams"),
)
EXAMINE = Repair(
    Pattern(
        "synonym.study",
        r"""(?<=(?:\b(?:this|the|a|an|our|each|every|current|present|recent|pilot|prospective|phase\s\w{1,3}|blind|blinded|controlled
            |label|labelled|crossover|over|randomi[sz]ed|cent(?:er|re)|group|British|animal|cohort|month|week|year|clinical)[\s-]|\())
            (?P<w>examine)(?P<s>)\b(?!\ (?:the|whether|if|how|this|these|their|its)\b)
            |\b(?P<w>examine)(?P<s>)(?=\s\d\b)""",
        hits=("during the recent examine", "this examine was", "(Examine 1)"),
        misses=("to examine the effect", "we examine whether", "the aim to examine dose"),
    ),
    lambda m: _like(m, "study"),
    _REASON,
    0.85,
    hints=Hints(words="examine"),
)
REVIEW = Repair(
    Pattern(
        "synonym.study_review",
        r"""(?<=\b(?:this|pilot|prospective|phase\s\w{1,3}|blind|blinded|placebo[\s-]controlled|controlled|label|labelled
            |crossover|cross[\s-]over|randomi[sz]ed|cent(?:er|re)|group|animal|cohort|portion\s(?:of|from)\sthe|the\send\sof\sthe)[\s-])
            (?P<w>review)(?P<s>)\b(?!\s(?:boards?|committees?|of\s(?:the\s)?(?:literature|studies|trials|charts?|records?)))
            |\b(?P<w>review)(?P<s>)(?=\s\d\b|\s(?:design|groups?|arms?|objective|parameters|drug|medication|participants)\b)
            |(?<=\b(?:arms|groups|end|start)\sof\sthe\s)(?P<w>review)(?P<s>)(?=[.,;])|(?<=^|[.:]\s)The\s\K(?P<w>review)(?P<s>)(?=\swas\s)""",
        hits=("a double-blind review was", "the phase three portion of the review", "this review showed"),
        misses=("institutional review boards", "a systematic review", "to review the data"),
    ),
    lambda m: _like(m, "study"),
    _REASON,
    0.8,
    hints=Hints(words="review"),
    veto=lambda text, _: "ystematic review" in text or ("eta-analysis" in text and "meta-analyses" not in text),
)
PATIENTS_DIGIT_YEARS = Repair(
    Pattern(
        "synonym.years",
        r"(?<=\b\d{1,3}\s)(?:many|several)\s(?=years\b)",
        hits=("age 18 many years",),
        misses=("for many years", "18 years"),
    ),
    to(""),
    _REASON,
    0.9,
    hints=Hints(words="years", texts=("many years", "several years")),
)
# "Strategies" as a heading: at the start of a line or sentence, before the words of a Methods section
HEADING = Repair(
    Pattern(
        "synonym.heading",
        r"""(?<=(?:\A|\n|[.!?]\s))(?:Strategies|Techniques|Approaches|Procedures|Strategy|Approach)
            (?=\s?:|\n|\s(?:Review|Study|Sufferers|Patients|Individuals|Participants|Members|Topics|This|We|A|In|The)\b)""",
        hits=("ended. Strategies Review treatment", "Techniques: We"),
        misses=("Strategies for pain", "the Techniques: We"),
    ),
    to("Methods"),
    "spun section heading",
    0.85,
    hints=Hints(words="strategies techniques approaches procedures strategy approach"),
)
HEADING_RESULTS = Repair(
    Pattern(
        "synonym.results_heading",
        r"(?<=(?:\A|\n|[.!?]\s))(?:Final\sresults?|Outcomes|Benefits|Effects)(?=\s?:)",
        hits=("ended.\nOutcomes: x",),
        misses=("Outcomes were good", "the Outcomes: x"),
    ),
    to("Results"),
    "spun section heading",
    0.85,
    hints=Hints(words="final outcomes benefits effects"),
)

CONTRAST = Repair(
    Pattern(
        "synonym.compared",
        r"(?-i:in\scontrast)(?=\s(?:to|with)\b)|(?<=\b(?:we|study|trial|examine|review|also|and)\s)in\scontrast(?=\s(?:the|two|three|a|an|these)\b)",
        hits=("frovatriptan in contrast to rizatriptan", "we in contrast the effects"),
        misses=("In contrast, the", "in contrast, they"),
    ),
    to("compared"),
    _REASON,
    0.8,
    hints=Hints(words="contrast"),
)
RECEIVED = Repair(
    Pattern(
        "synonym.received",
        r"""(?<!-|\b(?:was|were|is|are|been|images?|data|community|hospital|newly)\s)\b(?:acquired|obtained)
            (?=\s(?:\d|(?:either|oral|intravenous|local|placebo|only|no)\b|(?-i:[A-Z]{3,})|[a-z]{3,}(?:ib|mab|caine|platin|axel|statin|pril|olol)\b))""",
        hits=("Group 1 acquired local 20 mL", "who obtained 50 mg"),
        misses=("data were acquired 5 times", "community-acquired"),
    ),
    to("received"),
    _REASON,
    0.8,
    hints=Hints(words="acquired obtained"),
)
SUPPLY = Repair(
    Pattern(
        "synonym.arm",
        r"(?<=\b(?:the|each)\s(?:[a-z]{3,}(?:ib|mab|ine?|ol|platin|axel|one|ate|ide)|placebo|control|treatment|experimental)\s)supply\b(?!\sof)",
        hits=("in the gefitinib supply",),
        misses=("the blood supply", "the medicine supply of"),
    ),
    to("arm"),
    _REASON,
    0.75,
    hints=Hints(words="supply"),
)

RATE = Repair(
    Pattern(
        "synonym.rate",
        r"""(?<=\b(?:response|remission|survival|mortality|death|events?|recurrence|relapse|cure|success|pulse|heart|respiratory
            |infection|incidence|complication|eradication|detection|drop-?out|growth|pregnancy|healing|failure|discontinuation
            |adherence|retention|control|progression)\s)(?P<w>price)(?P<s>s)?\b""",
        hits=("with a response price of 30%", "the pulse price, and"),
        misses=("the drug price", "price of the response"),
    ),
    lambda m: _like(m, "rate"),
    _REASON,
    0.9,
    hints=Hints(words="price prices"),
)
REPAIRS = (RATE, CONTRAST, RECEIVED, SUPPLY, TEAM, EXAMINE, REVIEW, PATIENTS_DIGIT_YEARS, HEADING, HEADING_RESULTS)
PATTERNS = tuple(r.pattern for r in REPAIRS)
