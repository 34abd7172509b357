"""What may stand between a dose and its drug, and between the drugs of a list."""

from __future__ import annotations

from collections.abc import Iterable

import regex

# words that may stand between a dose and its drug without parting them
_FILLER = (
    r"of|the|an?|at|in|to|with|dose|doses|dosage|dosages|daily|total|fixed|single|each|either|oral|tablets?|capsules?|caps?|tabs?|injections?|inj|infusions?"
    r"|solutions?|bolus|per|day|was|were|is|given|administered|received|receiving|by|via|as|for|body|weight|low|high|standard|target|initial|starting|loading"
    r"|maintenance|maximum|recommended|mean|median|up|once|twice|continuous|intermittent|slow|rapid|sustained|extended|immediate|long|acting|release|modified"
    r"|medium|intermediate|moderate|middle|higher|lower|double|half|full|conventional|reduced|controlled|hyperbaric|isobaric|plain|generic|active|study|drug|group|arm|treatment|therapy|iv|sodium|hydrochloride|acetate|hcl|using|used|dosed|ranging|range"
    r"|from|between|level|levels|equal|equivalent|elemental|pure|sterile|isotonic|preservative|free|eye|drops?|spray|sprays|puffs?|inhaler|gel|cream|ointment|powder|extract|suspension"
    r"|syrup|mouth[\s-]?(?:wash|rinse)(?:es)?|rinse|foam|lotion|paste|varnish|lozenges?|pessar(?:y|ies)|suppositor(?:y|ies)|granules|softgels?|pills?|sachets?|elixir|emulsion|enema|intravenous|subcutaneous|intramuscular|prolonged|additional|another|matching|transdermal|patch|patches|vaccine|and|least|most|about|approximately|around|minimum|only|different|two|three|2|3|concentrations?|strengths?"
    r"|microni[sz]ed|buffered|effervescent|enteric|coated|dispersible|chewable|liposomal|pegylated|recombinant|purified|racemic|crystalline"
)
_STRENGTH = r"\d[\d.,]*\s?(?:%|mg\s?/\s?m[lL]|[µμ]g\s?/\s?m[lL]|mcg\s?/\s?m[lL])"
RIGHT = regex.compile(
    rf"[\s\-–(\[]*(?:{_STRENGTH}\s?)?(?:(?:{_FILLER}|\(?{_STRENGTH}\)?)\b?[\s\-–,]*){{0,8}}[\s(\[]*", regex.IGNORECASE
)
LEFT = regex.compile(
    rf"[\s\-–,:(\[=®™]*(?:\([^()]{{1,40}}\)[\s,]*)?(?:{_STRENGTH}[\s,(]*)?(?:[\[(]?(?:{_FILLER}|n\s?=\s?\d+|[A-Z]{{2,6}}[,;:])\b[\s\-–,:=)]*){{0,8}}[\s(\[]*",
    regex.IGNORECASE,
)
STRONG = regex.compile(
    rf"(?:{_STRENGTH}|sprays?|gels?|creams?|ointments?|lotions?|foams?|mouth\s?(?:wash|rinse)(?:es|s)?|varnish|paste)[\s(]*",
    regex.IGNORECASE,
)
JOINT = regex.compile(
    r"[\s®™]*(?:[/+,&-]|\band\b|\bplus\b|\bor\b|,\s?and\b|\([^()]{0,30}\))+[\s®™]*(?:\([^()]{0,30}\))?\s*",
    regex.IGNORECASE,
)
# a list goes on with a name that is none of ours: "grape extract (GE)"
ITEM = regex.compile(
    r"[\s)\]]*(?:\+|,|\band\b|\bplus\b|\bor\b|\bversus\b|\bvs\b\.?)\s(?:(?:and|or)\s)?(?P<name>(?!(?:and|or|then|thereafter|followed|later|finally|subsequently|increas\w+|titrat\w+|reduc\w+|escalat\w+|continu\w+|maint\w+)\b)(?!(?:[a-z]+\s){0,3}(?:cohort|group|arm|level|patients|participants|subjects|volunteers)s?\b)(?:(?-i:[A-Z])\.\s?)?(?:(?:[a-z][\w-]{2,}\s){0,2}(?:extracts?|oil|powder|juice)\sof\s(?:[a-z][\w-]{2,}\s){0,3})?(?:[a-z][\w-]{2,}\s){0,2}[a-z][\w-]{3,})\s?(?:\([A-Za-z0-9-]+\)\s?)?[(\[]?",
    regex.IGNORECASE,
)


def masked(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """text[start:end] without those of the spans, which are in text order, that stand in it whole."""
    parts, at = [], start
    for s, e in spans:
        if s >= at and e <= end:
            parts.append(text[at:s])
            at = e
    parts.append(text[at:end])
    return " ".join(parts)
