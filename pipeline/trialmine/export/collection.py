"""Records in Python, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import pandas as pd

from trialmine.export.export import write
from trialmine.export.writer import Notes, Options, RunFolder, no_texts, with_texts
from trialmine.records.trial import TrialRecord
from trialmine.report.tables import to_frames


class Records:
    """Records, with the raw texts that they point into where these are at hand.

    Args:
        records: the records, as from `Pipeline.stream`.
        texts: the raw texts, in the order of the records; BioC, brat and spaCy files need them.

    >>> from trialmine.records.trial import TrialRecord
    >>> len(Records([]))
    0
    """

    def __init__(self, records: Iterable[TrialRecord], texts: Iterable[str] | None = None) -> None:
        self._records = tuple(records)
        self._texts = None if texts is None else tuple(texts)

    @classmethod
    def read(cls, source: str | Path, *, corrections: bool = True) -> Self:
        """The records of a run: its folder, or a file of records; with `corrections`, as people corrected them.

        Raises:
            InputError: there are none, or a line is none.
        """
        run = RunFolder(Path(source), corrections)
        if not run.source.is_dir():
            return cls(run.records())
        pairs = list(run.documents())
        return cls([record for record, _ in pairs], [text for _, text in pairs])

    def __iter__(self) -> Iterator[TrialRecord]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, key: str | int) -> TrialRecord:
        """The record at a place, or with a record_id or doc_id."""
        if isinstance(key, int):
            return self._records[key]
        for record in self._records:
            if key in (record.record_id, record.doc_id):
                return record
        raise KeyError(key)

    def records(self) -> Iterator[TrialRecord]:
        """The records, one after another."""
        return iter(self._records)

    def documents(self) -> Iterator[tuple[TrialRecord, str]]:
        """Each record with its raw text.

        Raises:
            InputError: there are no texts, or they are not those of the records.
        """
        if self._texts is None:
            raise no_texts("records in memory")
        return with_texts(self._records, self._texts, "records in memory")

    def checked(self, _: TrialRecord) -> bool:
        """Whether a record is right, which who holds it in memory answers for."""
        return True

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """One table per block; `report/columns.py` names their columns and what these hold."""
        return to_frames(self._records)

    def to(self, form: str, path: str | Path, *, endpoint: str | None = None, measure: str | None = None) -> Notes:
        """Write a format of `trialmine export`, and tell what it could not hold.

        Raises:
            ConfigError: there is no such format, or its library is missing.
            InputError: the format needs the raw texts.
            OutputError: the path can't be written.
        """
        return write(self, form, Path(path), Options(endpoint, measure))

    def to_csv(self, folder: str | Path) -> Notes:
        """A folder of CSV files, one per table."""
        return self.to("csv", folder)

    def to_parquet(self, folder: str | Path) -> Notes:
        """A folder of Parquet files, one per table, typed."""
        return self.to("parquet", folder)

    def to_duckdb(self, path: str | Path) -> Notes:
        """One DuckDB file, tables typed and keyed."""
        return self.to("duckdb", path)

    def to_ctgov(self, path: str | Path) -> Notes:
        """ClinicalTrials.gov v2 JSON."""
        return self.to("ctgov", path)

    def to_metafor(self, path: str | Path, *, endpoint: str | None = None, measure: str | None = None) -> Notes:
        """Long CSV for meta-analysis, of one endpoint or measure where named."""
        return self.to("metafor", path, endpoint=endpoint, measure=measure)

    def to_fhir(self, path: str | Path) -> Notes:
        """A FHIR R5 Bundle."""
        return self.to("fhir", path)

    def to_bioc(self, path: str | Path) -> Notes:
        """BioC JSON."""
        return self.to("bioc", path)

    def to_brat(self, folder: str | Path) -> Notes:
        """A folder of brat standoff."""
        return self.to("brat", folder)

    def to_spacy(self, path: str | Path) -> Notes:
        """A spaCy DocBin."""
        return self.to("spacy", path)

    def to_gold(self, path: str | Path) -> Notes:
        """Gold records, with their texts beside them."""
        return self.to("gold", path)

    def to_ris(self, path: str | Path) -> Notes:
        """RIS references of the sources."""
        return self.to("ris", path)
