"""The formats, in the order in which they are offered."""

from __future__ import annotations

from trialmine.errors import ConfigError
from trialmine.export.bioc import BIOC
from trialmine.export.brat import BRAT
from trialmine.export.ctgov import CTGOV
from trialmine.export.docbin import SPACY
from trialmine.export.fhir import FHIR
from trialmine.export.gold import GOLD
from trialmine.export.metafor import METAFOR
from trialmine.export.ris import RIS
from trialmine.export.tables import CSV, DUCKDB, PARQUET
from trialmine.export.writer import Writer

WRITERS: tuple[Writer, ...] = (CSV, PARQUET, DUCKDB, CTGOV, METAFOR, FHIR, BIOC, BRAT, SPACY, RIS, GOLD)


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        ConfigError: there is none of that name.
    """
    for candidate in WRITERS:
        if candidate.name == name:
            return candidate
    raise ConfigError(f"no format is called {name!r}", remedy=f"Choose one of {', '.join(w.name for w in WRITERS)}.")
