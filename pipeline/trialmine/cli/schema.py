"""`trialmine schema`: the JSON Schema of the record."""

from __future__ import annotations

import sys


def schema() -> None:
    """Print the JSON Schema of the trial record."""
    from trialmine.report.schema import record_schema_text

    sys.stdout.write(record_schema_text())
