"""What is known of a possible intervention: where it stands, what words stand around it, how often it is named."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.candidates import USUAL_CARE
from trialmine.assemble.interventions.company import Company, company_features, find_company
from trialmine.assemble.interventions.spans import span_features
from trialmine.lexicon.search import Search
from trialmine.normalise.drug import canonical
from trialmine.records.article import Article, Mentions

# in windows of text that are joined by a sign that none of them reaches over
_BORDER = "\0"
_BEFORE = {
    "given": r"\b(?:receiv\w+|given|g[ia]ve|administ\w+|treated\s+with|treatment\s+with|took|taking|inject\w+"
    r"|infus\w+|underw\w+|consum\w+|ingest\w+|supplement\w+\s+with|using)\b",
    "random": r"\brandom\w*|\bassigned|\ballocated|\bdivided",
    "compare": r"\bversus\b|\bvs\b|\bcompar\w+|\bthan\b|\bor\b|\beither\b",
    "plus": r"\bplus\b|\+|\bcombin\w+|\bwith\b|\badd\w*\b|/\s*(?=\0)",
    "effect": r"\b(?:effects?|efficacy|effectiveness|safety|tolerability|impact|role|benefit\w*|pharmacokinetics?"
    r"|bioavailability|activity)\s+of\b",
    "aim": r"\b(?:aim|objective|purpose|evaluat\w+|investigat\w+|assess\w+|examin\w+|determin\w+|compare)\b",
    "study_drug": r"\b(?:study|trial|investigational|test)\s+(?:drug|medication|product|agent|vaccine|treatment)\b",
    "prior": r"\b(?:previous\w*|prior|history|pretreated|refractory|resistant|failed|failure|despite|relapsed"
    r"|already|naive|intoleran\w+|discontinu\w+|inadequate\w*)\b",
    "exclude": r"\b(?:exclu\w+|not\s+(?:received|taking|using)|without|no\s+prior|contraindic\w+|allerg\w+"
    r"|hypersensitiv\w+)\b",
    "measure": r"\b(?:serum|plasma|urin\w+|blood|concentrations?\s+of|levels?\s+of|measured?|secretion|total|free"
    r"|fasting|content|metabolite)\b",
    "rescue": r"\b(?:rescue|breakthrough|as\s+needed|on\s+demand|requirement|consumption|PCA|if\s+necessary"
    r"|additional)\b",
    "stable": r"\b(?:stable|background|maintenance|concomitant|standard|all\s+(?:patients|subjects|participants"
    r"|women|children)|both\s+groups|each|under|during|general|induc\w+|maintained)\b",
    "premed": r"\b(?:premedic\w+|pre-?treat\w+|prophyla\w+|prior\s+to)\b",
    "challenge": r"\b(?:induced|challenge|provo\w+|challenged|test)\b",
    "such": r"\b(?:such\s+as|including|e\.g|like|known|widely|commonly|several|class)\b",
    "diluent": r"\b(?:dilut|dissolv|suspend|reconstitut|emulsif|mixed)\w*\b|\d\s?%\s+in\s+(?:normal\s+)?(?=\0)",
    "equivalent": r"\bequivalen\w+|\bup\s+to\b|≤",
    "placebo": r"\bplacebo\b|\bcontrol\b",
}
_AFTER = {
    "dose": r"^[\s(,:-]*(?:\w+\s){0,2}?(?:\d|low|high)[\d.,\s–-]*(?:mg|mcg|[µμ]g|g\b|ml|iu|units?|%|gy)",
    "group": r"^\s*[\w/+-]*\s*(?:groups?|arms?|recipients|treatment|therapy)\b",
    "compare": r"^\W*(?:versus|vs|compared|or\b|and\b|plus|\+|/|with)",
    "for": r"^\s*(?:for|in|on)\b",
    "measured": r"^[\s-]*(?:levels?|concentrations?|receptors?|resistance|sensitivity|clearance|deficiency"
    r"|metabolism|secretion|induced|naive|refractory|resistant|users?|dependen\w+|use\b|consumption"
    r"|requirement\w*|intake|excretion|status)",
    "assessed": r"^[^.;]{0,40}?\b(?:was|were)\s+(?:measured|detected|determined|recorded|assessed|analy[sz]ed|monitored"
    r"|estimated|quantified)",
    "prohibited": r"^[^.;]*\b(?:prohibited|forbidden|(?:not|were)\s+(?:permitted|allowed)|excluded)",
    "verb": r"^\s*(?:was|were|is|significantly|reduced|increased|improved|did|showed|had|led|resulted|may|can)\b",
    "bracket": r"^\s*\(",
    "class": r"^\s*(?:-|–)?(?:based|containing|like|type|releasing)\b",
    "control": r"^\W*(?:-|–)?\s*controlled",
}
_BEFORE_C = {k: Search(v) for k, v in _BEFORE.items()}
_AFTER_C = {k: regex.compile(v, regex.I) for k, v in _AFTER.items()}
_DOSE_BEFORE = regex.compile(
    r"\d[\d.,]*\s*(?:mg|mcg|[µμ]g|g|ml|iu|units?|%|gy|mg/\w+|g/\w+|cc)\s*(?:/\w+)?\s*(?:of\s+)?(?:[\w-]+\s+)?$", regex.I
)
# the parts of a report in which a cue means something of its own
_PART = {
    "title": "title",
    "methods": "methods",
    "objective": "methods",
    "results": "results",
    "conclusions": "results",
    "background": "background",
}
CONTROL_NAME = regex.compile(
    r"\b(?:placebo|sham|saline|vehicle|usual|standard|control|conventional|no\s+treatment|water)\b", regex.I
)

# found from the end, and then read forward with the hyphen that it may end with
_LAST_WORD, _WORD = regex.compile(r"(?r)(?<![\p{L}-])([\p{L}-]+)\W*$"), regex.compile(r"[\p{L}-]+")
_PLUS = regex.compile(r"(?:\bplus|\bwith|\badded\s+to|\+|/)\s*$", regex.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the features of all candidates of one text share."""

    company: Company
    cues: Mapping[str, Sequence[str]]
    """The cues in what stands before each place."""
    known: Sequence[Candidate]
    """Those that a list knows."""
    most: int
    """Places of the one that is named most."""
    named: int
    """Places of those that are no phrases."""
    firsts: Sequence[tuple[int, int]]
    """The first places of those."""


def find_setting(article: Article, mentions: Mentions, candidates: Sequence[Candidate]) -> Setting:
    """What is known of the candidates together, before each is looked at."""
    named = [c for c in candidates if c.source != "phrase"]
    return Setting(
        company=find_company(article, mentions, candidates),
        cues=_cues_before([_before(article, start) for c in candidates for start, _ in c.spans]),
        known=[c for c in named if canonical(c.name) is not None],
        most=max((len(c.spans) for c in candidates), default=0),
        named=sum(len(c.spans) for c in named),
        firsts=[c.spans[0] for c in named],
    )


def intervention_features(article: Article, mentions: Mentions, c: Candidate, setting: Setting) -> dict[str, float]:
    """Named features of one candidate; counts are capped so that long texts look like short ones."""
    f: dict[str, float] = {f"source={c.source}": 1.0}
    drug = canonical(c.name)
    f[f"{'phrase' if c.source == 'phrase' else 'drug'}_kind={c.kind}"] = 1.0
    for frame in sorted(c.frames):
        f[f"frame={frame}"] = 1.0
    f["control_name"] = float(bool(CONTROL_NAME.search(c.name)))
    f["usual_care"] = float(bool(USUAL_CARE.fullmatch(c.name)))
    f[f"certainty={c.certainty:.1f}"] = 1.0
    f["seen"] = c.seen
    f["seen_never"] = float(c.seen == 0.0)
    f["class"] = float(drug is None and c.source == "lexicon")
    beside = sum(o is not c for o in setting.known)
    f["class_beside_names"] = float(f["class"] > 0 and beside > 0)
    f["phrase_beside_names"] = float(c.source == "phrase" and beside > 1)
    f["words"] = min(len(c.key.split()), 6) / 3
    n = len(c.spans)
    f["count"] = min(n, 6) / 3
    f["once"] = float(n == 1)
    f["share"] = n / max(1, setting.named)
    f["most"] = float(n == setting.most)
    f["rank"] = min(sum(first < c.spans[0] for first in setting.firsts), 8) / 4
    for start, end in c.spans:
        _add_place(article, f, start, end, setting.cues)
    f["no_dose"] = float("before=dose" not in f and "after=dose" not in f)
    f["no_title"] = float("in=title" not in f)
    f["no_given"] = float("before=given" not in f)
    f["only_background"] = float(all(article.section_at(s) == "background" for s, _ in c.spans))
    f["only_results"] = float(all(article.section_at(s) in ("results", "conclusions") for s, _ in c.spans))
    f["dose_mention"] = float(any(_near(m.start, m.end, c) for m in mentions["dose"]))
    return f | company_features(article, setting.company, c) | span_features(article, c)


def given_by_amount(article: Article, c: Candidate) -> bool:
    """Whether a sentence says that people were given an amount of it: "were allocated to … 800 IU ergocalciferol"."""
    return any(_GIVEN.search(before) and _AMOUNT_OF.search(before) for before, _ in _tellings(article, c))


def given_with_amount(article: Article, c: Candidate) -> bool:
    """Whether its amount stands beside it where something was given: "abc 40 mg was given", "took abc, 9 drops"."""
    return any(
        (_AMOUNT_BEHIND.match(behind) and (_GIVEN.search(before) or _GIVEN.search(behind)))
        or (_GETS.search(before) and _COUNT_BEHIND.match(behind))
        or (_ANY_AMOUNT_OF.search(before) and _WAS_GIVEN.match(behind))
        for before, behind in _tellings(article, c)
    )


def given_or_placebo(article: Article, c: Candidate) -> bool:
    """Whether people were given it or a placebo: "abc or matching placebo was taken"."""
    return any(
        (m := _OR_PLACEBO.match(behind)) and (m["given"] or _GETS.search(before))
        for before, behind in _tellings(article, c)
    )


def given_beside_amount(article: Article, c: Candidate) -> bool:
    """Whether an amount stands beside a known drug, words of form and route between, where something was given."""
    known = c.source in ("lexicon", "stem") or (
        c.source == "model" and c.score >= _LIKELY and len(c.key) >= _NAME and c.key.isalpha()
    )
    return known and any(
        (_AMOUNT_BEFORE.search(before) or _AMOUNT_FURTHER.match(behind) or _is_counted(before, behind))
        and (_TREATED.search(before) or _TREATED.search(behind))
        and not _TAKEN_OFF.search(behind)
        for before, behind in _tellings(article, c)
    )


_NAME = 4  # letters
_LIKELY = 0.3  # what only the span model takes for a drug needs more than a name of a list


def _is_counted(before: str, behind: str) -> bool:
    return _NUMBER.search(before) is not None and _PIECES.match(behind) is not None


def given_so_often(article: Article, c: Candidate) -> bool:
    """Whether people were assigned to a known drug that tells how often it was given: "to A or B twice daily"."""
    return c.source == "lexicon" and any(
        _OFTEN.match(behind) and _ASSIGNED.search(before) and not _TAKING.search(before)
        for before, behind in _tellings(article, c)
    )


def _tellings(article: Article, c: Candidate) -> Iterator[tuple[str, str]]:
    """What stands before and behind it in the sentences that may tell of giving."""
    for start, end in c.spans:
        sentence = article.sentence_at(start)
        if sentence is not None and article.section_at(start) not in ("background", "conclusions"):
            before = article.text[sentence.start : start]
            if not _NOT_GIVEN.search(before) or _IN_PIECES.search(before):
                yield before, article.text[end : sentence.end]


_AMOUNT_OF = regex.compile(
    r"(?<![<>≤≥~=]\s?)(?<![\d.,])\d[\d.,]*\s?(?:mg|mcg|[µμ]g|g|ml|IU|units?)(?:/(?:kg|m2|day|d))?\s+(?:of\s+)?$",
    regex.I,
)
# no concentration ("12 ng/mL", "2 mg/dL"), no two amounts in turn ("(75 and 600 mg/m2)") of a regimen's short name
_AMOUNT_BEHIND = regex.compile(
    r"\s?(?:\(|at\s(?:a\s|the\s)?dos(?:e|es)\sof\s)?\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?"
    r"\s?(?:mg|mcg|[µμu]g|g|IU|MU|U|million\s(?:IU|units))\b(?!\s?/\s?(?:m|d)?L\b)",
    regex.I,
)
_FORM_UNITS = (
    r"(?:drops|tablets?|capsules?|pills|puffs|sprays|sachets?|lozenges?|spoons?(?:ful)?|m[lL]|mg|mcg|[µμ]g|g|IU)"
)
_NUMBERED = r"(?:\d[\d.,]*|one|two|three|four|five|six|eight|ten)"
# the drug stands right behind the word for giving
_GETS = regex.compile(
    r"\b(?:receiv(?:e|ed|ing)|given|t(?:ook|ake|aking)|administered|assigned\sto|allocated\sto|randomi[sz]ed\sto)\s(?:either\s|oral\s|daily\s|of\s){0,2}$",
    regex.I,
)
_COUNT_BEHIND = regex.compile(
    rf"(?:\s(?:oral\s)?(?:drops|syrup|solution|tablets|capsules|spray|powder|granules))?(?:,\s|\s?\(){_NUMBERED}\s?{_FORM_UNITS}\b(?!\s?/\s?[md]?L\b)",
    regex.I,
)
_ANY_AMOUNT_OF = regex.compile(
    rf"(?<![<>≤≥~=]\s?)(?<![\d.,])\b{_NUMBERED}\s?{_FORM_UNITS}(?:/(?:kg|m2|day|d))?\s(?:of\s)?$", regex.I
)
_WAS_GIVEN = regex.compile(
    r"\s?[®™]?\s?(?:\([^()]{1,80}\)\s)?(?:was|were|will\sbe)\s(?:\w+\s)?(?:given|administered|infused|injected|instilled|ingested|taken|consumed)\b",
    regex.I,
)
_OR_PLACEBO = regex.compile(
    r"\s?[®™]?\s?(?:\([^()]{1,40}\)\s)?(?:tablets?\s|capsules?\s|granules\s|injections?\s|cream\s|gel\s)?(?:or|and|versus|vs\.?)\s(?:an?\s|the\s|matching\s|matched\s|identical\s|corresponding\s){0,2}placebos?\b"
    r"(?:\s(?:tablets?|capsules?))?(?:\s(?:was|were|will\sbe)\s(?:both\s|then\s)?(?P<given>given|used|taken|administered|applied|ingested|prescribed|infused|injected)\b)?",
    regex.I,
)
# "six olive oil capsules"
_NUMBER = regex.compile(r"(?<![\d.,])(?:one|two|three|four|five|six|eight|ten|twelve|\d{1,2})\s$", regex.I)
_PIECES = regex.compile(r"\s(?:tablets|capsules|pills|softgels|sachets|lozenges|drops|puffs)\b", regex.I)
_HOW = (
    r"(?:oral|intravenous|intramuscular|subcutaneous|intrathecal|epidural|inhaled|nebuli[sz]ed|intranasal|vaginal|rectal|topical|transdermal|sublingual|microni[sz]ed|recombinant|human|liposomal"
    r"|(?:extended|sustained|modified|slow|controlled|immediate|prolonged)[\s-]release|(?:hyper|iso|hypo)baric|plain|sodium|hydrochloride|HCl|acetate|sul(?:f|ph)ate|phosphate"
    r"|tablets?|capsules?|injections?|infusions?|solution|suspension|syrup|patch(?:es)?|inhaler|aerosol|spray|cream|gel|ointment|suppositor(?:y|ies)|bolus|i\.?v\.?|i\.?m\.?|s\.?c\.?)"
)
_ANY_UNIT = (
    r"(?:mg|mcg|[µμu]g|ng|g|ml|mmol|mEq|IU|UI|MU|U|units?|million\s(?:IU|units)|ppm|(?:million\s)?cells|c?Gy|CFU)"
)
_OF_BODY = r"(?:\s?/\s?(?!m?L\b|dl\b)(?:kg|m2|m²|day|d|h|hr|min)){0,2}(?!\s?/\s?[dm]?L\b)"
_AMOUNT_BEFORE = regex.compile(
    rf"(?<![<>≤≥~=]\s?)(?<![\d.,])\d[\d.,]*\s?{_ANY_UNIT}{_OF_BODY}\s(?:of\s)?(?:{_HOW}\s){{0,3}}$", regex.I
)
_AMOUNT_FURTHER = regex.compile(
    rf"\s?[®™]?\s?(?:\([^()]{{1,60}}\)\s?)?(?:{_HOW}\s){{0,3}}(?:\d[\d.]*\s?%\s)?"
    r"(?:[(,:]\s?|(?:was|were|is|will\sbe)\s(?:\w+\s)?(?:given|administered|infused|injected|started|initiated|dosed|prescribed|used|taken|applied|instilled)\s(?:\w+\s){0,2}?)?"
    rf"(?:(?:at|in|with|to)\s)?(?:(?:an?|the)\s(?:\w+\s)?dos(?:e|age)\sof\s)?\d[\d.,]*(?:\s?[x×]\s?10\S{{1,4}}|\s?(?:[-–]|to|or)\s?\d[\d.,]*)?\s?{_ANY_UNIT}{_OF_BODY}(?!\w)"
    r"|\s?\(?\d[\d.]*\s?%\)?\s(?:[a-z]+\s)?(?:cream|ointment|gel|lotion|foam|solution|shampoo|mouth\s?wash|(?:eye\s|ear\s)?drops|ophthalmic)\b",
    regex.I,
)
_TREATED = regex.compile(
    r"\b(?:receiv\w*|random\w*|allocat\w*|assign\w*|given|administ\w*|took|taken?|taking|ingest\w*|consum\w*|treated|start(?:ed|ing)|initiated|induced|maintained|infus\w+|inject\w+|appl(?:y|ied)"
    r"|instilled|prescribed|premedicat\w+|supplement\w*|consisted|dos(?:e|es|ed|age)|followed\sby|compared\s(?:with|to)|versus|vs)\b",
    regex.I,
)
_OFTEN = regex.compile(
    rf"\s?[®™]?\s?(?:\([^()]{{1,40}}\)\s?)?(?:{_HOW}\s){{0,3}}\(?(?:given\s|administered\s|taken\s|applied\s)?"
    r"(?:(?:once|twice|thrice|(?:one|two|three|four|\d)\stimes)[\s-](?:(?:a|per|each|every)[\s-])?(?:daily|day|weekly|week|monthly|month)"
    r"|(?:daily|weekly|nightly)\b(?!\s(?:dos|intake|use|requirement))|every\s(?:\w+\s)?(?:\d+\s)?(?:h|hours?|days?|weeks?|months?)|[qbt]\.?i\.?d\b|q\d+[hdw])",
    regex.I,
)
_ASSIGNED = regex.compile(
    r"\b(?:random\w*|allocat\w*|assign\w*)\b(?!\s(?:trial|study|controlled|phase))|\b(?:compared\s(?:with|to)|versus|vs)\b"
    r"|(?<!\b(?:who|had|have|has|already)\s)\b(?:received|were\s(?:given|treated\swith))\b",
    regex.I,
)
# what people were on before they were assigned
_TAKING = regex.compile(r"\b(?:taking|receiving|using|on|with\sstable|background|stable)\s(?:\w+\s){0,3}$", regex.I)
# "5 ml of fluid was aspirated"
_TAKEN_OFF = regex.compile(r"\b(?:aspirated|collected|withdrawn|drawn|sampled|removed|excreted)\b", regex.I)
_GIVEN = regex.compile(
    r"\b(?:receiv\w*|random\w*|allocat\w*|assign\w*|given|administ\w*|took|take|taking|ingest\w*|consum\w*)\b", regex.I
)
_NOT_GIVEN = regex.compile(r"\b(?:exclu\w+|eligib\w+|previous\w*|prior|equivalent|contain\w+|includ\w+)\b", regex.I)


# "took a capsule containing 300 mg of A": what a piece that was taken holds, unless it is a sham
_IN_PIECES = regex.compile(
    r"^(?!.*\b(?:exclu\w+|eligib\w+|previous\w*|prior|placebo|identical|matching|control|dummy)\b)"
    r".*\b(?:received|took|given|ingested|consumed|assigned\sto|randomi[sz]ed\sto|allocated\sto)\b[^.;]{0,80}"
    r"\b(?:capsules?|tablets?|pills?|sachets?|softgels?)\b[^.;]{0,30}\bcontaining\s(?:either\s)?\d[\d.,]*\s?(?:mg|mcg|[µμu]g|g|IU)\s(?:of\s)?$",
    regex.I,
)


def role_features(article: Article, c: Candidate, chosen: list[Candidate]) -> dict[str, float]:
    """Where one chosen intervention stands among the others; comparators come last, behind a word that compares."""
    ordered = sorted(chosen, key=lambda o: o.spans[0])
    rank = ordered.index(c)
    controls = [o for o in chosen if CONTROL_NAME.search(o.name)]
    f = {
        f"of={min(len(chosen), 4)}": 1.0,
        f"rank_of={rank}/{len(chosen)}" if len(chosen) < 4 else f"rank={min(rank, 4)}": 1.0,
        "beside_control": float(bool(controls) and c not in controls),
        "only_without_control": float(len(chosen) == 1),
        "named_most": float(len(c.spans) == max(len(o.spans) for o in chosen)),
        "named_rarely": float(len(c.spans) * 3 < max(len(o.spans) for o in chosen)),
    }
    titled = [o for o in ordered if any(article.section_at(s) == "title" for s, _ in o.spans)]
    if c in titled:
        f[f"title_rank={titled.index(c)}/{min(len(titled), 3)}"] = 1.0
        title_span = next(s for s in c.spans if article.section_at(s[0]) == "title")
        before = article.text[max(0, title_span[0] - 150) : title_span[0]]
        f["title_behind_versus"] = float(bool(_VERSUS.search(before)))
        f["title_behind_plus"] = float(bool(_PLUS.search(before)))
        f["title_before_versus"] = float(bool(_VERSUS.match(article.text[title_span[1] :].lstrip())))
    elif titled:
        f["others_in_title"] = 1.0
    sentences = [article.sentence_at(s) for s, _ in c.spans]
    behind = sum(
        bool(s and _VERSUS.search(article.text, s.start, span[0])) for s, span in zip(sentences, c.spans, strict=True)
    )
    f["behind_versus"] = behind / len(c.spans)
    return f


_VERSUS = regex.compile(r"\b(?:versus|vs\.?|compared\s+(?:with|to)|than|over|or|against|in\s+comparison)\b", regex.I)


def _before(article: Article, start: int) -> str:
    sentence = article.sentence_at(start)
    return article.text[max(sentence.start if sentence else start - 80, start - 70, 0) : start]


def _cues_before(windows: Sequence[str]) -> dict[str, list[str]]:
    """The cues in each of the windows; each cue is looked for once in all of them."""
    starts = [0, *accumulate(len(w) + 1 for w in windows)]
    joined = "".join([w + _BORDER for w in windows])
    found: dict[str, list[str]] = {w: [] for w in windows}
    for name, cue in _BEFORE_C.items():
        for window in dict.fromkeys(windows[bisect_right(starts, m.start()) - 1] for m in cue.find(joined)):
            found[window].append(name)
    return found


def _add_place(article: Article, f: dict[str, float], start: int, end: int, cues: Mapping[str, Sequence[str]]) -> None:
    section = article.section_at(start)
    f[f"in={section}"] = 1.0
    sentence = article.sentence_at(start)
    low, high = (sentence.start, sentence.end) if sentence else (start - 80, end + 80)
    before = _before(article, start)
    after = article.text[end : min(high, end + 50)]
    for name in cues[before]:
        f[f"before={name}"] = 1.0
        f[f"{_PART.get(section or '', 'other')}_before={name}"] = 1.0
    for name, cue in _AFTER_C.items():
        if cue.match(after):
            f[f"after={name}"] = 1.0
            f[f"{_PART.get(section or '', 'other')}_after={name}"] = 1.0
    if _DOSE_BEFORE.search(before):
        f["before=dose"] = 1.0
    if section == "title" and start - low < 3:
        f["opens_title"] = 1.0
    last = _LAST_WORD.search(before)
    word = _WORD.match(before, last.start(1)) if last else None
    f[f"last={word[0].lower()}" if word and len(word[0]) < 14 else "last="] = 1.0


def _near(start: int, end: int, c: Candidate) -> bool:
    return any(0 <= s - end < 30 or 0 <= start - e < 30 for s, e in c.spans)
