"""Words that speak for a control wherever they stand."""

from __future__ import annotations

from trialmine.assemble.controls.told import STANDARD_CARE
from trialmine.lexicon.search import Search

_UNIT = r"(?:mg|[uµμ]g|mcg|g|IU|mL|U|%|units?|Gy)(?:/\w+)?"
_AMOUNT = rf"\d[\d.]{{0,8}}\s?(?:{_UNIT})?"
CUES = {
    "placebo": Search(r"\bplacebos?\b"),
    "placebo_controlled": Search(r"\bplacebo[-\s]+control"),
    "sham": Search(r"\bsham\b"),
    "no_treatment": Search(
        r"\bno[\s-](?:\w+\s+)?(?:treatment|intervention|therapy|drug|supplement\w*|prophylaxis|medication|injection)\b"
        r"|\buntreated\b|\bdid\s+not\s+(?:receive|get)\b|\breceived\s+(?:no|nothing|none)\b|\bnot\s+receiv\w+"
        r"|\bwithout\s+(?:any\s+)?(?:treatment|intervention|supplement\w*|drug|therapy)|\bobservation\b"
        r"|\bwait(?:ing)?[\s-]?list"
    ),
    "standard_of_care": Search(STANDARD_CARE.pattern),
    "control_group": Search(r"\bcontrols?\s+(?:group|arm|subjects|patients)"),
    "controls": Search(r"\bcontrols?\b"),
    "alone": Search(r"\balone\b|\bonly\b"),
    "versus": Search(r"\bversus\b|\bvs\b"),
    "compared": Search(r"\bcompar(?:ed|ing|ison|ative)"),
    "saline": Search(r"\bsaline\b"),
    "doses": Search(
        r"\b(?:doses|dosages|dose[-\s](?:ranging|finding|response|escalat\w+)|high[-\s]dose|low[-\s]dose)\b"
    ),
    "active": Search(r"\bactive[-\s](?:control|compar)"),
    "equal": Search(r"\bnon[-\s]?inferior|\bequivalen"),
    "one_arm": Search(r"\b(?:single|one)[-\s]arm\b"),
    "healthy": Search(r"\bhealthy\b"),
    "added": Search(r"\badd[-\s]?(?:on|itional|ition)\b|\badjuvant|\badjunct"),
    "dose_list": Search(
        rf"\b{_AMOUNT}\s?(?:(?:/|\bvs\.?|\bversus\b|,?\s*\b(?:or|and)\b|,)\s*(?:\w+\s+)?{_AMOUNT}){{1,6}}\s?{_UNIT}(?!\w)"
    ),
    "dose_range": Search(rf"\b{_AMOUNT}\s?(?:[-–]|\bto\b)\s?\d[\d.]{{0,8}}\s?{_UNIT}(?!\w)"),
}
