"""What the user may settle about reading: limits, whole articles, and which column means what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trialmine.errors import ConfigError
from trialmine.ingest.limits import IngestLimits

FIELDS = (
    "doc_id", "text", "abstract", "title", "pmid", "pmcid", "doi", "journal", "year", "language", "registry_ids",
    "publication_types", "mesh_terms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    Args:
        limits: what a source may cost.
        full_text: read methods, results and tables of whole articles, not their abstracts alone.
        columns: field of the document (one of FIELDS) -> name of the column that holds it in tables and JSON rows.
    """

    limits: IngestLimits = field(default_factory=IngestLimits)
    full_text: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


def parse_columns(settings: Iterable[str]) -> dict[str, str]:
    """A column mapping from "field=column" words, several of them in one separated by commas.

    >>> parse_columns(["text=Abstract Note,doc_id=Key"])
    {'text': 'Abstract Note', 'doc_id': 'Key'}

    Raises:
        ConfigError: a word has no "=", or names a field that documents do not have.
    """
    columns: dict[str, str] = {}
    for setting in (part for word in settings for part in word.split(",")):
        name, sign, column = (part.strip() for part in setting.partition("="))
        if not sign or not column or name.lower() not in FIELDS:
            remedy = f"Write field=column, like text=abstract,doc_id=pmid. Fields: {', '.join(FIELDS)}."
            raise ConfigError(f"{setting.strip()!r} maps no column", where="--columns", remedy=remedy)
        columns[name.lower()] = column
    return columns
