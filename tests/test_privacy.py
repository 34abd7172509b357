"""Nothing leaves the machine: no command but `fetch` looks up a name or opens a connection, nor do its processes."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trialmine.resources import model_path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline" / "trialmine"
# Python imports this in every process that has its folder on the path, those that the engine starts too
WATCHER = """
import os, sys

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        if event != "socket.connect" or not isinstance(arguments[1], (str, bytes)):  # pipes within this machine
            with open(os.environ["TOLD"], "a") as file:
                file.write(f"{event} {arguments}\\n")
            raise OSError("no network here")

sys.addaudithook(watch)
"""
COMMANDS = """
import sys
from pathlib import Path
from trialmine.cli.app import app

def call(*words):
    app([str(word) for word in words], standalone_mode=False)

out, examples = Path(sys.argv[1]), Path(sys.argv[2])
if __name__ == "__main__":
    run = out / "run"
    call("run", examples / "il21_sorafenib_spun.txt", "-o", run, "--workers", "2", "--quiet", "--parts", "jsonl")
    call("ingest", examples, "-o", out / "corpus.jsonl", "--json")
    call("dosing", run)
    call("show", run)
    call("export", run, "--to", "csv", "-o", out / "csv")
    call("merge", run, "-o", out / "merged")
    call("explain", examples / "il21_sorafenib_spun.txt")
    call("schema")
    call("doctor", "--licences")
"""


@pytest.mark.slow
def test_no_command_but_fetch_uses_the_network(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCHER)
    path = os.pathsep.join([str(tmp_path / "site"), str(PACKAGE.parent)])
    told = tmp_path / "told"
    command = [sys.executable, "-c", COMMANDS, str(tmp_path / "out"), str(ROOT / "corpus" / "examples")]
    environment = {**os.environ, "PYTHONPATH": path, "TOLD": str(told)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "run" / "records.jsonl").stat().st_size > 1_000
    assert not told.exists(), told.read_text()
    probe = "import socket; socket.create_connection(('127.0.0.1', 9))"  # the watcher does watch
    subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, check=False)
    assert "socket" in told.read_text()


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


FOREIGN = {"requests", "httpx", "urllib.request", "urllib3", "http.client", "socket", "smart_open", "aiohttp", "ftplib"}
PICKLES = {bytes([0x80, protocol]) for protocol in range(2, 6)}  # how they begin
UNSAFE = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


@pytest.mark.parametrize("banned", [FOREIGN, UNSAFE], ids=["network", "pickles"])
def test_modules_that_reach_out_or_run_what_they_load_stay_out(banned: set[str]) -> None:
    places = [p for p in PACKAGE.rglob("*.py") if not {"fetch", "serve"} & {p.stem, p.relative_to(PACKAGE).parts[0]}]
    assert {str(p.relative_to(PACKAGE)): found for p in places if (found := _imports(p) & banned)} == {}


def test_the_model_is_no_pickle_and_has_its_checksums() -> None:
    folder = model_path()
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert listed == there - {"SHA256SUMS"}
    heads = {name: (folder / name).read_bytes()[:2] for name in there}
    assert [name for name, head in heads.items() if head in PICKLES] == []
