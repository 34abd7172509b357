"""The licences of everything that trialmine brings with it, as the installed packages state them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class Licence(NamedTuple):
    """What a package is licensed under; `extra` names the one that asks for it, empty for what is always installed."""

    name: str
    version: str
    licence: str
    extra: str


def licences(root: str = "trialmine") -> list[Licence]:
    """All packages that `root` needs, and those of its extras that are installed, down to the last."""
    extras = distribution(root).metadata.get_all("Provides-Extra") or []
    found: dict[str, Licence] = {}
    for extra in ("", *(e for e in extras if e != "dev")):
        for package in _needed(root, extra, seen=set()):
            name = canonicalize_name(package.metadata["Name"])
            found.setdefault(name, Licence(name, package.version, licence_of(package), extra))
    return sorted(found.values())


def _needed(name: str, extra: str, seen: set[tuple[str, str]]) -> Iterator[Distribution]:
    if (canonicalize_name(name), extra) in seen:
        return
    seen.add((canonicalize_name(name), extra))
    try:
        package = distribution(name)
    except PackageNotFoundError:  # of an extra that is not installed
        return
    for line in package.requires or ():
        need = Requirement(line)
        if need.marker is not None and not need.marker.evaluate({"extra": extra}):
            continue
        for wanted in ("", *need.extras):
            yield from _needed(need.name, wanted, seen)
        try:
            yield distribution(need.name)
        except PackageNotFoundError:
            continue


def licence_of(package: Distribution) -> str:
    """The licence as the package states it: an SPDX expression, else classifiers, else the first words of its text."""
    meta = package.metadata
    if expressions := meta.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [c for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    named = [c.rpartition(" :: ")[2] for c in classifiers if c != "License :: OSI Approved"]
    if named:
        return ", ".join(named)
    words = [str(text).strip().split("\n")[0] for text in meta.get_all("License") or []]
    return next((w[:60] for w in words if w), "not stated")
