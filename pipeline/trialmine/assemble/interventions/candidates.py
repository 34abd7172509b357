"""Everything in a text that might be an intervention: drugs by name, phrases of its frames, spans of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.group_labels import parts_of_labels
from trialmine.assemble.interventions.naming import joined, with_whole_phrases
from trialmine.assemble.interventions.rivals import name_what_is_had
from trialmine.lexicon.no_names import RAYS
from trialmine.lexicon.occurrences import lowered
from trialmine.lexicon.tokens import bare_words
from trialmine.normalise.drug import canonical
from trialmine.normalise.intervention import kind_of
from trialmine.normalise.route import route
from trialmine.records.article import Article, Entity, Mention, Mentions
from trialmine.records.vocabulary import InterventionKind

# words for any treatment name none
_GENERIC = frozenset(
    (
        *("treatment", "treatments", "intervention", "interventions", "control", "controls", "therapy"),
        *("therapies", "procedure", "procedures", "drug", "drugs", "medication", "medications", "study", "trial"),
        *("arm", "group", "groups", "programme", "program", "care", "dose", "doses", "agent", "agents"),
        *("regimen", "standard", "follow", "both", "each", "other", "active", "experimental", "combination"),
        *("monotherapy", "comparator", "test", "product", "supplement", "supplementation"),
    )
)
USUAL_CARE = regex.compile(
    r"(?:usual|standard|routine|conventional|traditional|customary)\s+(?:\w+\s+)?(?:care|treatment|therapy|practice|management)|standard\s+intervention|standard\s+of\s+care"
    r"|(?:treatment|care|activities|practice)\s+as\s+usual|best\s+supportive\s+care|(?:sham|attention)(?:\s+\w+)?",
    regex.I,
)
_CARE = regex.compile(r"care|practice|usual", regex.I)
_SYSTEMIC = ("intravenous", "subcutaneous", "intramuscular", "oral", "sublingual", "vaginal", "rectal")
_SLASH = regex.compile(r"\s*[/+]\s*")
_HYPHEN = regex.compile(r"[-–]")
_AMOUNT = regex.compile(r"\s+\d[\d.,]*\s*(?:mg|g|mcg|[µμ]g|IU|ml|%)(?:/\w+)?\s*$", regex.I)
_TWO_SHORT = regex.compile(
    r"[(\[](?P<first>\p{Lu}[\p{Lu}\d]{1,5})\s?[/+&-]\s?(?P<second>\p{Lu}[\p{Lu}\d]{1,5}(?:\s\p{Lu}{2})?)[)\]]"
)
_WITH = regex.compile(r"\s*(?:and|plus|with|/|\+|-|–|combined\s+with|in\s+combination\s+with)\s*", regex.I)
_BEHIND = 90  # characters in which both drugs stand before the bracket


# "ABC 12-3456" is one code
_LETTERS, _CODE_BEHIND = regex.compile(r"\p{Lu}{2,4}"), regex.compile(r"\s\d{1,3}-\d{3,5}\b")


_RAYS = regex.compile(rf"(?:^|\s)(?:{RAYS})$")


def find_candidates(article: Article, mentions: Mentions) -> list[Candidate]:
    """Everything that might be an intervention: drugs by name, phrases of the intervention frames by their words."""
    modelled = [e for e in article.entities if e.label == "INTERVENTION"]
    groups = _by_name(article, modelled, mentions["frequency"])
    phrases = _by_phrase(article, mentions, groups)
    all_found = [*groups.values(), *phrases.values()]
    name_what_is_had(article, all_found)
    found = joined(article, _one_usual_care(all_found))
    with_whole_phrases(article, found)
    for c in found:
        c.spans = sorted(set(c.spans))
        drug = canonical(c.name)
        c.kind = drug.kind if drug else kind_of(c.name) or _kind_of_whole(article.text, c)
        if c.kind is None and "dosed" in c.frames and _RAYS.search(c.name):
            c.kind = "radiation"
        c.seen = sum(any(m.start < e and s < m.end for m in modelled) for s, e in c.spans) / len(c.spans)
    # much else has a short form
    return [c for c in found if c.frames != {"abbreviated"} or c.seen or c.kind]


def _by_name(article: Article, modelled: Sequence[Entity], frequencies: Sequence[Mention]) -> dict[str, Candidate]:
    """Chemicals and what the model takes for an intervention, by the drug that they name."""
    groups: dict[str, Candidate] = {}
    named = [e for e in article.entities if e.label == "CHEMICAL" and not _is_salt_of(e, modelled)]
    told_apart, carried = _told_apart(named), _carried(article, named)
    for e in (*named, *(m for m in modelled if not any(n.start < m.end and m.start < n.end for n in named))):
        code = _CODE_BEHIND.match(article.text, e.end) if _LETTERS.fullmatch(e.text) else None
        end = code.end() if code else e.end
        name = e.text + code[0] if code else e.name or _RANGE_BEHIND.sub("", e.text)
        if _names_none(article.text, e, name) or any(f.start <= e.start and end <= f.end for f in frequencies):
            continue
        start = e.start
        if e.source == "model" and (unit := _UNIT_TORN.match(name)) and article.text[start - 1 : start] == "/":
            name, start = name[unit.end() :], start + unit.end()
        if e.source == "model" and (count := _COUNT_OF.match(name)):
            name, start = name[count.end() :], start + count.end()
        drug = canonical(name)
        start = carried.get((e.start, e.end), start)
        if (e.start, e.end) in carried:
            name, drug = article.text[start:end], None
        key = bare_words(drug.name if drug and drug.base in told_apart else drug.base if drug else name)
        c = groups.setdefault(key, Candidate(key, name, source=e.source, certainty=e.score))
        c.certainty = max(c.certainty, e.score)
        c.spans.append((start, end))
        if name.lower() == "sham" and (whole := _SHAM.match(article.text, e.start)):
            c.wider.append(whole.span())
    _add_wider(groups, modelled)
    _join_parts(article.text, groups)
    _join_elements(article.text, groups)
    _add_abbreviations(article, groups)
    return groups


def _is_salt_of(e: Entity, modelled: Sequence[Entity]) -> bool:
    """The ion of a salt that no list knows: "chondroitin sulfate"."""
    if e.source != "lexicon" or _ION.fullmatch(bare_words(e.name or e.text)) is None:
        return False
    return any(m.end == e.end and m.start < e.start and _UNKNOWN_SALT.fullmatch(m.text) for m in modelled)


def _told_apart(named: Sequence[Entity]) -> set[str]:
    """Bases of which the text names several esters: "tenofovir disoproxil or tenofovir alafenamide"."""
    esters: dict[str, set[str]] = {}
    for e in named:
        drug = canonical(e.name or e.text)
        if drug is not None and drug.name != drug.base and " " in drug.name:
            esters.setdefault(drug.base, set()).add(drug.name)
    return {base for base, names in esters.items() if len(names) > 1}


def _carried(article: Article, named: Sequence[Entity]) -> dict[tuple[int, int], int]:
    """Places of "liposomal A", "nab-A" with where these words begin, if a sentence sets them beside plain A."""
    found: dict[tuple[int, int], int] = {}
    plain: set[tuple[str, int]] = set()
    beside: set[str] = set()
    for e in named:
        drug, sentence = canonical(e.name or e.text), article.sentence_at(e.start)
        if drug is None or sentence is None:
            continue
        before = CARRIER.search(article.text, max(sentence.start, e.start - 30), e.start)
        if before or CARRIER.match(e.text):
            found[e.start, e.end] = before.start() if before else e.start
        else:
            plain.add((drug.base.split(" ")[0], sentence.start))
    for start, end in found:
        drug, sentence = canonical(CARRIER.sub("", article.text[start:end])), article.sentence_at(start)
        if drug and sentence and (drug.base.split(" ")[0], sentence.start) in plain:
            beside.add(drug.base)
    by_name = ((span, canonical(CARRIER.sub("", article.text[slice(*span)]))) for span in found)
    return {span: found[span] for span, drug in by_name if drug and drug.base in beside}


def _by_phrase(article: Article, mentions: Mentions, groups: dict[str, Candidate]) -> dict[str, Candidate]:
    """Phrases of the intervention frames that lie apart from what has a name; the same words again go to `groups`."""
    taken = [span for c in groups.values() for span in c.spans]
    phrases: dict[str, Candidate] = {}
    for m in mentions["intervention"]:
        text = article.text[m.start : m.end]
        if _HOW_MUCH.fullmatch(text) or _is_illness(article, m.start, m.end):
            continue
        elsewhere = any(s < m.end and m.start < e for s, e in taken)
        torn = text.count("(") != text.count(")")
        # "effects of intravenous A": a route is none
        if elsewhere and m.value == "dosed":
            for c in [c for c in groups.values() if any(s <= m.start and e == m.end for s, e in c.spans)]:
                c.frames.add("dosed")
                _without_route(groups, c, text)
        if elsewhere or torn or _is_generic(text) or route(text) in _SYSTEMIC:
            continue
        if bare_words(text) in groups:
            groups[bare_words(text)].spans.append((m.start, m.end))
            continue
        c = phrases.setdefault(bare_words(text), Candidate(bare_words(text), text, source="phrase"))
        c.frames.add(m.value)
        if (m.start, m.end) not in c.spans:
            c.spans.append((m.start, m.end))
    text = lowered(article.text)
    for c in phrases.values():
        c.spans += _whole_words(text, lowered(c.name))
    _add_abbreviations(article, phrases)
    return phrases


def _without_route(groups: dict[str, Candidate], c: Candidate, name: str) -> None:
    """ "Oral zorbadine" is zorbadine."""
    lead = c.name.lower().removesuffix(name.lower()).strip()
    if lead and route(lead) and bare_words(name) not in groups:
        groups[bare_words(name)] = groups.pop(c.key)
        c.key, c.name = bare_words(name), name


def _kind_of_whole(text: str, c: Candidate) -> InterventionKind | None:
    """The kind by the head of a phrase around the name: "X" of "X programme"."""
    return next((kind for start, end in c.wider if (kind := kind_of(text[start:end]))), None)


def is_usual_care(c: Candidate) -> bool:
    """Whether it is called usual care, or practice, in so many words."""
    return bool(USUAL_CARE.fullmatch(c.name) and _CARE.search(c.name))


def _one_usual_care(found: list[Candidate]) -> list[Candidate]:
    """ "Standard care" and "standard practice" are one, however often the text changes its words."""
    usual = [c for c in found if is_usual_care(c)]
    for c in usual[1:]:
        usual[0].spans += c.spans
        usual[0].frames |= c.frames
    return [c for c in found if c not in usual[1:]]


def _is_generic(name: str) -> bool:
    """Whether these words are for any treatment; "standard care" is one of its own."""
    return set(bare_words(name).split()) <= _GENERIC and not USUAL_CARE.fullmatch(name)


def _names_none(text: str, e: Entity, name: str) -> bool:
    """Whether the words name something else: an enzyme, a receptor, how often or how much."""
    return bool(
        _PART_OF.match(text, e.end)
        or _PER.search(text, max(0, e.start - 12), e.start)
        or _HOW_MUCH.fullmatch(name)
        or (e.label == "INTERVENTION" and _is_generic(name))
    )


def _is_illness(article: Article, start: int, end: int) -> bool:
    """Whether a phrase ends as a disease does that it names: "premature ejaculation (PE)"."""
    inside = [e for e in article.entities_in(start, end) if e.end == end]
    return any(e.label in ("DISEASE", "CONDITION", "ADVERSE_EVENT") for e in inside) and not any(
        e.label == "INTERVENTION" for e in inside
    )


def _join_parts(text: str, groups: dict[str, Candidate]) -> None:
    """ "creatine phosphate sodium" is one drug: a name that only ever stands right behind another is a part of that."""
    owners = {end: c for c in groups.values() for _, end in c.spans}
    for c in list(groups.values()):
        before = [owners.get(start - 1) for start, _ in c.spans]
        if c.source != "lexicon" or not _ION.fullmatch(c.key) or None in before:
            continue
        if all(text[start - 1] == " " for start, _ in c.spans):
            del groups[c.key]
            for owner, (start, end) in zip(before, c.spans, strict=True):
                if owner is not None:
                    owner.wider += [(s, end) for s, e in owner.spans if e == start - 1]


def _join_elements(text: str, groups: dict[str, Candidate]) -> None:
    """ "60 mg elemental iron as ferrous sulfate" is ferrous sulfate, where the element is never given by itself."""
    for name, salts in _ELEMENTS.items():
        element = groups.get(name)
        given = [s for s, e in element.spans if not _LACKED.match(text, e)] if element else []
        if not element or not given or not all(_ELEMENTAL.search(text, max(0, s - 12), s) for s in given):
            continue
        owners = [c for key, c in groups.items() if c is not element and salts.search(key)]
        if len(owners) == 1:
            del groups[name]
            owners[0].spans = sorted({*owners[0].spans, *element.spans})


_LACKED = regex.compile(r"[\s-](?:deficien|deplet|replete|stores|status|overload)", regex.I)
_ELEMENTAL = regex.compile(r"\belemental\s$", regex.I)
_ELEMENTS = {
    "iron": regex.compile(r"^(?:ferr(?:ous|ic)\s|iron\s(?!supplement))"),
    **{e: regex.compile(rf"^{e}\s(?!supplement)") for e in ("calcium", "zinc", "magnesium")},
}


def _add_wider(groups: Mapping[str, Candidate], modelled: Sequence[Entity]) -> None:
    """A drug's name may be a part of what was given: "amorphous rifaximin", "green coffee extract"."""
    owners = [(start, end, c) for c in groups.values() for start, end in c.spans]
    for m in modelled:
        inside = [(start, end, c) for start, end, c in owners if m.start <= start and end <= m.end]
        if len(inside) != 1 or (m.start, m.end) == inside[0][:2] or _SEVERAL.search(m.text.strip()):
            continue
        if not _VERB.match(m.text, inside[0][1] - m.start):
            inside[0][2].wider.append((m.start, m.end))


_SEVERAL = regex.compile(
    r"\b(?:and|or|plus|with|versus|vs|followed)\b|[,;()/+]|\d\s*(?:mg|g|mcg|ug|ml|iu|cfu|pfu|mmol|kcal)\b|\d{5}|\s(?:beside|for|in|of|to|by|on|at|as|the|an?|per)$",
    regex.I,
)
# what a drug does is no part of its name; a plural at the end may be one: "zinc tablets"
_VERB = regex.compile(r"\s+\p{Ll}+(?<![aeiosu])s\s+\p{Ll}|\s+\p{Ll}+es\s+\p{Ll}")
# what a drug's name is no more than a part of: "aspartate aminotransferase", "oestrogen receptor"
_PART_OF = regex.compile(
    r"[\s-]+(?:\p{L}*(?:transferase|dehydrogenase|reductase|synthase|kinase|oxidase|esterase|peptidase|phosphatase)s?"
    r"|diphosphate|triphosphate|(?:receptors?(?!\s+(?:antagonist|agonist|block)))|labell?ing\s+ind\w+|equivalents?)\b",
    regex.I,
)
_SHAM = regex.compile(
    r"sham[\s-]+(?!controlled|group|arm|treat|trial|or\b|and\b|versus|vs|in\b|was\b|were\b)\p{L}{3,}", regex.I
)
_PER = regex.compile(r"\b[mµμu]?(?:g|mol)/(?:m?g|m?mol)\s+(?:of\s+)?$", regex.I)  # "300 mg/g creatinine"
_HOW_MUCH = regex.compile(
    r"(?:(?:soft|hard)[\s-]?(?:gel(?:atin)?|shell)|(?:film|enteric)[\s-]coated)(?:\s(?:capsules?|tablets?))?|(?:\w+[\s-])?(?:dose|dosage|schedule|dense)|(?:\w+\s)?times\s(?:a\s)?(?:daily|day|week\w*)|[qbt]\.?i\.?d\.?|qd|od|po|sc|iv|im"
    r"|q\.?\s?\d+(?:\s?[-–]\s?\d+)?\s?(?:h(?:ours?|rs?|r)?|d(?:ays?)?|w(?:ee)?ks?|w|mo?|months?)|q[ao]?[dhw]|q[ap]\.?m|qod|eod|qhs|bd|tds|qds|prn|p\.r\.n\.?"
    r"|(?:mg|g|ml|mcg)\s\w+|(?:reference|study|control|test|intervention)\s(?:arm|group|treatment)"
    r"|no\s.*|observation(?:\salone)?|(?:wait(?:ing)?[\s-]?list(?:ed)?|WLC?)(?:\s(?:controls?|groups?|conditions?|participants)){0,2}"
    r"|every\s?\d+(?:\s?\w+)?|(?:a\s)?fixed[\s-](?:dose[\s-])?(?:drug\s)?combinations?|FDC"
    r"|puffs?|sprays?|inhalations?|actuations?|tablets?|capsules?|pills?|sachets?|vials?|ampou?les?|drops?"
    r"|once|twice|daily|weekly|guidelines?|men|women|patients?|children|placebo[\s-]controlled",
    regex.I,
)
_RANGE_BEHIND = regex.compile(r"\s*\d[\d.,]*\s?[-–]\s?\d[\d.,]*(?:\s?(?:mg|g|mcg|[µμ]g|ml|IU))?\s*$", regex.I)
_ION = regex.compile(
    r"sodium|potassium|calcium|magnesium|chloride|(?:phosphate|acetate|nitrate|sulfate|citrate)(?:\sion)?|citric\sacid(?:\s\w+)?|sucrose|dextrose",
    regex.I,
)
CARRIER = regex.compile(
    r"(?:(?:pegylated|nonpegylated|non-pegylated)\s)?liposom(?:al|e)(?:-encapsulated)?\s$|nab-$"
    r"|^(?:(?:(?:non)?pegylated\s)?liposomal\s|nab-|(?:nanoparticle\s)?albumin-bound\s)|(?:nanoparticle\s)?albumin-bound\s$",
    regex.I,
)
_UNIT_TORN = regex.compile(r"(?:h|d|kg|day|min|m2)\s(?=\p{L}{4})")  # "1.2 g/kg/h carbohydrate"
_COUNT_OF = regex.compile(
    r"(?:two|three|four|five|six|[2-9]|1\d)\s(?=[\w-]+\s(?:tablets|capsules|pills|sachets|pellets)$)"
)
_UNKNOWN_SALT = regex.compile(
    r"(?!(?:oral|daily|intravenous|magnesium|calcium|zinc|iron|ferrous)\b)\p{L}{7,}(?<!ary|ic|al|ous|ble|ed|ing|ive|ly|dose)\s\p{L}+",
    regex.I,
)


def _whole_words(text: str, words: str, *, joined: str = "_") -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text` without a letter or digit (or a sign of `joined`) beside them."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        whole = not (before.isalnum() or (before and before in joined) or after.isalnum() or after == "_")
        if whole:
            yield start, end
        start = text.find(words, end if whole else start + 1)


def _add_abbreviations(article: Article, groups: dict[str, Candidate]) -> None:
    """A short form belongs to the candidate that its long form names."""
    pairs = (*_paired(article.text, groups), *parts_of_labels(article.text, groups))
    for short, stated in (*_parted(article.abbreviations), *pairs):
        if short == stated:
            continue
        long_form = _AMOUNT.sub("", stated)
        key = bare_words(long_form)
        known = canonical(long_form)
        owner = groups.get(key) or (groups.get(bare_words(known.base)) if known else None)
        if owner is None:
            tails = [c for c in groups.values() if c.key and key.endswith(" " + c.key) and len(c.key) > 5]
            # the short name of several drugs is not that of the last one
            owner = tails[0] if len(tails) == 1 and not _names_another(groups, key, tails[0]) else None
        if owner is None:
            _spell_out(article, groups, bare_words(short), long_form)
            continue
        other = groups.pop(bare_words(short), None)
        if other is not None and other is not owner:
            owner.spans += other.spans
        owner.spans += _whole_words(article.text, short, joined="_-")


def _names_another(groups: Mapping[str, Candidate], key: str, tail: Candidate) -> bool:
    rest = f" {key.removesuffix(tail.key)}"
    return any(f" {c.key} " in rest for c in groups.values() if c is not tail and c.source == "lexicon")


def _spell_out(article: Article, groups: dict[str, Candidate], short: str, long_form: str) -> None:
    """A candidate that is known by its short form only gets the long one as its name; one of a disease is none."""
    c = groups.get(short)
    if c is not None and _HOW_MUCH.fullmatch(long_form):
        del groups[short]
    if c is None or ":" in long_form or _SEVERAL.search(long_form) or _HOW_MUCH.fullmatch(long_form):
        return
    places = list(_whole_words(lowered(article.text), lowered(long_form)))
    if any(_is_illness(article, *place) for place in places):
        del groups[short]
    elif places and len(long_form) > len(c.name) + 2:
        c.key, c.name = bare_words(long_form), long_form
        c.spans += places


def _parted(abbreviations: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Abbreviations; one of a combination ("SAL/FP", "MF-VG") gives one for each of its parts."""
    for short, long_form in abbreviations.items():
        for joint in (_SLASH, _HYPHEN):
            parts, names = joint.split(short), joint.split(long_form)
            if len(parts) == len(names) > 1 and (joint is _SLASH or all(len(p) > 1 for p in parts)):
                yield from zip(parts, names, strict=True)
                break
        else:
            yield short, long_form


def _paired(text: str, groups: Mapping[str, Candidate]) -> Iterator[tuple[str, str]]:
    """Short forms of two drugs in one bracket behind both: "phentermine and topiramate (PHEN/TPM)"."""
    for m in _TWO_SHORT.finditer(text):
        before = [
            (s, e, c.name) for c in groups.values() for s, e in c.spans if m.start() - _BEHIND < s and e <= m.start()
        ]
        if len(before) < 2:
            continue
        first, second = sorted(before)[-2:]
        if m.start() - second[1] < 20 and _WITH.fullmatch(text[first[1] : second[0]]):
            for short, drug in ((m["first"], first), (m["second"], second)):
                if drug[2][:1].lower() == short[:1].lower():
                    yield short, drug[2]
