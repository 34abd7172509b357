"""The conditions of the trial's own participants, among all diseases and states that the text names."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from trialmine.assemble.citation import Citation
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, mapping, rows
from trialmine.lexicon.tokens import bare_words
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article
from trialmine.records.trial import Condition

_PEOPLE = (
    r"(?:patients?|subjects?|participants?|women|men|children|adults|adolescents|people|individuals|infants"
    r"|neonates|volunteers|those|population|outpatients"
    r"|rats|mice|dogs|cats|horses)"
)
# "mild to moderate asthma" goes on
_END = (
    r"(?=\s*(?:[.,;:()\[\]]|$)|\s+(?:who|were|was|are|is|and\s+(?:a|the|to)|in|on|at|with|without|by|for|from"
    r"|to(?!\s+(?:moderate|severe|late|high|intermediate)\b)|after|before|during|receiv\w+|treated|undergoing|using|aged"
    r"|whose|than|versus|vs|compared|randomi[sz]ed|had|have|has|will|as|that|which|when|but|while|over|between|despite"
    r"|under|given|taking)\b)"
)
# "… in asthma a phase two study": the title's next words, its stop lost
_A_STUDY = (
    r"an?\s+(?:(?:single|multi|double|open|triple)[\w-]*\s+|pilot\s+|phase\s+\w+\s+|prospective\s+|(?:placebo[\s-])?controlled\s+"
    r"|blinded\s+|(?:non)?random\w+\s+|comparative\s+|clinical\s+|feasibility\s+|cohort\s+){0,5}(?:study|trial)"
)
POPULATION = Pattern(
    "condition.population",
    rf"\b{_PEOPLE}\s+(?:with|suffering\s+from|diagnosed\s+with|having|who\s+had|affected\s+by|presenting\s+with"
    rf"|undergoing|scheduled\s+for|underwent|at\s+risk\s+(?:of|for)|hospitali[sz]ed\s+for)\s+"
    r"(?:an?\s+|the\s+)?(?!(?:started|received|undergone|been|taken|completed|failed|given|not|never|no)\b)"
    rf"(?P<what>[\p{{L}}\d][^.;:()\[\]\n]{{2,90}}?){_END}",
    hits=(
        "patients with severe asthma were treated",
        "women undergoing cesarean delivery",
        "adults with mild-to-moderate plaque psoriasis",
    ),
    misses=("patients were treated", "adults who had started haemodialysis"),
)
TREATMENT = Pattern(
    "condition.treatment",
    rf"\b(?:treatment|management|therapy|prevention|prophylaxis|relief|control|reduction|risk|incidence|treating"
    rf"|preventing)\s+(?:of|for)\s+(?:an?\s+|the\s+)?"
    rf"(?P<what>[\p{{L}}\d][^.;:()\[\]\n]{{2,70}}?){_END}",
    hits=("for the treatment of chronic constipation in adults", "prevention of nausea."),
    misses=("the treatment was good",),
)
IN_TITLE = Pattern(
    "condition.in_title",
    r"\b(?:in|for|among)\s+(?:an?\s+|the\s+)?(?P<what>(?!patients|subjects|women|men"
    r"|children)[\p{L}][^.;:()\[\]\n]{2,60}?)(?=(?:\s+[-–—])?\s*(?:[.,;:()]|$|\b(?:patients|subjects|women|children|adults|with"
    rf"|in|after|during|a\s+random\w*|{_A_STUDY}|by|using|treated|undergoing)\b))",
    hits=(
        "Drug for advanced breast cancer: a trial",
        "Drug in type 2 diabetes patients",
        "Drug in advanced breast cancer a phase two study",
    ),
    misses=("Drug therapy",),
)
PATTERNS = (POPULATION, TREATMENT, IN_TITLE)
# "in the treatment of gout": gout is what people have
_PURPOSE = regex.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:treatment|management|prevention|prophylaxis|therapy|control|relief|care|reduction)\s+(?:of|for)\s+(?:an?\s+|the\s+)?",
    regex.I,
)

_ABBREVIATIONS = {row["abbreviation"]: row["name"] for row in rows("condition_abbreviations")}
_EXCLUDED = regex.compile(
    r"\b(?:exclusions?|excluding|excludes?|excluded\s+(?:if|for|those|patients|were)|ineligib\w+|not\s+eligible|no\s+(?:prior\s+|previous\s+)?history\s+of|free\s+(?:of|from)|without\s+(?:an?\s+)?(?:known\s+)?history)\b",
    regex.I,
)
_WERE_EXCLUDED = regex.compile(
    r"\b(?:was|were|be|are)\s+(?:\w+\s+)?(?:excluded|ineligible|not\s+(?:eligible|included|enrolled))\b|\bnot\s+be\s+(?:eligible|included|enrolled)\b",
    regex.I,
)
_ADJECTIVES = mapping("condition_adjectives", "adjective", "name")
_KNOWN_SHORT = regex.compile(rf"(?<![\w-]){alternation(list(_ABBREVIATIONS))}(?![\w-])")
# "haemophilia B", where the recogniser stops before the letter
_LETTER = regex.compile(r"\s[B-E](?=[\s.,;)](?![A-Z]\b))")
_THRESHOLD = 0.5
_LEAST = 0.15  # what the best candidate must reach when no other does


@dataclass(slots=True)
class ConditionCandidate:
    """A possible condition with its places and the rules that found it."""

    key: str
    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)


def build_conditions(article: Article, cite: Citation) -> tuple[Condition, ...]:
    """Conditions in order of first mention; wordings of one condition are one."""
    model = linear_model("condition")
    candidates = find_condition_candidates(article)
    scored = [(model.score(condition_features(article, c, candidates)), c) for c in candidates]
    kept: list[tuple[float, ConditionCandidate]] = []
    for score, c in sorted(scored, key=lambda pair: (-pair[0], pair[1].spans[0])):
        enough = _THRESHOLD if kept else _LEAST
        if score >= enough and not any(_overlap(c.key, k.key) >= 0.5 for _, k in kept):
            kept.append((score, c))
    return tuple(
        Condition(name=_name(c.text), text=c.text, evidence=cite.all(*c.spans[:2]))
        for _, c in sorted(kept, key=lambda pair: pair[1].spans[0])
    )


def find_condition_candidates(article: Article) -> list[ConditionCandidate]:
    """Diseases by name, and what stands where people are described."""
    found: dict[str, ConditionCandidate] = {}

    def add(start: int, end: int, rule: str) -> None:
        text = article.text[start:end]
        key = bare_words(_expanded(article, text))
        if len(key) < 3 or len(key.split()) > 10:
            return
        c = found.setdefault(key, ConditionCandidate(key, _expanded(article, text)))
        c.spans.append((start, end))
        c.rules.add(rule)

    for e in article.entities:
        if e.label == "DISEASE":
            letter = _LETTER.match(article.text, e.end)
            add(e.start, letter.end() if letter else e.end, e.label)
    for m in _KNOWN_SHORT.finditer(article.text):
        add(m.start(), m.end(), "abbreviation")
    for pattern in (POPULATION, TREATMENT):
        for m in pattern.find(article.text):
            add(m.start("what"), m.end("what"), pattern.name)
    title = next((s for s in article.sections if s.label == "title"), None)
    if title:
        for m in IN_TITLE.find(article.text, title.start, title.end):
            purpose = _PURPOSE.match(article.text, m.start("what"), m.end("what"))
            add(purpose.end() if purpose else m.start("what"), m.end("what"), IN_TITLE.name)
    for c in found.values():
        c.spans = sorted(set(c.spans))
    return [c for c in found.values() if not all(_is_ruled_out(article, *span) for span in c.spans)]


def _is_ruled_out(article: Article, start: int, end: int) -> bool:
    """Whether those who have it were kept out of the trial."""
    sentence = article.sentence_at(start)
    if sentence is None:
        return False
    before = _EXCLUDED.search(article.text, sentence.start, start)
    return before is not None or _WERE_EXCLUDED.search(article.text, end, sentence.end) is not None


def condition_features(article: Article, c: ConditionCandidate, others: list[ConditionCandidate]) -> dict[str, float]:
    """Named features of one candidate."""
    f: dict[str, float] = {f"rule={rule}": 1.0 for rule in c.rules}
    f["words"] = min(len(c.key.split()), 8) / 4
    f["count"] = min(len(c.spans), 5) / 3
    f["first"] = float(c.spans[0] == min(o.spans[0] for o in others))
    f["rank"] = min(sum(o.spans[0] < c.spans[0] for o in others), 8) / 4
    f["parts_elsewhere"] = min(sum(len(o.spans) for o in others if o is not c and _overlap(o.key, c.key) >= 0.5), 6) / 3
    f["abbreviated"] = float(c.key in {bare_words(v) for v in article.abbreviations.values()})
    for start, end in c.spans:
        f[f"in={article.section_at(start)}"] = 1.0
        before = article.text[max(0, start - 60) : start]
        after = article.text[end : end + 30]
        for name, cue in _CUES.items():
            if cue.search(before):
                f[f"before={name}"] = 1.0
                if article.section_at(start) == "title":
                    f[f"title_before={name}"] = 1.0
        if _PEOPLE_BEHIND.match(after):
            f["after=people"] = 1.0
    f |= _wording(article, c)
    f["not_in_title"] = float("in=title" not in f)
    f["only_results"] = float(all(article.section_at(s) in ("results", "conclusions") for s, _ in c.spans))
    f["only_background"] = float(all(article.section_at(s) == "background" for s, _ in c.spans))
    return f


def _wording(article: Article, c: ConditionCandidate) -> dict[str, float]:
    """What the words themselves say: their endings, and whether they name a disease, a drug or people."""
    words = c.key.split()
    diseases = [e for e in article.entities if e.label == "DISEASE"]
    chemicals = [e for e in article.entities if e.label == "CHEMICAL"]
    holds = any(start <= e.start and e.end <= end for start, end in c.spans for e in diseases)
    inside = any(e.start <= start and end <= e.end for start, end in c.spans for e in diseases)
    phrase = c.rules.isdisjoint(("DISEASE", "abbreviation"))
    return {
        f"first_word={words[0]}": 1.0,
        f"last_word={words[-1]}": 1.0,
        f"ends_in={words[-1][-3:]}": 1.0,
        f"ends_in={words[-1][-4:]}": 1.0,
        "holds_disease": float(holds),
        "in_disease": float(inside),
        "no_disease": float(not holds and not inside),
        "no_disease_anywhere": float(not diseases),
        "drug": float(any(e.start < end and start < e.end for start, end in c.spans for e in chemicals)),
        "people": float(any(_PERSON.fullmatch(word) for word in words)),
        "joined": float("and" in words or "or" in words),
        "phrase": float(phrase),
        "phrase_once": float(phrase and len(c.spans) == 1),
    }


_PERSON = regex.compile(rf"{_PEOPLE}|elderly|older|young|adult|patient|athletes|students|nurses|healthy")
_CUES = {
    name: regex.compile(pattern, regex.I)
    for name, pattern in {
        "people": rf"\b{_PEOPLE}\s+(?:with|who\s+had|having|suffering\s+from|diagnosed\s+with)\s+(?:[\w-]+\s+){{0,3}}$",
        "undergoing": r"\b(?:undergoing|underwent|scheduled\s+for|after|following)\s+(?:[\w-]+\s+){0,3}$",
        "treatment": r"\b(?:treatment|treating|therapy|management|prevention|prophylaxis|prevent\w*)\s+(?:of"
        r"|for)?\s*(?:[\w-]+\s+){0,3}$",
        "in": r"\bin\s+(?:[\w-]+\s+){0,2}$",
        "for": r"\bfor\s+(?:[\w-]+\s+){0,2}$",
        "event": r"\b(?:adverse|events?|toxicit\w+|side|incidence|rates?|grade|caused|developed|occurr\w+|reduc\w+"
        r"|improv\w+|decreas\w+)\b",
        "exclude": r"\b(?:without|excluded?|history|free|no|absence|risk)\b",
        "criteria": r"\b(?:inclusion|eligible|diagnosis)\b",
    }.items()
}


_PEOPLE_BEHIND = regex.compile(rf"\s+{_PEOPLE}\b", regex.I)


def _expanded(article: Article, text: str) -> str:
    return article.abbreviations.get(text) or _ABBREVIATIONS.get(text, text)


def _name(text: str) -> str:
    """Lower case but for abbreviations and names that keep their capitals inside; "adult asthmatic" is asthma."""
    words = text.split()
    if condition := _ADJECTIVES.get(words[-1].lower()):
        words = [*(w for w in words[:-1] if not _PERSON.fullmatch(w.lower())), condition]
    return " ".join(w if sum(ch.isupper() for ch in w) > 1 else w[0].lower() + w[1:] for w in words)


def _overlap(a: str, b: str) -> float:
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0
