from __future__ import annotations

import gzip
import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import trialmine.flow
from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.cli.app import app, main
from trialmine.errors import ModelError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _handmade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trialmine.flow, "load", lambda **options: HandmadePipeline(**options))


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "trial.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def call(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args], input=stdin)


def called(monkeypatch: pytest.MonkeyPatch, *args: object) -> int:
    """The exit code of the real entry point, which turns our errors into messages."""
    monkeypatch.setattr(sys, "argv", ["trialmine", *map(str, args)])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_run_writes_a_folder_and_a_summary(text_file: Path, tmp_path: Path) -> None:
    result = call("run", text_file, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "1 ok" in result.stderr
    assert "report.html" in result.stderr
    assert result.stdout == ""
    assert (tmp_path / "out" / "run.json").exists()


def test_run_from_stdin_gives_one_indented_record() -> None:
    result = call("run", "-", "--format", "text", "--quiet", stdin=TEXT)
    assert result.exit_code == 0
    assert result.stdout.startswith("{\n  ")
    assert json.loads(result.stdout)["dosing"][0]["dose"]["value"] == 40
    assert result.stderr == ""


def test_run_from_stdin_gives_a_line_per_record() -> None:
    lines = "".join(json.dumps({"doc_id": name, "text": f"text of {name}"}) + "\n" for name in "abc")
    result = call("run", "-", "--format", "jsonl", stdin=lines)
    assert [json.loads(line)["doc_id"] for line in result.stdout.splitlines()] == ["a", "b", "c"]


def test_failed_documents_give_exit_code_1(text_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("boom goes the extractor in this trial text")
    result = call("run", text_file, tmp_path / "bad.txt", tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "2 failed" in result.stderr
    assert "boom" in result.stderr
    assert "missing.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_input_without_documents_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert call("run", tmp_path / "empty", "-o", tmp_path / "out").exit_code == 1


def test_quiet_prints_errors_only(text_file: Path, tmp_path: Path) -> None:
    assert call("run", text_file, "-o", tmp_path / "out", "--quiet").stderr == ""
    result = call("run", tmp_path / "missing.txt", "-o", tmp_path / "other", "--quiet")
    assert "missing.txt" in result.stderr


def test_json_log_is_json(text_file: Path, tmp_path: Path) -> None:
    result = call("run", text_file, "-o", tmp_path / "out", "--json-log")
    rows = [json.loads(line) for line in result.stderr.splitlines()]
    assert [r["event"] for r in rows] == ["document", "run"]
    assert rows[1]["counts"]["ok"] == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["run", "x.txt", "--format", "nonsense", "-o", "OUT"], "nonsense"),
        (["run", "x.txt", "-o", "FILE/out"], "can't be written"),
        (["run", "x.txt", "--label-map", "MISSING", "-o", "OUT"], "label map"),
        (["dosing", "MISSING"], "trialmine run"),
        (["dosing", "MISSING", "--csv", "--json"], "several formats"),
        (["run"], "INPUT"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_bad_calls_end_with_a_message_and_2(
    args: list[str], message: str, tmp_path: Path, text_file: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    places = {
        "OUT": tmp_path / "out",
        "FILE/out": text_file / "out",
        "MISSING": tmp_path / "nowhere",
        "x.txt": text_file,
    }
    assert called(monkeypatch, *[places.get(a, a) for a in args]) == 2
    err = capfd.readouterr().err
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("content", ["[1]", '{"a": 1}', "{"])
def test_label_maps_are_checked(content: str, tmp_path: Path, text_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map.json").write_text(content)
    assert called(monkeypatch, "run", text_file, "--label-map", tmp_path / "map.json", "-o", tmp_path / "out") == 2


@pytest.mark.parametrize("target", [["-o", "OUT"], []])
def test_a_model_that_cannot_be_loaded_ends_the_run_at_once(
    target: list[str], text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    class Modelless(HandmadePipeline):
        @property
        def description(self) -> dict[str, Any]:
            raise ModelError("there is no such model", where="en_nonsense", remedy="Install it.")

    monkeypatch.setattr(trialmine.flow, "load", lambda **options: Modelless())
    where = [str(tmp_path / "out") if part == "OUT" else part for part in target]
    assert called(monkeypatch, "run", text_file, *where) == 2
    assert "en_nonsense: there is no such model. Install it." in capfd.readouterr().err


@pytest.fixture
def run_folder(text_file: Path, tmp_path: Path) -> Path:
    call("run", text_file, "-o", tmp_path / "out")
    return tmp_path / "out"


def test_dosing_in_the_terminal(run_folder: Path) -> None:
    result = call("dosing", run_folder)
    assert result.exit_code == 0
    assert "velotinib" in result.stdout
    assert "40 mg" in result.stdout
    assert "velotinib 40 mg PO BID for 12 wk" in result.stdout


@pytest.mark.parametrize(
    ("flag", "start"),
    [("--csv", "record_id,doc_id"), ("--tsv", "record_id\tdoc_id"), ("--json", "["), ("--markdown", "| ")],
)
def test_dosing_in_every_format(flag: str, start: str, run_folder: Path, tmp_path: Path) -> None:
    printed = call("dosing", run_folder, flag).stdout
    assert printed.startswith(start)
    call("dosing", run_folder, flag, "-o", tmp_path / "table.out")
    assert (tmp_path / "table.out").read_text(encoding="utf-8") == printed


def test_dosing_reads_records_from_stdin(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = (run_folder / "records.jsonl").read_text()
    indented = json.dumps(json.loads(record), indent=2)
    assert call("dosing", "-", "--csv", stdin=record).stdout == call("dosing", "-", "--csv", stdin=indented).stdout


def test_explain_shows_edits_and_hides_escape_codes(tmp_path: Path) -> None:
    path = tmp_path / "noisy.txt"
    path.write_text("Dose Ã¢â‚¬â€œ 5 mg\x1b[31m of velotinib for all patients in the trial.\n", encoding="utf-8")
    result = call("explain", path)
    assert result.exit_code == 0
    assert "\x1b[31m" not in result.stdout
    rows = [json.loads(line) for line in call("explain", path, "--json").stdout.splitlines()]
    assert {"doc_id", "noise_level", "text", "edits", "issues"} == set(rows[0])


def test_explain_says_of_which_document_a_table_is(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    texts = [{"doc_id": name, "text": f"Drug {name} 5 mg daily."} for name in ("first", "second")]
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    shown = call("explain", path).stdout
    assert "first (" in shown
    assert "second (" in shown


def test_dosing_names_the_records_without_rows(text_file: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "two.jsonl", tmp_path / "out"
    texts = {"dosed": text_file.read_text(encoding="utf-8"), "undosed": "The tea was warm."}
    lines = [json.dumps({"doc_id": name, "text": text}) + "\n" for name, text in texts.items()]
    path.write_text("".join(lines), encoding="utf-8")
    assert call("run", path, "-o", out, "--quiet").exit_code == 0
    assert call("dosing", out).stdout.rstrip().endswith("No dosing rows: undosed")


def test_explain_names_what_it_cannot_read(tmp_path: Path) -> None:
    result = call("explain", tmp_path / "missing.txt")
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr


def test_schema_is_the_checked_in_one() -> None:
    checked_in = (ROOT / "docs" / "trial-record.schema.json").read_text(encoding="utf-8")
    assert call("schema").stdout == checked_in


def test_doctor_examines_the_libraries() -> None:
    findings = json.loads(call("doctor", "--json").stdout)
    states = {f["name"]: f["state"] for f in findings}
    assert states["spacy"] == states["python"] == states["trialmine"] == "ok"


def test_doctor_lists_extras_and_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["no-such-library>=1; extra == 'plot'", "pytest; extra == 'export'"]
    monkeypatch.setattr("importlib.metadata.requires", lambda name: needs)
    findings = {f["name"]: f for f in json.loads(call("doctor", "--json").stdout)}
    assert findings["[export]"]["state"] == "ok"
    assert findings["[plot]"]["state"] == "note"
    assert "pip install 'trialmine[plot]'" in findings["[plot]"]["words"]


def test_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["no-such-library>=1", "other; extra == 'dev'"])
    result = call("doctor", "--json")
    assert result.exit_code == 1
    missing = [f for f in json.loads(result.stdout) if f["state"] == "missing"]
    assert [f["name"] for f in missing] == ["no-such-library"]


def test_a_closed_pipe_is_no_error(run_folder: Path) -> None:
    command = [sys.executable, "-m", "trialmine", "schema"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_help_is_instant_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, trialmine.cli.app; print([m for m in ('spacy', 'pandas', 'pydantic', 'lxml') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
    best = min(_seconds([sys.executable, "-m", "trialmine", "--help"]) for _ in range(3))
    assert best < 0.5


def _seconds(command: list[str]) -> float:
    """Processor time, which other work on the machine does not lengthen as it does the clock's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_version() -> None:
    assert call("--version").stdout.strip() == f"trialmine {trialmine.__version__}"


def test_every_command_and_option_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"trialmine {command.callback.__name__}" in readme
    for option in ("--format", "--ner-model", "--label-map", "--no-html", "--quiet", "--json-log", "--markdown"):
        assert option in readme


def test_stdin_that_is_not_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe{"), encoding="utf-8"))
    assert called(monkeypatch, "dosing", "-") == 2


def test_columns_limits_and_full_text_reach_the_reader(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    table.write_text("Key\tNote\na\t" + " ".join(TEXT.split()), encoding="utf-8")
    wanted = ("--columns", "text=Note,doc_id=Key", "--limit", "ratio=50", "--full-text")
    result = call("run", table, "-o", tmp_path / "out", *wanted)
    assert result.exit_code == 0, result.stderr
    config = json.loads((tmp_path / "out" / "run.json").read_text())["config"]
    assert config["columns"] == {"text": "Note", "doc_id": "Key"}
    assert (config["full_text"], config["limits"]) == (True, ["ratio=50"])


def test_a_hostile_file_is_told_and_the_run_goes_on(text_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"doc_id": 1}\n' + b" " * 9_000_000))
    result = call("run", tmp_path / "bomb.jsonl.gz", text_file, "--quiet")
    assert result.exit_code == 1
    assert "--limit ratio=NUMBER" in result.stderr
    assert json.loads(result.stdout)["dosing"]


@pytest.mark.parametrize("option", [("--limit", "speed=1"), ("--columns", "dose=Dose")])
def test_options_of_reading_that_make_no_sense(
    text_file: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "run", text_file, *option) == 2
    assert option[0] in capsys.readouterr().err
