from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from support.records import TEXT
from support.server import Served, is_problem
from trialmine.review.patch import CORRECTIONS
from trialmine.serve.facets import MISSING, entry_of
from trialmine.serve.view import form


def first(client: Any) -> str:
    key: str = client.get("/v1/records?search=psoriasis").json()["records"][0]["id"]
    return key


def send(client: Any, key: str, **change: Any) -> Any:
    return client.post(f"/v1/records/{key}/corrections", json={"by": "ann", **change})


def edit(client: Any, key: str, **values: Any) -> Any:
    return send(client, key, action="edit", block="dosing", row="d1", values=values)


def check(client: Any, key: str) -> Any:
    parent = client.get(f"/v1/records/{key}/corrections").json()["revision"]
    return send(client, key, action="check", parent=parent)


def test_a_correction_is_kept_beside_the_run_and_shown(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    before = (run / "records.jsonl").read_bytes()
    answer = edit(client, key, dose="45 mg", frequency="TID")
    assert answer.status_code == 201
    assert len(answer.json()["made"]) == 2
    row = client.get(f"/v1/records/{key}").json()["dosing"][0]
    assert (row["dose"]["value"], row["frequency"]["code"]) == (45, "TID")
    assert client.get(f"/v1/records/{key}?corrections=false").json()["dosing"][0]["dose"]["value"] == 40
    assert (run / "records.jsonl").read_bytes() == before
    lines = [json.loads(line) for line in (run / CORRECTIONS).read_text().splitlines()]
    assert [(c["slot"], c["by"]) for c in lines] == [("dose", "ann"), ("frequency", "ann")]
    assert lines[0]["evidence"][0]["quote"].startswith("velo tinib 40 mg")
    again = served(run)  # another server on the same run
    assert again.get(f"/v1/records/{key}").json()["dosing"][0]["dose"]["value"] == 45


def test_the_list_knows_how_far_people_have_come(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    send(client, key, action="reject", block="adverse_events", row="1")
    assert [r["id"] for r in client.get("/v1/records?review=corrected").json()["records"]] == [key]
    assert key in [r["id"] for r in client.get("/v1/records?missing=adverse_events").json()["records"]]
    check(client, key)
    assert [r["id"] for r in client.get("/v1/records?review=checked").json()["records"]] == [key]


def test_the_view_tells_states_and_history_and_its_tag(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    answer = client.get(f"/v1/records/{key}/view")
    tag = answer.headers["etag"]
    assert client.get(f"/v1/records/{key}/view", headers={"If-None-Match": tag}).status_code == 304
    [made] = edit(client, key, dose="45 mg").json()["made"]
    view = client.get(f"/v1/records/{key}/view", headers={"If-None-Match": tag}).json()
    assert view["states"]["dosing"]["d1"]["slots"] == ["dose"]
    assert view["rows"]["dosing"]["d1"]["dose"] == "45 mg"
    assert view["revision"] == made
    assert view["history"][0]["by"] == "ann"
    places = {t["kind"]: [r["at"] for r in t["rows"]] for t in view["tables"]}
    assert places["adverse_events"] == [["adverse_events", "1", None]]
    assert ["population", "1", "randomized"] in places["population"]
    assert ["eligibility", "1", "text"] in places["population"]
    assert {column for t in view["tables"] for column in t["columns"]} > {"Condition"}  # one that no row fills
    for table in view["tables"]:  # every cell that is shown can be corrected, or is made of what can be
        for block in {row["at"][0] for row in table["rows"]}:
            assert block in form()


def test_undo_by_anybody(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    [made] = edit(client, key, dose="45 mg").json()["made"]
    assert send(client, key, action="undo", undoes=made).status_code == 201
    assert client.get(f"/v1/records/{key}").json()["dosing"][0]["dose"]["value"] == 40
    is_problem(send(client, key, action="undo", undoes=made), 422)
    told = client.get(f"/v1/records/{key}/corrections").json()["corrections"]
    assert [(c["action"], c["holds"]) for c in told] == [("undo", False), ("edit", False)]


def test_who_comes_last_is_told_of_who_came_before(served: Served, run: Path) -> None:
    one, other = served(run), served(run)
    key = first(one)
    parent = edit(one, key, dose="45 mg").json()["revision"]
    body = {"action": "edit", "block": "dosing", "row": "d1", "values": {"dose": "50 mg"}}
    told = other.post(f"/v1/records/{key}/corrections", json={"by": "bob", **body}).json()["overtaken"]
    assert [(c["by"], c["slot"]) for c in told] == [("ann", "dose")]
    told = other.post(f"/v1/records/{key}/corrections", json={"by": "bob", "parent": parent, **body}).json()
    assert [c["by"] for c in told["overtaken"]] == ["bob"]
    assert one.get(f"/v1/records/{key}").json()["dosing"][0]["dose"]["value"] == 50


def test_a_check_does_not_vouch_for_what_its_author_has_not_seen(served: Served, run: Path) -> None:
    one, other = served(run), served(run)
    key = first(one)
    parent = edit(one, key, dose="45 mg").json()["revision"]
    edit(other, key, dose="77 mg")
    told = is_problem(send(one, key, action="check", parent=parent), 422)
    assert "since you looked" in told["detail"]
    assert check(one, key).status_code == 201


def test_half_a_character_is_a_problem(served: Served, run: Path) -> None:
    client = served(run)
    body = json.dumps({"by": "ann", "action": "edit", "block": "dosing", "row": "d1", "values": {"form": "\ud83d"}})
    headers = {"Content-Type": "application/json"}
    is_problem(client.post(f"/v1/records/{first(client)}/corrections", content=body, headers=headers), 422)


def test_many_at_once_lose_nothing(served: Served, run: Path) -> None:
    clients = [served(run), served(run)]
    key = first(clients[0])
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: edit(clients[n % 2], key, administrations=n + 2), range(40)))
    made = {c for a in answers for c in a.json()["made"]}
    for client in clients:
        kept = [c["id"] for c in client.get(f"/v1/records/{key}/corrections").json()["corrections"]]
        assert set(kept) == made
        assert len(kept) == 40


def test_a_row_is_added_from_selected_words(served: Served, run: Path) -> None:
    client = served(run)
    key, words = first(client), "velo tinib 40 mg by mouth twice daily for 12 weeks"
    start = TEXT.index(words)
    place = {"start": start, "end": start + len(words)}
    told = client.post(f"/v1/records/{key}/readings", json={"block": "dosing", **place}).json()
    assert told["words"].startswith("velotinib 40 mg")  # as cleaning read it
    assert told["values"]["dose"] == "40 mg"
    assert told["values"]["frequency"] == "BID"
    assert told["values"]["intervention"] == "i1"
    assert told["values"]["route"] == "oral"
    made = send(
        client, key, action="add", block="dosing", values=told["values"], evidence=[[start, start + len(words)]]
    )
    assert made.status_code == 201, made.text
    row = client.get(f"/v1/records/{key}").json()["dosing"][-1]
    assert (row["id"], row["evidence"][0]["quote"], row["duration"]["value"]) == ("d4", words, 12)


@pytest.mark.parametrize(
    ("block", "words", "values"),
    [
        ("statistics", "OR 4.5, 95% CI 1.9-10.6; P < .001", {"p": "< 0.001", "ci": "1.9-10.6 (95%)", "value": 4.5}),
        ("statistics", "48 of 80 patients (60%)", {"numerator": 48, "denominator": 80, "value": 60.0, "unit": "%"}),
        ("adverse_events", "9 patients (11%)", {"percent": 11.0}),
        ("interventions", "Methotrexate", {"name": "methotrexate", "kind": "drug"}),
        ("arms", "matching placebo", {"label": "matching placebo"}),
        ("conditions", "psoriasis", {"name": "psoriasis"}),
        ("eligibility", "120 adults", {"text": "120 adults"}),
        ("endpoints", "PASI 75", {"name": "PASI 75"}),
        ("design", "2:1", {}),
    ],
)
def test_what_words_say_of_other_rows(served: Served, run: Path, block: str, words: str, values: Any) -> None:
    client = served(run)
    start = TEXT.index(words)
    body = {"block": block, "start": start, "end": start + len(words)}
    told = client.post(f"/v1/records/{first(client)}/readings", json=body).json()
    assert {k: v for k, v in told["values"].items() if k in values} == values


@pytest.mark.parametrize(
    "change",
    [
        {"action": "edit", "block": "dosing", "row": "d1", "values": {"dose": "plenty"}},
        {"action": "edit", "block": "dosing", "row": "../d1", "values": {"dose": "4 mg"}},
        {"action": "edit", "block": "secrets", "row": "d1", "values": {"dose": "4 mg"}},
        {"action": "edit", "block": "dosing", "row": "d1", "values": {}},
        {"action": "edit", "block": "dosing", "row": "d1", "values": {"dose": "4 mg"}, "evidence": [[0, 10**8]]},
        {"action": "add", "block": "dosing", "values": {"intervention": "i1"}, "evidence": []},
        {"action": "undo", "undoes": "nobody"},
        {"action": "check", "by": ""},
        {"action": "dance"},
    ],
)
def test_corrections_that_make_no_sense_are_problems(served: Served, run: Path, change: dict[str, Any]) -> None:
    client = served(run)
    is_problem(send(client, first(client), **change), 422)
    assert not (run / CORRECTIONS).exists() or (run / CORRECTIONS).read_bytes() == b""


def test_a_correction_may_not_fill_the_disk(served: Served, run: Path) -> None:
    client = served(run)
    is_problem(edit(client, first(client), form="x" * 100_000), 413)
    is_problem(edit(client, first(client), form=[["deep"]]), 422)


def test_a_folder_that_cannot_be_written_is_told(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    (run / CORRECTIONS).mkdir()  # in the way, as a missing right would be
    is_problem(edit(client, key, dose="45 mg"), 507)


def test_exports_have_the_corrections(served: Served, run: Path) -> None:
    client = served(run)
    key = first(client)
    edit(client, key, dose="45 mg")
    [line] = client.get(f"/v1/export?format=json&id={key}").text.splitlines()
    assert json.loads(line)["dosing"][0]["dose"]["value"] == 45
    assert len(client.get("/v1/export").text.splitlines()) == 2
    packed = zipfile.ZipFile(io.BytesIO(client.get("/v1/export?format=csv").content))
    assert b"45" in packed.read("trials/dosing.csv")
    is_problem(client.get("/v1/export?format=gold"), 422)  # nobody has checked anything
    check(client, key)
    packed = zipfile.ZipFile(io.BytesIO(client.get("/v1/export?format=gold").content))
    assert sorted(packed.namelist()) == ["trials.jsonl", "trials.texts.jsonl"]
    is_problem(client.get("/v1/export?format=docx"), 422)
    is_problem(client.get("/v1/export?id=nobody"), 404)


def test_what_can_be_missing_is_what_is_looked_for(served: Served, run: Path) -> None:
    record = served(run).get("/v1/export").text.splitlines()[1]
    assert entry_of(json.loads(record), "t", "k").missing <= set(MISSING)
