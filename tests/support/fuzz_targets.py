"""What fuzzing throws its inputs at: functions of any bytes, which raise when something is wrong with what they do."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Mapping
from functools import cache

from support.cleaned import check_clean
from trialmine.batch.engine import finished
from trialmine.clean import clean
from trialmine.flow import Pipeline, load
from trialmine.ingest.corpus import document_of, line_of
from trialmine.ingest.duplicates import folded
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.opened import read_stream
from trialmine.ingest.options import ReadOptions
from trialmine.ingest.registry import FORMATS
from trialmine.normalise import number, result_unit, signed_number, unit
from trialmine.normalise.drug import canonical, is_development_code, stem_kind
from trialmine.normalise.endpoint import endpoint_code, endpoint_kind, endpoint_name, endpoint_words
from trialmine.normalise.intervention import kind_of
from trialmine.normalise.route import route
from trialmine.records.document import Document, Unreadable

_LIMITS = IngestLimits(
    document_chars=200_000, line_chars=100_000, json_chars=400_000, record_chars=400_000, page_bytes=400_000,
    elements=20_000, pages=20, file_bytes=3_000_000, unpacked_bytes=20_000_000, members=50, nesting=3, seconds=10,
)  # fmt: skip
_VALUES = (
    number.number, number.power_of_ten, signed_number.signed_number, signed_number.comparator, unit.ucum,
    result_unit.result_unit, route, canonical, stem_kind, is_development_code, kind_of, endpoint_words, endpoint_name,
    endpoint_code, endpoint_kind, folded,
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Any bytes as a text; what is no UTF-8 gives halves of surrogate pairs, as broken JSON does."""
    return data.decode("utf-8", "surrogateescape")


def cleaning(data: bytes) -> None:
    """Cleaning settles, and its edits lead back."""
    cleaned = clean(text_of(data))
    check_clean(cleaned)
    if not any(issue.code == "too_slow" for issue in cleaned.issues):
        assert clean(cleaned.text).text == cleaned.text, "cleaning twice is not cleaning once"


def values(data: bytes) -> None:
    """What reads a number, a unit or a name reads it or says None, of the whole and of each word."""
    text = text_of(data)[:2_000]  # a grammar gives them no longer ones
    for words in {text, *text.split()[:6]}:
        for read in _VALUES:
            read(words)


def readers(data: bytes) -> None:
    """Whatever the bytes are, documents come out or a message; documents survive being written to a corpus."""
    forms = (None, list(FORMATS)[sum(data[:64]) % len(FORMATS)])
    for form in forms:
        options = ReadOptions(limits=_LIMITS, full_text=len(data) % 2 == 0)
        for item in read_stream(io.BytesIO(data), "fuzz", form, options):
            if isinstance(item, Unreadable):
                assert item.message.startswith("fuzz"), item.message
                assert "internal error" not in item.message
                continue
            assert item.text.strip()
            back = document_of(json.loads(line_of(item)), "fuzz", 1)
            assert back == item, "a document changed on its way through a corpus"


def pipeline(data: bytes) -> None:
    """Every text gives a record that keeps the contract, or a failure with a reason that is no fault of ours."""
    text = data.decode("utf-8", "replace")
    document = Document(text, "text", doc_id="fuzz", title=text[:60] if len(data) % 3 == 0 else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (outcome,) = _pipeline().outcomes([document])
    result = finished(outcome)
    error = result.entry.error or ""
    assert "internal error" not in error, error
    assert "breaks the contract" not in error, error
    assert result.line is not None, error


@cache
def _pipeline() -> Pipeline:
    return load(ner_model="none")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "cleaning": cleaning,
    "values": values,
    "readers": readers,
    "pipeline": pipeline,
}
