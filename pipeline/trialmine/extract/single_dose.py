"""Single doses: "a single oral dose", "given once", and the short forms that a text has for them."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise import frequency as normal
from trialmine.records.article import Article, Mention

ONCE = Pattern(
    "frequency.once",
    r"""
    \b(?: (?:a\s|one\s|as\s)?single(?:[\s-](?:(?:\d[\d.,]*[\s-]?(?:mg|g|mcg|[µμ]g|ug|mL|IU|U)(?:/(?:kg|m2|m²))?)
          |(?!(?:and|or|versus|vs|of|in|with|the|to|for|by|at|blind\w*|agents?|arms?|groups?|cent\w+|site|modality|drugs?|patients?|subjects?|day|daily|week|weekly|or|multiple|repeat\w*|visit|stage|step|cohort)\b)[^\W\d_][\w./-]*)(?:\s\([A-Za-z.]{1,6}\))?){0,3}
          [\s-](?:doses?|dosing|injections?|administrations?|infusions?|bolus(?:es)?|instillations?|applications?|shots?|vaccinations?|immuni[sz]ations?|ingestions?|servings?|cups?|mouth\s?wash(?:es)?|rinses?|inhalations?)
        | (?:a\s|one\s|as\s)?single[\s-](?:(?:intra\w+|sub\w+|oral|nasal|topical|laser|radiation|stereotactic|SRT|de-?worming|ant(?:i-?)?h?elmint?hic|photodynamic)\s){0,2}(?:treatments?|block|fractions?)
        | one[\s-](?:time|off)\s(?:dose|administration|injection|infusion)
        | (?<!\b(?:least|than|or|of|only|missed|each|per)\s)one\s(?:intra\w+\s|sub\w+\s)?(?:injection|infusion|instillation|implantation|treatment|application|vaccination|immuni[sz]ation|dose|bolus)\s(?:of|with)\b(?![^.;]{0,100}\b(?:every|daily|weekly|monthly|per|each)\b)
        | (?:once\sonly|only\sonce|just\sonce|on\s(?:one|a\ssingle)\soccasion)\b(?!\s(?:daily|weekly|a\b|every|per|monthly|in\b|each|more))
        | in\s(?:one|1)\sfraction\b
        | once[\s-]per[\s-]cycle\b
        | (?:given|administered|applied|injected)(?:\s\w+){0,2}\sonce(?:\sorally|\sintravenously)?(?!\s?-?\s?(?:daily|weekly|a\b|every|per|monthly|nightly|in\b|each|more|again|the\b))
        | as\sa\ssingle\b(?![\s-](?:agent|drug|therapy|modality|cohort|population|blind|arm|group)) )
    """,
    hits=(
        "a single oral dose",
        "single intravenous injection",
        "given once before surgery",
        "single 5 mg dose",
        "a single-dose study",
        "a single XC-438 dose",
        "single ascending doses of it",
        "a single pre-induction 2 mg/kg bolus",
        "a single cup of it",
        "one single subcutaneous (s.c.) injection",
        "a single oral treatment with it",
        "a single mouthwash of it",
        "once-per-cycle alfamine",
        "8 Gy in a single fraction",
        "one intramuscular injection of it",
        "one dose of it",
        "injected once only",
        "on one occasion",
    ),
    misses=(
        "one infusion of it every week",
        "in a single-blind fashion",
        "at least one dose of it",
        "given once daily",
        "only once daily",
        "as a single agent",
        "single- and multiple-dose trials",
        "a single arm received doses",
        "a single-tablet regimen",
        "single antiplatelet treatment",
        "a single (blinded) reader gave injections",
    ),
)
PATTERNS = (ONCE,)

_LONG_FORM = regex.compile(r"single[\s-](?:[a-z]+[\s-])?doses?", regex.IGNORECASE)


def abbreviated(article: Article) -> Iterator[Mention]:
    """ "single dose (SD)": wherever else the short form stands, it says the same."""
    for short, long in article.abbreviations.items():
        if _LONG_FORM.fullmatch(long.strip()):
            for m in regex.finditer(rf"(?<![\w-]){regex.escape(short)}(?![\w-])", article.text):
                yield Mention("frequency", m.start(), m.end(), ONCE.name, normal.once(m[0]))
