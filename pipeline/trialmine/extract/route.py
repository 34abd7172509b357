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

PATTERNS = (
    Pattern(
        "route.form",
        rf"""(?<![\w.-])(?P<form>{_FORMS})(?![\w-])(?!\s(?:glucose\stolerance|contraceptive|health|hygiene|cavity|mucositis|cancer|food|intake|feeding|mucosa|fluids|surgery|administration\srate|antidiabetic|anticoagul|hypogly))""",
        hits=("given orally", "10 mg i.v. daily", "by mouth", "an intra-articular injection"),
        misses=("oral glucose tolerance test", "temporal", "floral"),
    ),
)


# what is given around an anesthesia does not take its route
_AROUND = regex.compile(
    r"\b(?:under\w*|during|before|after|following|placement\sof|prior\sto|induction\sof|induced|onset\sof)\s(?:an?\s|the\s|unilateral\s)?$",
    regex.IGNORECASE,
)


def extract_routes(article: Article) -> Iterator[Mention]:
    """Every wording of a route; linking decides whether it is a drug's."""
    for m in PATTERNS[0].find(article.text):
        value = route(m["form"])
        if m["form"].lower().endswith("esthesia") and _AROUND.search(article.text, max(0, m.start() - 24), m.start()):
            continue
        if value is not None:
            yield Mention("route", m.start(), m.end(), PATTERNS[0].name, value)
