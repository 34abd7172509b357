from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from trialmine.cli.app import app
from trialmine.train import catalogue


def call(*args: str) -> Result:
    return CliRunner().invoke(app, ["train", *args])


@pytest.mark.parametrize("args", [(), ("--list",), ("model", "--list")])
def test_what_can_be_trained_is_listed(args: tuple[str, ...]) -> None:
    result = call(*args)
    assert result.exit_code == 0
    for entry in catalogue.CATALOGUE:
        assert entry.name in result.stdout


def test_the_list_is_json_too() -> None:
    rows = json.loads(call("--list", "--json").stdout)
    assert {"name", "what", "data", "target", "missing"} == set(rows[0])


def test_missing_tools_are_said_below_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "find_spec", lambda _: None)
    assert "pip install 'trialmine[train]'" in call().stdout


def test_help_of_the_command_and_of_a_training() -> None:
    assert "Options after NAME" in call("--help").stdout
    result = call("word-list", "--help")
    assert result.exit_code == 0
    assert "a paragraph a line" in result.stdout


def test_options_reach_the_training(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(catalogue, "run_training", lambda name, args: seen.append((name, list(args))))
    call("model", "--steps", "3", "--measure")
    assert seen == [("model", ["--steps", "3", "--measure"])]
