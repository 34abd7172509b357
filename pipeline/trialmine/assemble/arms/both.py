"""The arm of a factorial trial that got both: "tea, milk, both, or neither"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block

_BOTH = Search(
    r"(?:,|\bor|\band|\bto|\bon|\bin|\bwith|;)\s(?:receive\s|to\s|receiving\s|the\s|a\s|their\s)*"
    r"(?P<both>both(?:\s(?:drugs|treatments|interventions|agents|therapies|supplements|vaccines|programmes|of\sthem))?"
    r"|combination(?:\s(?:of\s(?:both|the\stwo|these)|therapy|treatment))?|combined\s(?:therapy|treatment|intervention))"
    r"(?=\s?(?:[,;.(]|$|(?:or|and|group|arm|combined|together)\b))"
)
_CHANCE = regex.compile(r"\brandom|\bassigned|\ballocated|\bfactorial", regex.I)
_REACH = 160  # characters from the first name to "both"


def with_both(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """The arms with that of people who got what two others got apart, where a clause of chance names it behind them."""
    single = [d for d in drafts if len(d.members) == 1 and not _is_control(interventions, d.members[0])]
    if len(single) != 2 or any(len(d.members) > 1 for d in drafts) or single[0].members == single[1].members:
        return list(drafts)
    members = tuple(d.members[0] for d in single)
    for m in _BOTH.find(article.text):
        sentence = article.sentence_at(m.start("both"))
        if sentence is None or sentence.section in ("background", "results", "conclusions"):
            continue
        before = interventions.within(max(sentence.start, m.start() - _REACH), m.start("both"))
        if {r.id for r in before} >= set(members) and _CHANCE.search(article.text, sentence.start, sentence.end):
            places = tuple(p.span("both") for p in _BOTH.find(article.text, m.end()))
            return [*drafts, ArmDraft(m["both"], m.span("both"), members, spans=places, keys=frozenset({"both"}))]
    return list(drafts)


def _is_control(interventions: Block, id_: str) -> bool:
    return any(
        r.id == id_ and (r.name == "placebo" or (r.kind == "other" and r.role == "comparator"))
        for r in interventions.rows
    )
