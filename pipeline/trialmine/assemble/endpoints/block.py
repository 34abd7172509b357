"""The endpoints block: one row per outcome, with every place of the text that refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.endpoints.candidates import Candidate, candidates, features, role_at
from trialmine.normalise.endpoint import endpoint_code, endpoint_kind, endpoint_words, is_lasting, overlap
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence
from trialmine.records.evidence import Evidence
from trialmine.records.trial import Endpoint
from trialmine.records.vocabulary import EndpointRole

_THRESHOLD = 0.25
_ALIKE = 0.6  # share of words in common that makes a name a variant of one it holds
_MEMBER = 0.7  # share of the threshold that suffices for a member of a list
_COVERED = 0.75  # share of a list's words that two of its members must hold
_LIST = regex.compile(r"\band\b|\bor\b|,|/", regex.IGNORECASE)
_MAX_EVIDENCE = 6
_NEAR = 25  # characters between an outcome and the time or the instrument that belongs to it
_MEASURED = regex.compile(
    r"\b(?:measured|assessed|evaluated|recorded|determined|monitored|estimated|examined|obtained)\b"
)
_MEASURED_BY = regex.compile(r"\b(?:by|using|with|on|measured|assessed|evaluated)\b|\(")
_WORDLIKE = regex.compile(r"\w")
_BREAK = regex.compile(r"[.;,]|\b(?:and|or|but|versus|than|was|were)\b", regex.IGNORECASE)


def build_endpoints(article: Article, mentions: Mentions, interventions: Block, cite: Citation) -> Block:
    """Rows of the endpoints block with the references to each.

    Args:
        article: the text that was read.
        mentions: what the extractors found in it.
        interventions: the interventions block; what names a treatment names no outcome.
        cite: makes evidence of spans.
    """
    found = _by_name(article, select(article, mentions, interventions))
    chosen = sorted(found, key=lambda c: min(m.start for m in c.mentions))
    rows: list[Endpoint] = []
    references: list[Reference] = []
    for number, candidate in enumerate(chosen, start=1):
        row_id = f"e{number}"
        rows.append(_row(row_id, candidate, article, mentions, cite))
        references += _references(row_id, candidate, article)
    references += _role_references(rows, mentions)
    return Block(tuple(rows), _disjoint(references))


def _by_name(article: Article, chosen: Iterable[Candidate]) -> list[Candidate]:
    """Candidates whose names are one when their short forms are written out are one outcome."""
    kept: dict[str, Candidate] = {}
    for c in chosen:
        same = kept.setdefault(_name(c, article).lower(), c)
        if same is not c:
            same.mentions += c.mentions
    return list(kept.values())


def select(
    article: Article, mentions: Mentions, interventions: Block, *, threshold: float = _THRESHOLD
) -> list[Candidate]:
    """The candidates that are outcomes of the trial."""
    found = candidates(article, mentions)
    model = linear_model("endpoint_rows")
    scores = [model.score(f) for f in features(article, mentions, found, interventions)]
    return choose(found, scores, threshold)


def choose(found: Sequence[Candidate], scores: Sequence[float], threshold: float) -> list[Candidate]:
    """The best candidates, of which none is a longer or shorter reading of the same words."""
    kept: list[Candidate] = []
    ranked = sorted(zip(scores, range(len(found)), found, strict=True), key=lambda x: (-x[0], x[1]))
    likely = [c for score, _, c in ranked if score >= threshold * _MEMBER]
    for score, _, c in ranked:
        if score < threshold or _is_list(c, likely):
            continue
        same = next((k for k in kept if _same_outcome(c, k)), None)
        if same is None:
            kept.append(c)
        else:
            # a weaker reading adds places, and leaves the name alone
            same.mentions += [m for m in c.mentions if m.value.probability < same.chance]
    return kept


def _same_outcome(c: Candidate, other: Candidate) -> bool:
    """Whether one name is the other with a word or two more, or both stand at the same places."""
    if not (c.words <= other.words or other.words <= c.words):
        return False
    if is_lasting(c.phrase.name) != is_lasting(other.phrase.name):
        return False
    if overlap(c.words, other.words) >= _ALIKE:
        return True
    return all(any(m.start < o.end and o.start < m.end for o in other.mentions) for m in c.mentions)


def _is_list(c: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a phrase lists two or more outcomes that are candidates themselves."""
    if not _LIST.search(c.phrase.name):
        return False
    members = [o for o in others if o.words < c.words and not _LIST.search(o.phrase.name)]
    return any(
        not (a.words & b.words) and len(a.words | b.words) >= _COVERED * len(c.words)
        for i, a in enumerate(members)
        for b in members[i + 1 :]
    )


def _row(row_id: str, c: Candidate, article: Article, mentions: Mentions, cite: Citation) -> Endpoint:
    name = _name(c, article)
    timepoint = _timepoint(c, article, mentions)
    instrument = _instrument(c, article, mentions)
    return Endpoint(
        id=row_id,
        name=name,
        code=c.code or endpoint_code(name),
        role=_role(c, mentions),
        kind=endpoint_kind(name),
        instrument=instrument.value if instrument else None,
        timepoint=timepoint.value if timepoint else None,
        evidence=_evidence(c, [m for m in (timepoint, instrument) if m], cite),
    )


def _name(c: Candidate, article: Article) -> str:
    """The long form where the text has one; else the phrase with the best chance."""
    name = c.phrase.name
    long_form = article.abbreviations.get(name)
    return long_form if long_form and endpoint_words(long_form) else name


def _role(c: Candidate, mentions: Mentions) -> EndpointRole | None:
    roles = Counter(r for m in c.mentions if (r := role_at(mentions, m.start, m.end)))
    if not roles:
        return None
    order: tuple[EndpointRole, ...] = ("primary", "secondary", "exploratory", "safety")
    return next(r for r in order if r in roles)


def _evidence(c: Candidate, more: Sequence[Mention], cite: Citation) -> tuple[Evidence, ...]:
    ordered = sorted(c.mentions, key=lambda m: (-m.value.probability, m.start))[:_MAX_EVIDENCE]
    spans = [(m.start, m.end) for m in (*sorted(ordered, key=lambda m: m.start), *more)]
    return cite.all(*spans)


def _timepoint(c: Candidate, article: Article, mentions: Mentions) -> Mention | None:
    """The time that follows a mention of the outcome at once, or that its whole sentence is about."""
    ordered = sorted(c.mentions, key=lambda m: -m.value.probability)
    for find in (_time_beside, _time_of_sentence):
        for m in ordered:
            sentence = article.sentence_at(m.start)
            found = find(m, sentence, article.text, mentions) if sentence else None
            if found:
                return found
    return None


def _time_beside(m: Mention, sentence: Sentence, text: str, mentions: Mentions) -> Mention | None:
    inside = mentions.within("timepoint", m.start, m.end)
    after = mentions.within("timepoint", m.end, min(sentence.end, m.end + _NEAR + 60))
    for t in (*inside, *after[:1]):
        gap = text[m.end : t.start]
        if t.start <= m.end or (len(gap) <= _NEAR and not _BREAK.search(gap)):
            return t
    return None


def _time_of_sentence(m: Mention, sentence: Sentence, text: str, mentions: Mentions) -> Mention | None:
    """ "A and B were measured at 12 weeks"; "After 3 months, A fell"."""
    times = mentions.within("timepoint", sentence.start, sentence.end)
    if len(times) != 1 or text[times[0].start : times[0].start + 4].lower().startswith(("for ", "in ", "over")):
        return None
    leads = times[0].start - sentence.start <= 1
    measured = times[0].start > m.end and _MEASURED.search(text, sentence.start, times[0].start)
    return times[0] if leads or measured else None


def _instrument(c: Candidate, article: Article, mentions: Mentions) -> Mention | None:
    """The scale that the sentence names behind the outcome ("pain by the visual analogue scale") or in its name."""
    for m in sorted(c.mentions, key=lambda m: -m.value.probability):
        sentence = article.sentence_at(m.start)
        if sentence is None:
            continue
        within = mentions.within("instrument", m.start, m.end)
        if within:
            return within[0]
        for i in mentions.within("instrument", m.end, sentence.end)[:1]:
            gap = article.text[m.end : i.start]
            if len(gap) <= 3 * _NEAR and _MEASURED_BY.search(gap):
                return i
    return None


def _references(row_id: str, c: Candidate, article: Article) -> Iterable[Reference]:
    for m in c.mentions:
        yield Reference(m.start, m.end, row_id)
    forms = {m.value.name for m in c.mentions}
    forms |= {short for short, full in article.abbreviations.items() if endpoint_words(full) == c.words}
    forms |= {article.abbreviations[f] for f in forms if f in article.abbreviations}
    for form in sorted((f for f in forms if len(f) > 1), key=len, reverse=True):
        for start, end in _occurrences(form, article.text):
            yield Reference(start, end, row_id)


def _occurrences(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a text has a form, or its plural, as words of their own; a word of letters alone in any case."""
    if not form.isupper() and form.isalpha():
        lowered = text.lower()
        # "İ" becomes two characters: all behind it would be out of place
        text, form = (lowered, form.lower()) if len(lowered) == len(text) else (text, form)
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        end += text.startswith("s", end) and not _is_wordlike(text[end + 1 : end + 2])
        before = text[at - 1 : at] if at else ""
        whole = not (before == "-" or _is_wordlike(before) or _is_wordlike(text[end : end + 1]))
        if whole:
            yield at, end
        at = text.find(form, end if whole else at + 1)


def _is_wordlike(sign: str) -> bool:
    return _WORDLIKE.match(sign) is not None


def _role_references(rows: Sequence[Endpoint], mentions: Mentions) -> Iterable[Reference]:
    """ "The primary end point" refers to an outcome if only one has that role."""
    for m in mentions["endpoint_reference"]:
        having = [r for r in rows if r.role == m.value]
        if len(having) == 1:
            yield Reference(m.start, m.end, having[0].id)


def _disjoint(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """References in text order; of two that overlap the longer one."""
    kept: list[Reference] = []
    end_of_last = -1
    for r in sorted(set(references), key=lambda r: (r.start, -(r.end - r.start), r.id)):
        if r.start >= end_of_last:
            kept.append(r)
            end_of_last = r.end
        elif r.end - r.start > kept[-1].end - kept[-1].start:
            kept[-1] = r
            end_of_last = r.end
    return tuple(kept)
