"""Signs of what kind of document this is; the value of a "document_kind" mention is the kind that it speaks for."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Mention

PROTOCOL = Pattern(
    "kind.trial_protocol",
    r"""
    \b(?:study|trial)\s+protocol\b | \bprotocol\s+(?:for|of)\s+(?:an?|the)\b | \brationale\s+and\s+(?:study\s+)?design\b
    | \bwill\s+(?:be\s+)?(?:\w+ly\s+)?(?:randomi[sz]e|randomi[sz]ed|recruit|recruited|enrol|enroll|enrolled|includ
        |assign|assigned|allocat|allocated|receive|undergo|evaluate|assess|measured|assessed|compared|compare
        |conducted|collected|administered)\w*\b
    """,
    hits=("a study protocol", "Patients will be randomized to two arms", "participants will receive"),
    misses=("a protocol violation", "this will need more work"),
)
PRECLINICAL = Pattern(
    "kind.preclinical",
    r"""
    \b(?!(?-i:CAT|RAT|PIG)\b)(?:rats?|mice|mouse|murine|rabbits?|piglets?|pigs?|beagles?|dogs?|canine|cats?|feline|horses?|equine|calves
      |cows|bovine|sheep|lambs?|goats?|monkeys?|macaques?|zebrafish|drosophila
      |ducklings?|chickens?|broilers?|hens|guinea\s+pigs?|hamsters?|gerbils?|xenograft\w*|sprague[-\s–]?dawley
          |wistar|c57bl\S*|balb/?c|in\s+vitro|ex\s+vivo|cell\s+lines?|(?:cell|tissue|organ)\s+cultures?
          |cultured\s+(?:\w+\s+)?cells|knock-?out|transgenic|transfect\w+|cadavers?|extracted\s+(?:\w+\s+){0,3}?(?:tooth|teeth|(?:pre)?molars?|incisors?|canines?))\b
    """,
    hits=("in Wistar rats", "in vitro", "eight dogs", "extracted human upper premolars"),
    misses=("in patients with rheumatism", "the CAT score fell"),
)
REVIEW = Pattern(
    "kind.review",
    r"""
    \b(?:systematic|narrative|literature|scoping|umbrella)\s+reviews?\b | \bmeta[-\s–]?analy[sz](?:is|es|ed)\b
      | \bwe\s+(?:searched|reviewed)\b | \b(?:medline|embase|cochrane\s+library|pubmed)\s*(?:,|and|were|was)
    | \bthis\s+(?:review|article|paper)\s+(?:summari[sz]es|reviews|discusses|describes|highlights|will)\b
        | \b(?:articles?|studies)\s+were\s+(?:searched|retrieved|identified|eligible|selected)\b | \bis\s+reviewed\b
    | \bpooled\s+analys[ie]s\b | \b(?:studies|trials)\s+were\s+pooled\b
    """,
    hits=("a systematic review", "We searched MEDLINE and EMBASE", "this review summarizes"),
    misses=("reviewed by the ethics board", "the review board"),
)
OBSERVATIONAL = Pattern(
    "kind.observational",
    r"""
    \b(?:retrospective(?:ly)?|cross[-\s]sectional|case[-\s–]control(?:led)?|observational|registry|survey(?:ed)?
      |prevalence|(?:prospective\s+)?cohort\s+study|cohort\s+of|longitudinal\s+study|database|chart\s+review
      |medical\s+records)\b
    """,
    hits=("a retrospective study", "a cohort of nurses"),
    misses=("the dose cohort",),
)
CASE_REPORT = Pattern(
    "kind.case_report",
    r"\bcase\s+(?:report|series|presentation|description)s?\b|\bwe\s+(?:report|describe|present)\s+(?:an?|the|two"
    r"|three)\s+(?:\w+\s+){0,3}?(?:case|patient)s?\b",
    hits=("a case report", "We report a rare case of"),
    misses=("in this case",),
)
# one person with an age: whoever is told of so is a case, not a group
ONE_PERSON = Pattern(
    "kind.one_person",
    r"""
    \b(?:an?|the|this|our|male|female|old)\s+(?:\w+\s+){0,2}?(?:\d{1,3}|\w+)[-\s–]+(?:years?|months?|weeks?|days?|yr)[-\s–]+old\b(?=
        (?:\s+[\w-]+){0,6}?\s+(?:man|woman|boy|girl|male|female|patient|lady|gentleman|infant|child|neonate|newborn|baby
            |person|primipara|primigravida|student|worker|farmer)\b)
    | \b(?:patient|man|woman|boy|girl|child|infant|lady|case)\s+(?:was|had|is|who|presented|developed|died|recovered)\b
    | \b(?:his|her)\s+(?:(?:past|family|medical|previous)\s+)?(?:history|symptoms?|condition|physical
        |vital|parents?|mother|father|wife|husband)\b
    """,
    hits=("A 63-year-old woman was admitted", "the patient was discharged", "her medical history"),
    misses=("63-year-old women were admitted", "patients were discharged", "their history"),
)
TRIAL = Pattern(
    "kind.trial",
    r"""
    \b(?:(?<!\bnot\s(?:an?\s)?)randomi[sz](?:ed|ation)|randomly|double[-\s]blind|placebo|clinical\s+trial|phase\s+(?:i|ii|iii|iv
      |[1-4])(?:[ab]?\b|/)|open[-\s]label|crossover|cross-over|single[-\s]arm|controlled\s+trial|pilot\s+(?:study
      |trial)
       |dose[-\s](?:escalation|finding|ranging)|RCT|trial
       |(?:were|was)\s+(?:assigned|allocated|divided)\s+(?:in)?to)\b
    """,
    hits=("a randomized study", "a phase II study", "placebo", "were divided into three groups"),
    misses=("a random sample", "it was not randomized"),
)
PEOPLE = Pattern(
    "kind.people",
    r"\b(?:(?:out|in)?patients?|participants?|volunteers?|subjects?|women|men|(?:school)?children|infants|neonates"
    r"|newborns|boys|girls|adults|adolescents|individuals|people|students|eyes|pregnancies|parturients)\b",
    hits=("twelve patients",),
    misses=("the impatient clerk",),
)
PATTERNS = (PROTOCOL, PRECLINICAL, REVIEW, OBSERVATIONAL, CASE_REPORT, ONE_PERSON, TRIAL, PEOPLE)


def extract_document_kind(article: Article) -> Iterator[Mention]:
    """Every sign, with the rule's last name as its value."""
    for pattern in PATTERNS:
        for m in pattern.find(article.text):
            yield Mention("document_kind", m.start(), m.end(), pattern.name, pattern.name.split(".")[1])
