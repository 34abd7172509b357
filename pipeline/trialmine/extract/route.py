"""Routes of administration, from the word list in lexicon/routes.tsv."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon import tables
from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.route import route
from trialmine.records.article import Article, Mention

_FORMS = (
    tables.alternation([row["form"].replace("-", "[-‐‑]") for row in tables.rows("routes")])
    .replace(r"\[\-‐‑\]", "[-‐‑]")
    .replace(r"\[-‐‑\]", "[-‐‑]")
)

# what an adjective of place says where no drug is given: organs, operations, findings
_NO_WAY = (
    r"(?:balloon|bleeding|birth|breathing|candidiasis|cannula\w*|catheteri[sz]ation|colonization|congestion|cuff|deliver(?:y|ies)|diseases?|discharge|disorders?|disten[st]ion"
    r"|endoscop\w*|epithelium|examination|flora|hysterectom\w*|infections?|intubation|lavage|lesions?|manifestations?|microbio\w*|obstruction|opening|pain|pathogens?|polyp\w*"
    r"|pressure|resections?|secretions?|sensitivity|septum|splint|submucous|swabs?|symptoms?|temperature|tissues?|tone|tubes?|tumou?rs?|ulcer\w*|valve|wounds?)"
)
PATTERNS = (
    Pattern(
        "route.form",
        rf"""(?<![\w.-])(?P<form>{_FORMS})(?![\w-])(?!\s(?:{_NO_WAY})\b)(?<!\bbarium\senema)(?!\s(?:glucose[\s-](?:tolerance|lowering)|contracepti|health|hygiene|cavity|mucositis|cancer|food|intake|feeding|mucosa|fluids|surgery|administration\srate|antidiabetic|anti-?hyperglyc|anticoagul|hypogly))""",
        hits=("given orally", "10 mg i.v. daily", "by mouth", "an intra-articular injection"),
        misses=(
            "oral glucose tolerance test",
            "oral glucose-lowering drugs",
            "a barium enema",
            "temporal",
            "floral",
            "vaginal hysterectomy",
            "endotracheal intubation",
        ),
    ),
)


# what is given around an anesthesia does not take its route
_AROUND = regex.compile(
    r"\b(?:under\w*|during|before|after|following|placement\sof|prior\sto|with|undergoing|without|awaiting|induction\sof|induced|onset\sof)\s(?:an?\s|the\s|unilateral\s)?$",
    regex.IGNORECASE,
)


def extract_routes(article: Article) -> Iterator[Mention]:
    """Every wording of a route; linking decides whether it is a drug's."""
    for m in PATTERNS[0].find(article.text):
        # "SL" may stand for sleep latency
        long_form = article.abbreviations.get(m["form"])
        if long_form is not None and not regex.search(r"\b(?:per|sub|intra|oral|topical)", long_form, regex.IGNORECASE):
            continue
        value = route(m["form"])
        if m["form"].lower().endswith("esthesia") and _AROUND.search(article.text, max(0, m.start() - 24), m.start()):
            continue
        if value is not None:
            yield Mention("route", m.start(), m.end(), PATTERNS[0].name, value)
