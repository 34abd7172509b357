"""The folder of a trained model: meta.json says how it was trained and how good it is; no corpus word is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language

from trialmine.nlp import checksums
from trialmine.nlp.tokenizer import blank


def write_folder(nlp: Language, folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the pipeline; `facts` (settings, scores, …) stand in meta.json under "trialmine"."""
    nlp.to_disk(folder)
    meta = read_meta(folder)
    meta["trialmine"] = dict(facts)
    (folder / "meta.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")
    forget_words(folder)
    checksums.write(folder)


def read_meta(folder: Path) -> dict[str, Any]:
    """The meta.json of a folder."""
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta


def forget_words(folder: Path) -> None:
    """Leave only the tokenizer's strings and the labels in a folder: the words of the corpora are not ours to ship."""
    labels = read_meta(folder)["labels"]
    strings = {*blank().vocab.strings, *(label for names in labels.values() for label in names)}
    (folder / "vocab/strings.json").write_text(json.dumps(sorted(strings), indent=0), encoding="utf-8")
