"""Routes of administration, from the word list in lexicon/routes.tsv, and what was swallowed or drunk."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon import tables
from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.route import route
from trialmine.records.article import Article, Mention

_DRUGS = ("CHEMICAL", "INTERVENTION")
_LISTED = [row["form"] for row in tables.rows("routes")]
# "sub lingual", "intra-muscular"
_PARTED = [regex.sub(r"^(sub|intra|trans)(?=[a-z]{5})", rf"\1{part}", form) for form in _LISTED for part in " -"]
_FORMS = (
    tables.alternation([form.replace("-", "[-‐‑]") for form in dict.fromkeys((*_LISTED, *_PARTED))])
    .replace(r"\[\-‐‑\]", "[-‐‑]")
    .replace(r"\[-‐‑\]", "[-‐‑]")
)

# what an adjective of place says where no drug is given: organs, operations, findings (a first sieve for all forms)
_NO_WAY = (
    r"(?:balloon|bleeding|birth|breathing|candidiasis|cannula\w*|catheteri[sz]ation|colonization|congestion|cuff|deliver(?:y|ies)|diseases?|discharge|disorders?|disten[st]ion|ejaculat\w*"
    r"|endoscop\w*|epithelium|examination|flora|hysterectom\w*|infections?|infiltrations?|intubation|lavage|lesions?|manifestations?|microbio\w*|obstruction|opening|pain|pathogens?|polyp\w*"
    r"|pressure|resections?|secretions?|sensitivity|septum|surg\w+|(?:and\s)?maxillofacial|splint|submucous|swabs?|symptoms?|temperature|tissues?|tone|tubes?|tumou?rs?|ulcer\w*|valve|wounds?)"
)
# adjectives that are as likely said of an organ or a finding: "oral dryness", "vaginal atrophy"
_PLACES = (
    "oral|nasal|vaginal|rectal|buccal|ocular|dermal|cutaneous|otic|tracheal|bronchial|vesical|urethral|uterine|gingival"
)
_PLACE = regex.compile(_PLACES, regex.IGNORECASE)
_FORM = (
    r"(?:dos(?:e|es|ed|ing|age|ages)|administ\w+|routes?|medications?|drugs?|agents?|formulations?|preparations?|products?"
    r"|solutions?|suspensions?|sprays?|tablets?|capsules?|pills?|gels?|creams?|ointments?|drops?|syrups?|powders?|lozenges?"
    r"|patch(?:es)?|films?|rings?|suppositor\w+|pessar\w+|enemas?|foams?|liquids?|inserts?|supplement\w*|bolus(?:es)?"
    r"|infusions?|injections?|instillations?|inhal\w+|vaccin\w+|immuni[sz]ations?|inhibitors?|agonists?|blockers?|extracts?)"
)
# what such an adjective says when something is given; a drug's name behind it says so too
_GIVING = regex.compile(
    rf"""[\s-]*(?:[\d,;(/)\].:+]|$|(?:and|or|vs|versus|plus|to|with|only|alone|compared|for|in|at|once|twice|daily|weekly|every|per|as|was|were|is|form
    |high|low|standard|fixed|single|sustained|extended|controlled|study|active|matching|adjuvant|maintenance)\b
    |(?:use|usage|delivery|treatments?|therap\w+|ingestion|intake|applications?|prophyla\w+|chemo\w+|anti\w+|premedication|sedati\w+|analges\w+|immunotherap\w+|steroids?
    |iron|rehydration|nutrition\w*|contracepti\w+|groups?|arms?)\b|(?:[\w-]+\s){{0,2}}(?:{_FORM}\b|\(?\d[\d.,]*\s?(?:mg|g|mcg|[µμ]g|ml|IU|units?|%)(?![\w]))
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
_AMOUNT_OF = regex.compile(r"\d\s?(?:mg|g|mcg|[µμu]g|ml|IU|units?|%)\s(?:of\s)?$", regex.IGNORECASE)
_WORDS_BETWEEN = regex.compile(r"[\s-]*(?:[\w-]+\s){0,2}")
PATTERNS = (
    Pattern(
        "route.form",
        rf"""(?<![\w.-])(?P<form>{_FORMS})(?![\w-])(?!\s(?:{_NO_WAY})\b)(?<!\bbarium\senema)(?!\s(?:glucose[\s-](?:tolerance|lowering)|contracepti|health|hygiene|cavity|mucositis|cancer|food|intake|feeding|mucosa|fluids|surgery|administration\srate|antidiabetic|anti-?hyperglyc|anticoagul|hypogly))""",
        hits=("given orally", "10 mg i.v. daily", "by mouth", "an intra-articular injection", "sub lingual spray"),
        misses=(
            "oral glucose tolerance test",
            "oral glucose-lowering drugs",
            "a barium enema",
            "temporal",
            "floral",
            "minor oral surgical procedures",
            "an oral and maxillofacial clinic",
            "vaginal hysterectomy",
            "endotracheal intubation",
        ),
    ),
    Pattern(
        "route.swallowed",
        r"""\b(?:ingest(?:ed|ing)?|swallow(?:ed|ing)?|dr(?:ank|ink|inking)|consum(?:e|ed|ing)|chew(?:ed|ing)?)\b(?=[^.;]{0,60}\d|\s(?:\w+\s){0,2}(?:tablets?|capsules?|drinks?|beverages?|juice))""",
        hits=("subjects consumed 20 g of it", "swallowed two tablets"),
        misses=("time was consumed", "drinking water"),
    ),
)


# what is given around an anesthesia does not take its route
_AROUND = regex.compile(
    r"\b(?:under\w*|during|before|after|following|placement\sof|prior\sto|with|undergoing|without|awaiting|induction\sof|induced|onset\sof)\s(?:an?\s|the\s|unilateral\s)?$",
    regex.IGNORECASE,
)

_LIST_REACH = 300  # characters between two items of a counted list
_UNDER = regex.compile(r"\bunder\s(?:an?\s|the\s)?$", regex.IGNORECASE)


def extract_routes(article: Article) -> Iterator[Mention]:
    """Every wording of a route; linking decides whether it is a drug's."""
    for m in PATTERNS[0].find(article.text):
        # "SL" may stand for sleep latency
        long_form = article.abbreviations.get(m["form"])
        if long_form is not None and not regex.search(r"\b(?:per|sub|intra|oral|topical)", long_form, regex.IGNORECASE):
            continue
        if _PLACE.fullmatch(m["form"]) and not _is_given(article, m):
            continue
        value = route(m["form"])
        if _is_around(article.text, m) or _is_numeral(article.text, m):
            continue
        if value is not None:
            yield Mention("route", m.start(), m.end(), PATTERNS[0].name, value)
    # who drinks or swallows it takes it by mouth
    for m in PATTERNS[1].find(article.text):
        yield Mention("route", m.start(), m.end(), PATTERNS[1].name, "oral")


def _is_around(text: str, m: regex.Match[str]) -> bool:
    """Whether a form names the anesthesia or the block under which something was given."""
    form, near = m["form"].lower(), max(0, m.start() - 24)
    around = _AROUND if form.endswith("esthesia") else _UNDER if form.endswith("block") else None
    return around is not None and around.search(text, near, m.start()) is not None


def _is_numeral(text: str, m: regex.Match[str]) -> bool:
    """Whether an "iv)" counts on from an "iii)"."""
    bracketed = m["form"] in ("iv", "IV") and text[m.end() : m.end() + 1] == ")"
    return bracketed and "iii)" in text[max(0, m.start() - _LIST_REACH) : m.start()].lower()


def _is_given(article: Article, m: regex.Match[str]) -> bool:
    """Whether an adjective of place is said of what is given."""
    end = m.end()
    if _GIVING.match(article.text, end) or _AMOUNT_OF.search(article.text, max(0, m.start() - 16), m.start()):
        return True
    reach = _WORDS_BETWEEN.match(article.text, end)
    last = reach.end() if reach else end
    return any(e.start <= last and end < e.end and e.label in _DRUGS for e in article.entities)
