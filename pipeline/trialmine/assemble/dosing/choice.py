"""Which of the routes and durations of a text holds for which dosing row, judged by small trained scorers.

The rules of scope have given most rows theirs; what they say is one feature among others. A row takes the likeliest
mention of the text when the scorer is sure enough, and loses what it got when the scorer doubts it.
"""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import regex

from trialmine.assemble.dosing.alternatives import told_of_each
from trialmine.assemble.dosing.dated import open_to, without_lengths
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.foreign_routes import is_foreign
from trialmine.assemble.dosing.joints import NEXT_CLAUSE
from trialmine.assemble.dosing.lent_routes import is_alternative
from trialmine.assemble.dosing.routes import is_as_needed, is_beside
from trialmine.assemble.dosing.shared import is_told_of_all
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence

KINDS = ("route", "duration")
_SURE = {"route": 0.5, "duration": 0.5}
_DOUBTED = 0.3  # below that a row loses the duration that the rules of scope gave it
_GIVING = regex.compile(
    r"\b(?:receiv\w*|given|administ\w*|treat\w*|random\w*|assign\w*|allocat\w*|took|taken|inject\w*|infus\w*|dos(?:e|es|ed|ing)|supplement\w*|therapy|continued|repeated|cycles?)\b",
    regex.IGNORECASE,
)
_SEEN = regex.compile(
    r"\b(?:assess\w*|measur\w*|evaluat\w*|follow\w*|record\w*|collect\w*|surviv\w*|score\w*|observ\w*|monitor\w*|visit\w*|median|outcomes?|endpoints?|after)\b",
    regex.IGNORECASE,
)
_EVERYONE = regex.compile(
    r"\b(?:all|both|each|every|either|groups?|treatments?|drugs?|medications?)\b", regex.IGNORECASE
)
# "stable A 50 mg/day was permitted"
_PERMITTED = regex.compile(r"\b(?:stable|permitted|allowed|concomitant(?:ly)?|background)\b", regex.IGNORECASE)
_WORD = regex.compile(r"[A-Za-z]+")
# what may stand between a dose and how long it was given
_BESIDE = regex.compile(
    r"[\s,()]{0,3}(?:(?:orally|once|twice|thrice|three\stimes|a|per|day|daily|weekly|bid|tid|qd|given|taken|raw|cooked|of)\b[\s,()]{0,3}){0,5}",
    regex.IGNORECASE,
)
# dated lengths are too rare to be learned by themselves
_HOW = dict.fromkeys(
    ("duration.for_a", "duration.span", "duration.until_time", "duration.behind_frequency"), "duration.for"
)
_FAR = (0, 2, 8, 20, 45, 90, 160)


@dataclass(frozen=True)
class Scene:
    """What the features need to know of the article."""

    article: Article
    mentions: Mentions
    interventions: Block
    drafts: Sequence[Draft]

    def sentence(self, offset: int) -> Sentence | None:
        """The sentence at an offset."""
        return self.article.sentence_at(offset)


def choose(drafts: Sequence[Draft], article: Article, mentions: Mentions, interventions: Block) -> None:
    """Give every row the route and duration that the scorers hold for its own."""
    scene = Scene(article, mentions, interventions, drafts)
    _drop_foreign(scene)
    without_lengths(article.text, drafts)
    chosen = [(d, kind, *likeliest(scene, d, kind)) for kind in KINDS for d in drafts]
    for draft, kind, mention, score in chosen:
        _settle(draft, kind, mention, score)


def _drop_foreign(scene: Scene) -> None:
    """Take routes from rows that the rules of scope gave another drug's."""
    routes = scene.mentions["route"]
    for draft in scene.drafts:
        stated = draft.stated.get("route", [])
        told = [m for m in routes if (m.start, m.end) in stated]
        if told and all(
            is_alternative(scene.article, routes, m)
            or is_foreign(scene.article, scene.interventions, scene.drafts, draft, m)
            for m in told
        ):
            draft.drop("route")


def _settle(draft: Draft, kind: str, mention: Mention | None, score: float) -> None:
    if mention is None:
        return
    same = value_of(mention) == value_of_draft(draft, kind)
    if score < (_DOUBTED if same and kind == "duration" else _SURE[kind]):
        mention = None
    # "until progression" has no number to be judged by
    untimed = mention is None and kind == "duration" and draft.duration is not None and draft.duration.value is None
    if untimed or value_of(mention) == value_of_draft(draft, kind):
        return
    draft.drop(kind)
    if mention is not None:
        draft.fill(kind, mention.value, (mention.start, mention.end))


def likeliest(scene: Scene, draft: Draft, kind: str) -> tuple[Mention | None, float]:
    """The mention of this kind that the scorer finds likeliest for the row, and how likely it is."""
    found = candidates(scene, kind)
    if kind == "route":
        found = [m for m in found if not is_alternative(scene.article, found, m)]
        beside = [m for m in found if _stands_at(scene.article.text, draft, m)]
        if len({m.value for m in beside}) == 1:
            return beside[0], 1.0
        found = _routes_open_to(scene, draft, found)
    else:
        # "over 10 min" leaves no room for the hour of another drug
        found = [m for m in found if draft.infusion_time is None or m.value.unit not in ("min", "h")]
        found = open_to(scene.article.text, draft, scene.drafts, found)
        own = _told_behind(scene, draft, found) or _told_of_all(scene, draft, found)
        if (own := own or told_of_each(scene.article.text, draft, scene.drafts, found)) is not None:
            return own, 1.0
    model = linear_model(f"dosing_{kind}")
    scored = [(model.score(features(scene, draft, m)), -m.start, m) for m in found]
    best = max(scored, key=lambda s: s[:2], default=None)
    return (best[2], best[0]) if best else (None, 0.0)


def _told_of_all(scene: Scene, draft: Draft, found: Sequence[Mention]) -> Mention | None:
    """The duration that a sentence of its own tells of all rows: "both were taken for 8 weeks"."""
    own = [m for m in found if (m.start, m.end) in draft.stated.get("duration", [])]
    apart = [(m, s) for m in own if (s := scene.sentence(m.start)) and s.start != draft.sentence.start]
    return next((m for m, s in apart if is_told_of_all(scene.article.text, s, m)), None)


def _told_behind(scene: Scene, draft: Draft, found: Sequence[Mention]) -> Mention | None:
    """The duration that stands right behind the row's own drug and dose: "A 5 mg for a week or B 6 mg for two"."""
    following = min((d.start for d in scene.drafts if d.start >= draft.end), default=len(scene.article.text))
    stop = min(following, draft.sentence.end)
    first = next((m for m in found if draft.end <= m.start and m.end <= stop), None)
    stated = draft.stated.get("duration", [])
    if first is None or (first.start, first.end) not in stated:
        return None
    gap = scene.article.text[draft.end : first.start]
    others = [m for m in found if m is not first and draft.end <= m.start < stop]
    return first if _BESIDE.fullmatch(gap) and not others else None


def _stands_at(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether nothing stands between a mention and the row's drug and dose: "oral aciclovir 400 mg"."""
    before = mention.end <= draft.start and not text[mention.end : draft.start].strip()
    return before or (draft.end <= mention.start and not text[draft.end : mention.start].strip())


def _is_of_next_clause(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a clause of its own gives another dose behind this one, and the mention stands beside that."""
    text = scene.article.text
    return any(
        o.start > draft.end
        and o.sentence.start == draft.sentence.start
        and _stands_at(text, o, mention)
        and NEXT_CLAUSE.search(text, draft.end, o.start) is not None
        for o in scene.drafts
    )


def _routes_open_to(scene: Scene, draft: Draft, found: Sequence[Mention]) -> list[Mention]:
    """The routes that are not told of another drug alone."""
    near = is_as_needed(draft, scene.article.text)
    # through which vein one drug went is told of that one
    found = [
        m
        for m in found
        if draft.sentence.start <= m.start < draft.sentence.end
        or not (near or (m.rule == "route.through" and m.value == "intravenous"))
    ]
    found = [m for m in found if not _is_of_next_clause(scene, draft, m)]
    found = [m for m in found if not is_foreign(scene.article, scene.interventions, scene.drafts, draft, m)]
    return [m for m in found if not _is_of_another_drug(scene, draft, m)] if _is_for_all(scene, draft) else found


def _is_for_all(scene: Scene, draft: Draft) -> bool:
    """Whether all may get the row's drug beside what they were assigned to."""
    role = next(r.role for r in scene.interventions.rows if r.id == draft.intervention)
    around = (draft.sentence.start, draft.sentence.end)
    return role == "background" or _PERMITTED.search(scene.article.text, *around) is not None


def _is_of_another_drug(scene: Scene, draft: Draft, mention: Mention) -> bool:
    """Whether a route stands beside another drug, in a sentence that does not name this row's."""
    sentence = scene.sentence(mention.start)
    if sentence is None or sentence.start == draft.sentence.start:
        return False
    named = scene.interventions.within(sentence.start, sentence.end)
    if any(r.id == draft.intervention for r in named):
        return False
    return any(is_beside(scene.article.text, mention, r) for r in named)


def candidates(scene: Scene, kind: str) -> list[Mention]:
    """The mentions that a row may take."""
    if kind == "duration":
        infused = {span for d in scene.drafts for span in d.stated.get("infusion_time", ())}
        told = [m for m in scene.mentions[kind] if m.value.value is not None]
        return [m for m in told if not any(s < m.end and m.start < e for s, e in infused)]
    return list(scene.mentions[kind])


def value_of(mention: Mention | None) -> Any:
    """What makes two mentions state the same."""
    return None if mention is None else _plain(mention.kind, mention.value)


def value_of_draft(draft: Draft, kind: str) -> Any:
    """What the row has of this kind."""
    value = getattr(draft, kind)
    return None if value is None else _plain(kind, value)


def _plain(kind: str, value: Any) -> Any:
    return value if kind == "route" else (value.value, value.unit)


def features(scene: Scene, draft: Draft, mention: Mention) -> dict[str, float]:
    """Named features of a row and a mention that may hold for it."""
    kind, article = mention.kind, scene.article
    has, value = value_of_draft(draft, kind), value_of(mention)
    rule = "this" if has == value else "none" if has is None else "other"
    sentence = scene.sentence(mention.start)
    place = _place(scene, draft, mention, sentence)
    stated = [m for m in scene.mentions[kind] if kind != "duration" or m.value.value is not None]
    values = len({value_of(m) for m in stated})
    share = sum(value_of_draft(d, kind) == value for d in scene.drafts) / max(1, len(scene.drafts))
    section = article.section_at(mention.start) or "none"
    f = {
        f"rule={rule}": 1.0,
        f"place={place}": 1.0,
        f"rule={rule} place={place}": 1.0,
        f"values={min(values, 4)}": 1.0,
        f"rule={rule} values={min(values, 3)}": 1.0,
        f"place={place} values={min(values, 3)}": 1.0,
        f"in={section}": 1.0,
        f"rule={rule} in={section}": 1.0,
        f"how={_HOW.get(mention.rule, mention.rule)}": 1.0,
        f"stated={min(sum(value_of(m) == value for m in stated), 3)}": 1.0,
        "share": share,
        f"rule={rule} share": share,
    }
    _add_kind(f, draft, mention, rule)
    _add_drug(f, scene, draft, mention, sentence, place)
    _add_words(f, article, draft, mention, sentence, place)
    return f


def _place(scene: Scene, draft: Draft, mention: Mention, sentence: Sentence | None) -> str:
    if draft.start <= mention.start and mention.end <= draft.end:
        return "inside"
    if sentence is None:
        return "nowhere"
    if sentence.start == draft.sentence.start:
        return _within(scene, draft, mention)
    if any(sentence.start <= s < sentence.end for s, _ in draft.spans):
        return "another"
    sentences = scene.article.sentences
    i, j = sentences.index(scene.sentence(draft.start) or sentence), sentences.index(sentence)
    return {1: "next", -1: "previous"}.get(j - i, "later" if j > i else "earlier")


def _within(scene: Scene, draft: Draft, mention: Mention) -> str:
    own = draft.place
    behind = mention.start >= own[0]
    low, high = (own[1], mention.start) if behind else (mention.end, own[0])
    spans = {d.dose_span for d in scene.drafts if d.dose_span} - {draft.dose_span}
    between = sum(1 for s, e in spans if low <= s and e <= high)
    rivals = any(m is not mention and low <= m.start and m.end <= high for m in scene.mentions[mention.kind])
    return f"{'behind' if behind else 'before'}{min(between, 2)}{'rival' if rivals else ''}"


def _add_kind(f: dict[str, float], draft: Draft, mention: Mention, rule: str) -> None:
    unit = draft.dose.unit if draft.dose else "none"
    shape = (
        "none"
        if draft.dose is None
        else "rate"
        if regex.search(r"/(?:d|h|min|wk)$", unit)
        else "volume"
        if unit.startswith("mL")
        else "plain"
    )
    said = mention.value if mention.kind == "route" else mention.value.unit
    f[f"said={said}"] = 1.0
    f[f"dose={shape} rule={rule}"] = 1.0
    f[f"dose={shape} said={said}"] = 1.0
    f[f"role={draft.role} rule={rule}"] = 1.0
    f[f"days={bool(draft.schedule and draft.schedule.days)} rule={rule}"] = 1.0
    f[f"often={draft.frequency is not None} rule={rule}"] = 1.0


def _add_drug(
    f: dict[str, float], scene: Scene, draft: Draft, mention: Mention, sentence: Sentence | None, place: str
) -> None:
    row = next(r for r in scene.interventions.rows if r.id == draft.intervention)
    f[f"drug={row.kind}"] = 1.0
    if sentence is None:
        return
    named = [r for r in scene.interventions.references if sentence.start <= r.start and r.end <= sentence.end]
    nearest = min(named, key=lambda r: _gap(r, mention), default=None)
    whose = "nobody" if nearest is None else "own" if nearest.id == draft.intervention else "another"
    f[f"nearest={whose}"] = 1.0
    f[f"nearest={whose} place={place}"] = 1.0
    if nearest is not None:
        side = "left" if nearest.end <= mention.start else "right"
        f[f"nearest={whose} {side} {_bucket(_gap(nearest, mention))}"] = 1.0
    own = [r for r in named if r.id == draft.intervention]
    f[f"named={'own' if own else 'others' if named else 'nobody'}"] = 1.0
    f[f"named={'own' if own else 'others' if named else 'nobody'} drugs={min(len({r.id for r in named}), 3)}"] = 1.0
    dosed = {d.intervention for d in scene.drafts}
    f[f"dosed={min(len(dosed), 3)} place={place}"] = 1.0


def _add_words(
    f: dict[str, float], article: Article, draft: Draft, mention: Mention, sentence: Sentence | None, place: str
) -> None:
    low, high = (sentence.start, sentence.end) if sentence else (mention.start, mention.end)
    before, after = (
        article.text[max(low, mention.start - 60) : mention.start],
        article.text[mention.end : min(high, mention.end + 40)],
    )
    words_before, words_after = _WORD.findall(before), _WORD.findall(after)
    f[f"word before={words_before[-1].lower() if words_before else ''}"] = 1.0
    f[f"word behind={words_after[0].lower() if words_after else ''}"] = 1.0
    f[f"giving before={bool(_GIVING.search(before))}"] = 1.0
    f[f"giving behind={bool(_GIVING.search(after))}"] = 1.0
    # "to assess A 5 mg for a year": what was seen is the drug
    seen = _SEEN.search(before)
    own = (
        mention.kind == "duration"
        and seen is not None
        and mention.start - len(before) + seen.start() < draft.start < mention.start
    )
    f[f"seen before={seen is not None and not own}"] = 1.0
    f[f"seen behind={bool(_SEEN.match(after.lstrip()))}"] = 1.0
    whole = article.text[low:high]
    far = place in ("next", "previous", "later", "earlier", "another")
    if far:
        f[
            f"far giving={bool(_GIVING.search(whole))} everyone={bool(_EVERYONE.search(whole))} seen={bool(_SEEN.search(whole))}"
        ] = 1.0
    f[f"ends={not after.strip(' .,;)')}"] = 1.0


def _gap(reference: Reference, mention: Mention) -> int:
    return max(reference.start - mention.end, mention.start - reference.end, 0)


def _bucket(gap: int) -> str:
    return next((f"<={limit}" for limit in _FAR if gap <= limit), "far")
