"""report.html: one self-contained page over all documents of a run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from trialmine.records.trial import TrialRecord
from trialmine.report.payload import payload, summary

_SCRIPTS = ("dom.js", "charts.js", "marks.js", "across.js", "report.js")  # each uses what those before it define


def page(
    documents: Iterable[tuple[TrialRecord, str]],
    *,
    run: Mapping[str, Any],
    failures: Iterable[Mapping[str, str]] = (),
) -> Iterator[str]:
    """The page in pieces; documents are taken one at a time, so a run of any size fits in memory.

    Args:
        documents: records with the raw text that their evidence points into.
        run: `version`, `model` and `started`, shown at the foot.
        failures: `doc` and `error` of documents that gave no record.
    """
    template = Environment(autoescape=True).from_string(_asset("report.html.j2"))
    index: list[dict[str, Any]] = []
    script, style = "".join(map(_asset, _SCRIPTS)), _asset("report.css")
    yield from template.generate(
        documents=_documents(documents, index),
        index=lambda: _json([*index, *({"title": f["doc"], **f} for f in failures)]),
        run=run,
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _documents(documents: Iterable[tuple[TrialRecord, str]], index: list[dict[str, Any]]) -> Iterator[str]:
    for record, text in documents:
        index.append(summary(record, text))
        yield _json(payload(record, text))


def _json(value: object) -> str:
    # with "<" escaped no text can end the script element that holds it; ASCII lets half surrogate pairs through
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")


def _asset(name: str) -> str:
    return files("trialmine.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """The content security policy lets only these very texts run, whatever a document may smuggle in."""
    return base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
