"""Statements about how a trial was set up: phase, allocation, masking, assignment, escalation, centres, ratio.

Mention kinds are "design.FIELD"; the value is the reading of that field.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Mention

_DASH = r"[-‐‑–—\s]"
_PHASE_NUMBER = r"(?:(?:iii|ii|iv|i|[1-4]|one|two|three|four)(?:\s?[ab])?)\b"

PHASE = Pattern(
    "design.phase",
    rf"""
    \bphases?{_DASH}*(?P<first>{_PHASE_NUMBER})
    (?:\s*(?:/|[-–—]|\band\b|\bto\b|,|\bor\b)\s*(?:phase{_DASH}*)?(?P<second>{_PHASE_NUMBER}))?
    (?!\s*(?:h|hours?|min|weeks?|days?|dos(?:e|es|age))\b)  # "phase 1 week", "recommended phase 2 dose": no trial's
    (?=(?P<context>[^.;]{{0,60}}))
    """,
    hits=(
        "a phase II trial",
        "phase 1/2 study",
        "Phase I-II trial",
        "phase IIIb/IV",
        "in phase three",
        "the phase 2a study",
    ),
    misses=("the luteal phase was", "phase angle", "in the second phase", "the recommended phase 2 dose"),
)
ALLOCATION = Pattern(
    "design.randomized",
    r"""
    (?P<no>\bnon[-\s]?randomi[sz]ed\b|\bnot\s+(?:an?\s+)?randomi[sz]ed\b|\bquasi[-\s]?randomi[sz]ed\b)
    | \brandomi[sz](?:ed|ation|ing|e|es)\b(?!\s+(?:effects|controlled\s+trials?\s+(?:is|are|have)
        |(?:\d:\d\s+)?(?:and\s+divided\s+)?(?:in)?to\s+(?:an?\s+)?(?:training|modell?ing|derivation|development)\b))
    | \brandomly\s+(?:\w+\s+){0,2}?(?:assigned|allocated|divided|selected\s+to|split|distributed|grouped|received
        |enrolled|recruited|categori[sz]ed|placed|stratified|classified|treated|administered|given|chosen\s+to\s+receive
        |included\s+in(?:to)?)
    | \b(?:assigned|allocated|divided|included)\s+(?:\w+\s+)?randomly\b | \bat\s+random\b | \brandom\s+(?:allocation
        |assignment|order|sequence)\b
    | \brandom(?=,?\s+controlled|,?\s+double) | \bRCT\b
    """,
    hits=(
        "a randomised trial",
        "were randomly assigned",
        "were allocated randomly",
        "a non-randomized study",
        "was not a randomized trial",
        "men were randomly treated with tea or water",
        "men were randomly chosen to receive tea",
    ),
    misses=(
        "a random sample of towns",
        "random-effects model",
        "records were randomized 1:1 and divided into a modeling group",
        "were randomly chosen from the register",
    ),
)
MASKING = Pattern(
    "design.masking",
    r"""
    \b(?=[qtdsoaerpinbum])(?:                             # quick to refuse where nothing can start
      (?P<quadruple>\bquadruple[-\s–‐]*(?:blind|mask)(?:ed|ing)?)
    | (?P<triple>\b(?:triple|treble)[-\s–‐]*(?:blind|mask)(?:ed|ing)?)
    | (?P<double>\b(?:double|doubly)[-\s–‐]*(?:(?:blind|mask)(?:ed|ing)?|dummy))
    | (?P<single>\b(?:single|singly|(?:observer|assessor|evaluator|investigator|outcome[-\s]assessor|rater|patient
        |participant|examiner)s?(?:\s+(?:were|was))?)[-\s–‐]*(?:blind|mask)(?:ed|ing)?\b
        | \b(?:blinded|masked)\s+(?:(?:clinical|independent)\s+)?(?:outcomes?\s+)?(?:assessors?|assessment|evaluators?
          |observers?|raters?|examiners?)
        | \b(?:assessors?|evaluators?|observers?|raters?|examiners?|interviewers?)\s+(?:blind(?:ed)?|masked)\s+to\b)
    | (?P<open_label>\b(?:open[-\s–‐]*labell?(?:ed)?|open|un(?:blind|mask)ed
        |non[-\s]?blind(?:ed)?)(?:\s+label(?:l?ed)?)?
        (?=[-,\s]*(?:label|phase|extension|random|parallel|stud|trial|multi|single|prospective|control|comparative
          |design|and|in\b|pilot|non|un|clinical|dose|intervention|\.|\)|:|,|;))))
    """,
    hits=(
        "a double-blind trial",
        "double-masked",
        "an open-label study",
        "was single blind",
        "an assessor-blinded trial",
        "an unblinded trial",
        "rated by interviewers blind to the group",
        "a masked clinical evaluator",
    ),
    misses=("color blind patients", "open surgery was done", "a blind alley"),
)
# who was blinded, in a sentence of its own: "patients, investigators and staff were all blinded to treatment"
_PATIENT = r"(?:patients?|participants?|subjects?|volunteers?|parents?|women|men)"
_CARER = (
    r"(?:investigators?|researchers?|physicians?|clinicians?|surgeons?|doctors?|nurses?|an(?:a)?esthe(?:tist|siologist)s?"
    r"|staff|personnel|team)"
)
_RATER = r"(?:assessors?|evaluators?|observers?|raters?|examiners?|statisticians?|analysts?)"
_PARTY = rf"(?:(?:{_PATIENT}|{_CARER}|{_RATER})\b)"
BLINDED = Pattern(
    "design.blinded_parties",
    rf"""
    \b(?P<who>{_PARTY}(?:[^.;:()]{{0,60}}?\b{_PARTY}){{0,3}})
    (?:\s+(?!not\b)[\w-]+){{0,6}}?\s+(?:were|was|are|is|be|been|remained)\s+(?:all\s+|both\s+|also\s+|kept\s+)?
    (?:(?:double|single)[-\s])?(?:blind(?:ed)?|mask(?:ed)?|unaware(?=\s+of\s+(?:(?:the|their|which|study|patients?)\s+)*
        (?:\w+\s+){0, 2}?(?:treatment|group|alloc|assign|random|intervention|drug|condition|arm|study)))\b
    """,
    hits=(
        "Patients, investigators and site staff were all blinded to treatment",
        "both nurses and patients were masked",
        "by an observer who was unaware of the group",
    ),
    misses=("Patients were not blinded", "the blind men were old", "patients who were unaware of tea"),
)
ASSIGNMENT = Pattern(
    "design.assignment",
    r"""
    (?P<crossover>\bcross[-\s–‐]?over\b(?!\s+(?:to|from|as|resulted|occurred)\b)(?<!\bsubsequent\s+cross[-\s–‐]?over)
      |\bcrossed\s+over\b(?!\s+(?:to|from)\b)
      |\blatin[-\s]square\b)
    | (?P<factorial>\bfactorial(?:ly)?\b|\b2\s?[x×]\s?2\b(?=\s+(?:design|trial|study)))
    | (?P<cluster>\bcluster[-\s]random\w+|\bcluster[-\s](?:trial|rct)\b|\bclusters?\s+(?:were|was)\s+random\w+
        |\bcluster\b(?=[^.]{0,40}\brandomi[sz]ed))
    | (?P<parallel>\bparallel(?:[-\s–‐]+(?:group|arm|design|stud|trial|treatment|comparison|control|random|two
        |three)|(?=,?\s+(?:double|single|multi|placebo|open|random)|,\s+\d))\w*)
    | (?P<single_group>\b(?:single|one)[-\s–‐]+(?:arm|group)\b(?=[^.]{0,60}\b(?:trial|study|design|phase|open)))
    """,
    hits=(
        "a crossover trial",
        "a 2 x 2 factorial trial",
        "a parallel-group trial",
        "a cluster-randomised trial",
        "a single-arm phase II trial",
    ),
    misses=(
        "in parallel with",
        "one group received",
        "patients crossed over to active drug",
        "cross-over to open label",
        "thirty crossed over to combined therapy",
        "subsequent crossover made it hard to tell",
    ),
)
ESCALATION = Pattern(
    "design.escalation",
    r"""
    (?P<three>\b3\s?\+\s?3\b)
    | (?P<crm>\bcontinual\s+reassessment(?:\s+method)?|\bCRM\b(?=[^.]{0,40}\b(?:dose|design)))
    | (?P<accelerated>\baccelerated[-\s]titration\b|\baccelerated(?=[^.]{0,30}\bescalation))
    | (?P<mtpi>\bmTPI\b|\bmodified\s+toxicity\s+probability\s+interval\b)
    | (?P<fibonacci>\bmodified\s+fibonacci\b)
    """,
    hits=("a 3 + 3 design", "a continual reassessment method", "accelerated titration"),
    misses=("grade 3 + 4", "dose escalation was allowed"),
)
CENTERS = Pattern(
    "design.centers",
    r"""
    (?P<multi>\bmulti[-\s–‐]?(?:cent(?:re|er)d?|centric|site|institution(?:al)?|national|country|hospital)\b
        | \b(?:several|many|numerous|multiple|various)\s+(?:\w+\s+){0,2}?
            (?:cent(?:re|er)s|hospitals|institutions|clinics)\b
        | \b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,4})
            \s+(?:(?!(?:periodontal|injection|body|skin|anatomic\w*|implant|surgical|puncture|test|biopsy)\b)\w+\s+){0,3}?(?:cent(?:re
            |er)s|sites|hospitals|institutions|clinics|countries
              |(?<=\b(?:general|care|family|medical|dental|obstetric(?:al)?|gp|\d{2,4})\s)practices)\b
        | \b(?:two|three|four|five|six|\d{1,3})[-–‐](?:cent(?:re|er)|site|country|hospital)\b
        | \b(?:each|all|every|the)\s+participating\s+(?:cent(?:re|er)|site|institution|institute|hospital)s?\b
        | \b(?-i:\p{Lu}[\p{L}-]+\s+and\s+\p{Lu}[\p{L}-]+\s+Hospitals)\b
        | \b(?-i:\p{Lu}[\p{L}-]+\s+(?:[\p{L}-]+\s+){0,4}?Hospital\s+and\s+(?:the\s+)?(?:\p{Lu}[\p{L}-]+\s+){1,4}
            Hospital)\b
        | \binternational\b(?!\s+group)(?=[^.]{0,40}\b(?:trial|study)))
    | (?P<single>\b(?:single|one|mono)[-\s–‐]*(?:cent(?:re|er)|site|institution|hospital)\b(?!\s+of\b))
    | (?P<place>\b(?:conducted|performed|carried\s+out|done|undertaken|recruited|admitted|referred|attending|presenting
            |took\s+place|enrolled|treated)\s+(?:\w+\s+)?(?:from|in|at|to)\s+(?:an?|the|our|one)\s+(?:(?!cent(?:re|er)s)[^.;,()\d]){0,50}?
            \b(?:hospital|(?:medical|health|cancer|burn|research|referral|care|trauma|tertiary)\s+cent(?:re|er)|clinic
            |university)\b)
    """,
    hits=(
        "a multicentre trial",
        "in 12 centers",
        "through 85 practices",
        "a single-center study",
        "at three hospitals",
        "from several centers",
        "at each participating site",
        "a two-centre trial",
        "was conducted in the clinic of a university",
        "referred to Rosetown Mother and Child Hospital and Hill Hospital",
    ),
    misses=(
        "at six periodontal sites",
        "taught mothers four practices",
        "the breast international group study",
        "in the center of the lens",
        "one site of injection",
        "the international unit",
    ),
)
RATIO = Pattern(
    "design.ratio",
    r"""
    (?<![\d:.])(?<!\bat\s(?=\d{1,2}:[0-5]\d\b))              # "at 10:30": a time of day
    (?P<ratio>[1-9]\d?(?:\s?[:∶]\s?[1-9]\d?){1,5})(?![\d:])
    (?: (?<=\b(?:random|assign|allocat|ratio|divided)[^.]{0,160}) | (?=[^.]{0,60}\b(?:ratio\b|randomi[sz]|allocat
      |assign)) )
    """,
    hits=("randomized 2:1 to drug or placebo (ratio)", "were assigned in a 1:1 ratio", "randomised (1:1:1)"),
    misses=("at 10:30 in the morning", "diluted 1:100 in a ratio", "a molar ratio of insulin of 1.5:1"),
)
# the control is stated though no arm tells of it
CONTROL = Pattern(
    "design.control",
    r"""
    (?P<historical>\bhistoric(?:al)?\s+(?:control|cohort|comparison)s?(?:\s+(?:group|arm))?)
    | (?P<no_treatment>\bwait(?:ing)?[-\s]?list(?:ed)?\b | \b(?:no|without)[-\s](?:treatment|intervention
        |therapy)\s+(?:control|group|arm)s?
        | \buntreated\s+(?:control|group|arm)s?)
    | (?P<standard_of_care>\b(?:usual|standard|routine|conventional)[-\s](?:medical[-\s])?care\b
        | \b(?:treatment|care)[-\s]as[-\s]usual\b)
    | (?P<active>\bactive[-\s](?:control(?:l?ed)?|comparator)\b(?!\s+of\b))
    | (?P<dose_comparison>\bdose[-\s](?:ranging|finding|response|comparison)\s+(?:study|trial)\b)
    """,
    hits=(
        "compared with historical controls",
        "a waiting-list control group",
        "or usual care",
        "an active-controlled trial",
        "a dose-ranging study",
    ),
    misses=("historical data", "the list of those who wait", "taking active control of", "usual careers"),
)
# "matching placebo", "placebo-controlled"
PLACEBO = Pattern(
    "design.placebo_control",
    r"\bplacebo[-\s–‐]+controll?ed\b|\b(?:matching|matched|identical(?:[-\s]\w+)?|inert|dummy)\s+placebos?\b",
    hits=("a placebo-controlled trial", "or matching placebo"),
    misses=("the placebo effect", "controlled by placebo needles"),
)
PATTERNS = (PHASE, ALLOCATION, MASKING, BLINDED, ASSIGNMENT, ESCALATION, CENTERS, RATIO, CONTROL, PLACEBO)

_PHASES = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3", "four": "4"}
# other studies are named in the background; a statement about the present one stands elsewhere too
_PARTIES = tuple(regex.compile(rf"\b{party}\b", regex.IGNORECASE) for party in (_PATIENT, _CARER, _RATER))
_RANDOM = Search(r"random|\bRCT")
# "a larger randomised trial is needed", "in previous randomised trials"
_NOT_OURS = Search(
    r"\b(?:previous|prior|earlier|future|further)\s+(?:\w+\s+){0,3}?(?:randomi[sz]ed|multi[-\s]?cent\w+|double[-\s]blind)\b"
    r"[^.;]{0,60}?\b(?:trials?|stud(?:y|ies))\b"
    r"|\b(?:randomi[sz]ed|multi[-\s]?cent\w+|double[-\s]blind)\b[^.;]{0,80}?\b(?:trials?|stud(?:y|ies))\b[^.;]{0,90}?"
    r"\b(?:(?:are|is|would\s+be|be|seems?)\s+(?:\w+\s+)?(?:needed|warranted|required|necessary|justified|desirable|feasible))\b"
    r"|\b(?:call\w*\s+(?:\w+\s+)?for|need(?:s|ed)?\s+(?:for|to\s+be)|be\s+(?:evaluated|approved|confirmed|tested)\s+(?:in|by)"
    r"|to\s+evaluate\s+in)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,3}?(?:randomi[sz]ed|multi[-\s]?cent\w+|double[-\s]blind)\b"
    r"[^.;]{0,60}?\b(?:trials?|stud(?:y|ies))\b"
)
_OTHER_WORK = regex.compile(
    r"\b(?:previous|prior|earlier|future|other|further|recent|ongoing|planned|subsequent|several)\b", regex.I
)


def extract_design(article: Article) -> Iterator[Mention]:
    """Every statement about the design, in any section."""
    yield from _phases(article)
    yield from _controls(article)
    for m in RATIO.find(article.text):
        value = "".join(m["ratio"].split()).replace("∶", ":")
        yield Mention("design.ratio", m.start("ratio"), m.end("ratio"), RATIO.name, value)
    others = [m.span() for m in _NOT_OURS.find(article.text) if article.section_at(m.start()) != "title"]
    for mention in _set_up(article):
        if not any(start <= mention.start < end for start, end in others):
            yield mention


def _set_up(article: Article) -> Iterator[Mention]:
    for pattern, kind in (
        (MASKING, "masking"),
        (ASSIGNMENT, "assignment"),
        (ESCALATION, "escalation"),
        (CENTERS, "centers"),
    ):
        for m in pattern.find(article.text):
            yield Mention(f"design.{kind}", m.start(), m.end(), pattern.name, m.lastgroup)
    for m in BLINDED.find(article.text):
        yield Mention("design.masking", m.start(), m.end(), BLINDED.name, _masking(m["who"]))
    for m in find_near(ALLOCATION, _RANDOM, article.text, before=40, behind=60):
        value = "non_randomized" if m["no"] else "randomized"
        yield Mention("design.allocation", m.start(), m.end(), ALLOCATION.name, value)


def _controls(article: Article) -> Iterator[Mention]:
    for pattern in (CONTROL, PLACEBO):
        for m in pattern.find(article.text):
            if article.section_at(m.start()) not in ("background", "conclusions"):
                yield Mention("design.control", m.start(), m.end(), pattern.name, m.lastgroup or "placebo")


def _masking(who: str) -> str:
    """The masking that the parties make: one is single, the patient with another is double, all three are triple."""
    patient, carer, rater = (bool(party.search(who)) for party in _PARTIES)
    if patient and carer and rater:
        return "triple"
    return "double" if patient and (carer or rater) else "single"


def _phases(article: Article) -> Iterator[Mention]:
    for m in PHASE.find(article.text):
        sentence = article.sentence_at(m.start())
        if sentence and _OTHER_WORK.search(article.text, sentence.start, m.start()) and sentence.section != "title":
            continue
        phases = tuple(_phase(m[g]) for g in ("first", "second") if m[g])
        end = m.end("second") if m["second"] else m.end("first")
        yield Mention("design.phase", m.start(), end, PHASE.name, phases)


def _phase(text: str) -> str:
    plain = "".join(text.lower().split())
    letter = plain[-1] if plain[-1] in "ab" and len(plain) > 1 else ""
    number = plain.removesuffix(letter) if letter else plain
    return _PHASES.get(number, number) + letter
