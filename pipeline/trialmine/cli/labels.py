"""Reads the file of `--label-map`."""

from __future__ import annotations

import json
from pathlib import Path

from trialmine.errors import ConfigError


def read_labels(path: Path | None) -> dict[str, str] | None:
    """The model's labels to ours.

    Raises:
        ConfigError: the file can't be read or is no object of strings.
    """
    if path is None:
        return None
    remedy = 'Write a JSON object of labels, like {"CHEMICAL": "CHEMICAL", "DISORDER": "DISEASE"}.'
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"the label map can't be read ({error})", where=str(path), remedy=remedy) from error
    if not isinstance(labels, dict) or not all(isinstance(v, str) for v in labels.values()):
        raise ConfigError("the label map is not an object of strings", where=str(path), remedy=remedy)
    return labels
