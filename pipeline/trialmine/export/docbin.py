"""spaCy DocBin: raw texts as Docs, a span group for each kind of row, the whole record in `doc.user_data`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from trialmine.export.annotations import rows
from trialmine.export.writer import Notes, Options, Run, Writer
from trialmine.report.files import replaced_whole


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    nlp = spacy.blank("en")
    nlp.max_length = 2**31
    packed = DocBin(store_user_data=True)
    for record, text in run.documents():
        doc = nlp.make_doc(text)
        spans: dict[str, list[Span]] = defaultdict(list)
        for row in rows(record):
            for place in row.places:
                span = doc.char_span(place.start, place.end, label=row.kind, span_id=row.key, alignment_mode="expand")
                if span is None:
                    notes.lost(record, "evidence outside of the tokens")
                    continue
                spans[row.kind].append(span)
                widened = (span.start_char, span.end_char) != (place.start, place.end)
                notes.lost(record, "evidence that begins or ends inside a token (widened to the token)", widened)
        doc.spans.update(spans)
        doc.user_data["trial_record"] = record.model_dump(mode="json")
        packed.add(doc)
        notes.written += 1
    with replaced_whole(target) as place_:
        packed.to_disk(place_)


SPACY = Writer("spacy", "spaCy DocBin: Docs with a span group for each kind of row", _write, suffix=".spacy")
