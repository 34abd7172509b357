"""RIS: the sources of the records, for reference managers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trialmine.export.writer import Notes, Options, Run, Writer, library
from trialmine.records.trial import TrialRecord
from trialmine.report.files import written_whole


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    rispy = library("rispy")

    class Unnumbered(rispy.RisWriter):  # type: ignore[misc, name-defined]  # the library is imported when it is used
        """References without the numbers between them, which some programs refuse."""

        def set_header(self, _: int) -> str:
            return ""

    with written_whole(target) as file:
        for record in run.records():
            # one at a time, so that a long run needs no more memory than a short one
            file.write(rispy.dumps([_reference(record)], implementation=Unnumbered).strip() + "\n\n")
            notes.written += 1


def _reference(record: TrialRecord) -> dict[str, Any]:
    source = record.source
    told = {
        "type_of_reference": "JOUR",
        "id": record.record_id,
        "title": source.title,
        "secondary_title": source.journal,
        "year": None if source.year is None else str(source.year),
        "doi": source.doi,
        "accession_number": source.pmid,
        "custom2": source.pmcid,  # C2 is PMCID by the PubMed convention
        "language": source.language,
        "urls": [source.uri] if source.uri and "://" in source.uri else None,
        "keywords": list(source.registry_ids) or None,
    }
    return {name: value for name, value in told.items() if value is not None}


RIS = Writer(
    "ris", "RIS: the sources, for reference managers", _write, suffix=".ris", never=("everything but the source",)
)
