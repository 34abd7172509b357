"""The lock of development fits pyproject.toml, and no dependency's licence binds those who use trialmine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from trialmine.cli.licences import licences

ROOT = Path(__file__).parents[1]
# what their packages leave unsaid, from the licence files of their sources
UNSTATED = {"nmslib-metabrainz": "Apache-2.0", "axe-playwright-python": "MIT"}
BINDING = re.compile(r"\bA?GPL|General Public|\bSSPL|\bBUSL|Commons Clause|proprietary|non-?commercial", re.IGNORECASE)


def _locked() -> dict[str, list[Requirement]]:
    out: dict[str, list[Requirement]] = {}
    for line in (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines():
        if line and not line.lstrip().startswith("#"):
            pinned = Requirement(line)
            out.setdefault(canonicalize_name(pinned.name), []).append(pinned)
    return out


def _asked() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras, wanted, lines = project["optional-dependencies"], ["dev", "fetch"], list(project["dependencies"])
    while wanted:
        for line in extras[wanted.pop()]:
            need = Requirement(line)
            if need.name == "trialmine":
                wanted += sorted(need.extras)
            else:
                lines.append(line)
    return [Requirement(line) for line in lines]


def test_everything_in_the_lock_is_pinned() -> None:
    assert [str(p) for pins in _locked().values() for p in pins if {s.operator for s in p.specifier} != {"=="}] == []


def test_the_lock_has_what_the_project_asks_for() -> None:
    locked = _locked()
    for need in _asked():
        pins = locked.get(canonicalize_name(need.name), [])
        assert pins, f"{need.name} is not in the lock; run: make lock"
        for pin in pins:
            version = next(iter(pin.specifier)).version
            assert need.specifier.contains(version), f"{need} does not allow {version}; run: make lock"


def test_the_licences_of_all_dependencies_are_known_and_leave_users_free() -> None:
    rows = licences()
    assert {"spacy", "numpy", "thinc", "lxml"} <= {row.name for row in rows}  # down to those that others bring
    assert {row.name for row in rows if row.licence == "not stated"} <= UNSTATED.keys()
    assert [row for row in rows if BINDING.search(row.licence)] == []
