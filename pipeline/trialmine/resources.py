"""Finds the bundled models."""

from __future__ import annotations

from pathlib import Path

from trialmine.errors import InputError, ModelError

_PACKAGED = Path(__file__).parent / "_models"
_CHECKOUT = Path(__file__).resolve().parents[2] / "models"


def examples_path() -> Path:
    """The folder of example documents, which is in the checkout alone.

    Raises:
        InputError: this is no checkout.
    """
    place = _CHECKOUT.parent / "corpus" / "examples"
    if not place.is_dir():
        raise InputError("the examples are not installed", where=str(place), remedy="Name texts of your own.")
    return place


def has_model(name: str = "trial_ner") -> bool:
    """Whether a bundled model is there."""
    return any((place / name / "meta.json").is_file() for place in (_PACKAGED, _CHECKOUT))


def model_path(name: str = "trial_ner") -> Path:
    """The folder of a bundled model: in the installed package first, then in the checkout.

    Raises:
        ModelError: it is in neither.
    """
    places = [_PACKAGED / name, _CHECKOUT / name]
    for place in places:
        if (place / "meta.json").is_file():
            return place
    raise ModelError(
        f"the model {name!r} is missing",
        where=" and ".join(map(str, places)),
        remedy="Reinstall trialmine, rebuild the model with `python -m trialmine.train`, or name another model.",
    )
