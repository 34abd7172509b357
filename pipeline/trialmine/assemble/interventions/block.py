"""The interventions: which of the drugs and programmes that the text names were given in this trial, and as what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.regimens import find_regimens
from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.candidates import CARRIER, find_candidates, is_usual_care
from trialmine.assemble.interventions.features import (
    CONTROL_NAME,
    find_setting,
    given_beside_amount,
    given_by_amount,
    given_or_placebo,
    given_so_often,
    given_with_amount,
    intervention_features,
    role_features,
)
from trialmine.assemble.interventions.given_to_all import is_given_to_all, is_kept_on
from trialmine.assemble.interventions.naming import is_sham, one_phrase_one_row
from trialmine.assemble.interventions.second_look import listed_beside, titled
from trialmine.normalise.drug import canonical
from trialmine.normalise.linear import choice_model, linear_model
from trialmine.records.article import Article, Block, Mentions, Reference
from trialmine.records.trial import Intervention

_THRESHOLD = 0.5
_BLANK = frozenset(("normal saline", "saline", "sodium chloride", "isotonic saline", "vehicle"))
_SHORT = regex.compile(r"(\p{Lu}[\p{Lu}/-]{1,9})\s?\d{0,3}")
_PLURAL = regex.compile(
    r"(?:exercise|program(?:me)?|intervention|modification|session|injection|class|vaccine|tablet|bandage|visit|call)s$"
)
# how a drug comes is no drug
_RELEASE = (
    r"(?:(?:immediate|controlled|extended|sustained|modified|slow|prolonged|delayed)[\s-]release|[ICESMX]R|XL|LA)"
)
_FORM = regex.compile(
    rf"(?:the\s|an?\s)?(?:{_RELEASE}|conventional|standard|new|test|reference|microni[sz]ed|commercial|marketed|solid|liquid|generic|oral)"
    rf"(?:[\s/](?:{_RELEASE}|oral|test|tablets?|capsules?|formulations?|preparations?|forms?)){{0,3}}",
    regex.I,
)
# what says only how, or of whom, names nothing
_HOW = regex.compile(
    r"continuous|intermittent|early|late|immediate|delayed|usual|regular|routine|(?:once[\s-]daily\s)?fixed|free|weekly|daily|monthly|single|multiple|short|long|high|low"
    r"|new|additional|commercially\savailable(?:\s\w+){0,2}|\d[\d.,]*\s?\p{L}{0,3}",
    regex.I,
)
_OF_PROGRAMME = regex.compile(
    r"(?:very\s)?brief|tailored|(?:web|internet|computer|motion|home|hospital|community)-(?:based|tailored|delivered)|online|integrated|structured|intensive"
    r"|supervised|unsupervised|individuali[sz]ed|personali[sz]ed|multifaceted|enhanced",
    regex.I,
)
_NOBODY_S = regex.compile(
    r"(?:(?:negative|passive|inactive|untreated|healthy)\s)?controls?(?:\s(?:groups?|arms?|conditions?|clusters?|households?|schools?|villages?|subjects?|patients?))?"
    r"|no[\s-](?:intervention|treatment|contact)(?:\s(?:group|controls?))?|untrained|untreated|(?:usual|normal|habitual|regular|daily|own)\s(?:daily\s|physical\s)?(?:activit(?:y|ies)|lifestyles?|habits?|routines?)"
    r"|wait-?list(?:ed)?(?:\s\w+)?|without\s.{1,40}",
    regex.I,
)
_GROUP_BEHIND = regex.compile(r"\s(?:group|arm|condition)s?$", regex.I)
_LOWEST = 0.2  # a drug that a sentence gives an amount of needs no more
_PHRASE_THRESHOLD = 0.6  # a phrase of no list needs more, where no model confirms it


def build_interventions(article: Article, mentions: Mentions, cite: Citation) -> Block:
    """Interventions in order of first mention, with every span that names them."""
    # what the span model saw is a feature; without one, weights that never knew of it decide
    seen = any(e.label == "INTERVENTION" for e in article.entities)
    roles = choice_model("intervention_role")
    chosen = _choose(article, mentions, seen=seen)
    chosen = _without_regimens(article, _without_parts(_without_short_names(article, chosen)))
    kept = one_phrase_one_row([c for c, _ in chosen])
    chosen = [pair for pair in chosen if pair[0] in kept]
    barred = frozenset() if _COMPARES.search(article.text) else frozenset({"comparator"})
    scored = [(c, roles.scores(features | role_features(article, c, kept))) for c, features in chosen]
    shared = {id(c) for c in kept if is_given_to_all(article, c)}
    judged = _with_one_investigated(
        [(c, "background" if id(c) in shared else _likeliest(scores, barred), scores) for c, scores in scored]
    )
    rows: list[Intervention] = []
    references: list[Reference] = []
    for i, (c, role) in enumerate(sorted(_one_blank(judged), key=lambda pair: pair[0].spans[0]), start=1):
        rows.append(_row(article, c, f"i{i}", role, cite))
        references += [Reference(start, end, f"i{i}") for start, end in c.spans]
    return Block(tuple(rows), tuple(sorted(references, key=lambda r: (r.start, -r.end))))


def _choose(article: Article, mentions: Mentions, *, seen: bool) -> list[tuple[Candidate, dict[str, float]]]:
    """The candidates that the scorer takes, or that the text asks for, with their features."""
    model = linear_model("intervention_seen" if seen else "intervention")
    candidates = find_candidates(article, mentions)
    setting = find_setting(article, mentions, candidates)
    judged_all = [
        (c, intervention_features(article, mentions, c, setting))
        for c in candidates
        if not _FORM.fullmatch(c.name) and _is_named(c)
    ]
    chosen: list[tuple[Candidate, dict[str, float]]] = []
    left: dict[str, tuple[Candidate, dict[str, float]]] = {}
    for c, features in judged_all:
        c.score = model.score(features)
        threshold = _PHRASE_THRESHOLD if c.source == "phrase" and not seen else _THRESHOLD
        if (
            c.score >= threshold
            or "dosed" in c.frames
            or is_usual_care(c)
            or is_kept_on(article, c)
            or ("rival" in c.frames and c.score >= _LOWEST and not CONTROL_NAME.search(c.name))
            or (c.source != "phrase" and _is_dosed(article, c))
        ):
            chosen.append((c, features))
        else:
            left[c.key] = (c, features)
    others = [c for c, _ in left.values()]
    more = listed_beside(article, setting.company, [c for c, _ in chosen], others)
    if all(CONTROL_NAME.search(c.name) for c, _ in chosen):
        more += [c for c in titled(article, others) if c not in more]
    chosen += [left[c.key] for c in more]
    chosen += _partners(article, judged_all, chosen)
    return chosen


def _partners(
    article: Article,
    weighed: Sequence[tuple[Candidate, dict[str, float]]],
    chosen: Sequence[tuple[Candidate, dict[str, float]]],
) -> list[tuple[Candidate, dict[str, float]]]:
    """Those written as one with a chosen one, "artemether-lumefantrine", or behind it in a list of amounts."""
    ours = {id(c) for c, _ in chosen}
    places = sorted(((s, e, c) for c, _ in weighed if c.source != "phrase" for s, e in c.spans), key=lambda p: p[:2])
    found: set[int] = set()
    for (_, end, first), (start, _, second) in pairwise(places):
        gap = article.text[end:start]
        if _JOINED.fullmatch(gap) and _is_drug(first) and _is_drug(second):
            partner = first if id(second) in ours else second
            if not _is_always_joined(article, partner):
                continue
        elif _IN_LIST.fullmatch(gap):
            partner = second
        else:
            continue
        if id(partner) not in ours and {id(first), id(second)} & ours and partner.score >= _LOWEST:
            ours.add(id(partner))
            found.add(id(partner))
    return [(c, f) for c, f in weighed if id(c) in found]


def _is_always_joined(article: Article, partner: Candidate) -> bool:
    """Whether a drug only ever stands in such a name; one that stands alone too is judged by that."""
    return all(
        _JOINED.match(article.text, end) or _JOINED.fullmatch(article.text, max(0, start - 1), start)
        for start, end in partner.spans
    )


_JOINED = regex.compile(r"[-–/+]")
# "5 mg A, 20 mg of B and 3 mg C"
_IN_LIST = regex.compile(
    r"\s?(?:\([^()]{1,30}\)\s?)?(?:,|,?\sand|,?\splus|\s\+)\s\d[\d.,]*\s?(?:mg|mcg|[µμu]g|g|IU)(?:/(?:kg|m2|day|d))?\s(?:of\s)?",
    regex.I,
)


def _is_drug(c: Candidate) -> bool:
    return c.source in ("lexicon", "stem") and c.kind == "drug"


def _is_named(c: Candidate) -> bool:
    """Whether the words name a treatment, and not only how one was given or who got none."""
    return c.source == "lexicon" or not (_NOBODY_S.fullmatch(c.name) or _HOW.fullmatch(c.name))


def _whole_name(article: Article, c: Candidate) -> str:
    """The name with the programme that it qualifies, where the text goes on: "brief intervention" of "brief"."""
    if not _OF_PROGRAMME.fullmatch(c.name):
        return c.name
    places = [article.text[s:e] for s, e in c.wider if not _GROUP_BEHIND.search(article.text, s, e)]
    whole = Counter(w for w in places if w.lower().startswith(c.name.lower()))
    return whole.most_common(1)[0][0] if whole else c.name


def _is_dosed(article: Article, c: Candidate) -> bool:
    if given_by_amount(article, c) or given_with_amount(article, c) or given_or_placebo(article, c):
        return True
    return c.score >= _LOWEST and (given_beside_amount(article, c) or given_so_often(article, c))


# where nothing is set against anything, nothing is a comparator
_COMPARES = regex.compile(
    r"\brandom|\bversus\b|\bvs\b|\bcompar\w+|\bcontrols?\b|\bplacebo|\bsham\b|\beither\b|\bthan\b|\bcross-?over|\ballocat|\bassigned\b|\bgroups\b|\bgroup\s[a-d1-4]\b|\barms\b",
    regex.I,
)


def _likeliest(scores: Mapping[str, float], barred: frozenset[str]) -> str:
    return max((role for role in scores if role not in barred), key=lambda role: scores[role])


def _with_one_investigated(judged: list[tuple[Candidate, str, Mapping[str, float]]]) -> list[tuple[Candidate, str]]:
    """A comparator is compared with something: where all are, the likeliest that is no control is the one tested."""
    tested = [c for c, role, _ in judged if role == "investigational"]
    compared = [(scores["investigational"], c) for c, role, scores in judged if role == "comparator"]
    able = [(score, c) for score, c in compared if not CONTROL_NAME.search(c.name)]
    first = max(able, key=lambda pair: pair[0])[1] if able and not tested else None
    return [(c, "investigational" if c is first else role) for c, role, _ in judged]


def _without_short_names(
    article: Article, chosen: list[tuple[Candidate, dict[str, float]]]
) -> list[tuple[Candidate, dict[str, float]]]:
    """ "IFN-α" is the IFN-α2b that the text names once in full; where it names several, it is a group of its own."""
    drugs = [c for c, _ in chosen if c.source != "phrase"]
    short: set[str] = set()
    for c in drugs:
        fuller = [o for o in drugs if _goes_on(o.key, c.key)] or _said_before(article, c, drugs)
        if len(fuller) == 1 and not given_by_amount(article, c):
            short.add(c.key)
            fuller[0].spans = sorted({*fuller[0].spans, *c.spans})
    return [pair for pair in chosen if pair[0].key not in short]


def _said_before(article: Article, c: Candidate, drugs: Sequence[Candidate]) -> list[Candidate]:
    """Those whose name ends with this one and stands before it, never beside it: a long name shortened later."""
    short = f" {article.text[slice(*c.spans[0])].lower()}"
    if c.source != "lexicon" or len(short) < _SHORTENED:
        return []
    fuller = [
        o
        for o in drugs
        if o.spans[0] < c.spans[0] and any(article.text[s:e].lower().endswith(short) for s, e in o.spans)
    ]
    own = {s.start for s in map(article.sentence_at, (start for start, _ in c.spans)) if s}
    return [
        o for o in fuller if not any(s and s.start in own for s in map(article.sentence_at, (a for a, _ in o.spans)))
    ]


_SHORTENED = 7  # letters and a blank; what is shorter is as often another thing


_MORE_OF_NAME = regex.compile(r"\s(?!and\b|with\b)|\d")


def _goes_on(name: str, beginning: str) -> bool:
    return name.startswith(beginning) and _MORE_OF_NAME.match(name[len(beginning) :]) is not None


def _without_parts(chosen: list[tuple[Candidate, dict[str, float]]]) -> list[tuple[Candidate, dict[str, float]]]:
    """Drops phrases that lie inside another chosen one, or say the same words again."""
    kept: list[tuple[Candidate, dict[str, float]]] = []
    for c, features in sorted(chosen, key=lambda pair: (pair[0].source == "phrase", -pair[0].score, -len(pair[0].key))):
        words = set(c.key.split())
        if c.source == "phrase" and any(words <= set(k.key.split()) or set(k.key.split()) <= words for k, _ in kept):
            continue
        kept.append((c, features))
    return [pair for pair in kept if not _is_said_in_full(pair[0], [k for k, _ in kept])]


def _is_said_in_full(c: Candidate, kept: list[Candidate]) -> bool:
    """Whether a name of no list ends the one longer name: "gastrectomy" beside "laparoscopic gastrectomy"."""
    if c.source != "model" or canonical(c.name):
        return False
    fuller = [k for k in kept if k.source in ("model", "phrase") and k.key.endswith(" " + c.key) and not is_sham(k)]
    if len(fuller) == 1:
        fuller[0].spans = sorted({*fuller[0].spans, *c.spans})
    return len(fuller) == 1


def _without_regimens(
    article: Article, chosen: list[tuple[Candidate, dict[str, float]]]
) -> list[tuple[Candidate, dict[str, float]]]:
    """Drops the short name of several drugs ("FEC") where the drugs themselves are named."""
    short = {c.key for c, _ in chosen if _SHORT.fullmatch(c.name)}
    if not short:
        return chosen
    places = {c.key: c.spans for c, _ in chosen if c.key not in short}
    names = {name.lower() for name in find_regimens(article, places)}
    return [pair for pair in chosen if not (pair[0].key in short and _SHORT.sub(r"\1", pair[0].name).lower() in names)]


def _one_blank(judged: list[tuple[Candidate, str]]) -> list[tuple[Candidate, str]]:
    """A placebo and the saline that it is made of are one comparator."""
    placebo = next((c for c, _ in judged if c.key == "placebo"), None)
    blank = [c for c, role in judged if c.key in _BLANK and role == "comparator"]
    if placebo is None or len(blank) != 1:
        return judged
    placebo.spans = sorted({*placebo.spans, *blank[0].spans})
    return [pair for pair in judged if pair[0] is not blank[0]]


def _singular(name: str) -> str:
    """A programme or procedure is named in the singular, and without its group.

    >>> _singular("aerobic exercises"), _singular("prostate biopsies"), _singular("NSAIDs"), _singular("yoga group")
    ('aerobic exercise', 'prostate biopsies', 'NSAIDs', 'yoga')
    """
    name = _GROUP_BEHIND.sub("", name) or name
    return name[:-1] if _PLURAL.search(name) else name


def _row(article: Article, c: Candidate, id_: str, role: str, cite: Citation) -> Intervention:
    drug = canonical(c.name)
    surfaces = list(dict.fromkeys(article.text[s:e] for s, e in [*c.spans, *c.wider]))
    own = _whole_name(article, c)
    plain = drug if drug and not CARRIER.match(c.name) else None
    name = plain.name if plain else _singular(own if any(ch.isupper() for ch in own[1:]) else own.lower())
    lowered: dict[str, str] = {}
    for surface in surfaces:
        lowered.setdefault(surface.lower(), surface)
    return Intervention(
        id=id_,
        name=name,
        text=surfaces[0],
        aliases=tuple(s for low, s in lowered.items() if low != name.lower()),
        kind=c.kind or ("other" if c.source == "phrase" or " " in c.name else "drug"),
        role=None if role == "none" else role,
        identifiers=drug.identifiers if drug else (),
        evidence=cite.all(*c.spans[:3]),
    )
