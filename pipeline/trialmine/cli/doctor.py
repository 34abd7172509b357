"""`trialmine doctor`: what is installed, which model, which version, what is missing."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Literal, NamedTuple

import typer


class Finding(NamedTuple):
    """One line of the examination."""

    name: str
    state: Literal["ok", "note", "missing"]
    words: str


def doctor(
    licences: Annotated[bool, typer.Option("--licences", help="List the licences of all dependencies.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Check the installation: Python, libraries, model, and a record from a sample sentence.

    Exit code 0: all is well; 1: something is missing.
    """
    if licences:
        _licences(json)
        return
    findings = list(examine())
    if json:
        sys.stdout.write(json_module.dumps([f._asdict() for f in findings], indent=1) + "\n")
    else:
        _show(findings)
    if any(f.state == "missing" for f in findings):
        raise typer.Exit(1)


def _licences(json: bool) -> None:
    from rich.table import Table

    from trialmine.cli.console import for_results
    from trialmine.cli.licences import licences

    rows = licences()
    if json:
        sys.stdout.write(json_module.dumps([row._asdict() for row in rows], indent=1) + "\n")
        return
    table = Table("package", "version", "licence", "asked for by", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.name, row.version, row.licence, f"[{row.extra}]".replace("[", "\\[") if row.extra else "")
    for_results().print(table)


def examine() -> Iterator[Finding]:
    """All checks, the quick ones first."""
    yield from _package()
    yield from _libraries()
    yield from _extras()
    for name, check in (("pipeline", _pipeline), ("sample", _sample)):
        yield _guarded(name, check)


def _package() -> Iterator[Finding]:
    import platform
    from pathlib import Path

    import trialmine

    yield Finding("trialmine", "ok", f"{trialmine.__version__} at {Path(trialmine.__file__).parent}")
    supported = (3, 11) <= sys.version_info[:2] <= (3, 12)
    words = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    yield Finding("python", "ok" if supported else "missing", words if supported else f"{words}; use 3.11 or 3.12")


def _libraries() -> Iterator[Finding]:
    """The libraries that the package itself asks for, as installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement

    for line in requires("trialmine") or []:
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(need.name)
        except PackageNotFoundError:
            yield Finding(need.name, "missing", f"not installed; run: pip install '{need}'")
            continue
        fits = need.specifier.contains(found, prereleases=True)
        yield Finding(
            need.name, "ok" if fits else "missing", found if fits else f"{found}, but {need.specifier} is needed"
        )


_EXTRAS = {
    "fetch": "trialmine fetch",
    "office": "reading Excel and Word",
    "parquet": "reading and writing Parquet",
    "pdf": "reading PDF",
    "export": "trialmine export and query",
    "plot": "trialmine plot",
    "serve": "trialmine serve",
    "dask": "trialmine run --engine dask",
    "train": "trialmine train",
}


def _extras() -> Iterator[Finding]:
    """What is installed for those who asked for more; an extra that is not there is no fault."""
    from importlib.metadata import distributions, requires

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    needs = [Requirement(line) for line in requires("trialmine") or []]
    optional = [n for n in needs if n.marker is not None and not n.marker.evaluate({"extra": ""})]
    there = {canonicalize_name(str(d.name)) for d in distributions()}
    for extra, use in _EXTRAS.items():
        own = [n for n in optional if n.marker is not None and n.marker.evaluate({"extra": extra})]
        lacking = [n.name for n in own if canonicalize_name(n.name) not in there]
        if own:
            words = f"not installed ({', '.join(lacking)}), for {use}: pip install 'trialmine[{extra}]'"
            yield Finding(f"[{extra}]", "note" if lacking else "ok", words if lacking else f"for {use}")


def _guarded(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the installation is what is asked for
        return Finding(name, "missing", f"{type(error).__name__}: {error}")


def _pipeline() -> Finding:
    from trialmine.flow import load

    model = load().description.get("model") or {}
    named = " ".join(str(v) for v in model.values() if v) if isinstance(model, dict) else str(model)
    if named in ("", "none"):
        return Finding("model", "note", "none: lexicon and rules alone; --ner-model plugs one in")
    return Finding("model", "ok", named)


def _sample() -> Finding:
    from trialmine.flow import load

    text = "Thirty patients were randomised to velotinib 40 mg orally twice daily or placebo for 12 weeks."
    record = load().extract(text)
    record.check_quotes(text)
    rows = f"{len(record.interventions)} interventions, {len(record.dosing)} dosing rows from a sample sentence"
    return Finding("sample", "ok" if record.dosing else "note", rows)


def _show(findings: list[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.console import for_results

    styles = {"ok": "green", "note": "yellow", "missing": "bold red"}
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, state, words in findings:
        table.add_row(Text(state, style=styles[state]), Text(name), Text(words, overflow="fold"))
    for_results().print(table)
