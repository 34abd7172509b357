"""Numbers that a change leads to: the levels before and after it, or of the groups that it sets against each other."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.intervals import TIMES
from trialmine.assemble.statistics.number_lists import DOSE_UNITS
from trialmine.records.article import Article

# "was reduced compared to placebo (31 versus 46": the levels that are compared
_LEVELS = regex.compile(
    r"(?<!\b(?:greater|larger|smaller|bigger|higher|lower|more|less)\s(?:\w+\s)?)"
    r"\b(?:reduced|increased|decreased|improved|elevated|lowered|suppressed|reductions?|increases?|improvements?|decreases?)"
    r"\s(?:in\s[^.;()]{2,40}(?:\([^()\d]{1,12}\)\s?)?\s)?(?:compared|than|relative|versus|vs)\b[^.;()]{0,50}[(\[{]\s?(?:\S+(?:\s\S+)?\s(?:versus|vs\.?)\s)?$",
    regex.IGNORECASE,
)
# "it reduced the score (31 vs 46)": two levels in one bracket; "a greater reduction (31 vs 46)" sets changes against
_TWO_LEVELS = regex.compile(
    r"(?<!\b(?:greater|larger|smaller|bigger|higher|lower|more|less|mean|median|average|percent(?:age)?|relative"
    r"|(?:increased|enhanced|reduced|improved|attenuated|limited)\sthe)\s(?:\w+\s)?)"
    r"\b(?:reduced|decreased|lowered|increased|improved|declined|reductions?|decreases?|increases?|improvements?|declines?)\b"
    r"(?!\sthe\s(?:\w+\s)?(?:reduction|decrease|increase|improvement|decline|change)s?\b)"
    r"[^.;()\[\]\d]{0,70}[(\[](?P<first>[^()\[\]]{0,40}?\b(?:versus|vs)\b\.?)?[^()\[\]\d]{0,30}$",
    regex.IGNORECASE,
)
_VERSUS_BEHIND = regex.compile(r"[^()\[\]]{0,40}?\b(?:versus|vs)\b", regex.IGNORECASE)
_PAIR_END = regex.compile(
    r"\bfrom\s(?:an?\s)?(?:[\w-]+\s){0,3}[\d.]+[^.;\d]{0,30}\sto\s(?:an?\s)?$|"
    r"(?:\b(?:and|or|decreased|declined|fell|dropped|increased|rose|improved)|[,)])\s(?:\w+ly\s)?to\s(?:an?\s)?(?:(?:mean|median)\s)?(?:of\s)?$|"
    r"(?<!by\s)\d[\d.]*\s?(?:±|\+/-)?\s?(?:[(\[]\d[\d.]{0,5}[)\]])?[\d.]*\s?(?:%|[A-Za-z/]{1,8})?\)?\s(?:up\s|down\s)?to\s(?:an?\s)?$|"
    r"[,)a-z]\sto\s\d[\d.]*\s?[^.;()\d]{0,12}\sand\s$"
)


def leads_to(article: Article, a: Candidate, before: str, *, signed: bool) -> bool:
    """Whether the number is a level and not by how much something changed; `before` is its sentence up to it."""
    compared = not signed and (_LEVELS.search(before) is not None or _is_one_of_two(article, a, before))
    return compared or ends_pair(before)


def ends_pair(before: str) -> bool:
    """Whether the words lead to the second of two levels: "fell from 31 to"."""
    return _PAIR_END.search(before) is not None


def _is_one_of_two(article: Article, a: Candidate, before: str) -> bool:
    # a share of people has no spread: "reduced it (76 ± 29% vs 73 ± 47%)" says by how much
    pair = _TWO_LEVELS.search(before) if a.unit != "%" or a.dispersion is None else None
    return pair is not None and bool(pair["first"] or _VERSUS_BEHIND.match(article.text, a.number_end, a.sentence.end))


# "fell from 8.4 ± 0.5 at baseline to", and for a pressure "from 158/98 to 138/"
_LED_TO = regex.compile(
    r"\b(?:decreased|reduced|declined|increased|improved|fell|rose|dropped|changed|went|diminished|lowered|raised|grew)\b(?:[^.;:]|(?<=\d)\.(?=\d)){0,90}?"
    r"\bfrom\s(?:an?\s)?(?:(?:mean|median|baseline|value|score|of)\s){0,3}\d[^.;:a-z]{0,5}(?:[^.;:]|(?<=\d)\.(?=\d)){0,45}?"
    r"\sto\s(?:an?\s)?(?:(?:mean|median|value|score|of)\s){0,3}(?:\d{2,3}\s?/\s?)?$",
    regex.IGNORECASE,
)
_NOT_OUTCOME = regex.compile(
    r"\b(?:dos(?:e|es|age|ing)|titrat\w+|treatment\sfrom|(?:treatment|overall)\stime|course|recommend\w*|intakes?|infusion|rate\sof\sinfusion|sample|threshold|interval)\b",
    regex.IGNORECASE,
)


_LASTS = frozenset({"min", "h", "d"})  # how long something lasted that was measured


def is_led_to(article: Article, a: Candidate) -> bool:
    """Whether a number is the level that something measured went to."""
    if a.value is None or a.hyphen or a.unit in TIMES - _LASTS or (a.unit in DOSE_UNITS and a.dispersion is None):
        return False
    before = article.text[max(a.sentence.start, a.at - 190) : a.at]
    return _LED_TO.search(before) is not None and _NOT_OUTCOME.search(before) is None
