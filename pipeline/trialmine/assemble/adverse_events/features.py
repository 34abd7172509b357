"""What the judge of unwanted events sees of a possible one: its words, its place, and what stands beside it.

The words count by their ending and by the company that they keep elsewhere, so that a name never seen is judged too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from trialmine.assemble.adverse_events.counting import are_ordered, grade_of, has_own_count
from trialmine.assemble.adverse_events.telling import Aim, Telling, key_of, words_of
from trialmine.lexicon.tables import mapping
from trialmine.records.article import Article, Mention, Mentions


def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


# what a sentence speaks of
_TOPICS = {
    "adverse": _compiled(r"adverse|untoward|\bAEs?\b|TEAE|SAE"),
    "side": _compiled(r"side[\s-]?effects?"),
    "toxic": _compiled(r"toxic"),
    "tolerated": _compiled(r"tolera|safety|safe\b"),
    "grade": _compiled(r"\bgrades?\s*[≥>]*\s*(?:[1-5]|I{1,3}|IV)\b|\bG[1-5]\b"),
    "complication": _compiled(r"complication"),
    "stopped": _compiled(r"discontinu|withdr"),
    "common": _compiled(r"common|frequent"),
    "serious": _compiled(r"serious|severe"),
    "related": _compiled(r"related"),
    "limiting": _compiled(r"dose[- ]limiting|DLT"),
    "efficacy": _compiled(
        r"scores?|scale|improv\w*|reduction|relief|recovery|survival|efficacy|response|cure|primary|VAS|intensity|baseline"
    ),
    "alike": _compiled(
        r"\bno\s+(?:\w+\s+)?(?:differences?|effects?)|similar|comparable|not\s+differ\w*|did\s+not\s+differ"
    ),
    "endpoint": _compiled(r"\bend[\s-]?points?|\boutcomes?\b"),
    "reported": _compiled(
        r"\b(?:occurr\w+|reported|experienc\w+|develop\w+|observed|suffer\w+|caused?|includ\w+|incidences?|frequen\w+"
        r"|common|rates?|more|fewer|less|higher|lower|greater|increased|episodes?|cases?|noted|seen|had|were|was)\b"
    ),
}
# a protocol's sentences tell what would be done
_PLANNED = _compiled(
    r"\b(?:should|will|would|in\s+case\s+of|defined\s+as|excluded|(?:were|was)\s+(?:monitored|graded|collected))\b"
)
_GIVEN = _compiled(
    r"\b(?:randomi[sz]ed|randomly|assigned|allocated|recruited|enrolled|eligible|aged|criteria|end[\s-]?points?)\b"
)
_HEADED = ("methods", "results")
_INTRODUCED = _compiled(
    r"\b(?:adverse\s+(?:drug\s+)?(?:events?|effects?|reactions?|experiences?)|side[\s-]?effects?|AEs?|TEAEs?|SAEs?"
    r"|toxicit(?:y|ies)|complications?|reactions|symptoms)\b(?:\s*\([^()]{1,40}\))?[^.;:,()]{0,60}?"
    r"(?:\b(?:were|was|included?d?|including|such\s+as|consisted\s+of|namely)\b|[:,(])"
)
_BRACKETS = regex.compile(r"[(\[][^()\[\]]*[)\]]")
_LEAVES_LIST = _compiled(r"[.;]|\b(?:was|were|is|are|in|had|for|than|but|while|which|who)\b")
_LIST_GAP = _compiled(
    r"^\s*(?:[(\[][^()\[\]]{1,80}[)\]]\s*)?(?:,\s*(?:and|or)?|and|or|/|&|as\s+well\s+as|;)\s*(?:[\w-]+\s+)?$"
)
_COUNT_IN_BRACKETS = _compiled(r"\s*[(\[]\s*(?:[\w\s:,=]{0,25})?\d")
_COUNT_NEAR = _compiled(r"[^.;()]{0,40}?\d+(?:[.·]\d+)?\s*%|\s*[(\[]?\s*n\s*=")
_BEFORE = {
    "compared": _compiled(r"\b(?:more|less|fewer|greater|higher|lower|increased|increase)\s+(?:\w+\s+)?$"),
    "incidence": _compiled(
        r"\b(?:incidences?|rates?|frequenc\w+|risk|occurrence|cases?|episodes?|prevalence)\s+of\s+(?:\w+\s+)?$"
    ),
    "had": _compiled(
        r"\b(?:developed|experienced|reported|had|suffered|caused|produced|induced|included?|including|were|was|with"
        r"|due\s+to|because\s+of)\s+(?:an?\s+)?(?:\w+\s+)?$"
    ),
}
# an event that is a reason for treatment, a history or a target is none of the trial's
_NOT_AN_EVENT = _compiled(
    r"\b(?:history\s+of|prevent(?:s|ed|ing|ion\s+of)?|treat(?:ing|ment\s+of|ed\s+for)|patients\s+with|women\s+with|children\s+with|risk\s+factors?\s+for"
    r"|prophylaxis\s+(?:of|against)|relief\s+of|absence\s+of|free\s+of|without|therapy\s+(?:of|for)|anti-?|scores?\s+for|improve\w*(?:\s+in)?)\s+"
    r"(?:\w+\s+)?$"
)
_NONE = _compiled(
    r"\b(?:no|nor|neither|none\s+of\s+the)\s+(?:[\w/-]+\s+){0,4}$|\bno\b[^.;:()]{0,60}(?:,|\bor|\band)\s+(?:no\s+)?$"
)
_VERB_BEHIND = _compiled(
    r"^\s*(?:\([^()]*\)\s*)?(?:was|were)?\s*(?:also\s+|only\s+|more\s+|less\s+|significantly\s+|\w+ly\s+)*"
    r"(occur\w*|report\w*|observ\w*|seen|noted|develop\w*|frequent\w*|common\w*|higher|lower|similar|increas\w*|decreas\w*"
    r"|reduc\w*|improv\w*)"
)
_ENDING = regex.compile(
    r"(penia|emia|aemia|algia|itis|rrh(?:o?ea|agia)|toxicity|pno?ea|uria|dynia|paresis|megaly|plegia|opathy|osis|oma"
    r"|edema|ness|ache|ing|ion|ia|ism|s)$"
)
_PLACE = regex.compile(r"\s(?:in|of|at|on)\s.*", regex.DOTALL)
_REACH = 40  # characters before an event that are looked at
_GRADE_NEAR = 25
_MOST_WORDS, _MOST_BESIDE, _MOST_SEEN = 4, 3, 2
_ENTITIES = ("DISEASE", "CHEMICAL", "INTERVENTION", "CONDITION")
# "tea caused drowsiness in 7 patients"
_CAUSED = _compiled(r"\bcaused\s(?:(?:mild|moderate|severe|transient|some|more|brief)\s)?$")
_COUNTED_IN = _compiled(r"[^.;,()\d]{0,25}?\sin\s(?:\d|one\b|two\b|three\b|four\b|five\b|six\b)")
_LIKELY = 0.5
_PAIR = 2
_LEAVES_CLAUSE = _compiled(r"[;:]|\b(?:but|while|whereas|who|which|than|then)\b")

Features = dict[str, float]


def is_denied(text: str, start: int, event: Mention) -> bool:
    """Whether the words from `start` say that the event did not happen."""
    return bool(_NONE.search(text[start : event.start]))


def event_features(article: Article, mentions: Mentions, told: Sequence[Telling]) -> list[list[Features]]:
    """Features of each possible event of each sentence."""
    aim = Aim(article)
    seen: Counter[str] = Counter()
    out = []
    for telling in told:
        names = _of_sentence(article, mentions, telling)
        lead = [m.end() for m in _INTRODUCED.finditer(article.text, telling.sentence.start, telling.sentence.end)]
        rows = []
        for i, event in enumerate(telling.events):
            own = [*names, *_of_event(article, mentions, telling, i), *_of_aim(event, telling, aim)]
            own += [*_in_list(article.text, event, lead), f"seen={min(_MOST_SEEN, seen[key_of(event)])}"]
            rows.append(dict.fromkeys(own, 1.0))
        seen.update(key_of(m) for m in telling.events)
        out.append(rows)
    return out


def _of_sentence(article: Article, mentions: Mentions, telling: Telling) -> list[str]:
    sentence = telling.sentence
    section = _section(article, mentions, telling)
    said = article.text[sentence.start : sentence.end]
    names = [f"speaks of {name}" for name, pattern in _TOPICS.items() if pattern.search(said)]
    names.append(f"section={section}")
    names.append(f"cued={telling.cued}&follows={telling.follows}")
    if sentence.section != "results" and _PLANNED.search(said):
        names.append("planned")
    return names


def _section(article: Article, mentions: Mentions, telling: Telling) -> str | None:
    """The section; in a text without headings a sentence that says how many had an event is one of the results."""
    sentence = telling.sentence
    if sentence.section != "other" or any(s.label in _HEADED for s in article.sections):
        return sentence.section
    said = article.text[sentence.start : sentence.end]
    counted = any(
        mentions.within("event_count", event.end, min(sentence.end, event.end + _REACH)) for event in telling.events
    )
    return "results" if counted and not _PLANNED.search(said) and not _GIVEN.search(said) else sentence.section


def _of_event(article: Article, mentions: Mentions, telling: Telling, i: int) -> Iterator[str]:
    event, sentence, text = telling.events[i], telling.sentence, article.text
    strength = event.value.strength
    yield f"strength={strength}"
    yield f"{strength}&told={telling.cued or telling.follows}"
    yield from _of_words(text[event.start : event.end].lower())
    for e in article.entities_in(sentence.start, sentence.end):
        if e.start < event.end and event.start < e.end and e.label in _ENTITIES:
            yield f"entity={e.label}"
    others = [m for m in telling.known if m is not event]
    yield f"known beside={min(_MOST_BESIDE, len(others))}"
    if any(m.value.strength == "strong" for m in others):
        yield "strong beside"
    if _is_counted_by_group(text, mentions, telling, i):
        yield "counted by group"
    if _CAUSED.search(text, telling.sentence.start, event.start) and _COUNTED_IN.match(text, event.end):
        yield "caused and counted"
    yield from _of_neighbours(text, telling.events, i)
    yield from _around(text, telling, event)
    grade = grade_of(mentions, sentence, event, ())
    if grade and 0 <= event.start - grade.end < _GRADE_NEAR:
        yield "graded"
    if strength == "general":
        own = has_own_count(mentions, sentence, event, telling.known)
        yield f"general&count={own}"
        yield f"general={text[event.start : event.end].lower()}"
        if any(m.start > event.end for m in telling.known):
            yield "general&known behind"
    if any(
        m.start < event.end and event.start < m.end and m.value.probability > _LIKELY
        for m in mentions.within("endpoint", sentence.start, sentence.end)
    ):
        yield "outcome"


def _is_counted_by_group(text: str, mentions: Mentions, telling: Telling, i: int) -> bool:
    """Whether two counts or more stand right behind, one for each group: "was seen in 12% and 5%"."""
    event = telling.events[i]
    following = min([m.start for m in telling.known if m.start >= event.end] + [telling.sentence.end])
    counts = mentions.within("event_count", event.end, following)[:2]
    if len(counts) < _PAIR or counts[0].start - event.end > _REACH:
        return False
    leads = _LEAVES_CLAUSE.search(text, event.end, counts[0].start) is None
    return leads and are_ordered(text, counts)


def _of_words(name: str) -> Iterator[str]:
    """How many words, the ending of the one that says what it is, and the words that it keeps company with."""
    head = _PLACE.sub("", name).split()[-1]
    coarse, fine = _company(head)
    yield f"coarse={coarse}"
    yield f"fine={fine}"
    ending = _ENDING.search(head)
    yield f"ending={ending[1] if ending else ''}"
    yield f"words={min(_MOST_WORDS, len(name.split()))}"


@cache
def _groups(size: str) -> dict[str, str]:
    return mapping("word_clusters", "word", size)


def _company(word: str) -> tuple[str | None, str | None]:
    groups = [_groups(size) for size in ("coarse", "fine")]
    coarse, fine = (g.get(word) or g.get(word.removesuffix("s")) for g in groups)
    return coarse, fine


def _of_neighbours(text: str, events: Sequence[Mention], i: int) -> Iterator[str]:
    """Possible events before and behind that nothing but a comma parts from this one."""
    beside = 0
    for j in (i - 1, i + 1):
        if 0 <= j < len(events):
            left, right = sorted((events[i], events[j]), key=lambda m: m.start)
            if _LIST_GAP.match(text[left.end : right.start]):
                beside += 1
                yield f"listed {'behind' if j < i else 'before'}"
                yield f"listed with={events[j].value.strength}"
    yield f"listed={beside}"


def _around(text: str, telling: Telling, event: Mention) -> Iterator[str]:
    start, end = telling.sentence.start, telling.sentence.end
    strength = event.value.strength
    if _COUNT_IN_BRACKETS.match(text, event.end, end):
        yield "count in brackets"
        yield f"count in brackets&{strength}"
    elif _COUNT_NEAR.match(text, event.end, end):
        yield "count near"
    before = text[max(start, event.start - _REACH) : event.start]
    yield from (f"before={name}" for name, pattern in _BEFORE.items() if pattern.search(before))
    if _NOT_AN_EVENT.search(text[start : event.start]):
        yield "no event"
    if is_denied(text, start, event):
        yield "denied"
        yield f"denied&{strength}"
    if verb := _VERB_BEHIND.match(text[event.end : end]):
        yield f"verb={verb[1].lower()[:6]}"


def _in_list(text: str, event: Mention, lead: Sequence[int]) -> Iterator[str]:
    """Whether the event stands behind words that introduce a list of events, and in that list."""
    ends = [end for end in lead if end <= event.start]
    if not ends:
        return
    yield "introduced"
    between = _BRACKETS.sub("", text[ends[-1] : event.start])
    if not _LEAVES_LIST.search(between):
        yield "introduced in list"
        yield f"introduced in list&{event.value.strength}"
    if not between.strip():
        yield "introduced first"


def _of_aim(event: Mention, telling: Telling, aim: Aim) -> Iterator[str]:
    if aim.names(event.value.term):
        yield "aim"
        yield f"aim&cued={telling.cued}"
        return
    words = words_of(event.value.term)
    if words and len(words & aim.words) >= _LIKELY * len(words):
        yield "part of aim"
