"""`trialmine serve` as it is called."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

import trialmine.flow
from support.pipeline import HandmadePipeline
from trialmine.cli.app import app
from trialmine.errors import ConfigError, InputError

pytest.importorskip("fastapi", reason="the serve extra is not installed")


@pytest.fixture(autouse=True)
def _handmade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trialmine.flow, "load", HandmadePipeline)


def error_of(*args: object) -> BaseException | None:
    return CliRunner().invoke(app, ["serve", *map(str, args)]).exception


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    error = error_of()
    assert isinstance(error, ConfigError)
    assert "pip install 'trialmine[serve]'" in str(error)


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    assert isinstance(error_of(tmp_path), InputError)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        error = error_of("--port", taken.getsockname()[1])
    assert isinstance(error, ConfigError)
    assert "--port" in str(error)


@pytest.mark.slow
def test_it_serves_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trialmine", "serve", "--port", "0", "-j", "1", "-o", str(tmp_path / "kept")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = re.search(r"http://\S+:(\d+)/", process.stderr.readline())
            assert address is not None
            with urllib.request.urlopen(f"http://127.0.0.1:{address[1]}/", timeout=30) as answer:
                assert b"trialmine" in answer.read()
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
