from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.batch.engine import InProcess
from trialmine.batch.merge import merge
from trialmine.batch.run import run
from trialmine.errors import ConfigError, InputError
from trialmine.records.document import Document, Unreadable
from trialmine.report.run_folder import read_records, read_texts


def written(folder: Path, documents: Iterable[Document | Unreadable], *, started: str) -> Path:
    run(InProcess(HandmadePipeline()), documents, folder, html=False)
    manifest = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(manifest | {"started": started}))
    return folder


def document(pmid: str, text: str = TEXT) -> Document:
    return Document(text, "text", doc_id=pmid, pmid=pmid)


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_newest_record_wins_whatever_the_order(newest_first: bool, tmp_path: Path) -> None:
    old = written(tmp_path / "a", [document("1", "old text"), document("2")], started="2026-01-01T00:00:00+00:00")
    new = written(tmp_path / "b", [document("1", "new text"), document("3")], started="2026-01-02T00:00:00+00:00")
    target = tmp_path / "out"
    manifest = merge([new, old] if newest_first else [old, new], target)
    # the handmade pipeline gives the text's own hash as id: told apart by text, joined by text
    texts = list(read_texts(target))
    records = list(read_records(target))
    assert len(texts) == len(records) == len({r.record_id for r in records})
    for record, text in zip(records, texts, strict=True):
        record.check_quotes(text)
    assert {"old text", "new text"} <= set(texts)
    assert texts.count(TEXT) == 1
    assert [r.doc_id for r in records if r.dosing] == ["3"]
    assert len(manifest) == 3
    assert (target / "report.html").exists()
    assert json.loads((target / "run.json").read_text())["counts"]["documents"] == 3


def test_failures_stay_on_the_list_until_a_run_mends_them(tmp_path: Path) -> None:
    broken = [document("1", "boom"), document("2", "boom")]
    old = written(tmp_path / "a", broken, started="2026-01-01T00:00:00+00:00")
    new = written(tmp_path / "b", [document("1", "mended")], started="2026-01-02T00:00:00+00:00")
    manifest = merge([old, new], tmp_path / "out", html=False)
    assert [(e.doc_id, e.status) for e in manifest.entries()] == [("1", "ok"), ("2", "failed")]
    assert next(manifest.failures).error


def test_a_file_that_could_not_be_read_is_no_failure_once_its_documents_are_there(tmp_path: Path) -> None:
    items = [Unreadable("page.pdf", "page.pdf: damaged."), Unreadable("other.pdf", "other.pdf: damaged.")]
    old = written(tmp_path / "a", [*items, document("9")], started="2026-01-01T00:00:00+00:00")
    mended = Document("mended", "pdf", doc_id="1", uri="page.pdf")
    new = written(tmp_path / "b", [mended], started="2026-01-02T00:00:00+00:00")
    for order in ([old, new], [new, old]):
        manifest = merge(order, tmp_path / "out", html=False)
        assert [e.doc_id for e in manifest.failures] == ["other.pdf"]


def test_what_is_no_finished_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match="no whole run"):
        merge([tmp_path / "a"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_run_is_not_merged_into_itself(tmp_path: Path) -> None:
    old = written(tmp_path / "a", [document("1")], started="2026-01-01T00:00:00+00:00")
    with pytest.raises(ConfigError, match="into itself"):
        merge([old], old)
