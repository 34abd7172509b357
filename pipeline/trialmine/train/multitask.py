"""Training of several recognisers on one shared encoder, each step with the heads that its corpus has labels for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from spacy.language import Language
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, Optimizer

from trialmine.evaluate.annotated import Annotated
from trialmine.nlp import repeated_entities, span_recognizer  # noqa: F401 - register their components
from trialmine.train.noise import garble
from trialmine.train.projection import group

ENCODER = "tok2vec"
REPEATS = "trialmine_repeats"


@dataclass
class Task:
    """A corpus, the labels that each of its heads learns, and its share of the steps."""

    name: str
    docs: list[Annotated]
    heads: Mapping[str, tuple[str, ...]]
    weight: float
    noise: float = 0.0
    examples: dict[int, dict[str, Example]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Schedule:
    """Length and pace of a training run."""

    steps: int = 8000
    words: tuple[int, int] = (300, 800)
    learn_rate: float = 1e-3
    dropout: float = 0.2
    seed: int = 0

    def words_at(self, step: int) -> int:
        """Words in the batch of a step: it grows from the first to the second number."""
        return min(self.words[1], int(self.words[0] * 1.001**step))

    def rate_at(self, step: int) -> float:
        """Learning rate: a short warm-up, a plateau, then a straight fall over the second half."""
        warm, rest = step / 100, 2 * (self.steps - step) / self.steps
        return self.learn_rate * max(0.02, min(1.0, warm, rest))


def recogniser_config(width: int, hidden: int) -> dict[str, Any]:
    """A head: spaCy's transition parser on the shared encoder."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": ENCODER},
    }


def encoder_config(width: int, depth: int) -> dict[str, Any]:
    """The shared encoder: hashed word shapes beside the floret vectors, then a window convolution."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 2500],
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def build(nlp: Language, tasks: Sequence[Task], *, width: int = 96, depth: int = 4, hidden: int = 64) -> Optimizer:
    """Add the encoder and a head for every head name of the tasks to `nlp`, and initialise them."""
    nlp.add_pipe(ENCODER, config={"model": encoder_config(width, depth)})
    labels: dict[str, set[str]] = {}
    for task in tasks:
        for head, names in task.heads.items():
            labels.setdefault(head, set()).update(names)
    for head in sorted(labels, key=lambda h: h == "ner"):  # `ner` sets entities, so it comes last
        _add_head(nlp, head, labels[head], recogniser_config(width, hidden))
    nlp.add_pipe(REPEATS)
    # without spans: a recogniser takes up every label that it sees here, those of the other heads too
    sample = [example(nlp, replace(task.docs[0], spans=()), ()) for task in tasks]
    optimizer = new_optimizer()
    nlp.initialize(lambda: sample, sgd=optimizer)
    return optimizer


def _add_head(
    nlp: Language, head: str, labels: Iterable[str], config: dict[str, Any], before: str | None = None
) -> Any:
    factory = "ner" if head == "ner" else "trialmine_spans"
    pipe: Any = nlp.add_pipe(factory, name=head, config={"model": config}, before=before)
    # shorter stretches side by side: a third of the Python steps of spaCy's 100
    pipe.cfg["update_with_oracle_cut_size"] = 40
    for label in sorted(labels):
        pipe.add_label(label)
    return pipe


def new_optimizer() -> Optimizer:
    """Adam as all heads learn by."""
    optimizer: Optimizer = Adam(
        0.001, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0
    )
    return optimizer


def add_head(nlp: Language, task: Task, *, width: int = 96, hidden: int = 64) -> None:
    """Add the one head of the task to a trained pipeline, before `ner`, and initialise it alone."""
    ((head, labels),) = task.heads.items()
    pipe = _add_head(nlp, head, labels, recogniser_config(width, hidden), before="ner")
    sample = [example(nlp, replace(task.docs[0], spans=()), ())]
    pipe.initialize(lambda: sample, nlp=nlp)


def example(nlp: Language, doc: Annotated, labels: tuple[str, ...]) -> Example:
    """A spaCy example with the spans of `labels`; what the corpus left unread is marked as missing."""
    return head_example(nlp.make_doc(doc.text), doc, labels)


def head_example(predicted: Doc, doc: Annotated, labels: tuple[str, ...]) -> Example:
    """An example for one head on a tokenised text that several heads share."""
    reference = predicted.copy()
    reference.tensor = predicted.tensor[:0]
    spans = group(doc, labels).spans
    found = [reference.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in spans]
    ents = filter_spans([s for span in found if span is not None and (s := _without_blanks(span))])
    if doc.known is None:
        reference.set_ents(ents, default="outside")
    else:
        known = [reference.char_span(a, b, alignment_mode="contract") for a, b in doc.known]
        ents = [e for e in ents if any(k and k.start <= e.start and e.end <= k.end for k in known)]
        reference.set_ents(ents, outside=_without([k for k in known if k], ents), default="missing")
    return Example(predicted, reference)


def _without_blanks(span: Span) -> Span:
    # spaCy's parser has no move for an entity that begins or ends in a token of white space
    while len(span) and span[0].is_space:
        span = span[1:]
    while len(span) and span[-1].is_space:
        span = span[:-1]
    return span


def _without(regions: Sequence[Any], ents: Sequence[Any]) -> list[Any]:
    """The stretches of the regions that no entity covers."""
    out = []
    for region in regions:
        start = region.start
        for ent in sorted((e for e in ents if region.start <= e.start < region.end), key=lambda e: e.start):
            if start < ent.start:
                out.append(region.doc[start : ent.start])
            start = ent.end
        if start < region.end:
            out.append(region.doc[start : region.end])
    return out


def train(
    nlp: Language,
    optimizer: Optimizer,
    tasks: Sequence[Task],
    schedule: Schedule,
    report: Callable[[int, dict[str, float]], None],
    every: int = 1000,
    *,
    frozen: bool = False,
) -> None:
    """Train all heads in place; `report` is called every so many steps with the losses since the last call.

    A `frozen` encoder stays as it is.
    """
    rng = random.Random(schedule.seed)
    # spaCy tells batches apart by summing over all tokens, once per listener; here they are the same objects
    Tok2VecListener.get_batch_id = classmethod(lambda _, docs: sum(map(id, docs)))  # type: ignore[assignment]
    encoder: Any = nlp.get_pipe(ENCODER)
    listeners = dict(encoder.listener_map)
    streams = {task.name: _stream(nlp, task, rng) for task in tasks}
    losses: dict[str, float] = {}
    for step in range(1, schedule.steps + 1):
        task = rng.choices(tasks, [t.weight for t in tasks])[0]
        batch, words = [], 0
        while words < schedule.words_at(step):
            batch.append(next(streams[task.name]))
            words += len(next(iter(batch[-1].values())).predicted)
        optimizer.learn_rate = schedule.rate_at(step)
        # the encoder learns when its last listener hands back its gradient, so idle heads must not listen
        encoder.listener_map = {head: listeners[head] for head in task.heads}
        _step(nlp, encoder, optimizer, task, batch, schedule.dropout, losses, frozen=frozen)
        if step % every == 0 or step == schedule.steps:
            encoder.listener_map = listeners
            report(step, losses)
            losses = {}
    encoder.listener_map = listeners


def _step(
    nlp: Language,
    encoder: Any,
    optimizer: Optimizer,
    task: Task,
    batch: Sequence[dict[str, Example]],
    dropout: float,
    losses: dict[str, float],
    *,
    frozen: bool,
) -> None:
    first = next(iter(task.heads))
    if frozen:
        _show(encoder, [b[first].predicted for b in batch])
    else:
        encoder.update([b[first] for b in batch], drop=dropout, losses=losses)
    for head in task.heads:
        pipe: Any = nlp.get_pipe(head)
        pipe.update([b[head] for b in batch], drop=dropout, losses=losses)
        pipe.finish_update(optimizer)
    if not frozen:
        encoder.finish_update(optimizer)
    optimizer.step_schedules()  # type: ignore[no-untyped-call]


def _show(encoder: Any, docs: Sequence[Doc]) -> None:
    """Hand the listeners the encoder's rows; the gradients that come back are dropped."""
    rows = encoder.predict(docs)
    for listener in encoder.listeners:
        listener.receive(Tok2VecListener.get_batch_id(docs), rows, lambda _: [])


def _stream(nlp: Language, task: Task, rng: random.Random) -> Iterator[dict[str, Example]]:
    """The task's documents in ever new order, a share of them garbled anew each time."""
    while True:
        order = rng.sample(range(len(task.docs)), len(task.docs))
        for i in order:
            doc = task.docs[i]
            if rng.random() < task.noise:
                yield _examples(nlp, garble(doc, rng), task)
            else:
                if i not in task.examples:
                    task.examples[i] = _examples(nlp, doc, task)
                yield task.examples[i]


def _examples(nlp: Language, doc: Annotated, task: Task) -> dict[str, Example]:
    predicted = nlp.make_doc(doc.text)
    return {head: head_example(predicted, doc, labels) for head, labels in task.heads.items()}
