"""Routes of administration, from the word list in lexicon/routes.tsv, and what was swallowed or drunk."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
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
# "colon, rectal, ovarian and other tumours"
_OF_ORGANS = regex.compile(
    r"(?:,\s(?:and\s|or\s)?(?:[a-z]+\s)?[a-z]+(?=[,\s])){0,4}(?:,?\s(?:and|or)\s(?:[a-z]+\s){0,2}[a-z]+)?\s(?:cancers?|tumou?rs?|carcinomas?|lesions?|infections?|toxicit\w+|mucositis|mucosa\w*|bleeding|symptoms?|atrophy|dryness|disorders?|diseases?|complications?|events?|ulcers?|swabs?|samples?|temperatures?)\b",
    regex.IGNORECASE,
)
_AMOUNT_OF = regex.compile(r"\d\s?(?:mg|g|mcg|[µμu]g|ml|IU|units?|%)\s(?:of\s)?$", regex.IGNORECASE)
_WORDS_BETWEEN = regex.compile(r"[\s-]*(?:[\w-]+\s){0,2}")
PATTERNS = (
    Pattern(
        "route.form",
        rf"""(?<![\w.-])(?P<form>{_FORMS})(?![\w-])(?!\s(?:{_NO_WAY})\b)(?<!\bbarium\senema)(?!\s(?:lines?|access|catheters?|cannulas?)\s(?:was|were|had\sbeen)\s(?:\w+\s)?(?:obtained|established|secured|placed|inserted|gained|created|introduced|started|set)\b)(?!\s(?:glucose[\s-](?:tolerance|lowering)|contracepti|health|hygiene|cavity|mucositis|cancer|food|intake|feeding|mucosa|fluids|surgery|administration\srate|antidiabetic|anti-?hyperglyc|anticoagul|hypogly))""",
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
            "an intravenous line was obtained",
        ),
    ),
    Pattern(
        "route.swallowed",
        r"""\b(?:ingest(?:ed|ing)?|swallow(?:ed|ing)?|dr(?:ank|ink|inking)|consum(?:e|ed|ing)|chew(?:ed|ing)?)\b(?=[^.;]{0,60}\d|\s(?:\w+\s){0,2}(?:tablets?|capsules?|drinks?|beverages?|juice))
            | (?<=\d[^.;]{0,80}\b(?:was|were|be|been)\s)(?:consumed|ingested|swallowed|drunk|chewed)\b(?=\s(?:by|daily|twice|once|with|every|each|on|for)\b)""",
        hits=("subjects consumed 20 g of it", "swallowed two tablets", "20 g of it was consumed by all"),
        misses=("time was consumed", "drinking water", "20 mg of it was consumed"),
    ),
    Pattern(
        "route.through",
        r"""
        \b(?P<inhaled>(?:by|via|through|with)\s(?:an?\s|the\s)?(?:(?:face|facial|venturi|non-?rebreath\w+|oxygen|oronasal|simple|an(?:a?e)sthe\w+)[\s-]?){0,2}mask | (?:via|through|by)\s(?:an?\s)?nasal\s(?:cannulas?|cannulae|prongs|catheter))\b
        | \b(?P<other>(?:via|through|by)\s(?:an?\s|the\s|their\s)?(?:naso-?|oro-?)?(?:gastric|jejunal|gastrostomy|feeding|enteral|enteric|PEG|G-)\s?(?:feeding\s)?tubes?)\b
        | \b(?P<intravenous>(?:via|through|by|into|in)\s(?:an?\s|the\s|their\s)?(?:(?:left|right|large|peripheral|central|indwelling)\s){0,2}(?:central|peripheral|venous|intravenous|cubital|antecubital|jugular|subclavian|femoral|forearm|saphenous|cephalic)\s(?:veins?|venous\s(?:line|catheter|access|cannula)|line|catheter|cannula)(?<!femoral\s(?:line|catheter|cannula))|target[\s-]controlled\sinfusions?)\b
        | \b(?P<oral>(?:oral\s|orogastric\s|gastric\s|intragastric\s)?gavaged?)\b
        | (?P<intranasal>(?:\bper\s|/|\b(?:each|both|one|either|the\sother)\s)nostrils?)\b
        | \b(?P<ophthalmic>(?<=\b(?:drops?|instill?ed|instillations?)\b[^.;()]{0,50})(?:in|into|to|per)\s(?:(?:the|each|both|one|either|their|affected|study|treated|operated|right|left|fellow)\s){0,3}(?:eyes?|conjunctival\s(?:sacs?|fornix|fornices)))\b
        | \b(?P<topical>applied(?=\s(?:\w+\s){0,4}?(?:to|on|onto|over)\s(?:[\w-]+\s){0,4}?(?:skin|areas?|sites?|lesions?|wounds?|scalp|face|body|forearms?|hands?|feet|nails?|warts?|burns?|surfaces?|axillae?|gingivae?|mucosa|plaques?|cord|umbilic\w+|perineum|nipples?|shoulders?|knees?|abdomen|thighs?|ulcers?|legs?|limbs?)\b)
            | (?<=\b(?:gel|cream|solution|spray|foam|paste|lotion|ointment|powder|emulsion|oil|liniment|honey)\s(?:was\s|were\s|is\s)?)applied)\b
        | (?<!-)\b(?P<infiltration>infiltrat(?:ed|ing))(?=\s(?:\w+\s){0,4}?(?:in|into|to|at|around|along|with|before|after|subcutaneous\w*|locally)\b)(?!\s(?:with\s)?(?:lymph|leuk|macroph|immune|tumou?r|T\scells|cells|ductal|lobular))
        """,
        hits=(
            "oxygen was given by face mask",
            "oxygen via nasal cannula",
            "5 mg via a nasogastric tube",
            "by gavage",
            "via a central venous catheter",
            "in the left cubital vein",
            "by target-controlled infusion",
            "one spray per nostril",
            "one drop into each eye",
            "applied twice daily to the affected areas",
            "the gel was applied",
            "20 mL was infiltrated into the wound",
        ),
        misses=(
            "a laryngeal mask",
            "with a laryngeal mask airway",
            "tumor-infiltrating cells",
            "an injection into one eye",
            "the rule was applied",
        ),
    ),
)


# what is given around an anesthesia does not take its route
_AROUND = regex.compile(
    r"\b(?:under\w*|during|before|after|following|placement\sof|prior\sto|with|undergoing|without|awaiting|induction\sof|induced|onset\sof)\s(?:an?\s|the\s|unilateral\s|total\s){0,2}$",
    regex.IGNORECASE,
)
# "under intravenous sedation"
_ASLEEP = regex.compile(
    r"[\s-](?:(?:general|regional|balanced|moderate|conscious|deep|light)\s){0,2}(?:an(?:a)?esthesia|sedation)\b",
    regex.IGNORECASE,
)

# "aspiration was done to avoid intravascular injection": where nothing was to go
_AVOIDED = regex.compile(
    r"\b(?:avoid\w*|prevent\w*|exclud\w*|rul(?:e|ed|ing)\sout|accidental\w*|inadvertent\w*|unintentional\w*|unintended)\s(?:\w+\s){0,4}$",
    regex.IGNORECASE,
)
_THROUGH = {"infiltration": "other"}
_TUMOUR = regex.compile(r"melanom|carcinom|sarcom|lymphom|cancer|tumou?r|metasta", regex.IGNORECASE)
_LIST_REACH = 300  # characters between two items of a counted list
# "stage IV", "stages II, IIIA or IV", "III-IV"
_COUNTED_SO = regex.compile(
    r"\b(?:stages?|grades?|class(?:es)?|phases?|types?|levels?|groups?|arms?|parts?|steps?|factors?|NYHA|ASA|DSM|FIGO|WHO|Killip|figures?|tables?|schedules?|regimens?|cranial\snerves?|peptidase|collagen|angiotensin|complex|cohorts?|cycles?)[\s-]{1,2}$"
    r"|(?<![\p{L}\d])I{1,3}[A-D]?(?:\s?[,/&–-]\s?(?:or\s|and\s)?|\s(?:to|or|and|through|vs\.?|versus)\s)$"
)
_NUMERAL_REACH = 24  # characters
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
        value = _in_lesions(article.text) if m["form"].lower() == "intralesional" else route(m["form"])
        if _AVOIDED.search(article.text, max(0, m.start() - 60), m.start()):
            continue
        if _is_around(article.text, m) or _is_numeral(article.text, m):
            continue
        if value is not None:
            yield Mention("route", m.start(), m.end(), PATTERNS[0].name, value)
    # who drinks or swallows it takes it by mouth
    for m in PATTERNS[1].find(article.text):
        yield Mention("route", m.start(), m.end(), PATTERNS[1].name, "oral")
    for m in PATTERNS[2].find(article.text):
        yield Mention("route", m.start(), m.end(), PATTERNS[2].name, _THROUGH.get(str(m.lastgroup), m.lastgroup))


def _in_lesions(text: str) -> str:
    """Where an intralesional injection goes: into a tumour in trials of these, else into what the list has no code for."""
    return "intratumoral" if _TUMOUR.search(text) else "other"


def _is_around(text: str, m: regex.Match[str]) -> bool:
    """Whether a form names the anesthesia or the block under which something was given."""
    form, near = m["form"].lower(), max(0, m.start() - 24)
    around = (
        _AROUND
        if form.endswith("esthesia") or _ASLEEP.match(text, m.end())
        else _UNDER
        if form.endswith("block")
        else None
    )
    return around is not None and around.search(text, near, m.start()) is not None


def _is_numeral(text: str, m: regex.Match[str]) -> bool:
    """Whether an "iv)" counts on from an "iii)", or "IV" is a stage or a class."""
    if m["form"] not in ("iv", "IV"):
        return False
    if m["form"] == "IV" and _COUNTED_SO.search(text, max(0, m.start() - _NUMERAL_REACH), m.start()):
        return True
    bracketed = text[m.end() : m.end() + 1] == ")"
    return bracketed and "iii)" in text[max(0, m.start() - _LIST_REACH) : m.start()].lower()


def _is_given(article: Article, m: regex.Match[str]) -> bool:
    """Whether an adjective of place is said of what is given."""
    end = m.end()
    if _OF_ORGANS.match(article.text, end):
        return False
    if _GIVING.match(article.text, end) or _AMOUNT_OF.search(article.text, max(0, m.start() - 16), m.start()):
        return True
    reach = _WORDS_BETWEEN.match(article.text, end)
    last = reach.end() if reach else end
    return any(e.start <= last and end < e.end and e.label in _DRUGS for e in article.entities)
