"""Which amounts of a text can be doses of this trial: none that was measured, bounds eligibility or belongs elsewhere."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

import regex

from trialmine.assemble.dosing.amounts import PIECES
from trialmine.assemble.dosing.elsewhere import is_known_elsewhere
from trialmine.normalise.dose_number import dose_number
from trialmine.records.article import Mention, Sentence

# amounts that were measured, needed or changed, not given
_MEASURED = regex.compile(
    r"\b(?:consumption|centrifug(?:ed|ation)|(?:was|were|amounts?|doses?|volumes?|quantity)\sconsumed|requirements?|usage|(?<!dose\s)levels?\s(?:of|were|was)|excretion|intake\swas"
    r"|mean\s(?:total|cumulative|daily)?\s?(?:dose|consumption)|cumulative|Cmax|EC50|ED\d\d|ED50|clearance|weigh(?:ing|ed)|(?<!body\s)weight\sof|birth\s?weight"
    r"|(?:differences?|improvements?|changes?)\s(?:from|vs|versus|between|of|in|were|was)|proteinuria|albuminuria|loss\sof|blood\sloss|serum|plasma|cholesterol|glucose\sof)\b[^.;]{0,30}$"
    # "anaesthesia was kept up with an end-tidal concentration of A and 5 ug/kg of B": what follows "and" is another drug's
    r"|\bconcentrations?\b(?:(?!\band\s)[^.;]){0,30}(?<!\b(?:administered|given|infused|injected|applied|instilled|used)\s(?:\w+\s){0,3}(?:at|in)\s(?:an?\s|the\s)?(?:\w+\s)?concentrations?\sof\s)$"
    r"|\b(?:mean|average|median)\b[^.;]{0,70}\b(?:was|were|of)\s$"
    r"|\b(?:mean|average|median)\s(?:[\w-]+\s){0,4}(?:dos(?:e|age)|intake)s?\s(?:(?:at|during|in|of|for)\s(?:\w+\s){1,3})?(?:was|were)\b(?:[^.;]|\.\d){0,80}$"
    r"|\b(?:mean|average|median)\s?[:=,]\s?$"
    # steps between doses: "reduced by 5 mg weekly", "in increments of 25 mg"
    r"|\b(?:reduc(?:ed|ing|tions?)|increas(?:ed?|es|ing)|decreas(?:ed?|es|ing)|taper(?:ed|ing)?|escalat(?:ed|ions?)|titrat(?:ed|ions?)|increments?|decrements?|steps)\s(?:(?:[\w-]+\s){1,4}(?=by\b))?(?:of|by)\b(?:(?!\b(?:to|then|maintained|kept|continued|followed)\b)[^.;]){0,30}$"
    # "with 1 mg as the testing interval" of doses that go up and down
    r"|\b(?:testing|dosing|dose)[\s-](?:intervals?|steps?)(?:\ssizes?)?\s(?:of|was|were|at|by|set\sat)\s$"
    # what a day or a course adds up to: "900 mg thrice daily (total daily dose, 2.7 g)"
    r"|[(\[]\s?(?:i\.?e\.?,?\s)?(?:a\s)?(?:total|cumulative)\s(?:daily\s)?(?:dos(?:e|age)|amount)\s?(?:of|was|is|,|:|=)?\s?$"
    # an extract of 0.2 g, or (equivalent to) 2 g of root
    r"|\d\s?(?:mg|g|mcg|[µμ]g|IU|mmol|units?|m?l|drops?|puffs?|tablets?|capsules?|sachets?)\b[^.;]{0,60}(?:[,([]\s?|\bdose\s|\bwhich\s(?:is|was|were|are)\s)(?:i\.?e\.?,?\s)?(?:an?\s)?equivalent\s(?:to|of)\s(?:an?\s)?(?:(?:about|approximately|approx\.?|around|daily|total|dose|of)\s){0,3}[~∼≈]?\s?$|\bequivalent\sto\s[≤⩽<]\s?$"
    r"|\b(?:minimum|minimal|least)\s(?:daily\s)?dos(?:e|age)\sequivalent\sto\s(?:[\w-]+\s){0,2}$"
    # three tablets correspond to 3 g of root
    r"|\bcorrespond(?:s|ed)?\sto\s(?:an?\s)?(?:(?:about|approximately|daily|total|dose|intake|of)\s){0,4}$",
    regex.IGNORECASE,
)
# whole numbers alone in a bracket are citations, a range is what was measured
_MEASURED_AFTER = regex.compile(
    r"\s*(?:\(?\s?±(?!\s?\p{L})|\+/-|\[(?!\d{1,3}(?:\s?,\s?\d{1,3})*\])\d(?![\d.]*\s?(?:m?g|[µμu]g|mcg|mL|IU|U)\b)|(?:increments?|decrements?|steps)\b|less\b|more\b|lower\b|higher\b|reduction|increase\b|decrease\b|(?:was|were)\s(?:used|chosen|set|taken)\sas\s(?:the|an?)\s(?:testing\s|dosing\s|dose\s)?(?:interval|step|increment)|vs\.?\s\d[\d.]*\s?(?:±|m?g\b)|\(SD|\(95|of\s[\w-]+(?:\s[\w-]+)?\sor\sequivalent\b)",
    regex.IGNORECASE,
)
_ELIGIBILITY = regex.compile(
    # "eligible patients received" tells what was given
    r"\b(?:eligib(?!le\s(?:to\s(?:receive|continue|enter)\b|(?:[\w-]+\s){1,3}(?:received|(?:were|will\sbe|was)\s(?:\w+\s)?(?:randomi[sz]ed|assigned|allocated|treated|given))))|inclusion\scriteria|exclu(?:ded|sion)|previously\s(?:treated|received)|prior\s(?:treatment|therapy)"
    # "habitual coffee drinkers (2 cups a day)" have what is theirs
    r"|habitual(?:ly)?\s(?:[\w-]+\s){0,2}(?:consum\w+|users?|drinkers?|intakes?|smokers?)(?![^.;]*\b(?:took|take|consumed|ingested|drank|had|were)\b)"
    r"|(?:(?:no|inadequate|insufficient|poor|lack\sof)\sresponse\s(?:to|after|with)|failures?\sto\s(?:respond|achieve))\b(?=[^.;,]*$))",
    regex.IGNORECASE,
)
_RECEIVED = regex.compile(
    r"(?<!\b(?:had|have|has|who|previously)\s)\breceived\b|\brandomly\b|\b(?:were|was)\s(?:\w+\s)?(?:given|treated|assigned|randomi[sz]ed)\b",
    regex.IGNORECASE,
)

_FORBIDDEN = regex.compile(
    r"[^.;]{0,60}\b(?:(?:was|were|is|are|be)\s(?:prohibited|forbidden|disallowed|not\s(?:permitted|allowed))|(?:prohibited|not\sallowed)\b)",
    regex.IGNORECASE,
)


_ALLOWED = regex.compile(r"[^.;]{0,80}\b(?:was|were|is|are|be)\s(?:\w+\s)?(?:allowed|permitted)\b", regex.IGNORECASE)
# what an amount was dissolved in: "1 g A in 100 mL of saline", "10 mL of saline containing 5 mg A"
_LIQUID = r"\s(?:of\s)?(?:(?:an?|the|[\d.]+\s?%|normal|isotonic|physiologic\w*|sterile|distilled|tap|warm)\s){0,3}(?:saline|water|dextrose|glucose|NaCl|sodium\schloride|solution|Ringer\S*|D5?W\d?|5DW)\b"
_IN = regex.compile(
    r"\d\s?(?:mg|g|mcg|[µμu]g|IU|units?|mmol)\b[^.;]{0,60}?\s(?:(?:dilut(?:ed|ing)|dissolv(?:ed|ing)|mix(?:ed|ing)|reconstitut(?:ed|ing)|made\sup)\s(?:in|with|to|into)|in)\s(?:an?\s)?(?:total\svolume\sof\s)?$",
    regex.IGNORECASE,
)
# "A was given in 250 mL of saline", "diluted with 50 mL of dextrose"
_GIVEN_IN = regex.compile(
    r"\b(?:(?:dilut(?:ed|ing)|dissolv(?:ed|ing)|mix(?:ed|ing)|reconstitut(?:ed|ing)|made\sup)\s(?:in|with|to|into)|(?:administered|delivered|given|infused|injected|prepared|supplied)\s(?:\w+\s)?in)"
    r"\s(?:an?\s|the\s)?(?:total\svolume\sof\s)?$",
    regex.IGNORECASE,
)
# a capsule that was swallowed with 200 mL of water, or with water (200 mL)
_TAKEN_WITH = regex.compile(
    r"\b(?:taken|ingested|swallowed|administered|given)\b[^.;]{0,40}\bwith\s(?:(?:approximately|about|at\sleast|a\sglass\sof)\s)?(?:an?\s)?$",
    regex.IGNORECASE,
)
_WITH_WATER = regex.compile(
    r"\bwith\s(?:(?:a\sglass\sof|some|plain|tap|still)\s){0,2}water\s[(\[]\s?$", regex.IGNORECASE
)
_LIQUID_BEHIND = regex.compile(_LIQUID, regex.IGNORECASE)
_CONTAINS = regex.compile(
    rf"{_LIQUID}(?:\ssolution)?\scontain(?:ing|ed|s)\s[\d.]+\s?(?:mg|g|mcg|[µμu]g|IU|units?)\b", regex.IGNORECASE
)
# "20 IU of A per mL", "5 mg A in each mL": how strong a solution is
_STRENGTH_BEHIND = regex.compile(r"\s(?:of\s)?(?:[\w-]+\s){1,3}?(?:per|in\s(?:each|one|1)|/)\s?(?:1\s)?m[lL]\b")
# "20 mg A/150 g bread": how much of a food an amount is in
_IN_PORTION = regex.compile(
    r"\d\s?(?:mg|mcg|[µμu]g|IU|mmol|kcal)(?:\s(?:of\s)?[\w-]+){0,2}\s?(?:/|\bper\b)\s?$", regex.IGNORECASE
)
# "2 mg (half a tablet)": the count only says in how many pieces
_AMOUNT_SAID = regex.compile(
    r"\d\s?(?:mg|g|mcg|[µμ]g|IU)(?:/\w{1,3}){0,2}\s?[(\[]\s?(?:i\.?e\.?,?\s|=\s?)?$", regex.IGNORECASE
)
# "600 ug orally (three 200 ug tablets)": how an amount told before came to be
_SAID = regex.compile(
    r"(?P<value>\d[\d.,]*)\s?(?P<unit>mg|mcg|[µμu]g|g|IU|units?)\b[^.;()\[\]]{0,50}[(\[]\s?(?:i\.?e\.?,?\s|=\s?|as\s|given\sas\s)?$",
    regex.IGNORECASE,
)
# two sprays of 32 ug in a bracket behind 64 ug
_SPRAYS_OF = regex.compile(
    r"\d\s?(?:mg|mcg|[µμu]g|IU)\b[^.;()\[\]]{0,30}[(\[]\s?(?:i\.?e\.?,?\s|=\s?|as\s)?(?:one|two|three|four|\d)\s?"
    r"(?:sprays?|puffs?|inhalations?|actuations?|tablets?|capsules?|injections?|drops?|x|×)\s(?:of\s)?$",
    regex.IGNORECASE,
)
# "who had shown resistance to the standard 5 mg/day dose": what was tried before
_FAILED = regex.compile(
    r"\b(?:resistan(?:ce|t)|refractory|intoleran(?:ce|t)|unresponsive|previous\s(?:response|exposure))\s(?:to|of)\s(?:(?!(?:received?|receiving|were|was|who|and|or|given|treated|then|randomi\w+|had|took|underwent)\b)[\w-]+\s){0,5}$",
    regex.IGNORECASE,
)
# "in the 200-800 mg dose range": what was looked at over all doses
_OVER_RANGE = regex.compile(r"\b(?:in|over|across|within|throughout)\s(?:the|an?)\s$", regex.IGNORECASE)
_DOSE_RANGE = regex.compile(r"[\s-](?:[\w-]+\s)?dos(?:e|age|ing)[\s-]range\b", regex.IGNORECASE)
_NEEDED = regex.compile(
    r"\bconsumed\b[^.;]{0,30}$|\b(?:responded\sto|controlled\s(?:by|on|with))\s(?:an?\s|the\s)?(?:total\s|mean\s|daily\s){0,2}dos(?:e|es|age|ages)\s(?:of\s)?(?:[^.;]{1,40}\b(?:to|and)\s[^.;]{0,30})?$",
    regex.IGNORECASE,
)
# "60 Gy in 2-Gy fractions", "45 Gy (1.8 Gy per fraction)", "in 25 fractions of 2 Gy": how the whole was divided
_WHOLE = regex.compile(r"\d\s?(?:c?Gy|Grays?)\b[^.;]{0,60}$")
_FRACTION = regex.compile(
    r"[\s-]{0,2}(?:daily\s)?fractions?\b|\s?(?:/|per|each|a)\s?(?:fraction|session)", regex.IGNORECASE
)
_FRACTIONS_OF = regex.compile(
    r"\b(?:fractions|single\sdoses|daily\sdoses)\s(?:of|at)\s$|\d\s?[x×]\s?$", regex.IGNORECASE
)
_TIMES = regex.compile(r"\d{1,2}\s?[x×*]\s?\d", regex.IGNORECASE)
# "1.5 mg/kg (A 1%, 0.15 mL/kg)", "40 mg (4 mL of 1% A)": in how much of a solution an amount came
_CAME_IN = regex.compile(
    r"\d\s?(?:mg|mcg|[µμu]g|g)(?:/kg)?(?:/(?:h|hr|min))?\s?(?:\p{L}[\p{L}-]+\s|over\s\d+\s(?:min\w*|h\w*|s\w*)\s?){0,3}[(\[]\s?(?:(?:\p{L}[\p{L}-]+\s)?[\d.]+\s?%,?\s)?(?:i\.?e\.?,?\s|=\s?)?$",
    regex.IGNORECASE,
)
# "11 g protein, 10 g fat": what a food holds
_NUTRIENT = r"(?:protein|fats?|carbohydrates?|(?:dietary\s)?fib(?:re|er)|sugars?|lipids?)"
_NUTRIENTS = regex.compile(
    rf"\s(?:of\s)?(?:total\s)?{_NUTRIENT}\b[^.;()]{{0,10}}?(?:,|\band\b|/)\s(?:and\s)?(?:approx\w*\.?\s|about\s|~\s?)?\d[\d.]*\s?g\s(?:of\s)?(?:total\s)?{_NUTRIENT}\b",
    regex.IGNORECASE,
)
_LAST_NUTRIENT = regex.compile(
    rf"\d\s?g\s(?:of\s)?{_NUTRIENT},?\s(?:and\s)?(?:approx\w*\.?\s|about\s|~\s?)?$", regex.IGNORECASE
)
_NUTRIENT_BEHIND = regex.compile(rf"\s(?:of\s)?(?:total\s)?{_NUTRIENT}\b", regex.IGNORECASE)
_OUTCOME_SECTIONS = ("results", "conclusions")


_SHARE_BEHIND = regex.compile(r"\bCI\b|confidence|\bn\s?=")


def is_given(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether nothing around an amount says that it was measured, asked for, known before or given elsewhere."""
    before, after = text[max(sentence.start, dose.start - 130) : dose.start], text[dose.end : dose.end + 24]
    behind = _MEASURED_AFTER.match(text, dose.end, dose.end + 56) or _FORBIDDEN.match(text, dose.end, sentence.end)
    # in results what was consumed was found, in methods it was given
    taken = sentence.section in _OUTCOME_SECTIONS and _NEEDED.search(before)
    solvent = dose.value.basis == "volume" and _is_solvent(text, dose, sentence)
    ranged = _OVER_RANGE.search(before) and _DOSE_RANGE.match(text, dose.end, sentence.end)
    if (
        behind
        or taken
        or solvent
        or ranged
        or _is_fraction(text, dose, sentence)
        or _MEASURED.search(before)
        or _FAILED.search(before)
        or _is_strength(text, dose, sentence)
        or _is_nutrient(text, dose, sentence)
    ):
        return False
    if dose.value.basis == "percent" and _SHARE_BEHIND.search(after):
        return False
    # "doses above 30 mg" bounds doses, it states none; nor does "A (up to 300 mg) was allowed"
    bound = dose.value.dose.comparator
    if bound in ("<", ">") or (bound == "<=" and _ALLOWED.match(text, dose.end, sentence.end)):
        return False
    if is_known_elsewhere(text, dose, sentence):
        return False
    return not is_asked_of(text, dose, sentence)


def is_asked_of(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount is what people had, or could not have, to take part."""
    told = text[max(sentence.start, dose.start - 120) : dose.start]
    # "were eligible and randomly assigned to A": what was asked for ends where giving begins
    asked = _ELIGIBILITY.search(told)
    return asked is not None and _RECEIVED.search(told, asked.end()) is None


def _is_fraction(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount of rays is what each fraction of a whole told before it had."""
    if not dose.value.dose.unit.startswith(("Gy", "cGy")):
        return False
    low = max(sentence.start, dose.start - 80)
    each = (
        _FRACTION.match(text, dose.end)
        or "fraction" in dose.value.dose.text
        or _TIMES.match(dose.value.dose.text)
        or dose.value.dose.unit.endswith("/d")
        or _FRACTIONS_OF.search(text, low, dose.start)
    )
    return bool(each) and _WHOLE.search(text, low, dose.start) is not None


def _is_strength(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount says how strong a solution is, or a count in how many pieces an amount came."""
    if dose.value.dose.unit in PIECES:
        return _AMOUNT_SAID.search(text, max(sentence.start, dose.start - 24), dose.start) is not None
    if _is_said_again(text, dose, sentence):
        return True
    if dose.value.basis == "volume" and _CAME_IN.search(text, max(sentence.start, dose.start - 90), dose.start):
        return True
    if dose.value.dose.unit in ("g", "mL") and _IN_PORTION.search(
        text, max(sentence.start, dose.start - 40), dose.start
    ):
        return True
    return dose.value.basis == "amount" and _STRENGTH_BEHIND.match(text, dose.end, sentence.end) is not None


def _is_nutrient(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount is one of those of fat, protein and the like that a food holds."""
    if dose.value.dose.unit != "g":
        return False
    if _NUTRIENTS.match(text, dose.end, sentence.end):
        return True
    last = _LAST_NUTRIENT.search(text, max(sentence.start, dose.start - 50), dose.start)
    return last is not None and _NUTRIENT_BEHIND.match(text, dose.end, sentence.end) is not None


def _is_said_again(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount in a bracket is a count of pieces that comes to the amount before the bracket."""
    told = dose.value.dose
    if told.value is None or "(" not in text[max(0, dose.start - 24) : dose.start]:
        return False
    before = _SAID.search(text, max(sentence.start, dose.start - 90), dose.start)
    if _SPRAYS_OF.search(text, max(sentence.start, dose.start - 90), dose.start):
        return True
    return (
        before is not None
        and dose_number(before["value"], before["unit"]) == told.value
        and before["unit"].lower() in told.text.lower()
    )


def _is_solvent(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether a volume is of what an amount was dissolved in."""
    if _CONTAINS.match(text, dose.end, sentence.end):
        return True
    low = max(sentence.start, dose.start - 110)
    if _WITH_WATER.search(text, low, dose.start):
        return True
    inside = _IN.search(text, low, dose.start) or _GIVEN_IN.search(text, low, dose.start)
    inside = inside or _TAKEN_WITH.search(text, low, dose.start)
    return inside is not None and _LIQUID_BEHIND.match(text, dose.end, sentence.end) is not None
