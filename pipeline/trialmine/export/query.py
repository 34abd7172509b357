"""SQL over the tables of a run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from trialmine.errors import ConfigError
from trialmine.export.tables import fill
from trialmine.export.writer import Notes, RunFolder, library


def query(source: Path, sql: str) -> pd.DataFrame:
    """The answer to a SELECT over the tables that `report/columns.py` names, as a table.

    The database is in memory, and the query can reach no file and no network.

    Raises:
        ConfigError: the SQL is wrong, or DuckDB is not installed.
        InputError: there are no records.
    """
    duckdb = library("duckdb")
    with duckdb.connect(":memory:") as connection:
        fill(connection, RunFolder(source), Notes())
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            answer = connection.execute(sql)
            frame: pd.DataFrame = answer.df()
        except duckdb.Error as error:
            remedy = "The tables are trials, dosing, statistics, …; DESCRIBE dosing shows the columns of one."
            raise ConfigError(f"the query failed: {str(error).splitlines()[0]}", remedy=remedy) from error
    return frame
