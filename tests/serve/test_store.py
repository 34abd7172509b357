"""The folder that pasted documents are kept in, and a run that is made anew while it is looked at."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import orjson
import pytest

from support.records import TEXT, record, whole_record
from support.server import OTHER, Served, write_run
from trialmine.errors import InputError, OutputError
from trialmine.report.files import append_whole
from trialmine.review.correction import Check
from trialmine.serve.store import Store, key_of

TEXTS = [OTHER, "A second text.", "A third text."]


def keep(store: Store, text: str) -> str:
    made = record(text)
    key = key_of(made.record_id, made.source.text_sha256)
    line = made.model_dump_json()
    store.add(key, orjson.loads(line), line, text)
    return key


@pytest.mark.parametrize("name", ["texts.jsonl", "records.jsonl"])
@pytest.mark.parametrize("part", [0, 20])
def test_a_failed_write_leaves_every_record_with_its_own_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, part: int
) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.name != name:
            append_whole(path, content)
            return
        append_whole(path, content[:part])
        raise OSError(errno.ENOSPC, "no space left")

    store = Store(tmp_path / "pasted", growing=True)
    first = keep(store, TEXTS[0])
    monkeypatch.setattr("trialmine.serve.kept_files.append_whole", full)
    with pytest.raises(OutputError, match="no space left"):
        keep(store, TEXTS[1])
    monkeypatch.undo()
    third = keep(store, TEXTS[2])
    store.close()
    again = Store(tmp_path / "pasted", growing=True)
    for kept in (store, again):
        assert [kept.get(key)[1] for key in (first, third)] == [TEXTS[0], TEXTS[2]]
        assert len(kept) == 2
    again.close()


def test_another_documents_text_is_never_shown(tmp_path: Path) -> None:
    bare = [(record(text), text) for text in TEXTS[:2]]
    swapped = write_run(tmp_path / "run", [(bare[0][0], TEXTS[1]), (bare[1][0], TEXTS[0])])
    store = Store(swapped)
    with pytest.raises(InputError, match="belong together"):
        store.get(store.entries()[0].key)


def test_a_run_that_was_made_anew_is_looked_at_anew(tmp_path: Path) -> None:
    store = Store(write_run(tmp_path / "run", [(record(text), text) for text in TEXTS[:2]]))
    keys = [entry.key for entry in store.entries()]
    anew = write_run(tmp_path / "anew", [(record(text), text) for text in reversed(TEXTS)])
    for name in ("records.jsonl", "texts.jsonl"):
        (anew / name).replace(tmp_path / "run" / name)
    assert [store.get(key)[1] for key in keys] == TEXTS[:2]
    assert len(store.entries()) == 3


def test_a_run_that_is_being_written_is_told(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [(record(text), text) for text in TEXTS])
    store, whole = Store(run), (run / "texts.jsonl").read_bytes()
    (run / "texts.jsonl").write_bytes(whole[:60])
    for _ in range(2):
        with pytest.raises(InputError, match="no whole run"):
            store.entries()
    (run / "texts.jsonl").write_bytes(whole)
    assert len(store.entries()) == 3


def test_the_list_reads_what_was_corrected_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(write_run(tmp_path / "run", [(whole_record(), TEXT)]))
    key = store.entries()[0].key
    made = store.get(key)[0]
    check = Check(by="ann", record_id=made.record_id, text_sha256=made.source.text_sha256)
    store.correct(key, lambda _: [check])
    store.entries()
    monkeypatch.setattr(store, "get", lambda _: pytest.fail("read again"))
    store.entries()


def test_a_line_of_a_later_version_costs_the_list_nothing(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [(record(text), text) for text in TEXTS[:2]])
    made = record(TEXTS[0])
    told = {"action": "dance", "record_id": made.record_id, "text_sha256": made.source.text_sha256}
    (run / "corrections.jsonl").write_bytes(orjson.dumps(told) + b"\n")
    store = Store(run)
    one, other = (entry.key for entry in store.entries())
    assert store.reviewed(other)
    with pytest.raises(InputError, match="no correction"):
        store.reviewed(one)


def test_a_full_disk_costs_the_keeping_alone(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    client = served()
    monkeypatch.setattr("trialmine.serve.kept_files.append_whole", full)
    [told] = client.post("/v1/records", json={"text": OTHER}).json()["results"]
    assert (told["status"], told["id"], told["kept"]) == ("ok", None, False)
    assert "no space left" in told["error"]
