"""SQL over the tables of a run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from trialmine.errors import ConfigError
from trialmine.export.tables import fill
from trialmine.export.writer import Notes, RunFolder, library


def query(source: Path, sql: str, *, corrections: bool = True) -> pd.DataFrame:
    """The answer to a SELECT over the tables that `report/columns.py` names, as a table.

    The database is in memory, and the query can reach no file and no network.

    Raises:
        ConfigError: the SQL is wrong, or DuckDB is not installed.
        InputError: there are no records.
    """
    duckdb = library("duckdb")
    with duckdb.connect(":memory:") as connection:
        fill(connection, RunFolder(source, corrections), Notes())
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        remedy = "The tables are trials, dosing, statistics, …; DESCRIBE dosing shows the columns of one."
        try:
            statements = connection.extract_statements(sql)
            # the tables are made anew from the records for each query, so that a change to them would change nothing
            if [s.type.name for s in statements] not in (["SELECT"], ["EXPLAIN"]):
                raise ConfigError(
                    f"the query failed: it is not one SELECT: {sql!r}",
                    remedy=f"A query reads, it changes nothing. {remedy}",
                )
            frame: pd.DataFrame = connection.execute(statements[0]).df()
        except duckdb.Error as error:
            raise ConfigError(f"the query failed: {str(error).splitlines()[0]}", remedy=remedy) from error
    return frame
