from __future__ import annotations

from pathlib import Path

import pytest

from trialmine.errors import ConfigError, InputError
from trialmine.export.query import query


def test_tables_can_be_joined(run: Path) -> None:
    sql = "SELECT label, count(*) AS rows FROM dosing d JOIN arms a USING (record_id) WHERE arm_ids = arm_id GROUP BY 1"
    assert query(run, sql).to_dict("records") == [{"label": "velotinib", "rows": 4}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT nonsense FROM dosing",
        "SELEC",
        "SELECT * FROM read_text('{run}/records.jsonl')",
        "COPY dosing TO '{run}/stolen.csv'",
        "ATTACH '{run}/x.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "DROP TABLE dosing",
        "SELECT 1; DROP TABLE dosing",
        "",
    ],
)
def test_wrong_sql_and_any_way_out_are_refused(sql: str, run: Path) -> None:
    before = sorted(p.name for p in run.iterdir())
    with pytest.raises(ConfigError, match="the query failed"):
        query(run, sql.format(run=run))
    assert sorted(p.name for p in run.iterdir()) == before


@pytest.mark.parametrize(
    "sql", ["DESCRIBE dosing", "SHOW TABLES", "WITH a AS (SELECT 1 AS x) FROM a", "EXPLAIN SELECT 1"]
)
def test_questions_need_not_begin_with_select(sql: str, run: Path) -> None:
    assert len(query(run, sql))


def test_a_run_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no records"):
        query(tmp_path, "SELECT 1")
