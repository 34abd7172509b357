"""Where the noun phrase around a name begins and ends: "the modified X manoeuvre was" around "X"."""

from __future__ import annotations

import regex

# behind it there is no further noun: "airway" is no head in "airway pressure"
_ENDED = regex.compile(
    r"\s*(?:[^\s\p{L}\d-]|$)|\s+(?:on|in|of|for|with|without|versus|vs|compared|to|at|during|after|before|twice|once"
    r"|daily|weekly|every|by|from|was|were|is|are|will|among|between|as|than|who|that|when|while|per|within|plus|or|and"
    r"|under|using|can|may|did|has|have|had|\p{L}+ed)\b",
    regex.IGNORECASE,
)
# found from the end: the words of one phrase before a place
_BEFORE = regex.compile(r"(?r)(?<![\p{L}\d'’./%-])(?P<word>[\p{L}\d][\p{L}\d'’.:+/-]*[\p{L}\d™®]|\p{L})(?P<joint>\s|-)")
_BEHIND = regex.compile(r"\s(?P<word>\p{L}[\p{L}-]*)")
# words that stand before a name and are none of it
_OUTSIDE = regex.compile(
    r"on|in|of|for|with|without|versus|vs\.?|compar\w+|to|at|during|after|before|daily|weekly|monthly|twice|once|every|by|from|was|were|is|are"
    r"|be|been|being|will|among|between|as|than|who|whom|which|that|when|while|whereas|per|within|plus|or|and|either|neither|nor|but|had|has|have|did"
    r"|do|does|can|may|might|could|would|should|the|an?|their|his|her|your|this|these|those|such|all|each|both|other|another|others|no|more|most|less|least|any|some|several"
    r"|many|patients?|women|men|children|adults?|participants?|subjects?|people|groups?|arms?|received?|receiv\w+|under(?:w[ea]nt|go\w*)|us(?:e|ed|es|ing)"
    r"|following|effects?|efficacy|effectiveness|safety|benefits?|impact|control|our|we|its|it|not|only|also|then|there|here|first|second|third"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|treated|given|giv\w+|administ\w+|assigned|allocated|randomi[sz]ed|random|undert\w+|perform\w*"
    r"|provid\w+|deliver\w+|evaluat\w+|investigat\w+|assess\w*|examin\w+|determin\w+|test(?:ed|ing)|stud(?:y|ied)|trials?|show\w*|demonstrat\w+|suggest\w*"
    r"|improv\w+|increas\w+|decreas\w+|reduc(?:es?|tion|ing)|induc\w+|caus\w+|prevent\w*|treat|treating|include[sd]?|including|involv\w+|consist\w*|contain\w*|offer\w*|attend\w*"
    r"|complet\w+|continu(?:e|ed)|start\w*|initiat\w+|discontinu\w*|add(?:ed|ing)?|addition|combin\w+|same|similar|different|respective|new|novel|available|potential|possible|whether|if|how"
    r"|weeks?|days?|months?|years?|hours?|minutes?|min|mg|ml|iu|mcg|g|kg|measured|respectively"
    r"|because|since|through|via|into|over|under|against|about|toward\w*|until|like|regarding|concerning|despite|although|however|thus|both|n|p|\d[\d.,]*|\p{L}+ly|who|had|got|took|take\w*|consum\w+|ingest\w+"
    r"|(?:study|trial)'s|methods?|results?|conclusions?|background|objectives?|aims?|purpose|design|interventions?|introduction|settings?|outcomes?|measures?",
    regex.IGNORECASE,
)
_HEADS = regex.compile(
    r"(?:treatment|therap(?:y|ies)|training|program(?:me)?|intervention|regimen|protocol|procedure|technique|method|approach|system"
    r"|device|supplement(?:ation)?|diet|drink|juice|extract|oil|gel|cream|tablet|capsule|vaccine|session|class|lesson|course|counsel?ling|education"
    r"|exercise|surgery|block|stimulation|ventilation|care|management|monitoring|screening|advice|support|message|laser|formula|injection|infusion)s?",
    regex.IGNORECASE,
)
_MOST = 4  # words before a name that may belong to it


def ends_at(text: str, end: int) -> bool:
    """Whether the noun phrase ends at `end`: what follows is a sign, a verb or a small word.

    >>> ends_at("pain was", 4), ends_at("pain relief was", 4)
    (True, False)
    """
    return _ENDED.match(text, end) is not None


def whole_phrase(text: str, start: int, end: int, *, low: int = 0) -> tuple[int, int]:
    """The span of the noun phrase around start:end: with the words that qualify the name, and its head.

    `low` is where the sentence begins. The span itself where it is not clear where the phrase begins.

    >>> def whole(text, name): return text[slice(*whole_phrase(text, text.index(name), text.index(name) + len(name)))]
    >>> whole("received the modified X manoeuvre", "X manoeuvre"), whole("received exercise", "exercise")
    ('modified X manoeuvre', 'exercise')
    >>> whole("and standard pain treatment was", "standard pain")
    'standard pain treatment'
    """
    first = start
    for count in range(_MOST + 1):
        m = _word_before(text, first, low)
        if m is None or _OUTSIDE.fullmatch(m["word"]):
            break
        if count == _MOST:
            return start, _with_head(text, end)
        first = m.start("word")
    return first, _with_head(text, end)


def _word_before(text: str, at: int, low: int) -> regex.Match[str] | None:
    found: regex.Match[str] | None = _BEFORE.search(text, max(low, at - 40), at)
    return found if found is not None and found.end() == at else None


def _with_head(text: str, end: int) -> int:
    m = _BEHIND.match(text, end)
    return m.end() if m and _HEADS.fullmatch(m["word"]) and ends_at(text, m.end()) else end
