from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import trialmine.train
from trialmine.errors import ConfigError, InputError
from trialmine.train import catalogue
from trialmine.train.catalogue import CATALOGUE, missing_needs, run_training, trainable


def test_every_module_that_trains_is_in_the_catalogue() -> None:
    folder = Path(next(iter(trialmine.train.__path__)))
    programs = {
        f"trialmine.train.{module.name}"
        for module in pkgutil.iter_modules([str(folder)])
        if "__name__" in (folder / f"{module.name}.py").read_text(encoding="utf-8")
    }
    unlisted = programs - {entry.module for entry in CATALOGUE}
    assert unlisted == set(), "each needs main(arguments) and a line in train/catalogue.py"


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda e: e.name)
def test_each_entry_is_a_program_with_help(entry: catalogue.Trainable, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        import_module(entry.module).main(["--help"])
    assert stop.value.code == 0
    assert f"trialmine train {entry.name}" in capsys.readouterr().out


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda e: e.name)
def test_tools_of_training_are_imported_when_they_are_used(entry: catalogue.Trainable) -> None:
    # the list must work without them
    source = Path(str(import_module(entry.module).__file__)).read_text(encoding="utf-8")
    top = [n for n in ast.parse(source).body if isinstance(n, ast.Import | ast.ImportFrom)]
    names = {a.name.partition(".")[0] for n in top for a in n.names} | {
        (n.module or "").partition(".")[0] for n in top if isinstance(n, ast.ImportFrom)
    }
    assert names.isdisjoint(entry.needs)


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(ConfigError, match="statistics"):
        trainable("nonsense")


def test_missing_tools_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "find_spec", lambda _: None)
    assert missing_needs(trainable("endpoints")) == ["sklearn", "pycrfsuite"]
    with pytest.raises(ConfigError, match=r"not installed: floret, torch.*trialmine\[train\]"):
        run_training("model", [])


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the data is not here.*gold/train.*--shared"):
        run_training("selectors", ["--shared", str(tmp_path)])
