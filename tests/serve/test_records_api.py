from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from support.records import TEXT, record
from support.server import OTHER, Served, is_problem, listening
from trialmine.errors import InputError, OutputError
from trialmine.export.collection import Records
from trialmine.records.trial import TrialRecord
from trialmine.report.schema import record_schema
from trialmine.serve.app import make_app
from trialmine.serve.library import Library
from trialmine.serve.limits import Limits
from trialmine.serve.pool import Pool

JSON = {"Content-Type": "application/json"}
NDJSON = {"Accept": "application/x-ndjson"}


def test_a_text_becomes_a_record_that_can_be_asked_for_again(served: Served) -> None:
    client = served()
    [result] = client.post("/v1/records", json={"text": TEXT}).json()["results"]
    assert result["status"] == "ok"
    assert result["kept"]
    assert TrialRecord.model_validate(result["record"]).dosing[0].dose
    for name in (result["id"], result["record"]["record_id"]):
        assert client.get(f"/v1/records/{name}").json() == result["record"]
    assert client.get("/v1/records").json()["found"] == 1


def test_a_batch_keeps_its_order_and_a_failure_costs_itself(served: Served) -> None:
    texts = [{"text": f"text {n}", "doc_id": f"d{n}"} for n in range(9)]
    texts[2]["text"] = "boom"
    texts[5]["text"] = "crash"
    texts[7]["text"] = " \n"
    results = served().post("/v1/records", json={"documents": texts}).json()["results"]
    assert [r["doc_id"] for r in results] == [f"d{n}" for n in range(9)]
    assert [n for n, r in enumerate(results) if r["status"] == "failed"] == [2, 5, 7]
    assert "boom" in results[2]["error"]
    assert "ended the process" in results[5]["error"]
    assert results[5]["record"] is None


def test_stages_are_told_as_they_are_done(served: Served) -> None:
    text = "Patients with cancer took sorafe nib 400 mg twice daily."
    with served().stream("POST", "/v1/records", json={"text": text}, headers=NDJSON) as answer:
        events = [json.loads(line) for line in answer.iter_lines()]
    assert [e["event"] for e in events] == ["document", "clean", "extract", "record", "end"]
    assert events[0]["text"] == text
    assert events[1]["edits"][0][:4] == [26, 36, "sorafe nib", "sorafenib"]
    assert events[2]["marks"] == [[0, 4, "dosing"]]
    assert events[3]["record"]["doc_id"]


def test_files_of_any_format_are_read(served: Served, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"doc_id": n, "text": f"text of {n}"}) + "\n" for n in "ab")
    files = [("files", ("C:\\odd\\..\\x.jsonl", rows)), ("files", ("t.txt", TEXT)), ("files", ("p.png", b"\x89PNG1"))]
    results = served().post("/v1/files", files=files).json()["results"]
    assert [r["status"] for r in results].count("ok") == 3
    [failure] = [r for r in results if r["status"] == "failed"]
    assert "a picture" in failure["error"]
    assert {r["uri"] for r in results if r["doc_id"] in ("a", "b")} == {"x.jsonl"}


def test_a_pasted_page_is_told_from_its_content(served: Served) -> None:
    html = f"<html><body><article><h1>A trial</h1><p>{TEXT}</p></article></body></html>"
    client = served()
    [result] = client.post("/v1/records", json={"text": html, "format": "auto"}).json()["results"]
    assert "<p>" not in client.get(f"/v1/records/{result['id']}/view").json()["text"]
    assert result["uri"] is None
    [result] = client.post("/v1/records", json={"text": html}).json()["results"]
    assert client.get(f"/v1/records/{result['id']}/view").json()["text"] == html


def test_a_run_is_listed_and_filtered(served: Served, run: Path) -> None:
    client = served(run)
    listing = client.get("/v1/records").json()
    assert [r["doc_id"] for r in listing["records"]] == ["first", "second"]
    assert listing["filters"]["warning"] == {"ambiguous_frequency": 1}
    for query, found in [
        ("warning=ambiguous_frequency", ["first"]), ("warning=any", ["first"]), ("kind=review", []),
        ("missing=dosing", ["second"]), ("missing=dosing.route", ["first"]),
        ("search=PSORIASIS%20velotinib", ["first"]),
        ("search=zorbadine", ["second"]), ("review=untouched&limit=1&offset=1", ["second"]), ("review=checked", []),
    ]:  # fmt: skip
        assert [r["doc_id"] for r in client.get(f"/v1/records?{query}").json()["records"]] == found, query


def test_the_view_has_what_the_page_draws(served: Served, run: Path) -> None:
    client = served(run)
    key = client.get("/v1/records").json()["records"][0]["id"]
    view = client.get(f"/v1/records/{key}/view").json()
    assert view["text"] == TEXT
    assert "Dosing" in [t["title"] for t in view["tables"]]


def test_health_schema_and_description(served: Served) -> None:
    client = served()
    assert client.get("/v1/health").json()["status"] == "ok"
    assert client.get("/v1/schema").json() == record_schema()
    told = client.get("/v1/openapi.json").json()
    assert {"/v1/records", "/v1/files", "/v1/records/{id}", "/v1/health", "/v1/schema"} <= set(told["paths"])
    assert {"TrialRecord", "Problem"} <= set(told["components"]["schemas"])


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/v1/records/nobody", {}, 404),
        ("GET", "/v1/records/..%2f..%2fetc%2fpasswd", {}, 404),
        ("GET", "/static/..%2fapp.py", {}, 404),
        ("GET", "/static/app.py", {}, 404),
        ("GET", "/docs", {}, 404),
        ("PUT", "/v1/records", {}, 405),
        ("GET", "/v1/records?limit=0", {}, 422),
        ("GET", "/v1/records?missing=nonsense", {}, 422),
        ("POST", "/v1/records", {"json": {"text": ""}}, 422),
        ("POST", "/v1/records", {"json": {"documents": []}}, 422),
        ("POST", "/v1/records", {"json": {"text": "x", "path": "/etc/passwd"}}, 422),
        ("POST", "/v1/records", {"content": b'{"text": "\\ud800"}', "headers": JSON}, 422),
        ("POST", "/v1/records", {"content": b'{"text": NaN}', "headers": JSON}, 422),
        ("POST", "/v1/records", {"content": b"\xff{", "headers": JSON}, 400),
        ("POST", "/v1/records", {"content": b"[" * 100_000, "headers": JSON}, 400),
        ("POST", "/v1/records", {"content": b'{"text": "x"}', "headers": {"Content-Type": "text/plain"}}, 422),
        ("POST", "/v1/files", {"files": []}, 422),
        ("GET", "/", {"headers": {"Host": "rebound.example"}}, 400),
        ("GET", "/", {"headers": {"Host": "["}}, 400),
        ("POST", "/v1/files", {"headers": {"Origin": "http://evil.example"}}, 403),
        ("POST", "/v1/files", {"headers": {"Origin": "null"}}, 403),
        ("POST", "/v1/files", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("POST", "/v1/records", {"json": {"text": "x" * 1_000_001}}, 422),
    ],
)  # fmt: skip
def test_errors_are_problems(served: Served, method: str, path: str, options: Any, status: int) -> None:
    is_problem(served().request(method, path, **options), status)


def test_a_body_that_is_too_large_is_refused_told_or_not(served: Served) -> None:
    client = served(limits=Limits(body_bytes=1000))
    is_problem(client.post("/v1/records", json={"text": "x" * 2000}), 413)
    pieces = (b"x" * 100 for _ in range(100))
    is_problem(client.post("/v1/records", content=pieces, headers=JSON), 413)
    assert client.post("/v1/records", json={"text": "x"}).status_code == 200


def test_a_full_house_is_told_when_to_come_again(served: Served) -> None:
    answer = served(limits=Limits(requests=0)).post("/v1/records", json={"text": OTHER})
    is_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    client = served(limits=Limits(requests=1))
    for _ in range(3):  # the place is given back
        assert client.post("/v1/records", json={"text": OTHER}).status_code == 200
        assert client.post("/v1/records", json={"text": OTHER}, headers=NDJSON).status_code == 200


def test_no_more_than_so_many_are_kept(served: Served) -> None:
    client = served(limits=Limits(kept=1))
    results = client.post("/v1/records", json={"documents": [{"text": "one"}, {"text": "two"}]}).json()["results"]
    assert sorted(r["kept"] for r in results) == [False, True]
    assert all(r["record"] for r in results)


def test_every_answer_has_its_guards(served: Served) -> None:
    client = served()
    for path in ("/", "/static/app.js", "/v1/health", "/nowhere"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_body_that_never_comes_is_given_up(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "close", lambda: None)
    app = make_app(pool, pasted=tmp_path / "pasted", limits=Limits(body_seconds=0.2))
    with listening(app) as address, socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as line:
        fields = ("Host: localhost", "Content-Type: application/json", "Content-Length: 99")
        line.sendall("\r\n".join(("POST /v1/records HTTP/1.1", *fields, "", "{")).encode())
        line.settimeout(10)
        assert line.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_drips_is_given_up(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "close", lambda: None)
    app = make_app(pool, pasted=tmp_path / "pasted", limits=Limits(whole_body_seconds=0.5))
    with listening(app) as address, socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as line:
        fields = ("Host: localhost", "Content-Type: application/json", "Content-Length: 999")
        line.sendall("\r\n".join(("POST /v1/records HTTP/1.1", *fields, "", "{")).encode())
        line.settimeout(0.1)
        for _ in range(100):
            line.sendall(b" ")
            try:
                told = line.recv(4096)
                break
            except TimeoutError:
                continue
        assert told.startswith(b"HTTP/1.1 408 ")


def test_exports_wait_for_each_other(served: Served, run: Path) -> None:
    client = served(run, limits=Limits(exports=1))
    with client.app.state.trialmine.desk.writing():
        is_problem(client.get("/v1/export"), 503)
    assert client.get("/v1/export").status_code == 200


def test_what_is_not_kept_is_told(served: Served) -> None:
    client = served(limits=Limits(kept=1))
    for text, kept in (("One.", True), ("Two.", False)):
        [told] = client.post("/v1/records", json={"text": text}).json()["results"]
        assert told["kept"] is kept
        assert kept or "1 here already" in told["error"]


def test_the_schema_is_made_once(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client = served()
    before = client.get("/v1/schema").json()
    monkeypatch.setattr("trialmine.records.trial.TrialRecord.model_json_schema", lambda *_, **__: pytest.fail("again"))
    assert client.get("/v1/schema").json() == before


def test_two_servers_do_not_keep_texts_in_one_folder(pool: Pool, tmp_path: Path) -> None:
    first = Library(None, tmp_path / "pasted", most=1)
    with pytest.raises(OutputError, match="another server"):
        Library(None, tmp_path / "pasted", most=1)
    first.close()
    Library(None, tmp_path / "pasted", most=1).close()


def test_pasted_texts_are_a_run_that_outlives_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "pasted"
    one = Library(None, folder, most=9)
    for text in (OTHER, OTHER + " More."):
        one.add(record(text).model_dump_json(), text)
    one.close()
    with (folder / "texts.jsonl").open("a") as texts, (folder / "records.jsonl").open("a") as records:
        texts.write('{"text": "a server that was killed wrote this far"}\n')
        records.write('{"schema_ver')
    again = Library(None, folder, most=9)
    assert [again.origin(e.key)[1] for e in again.entries()] == [OTHER + " More.", OTHER]
    again.add(record("Third.").model_dump_json(), "Third.")
    again.close()
    assert len(Records.read(folder)) == 3


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no whole run"):
        Library(tmp_path, tmp_path / "pasted", most=1)
