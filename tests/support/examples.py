"""The example corpus: its records as the pipeline gives them now, the golden ones, and the facts marked by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from trialmine.flow import load
from trialmine.ingest import read
from trialmine.records.document import Document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
EXAMPLES = CORPUS / "examples"
EXPECTED = CORPUS / "expected"
Record = dict[str, Any]


def documents() -> list[Document]:
    """The documents of corpus/examples, in order; a file that can't be read is an error of the corpus."""
    found = list(read([str(EXAMPLES)]))
    broken = [d for d in found if not isinstance(d, Document)]
    assert not broken, broken
    return [d for d in found if isinstance(d, Document)]


def records() -> dict[str, Record]:
    """What the pipeline makes of the examples now, by golden file name."""
    made = (json.loads(r.model_dump_json()) for r in load().stream(documents()))
    return {golden_name(r): without_place(r) for r in made}


def golden_name(record: Record) -> str:
    """A file name for the record: its id, or its file's name where the id is only a hash."""
    by_hash = record["doc_id"].startswith("sha256:")
    return re.sub(r"[^\w.-]+", "_", PurePosixPath(record["source"]["uri"]).stem if by_hash else record["doc_id"])


def without_place(record: Record) -> Record:
    """The record without what depends on the machine and the version."""
    source = {k: v for k, v in record["source"].items() if k != "uri"}
    return {k: v for k, v in {**record, "source": source}.items() if k != "schema_version"}


def golden() -> dict[str, Record]:
    """The records as they were when they were last written with --regold."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((EXPECTED / "records").glob("*.json"))
    }


def write_golden(made: dict[str, Record]) -> None:
    """Write every golden record anew."""
    folder = EXPECTED / "records"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for name, record in made.items():
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Every place where two records differ, as "statistics[3].value: 4.2 -> 4.3"."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from differences(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for n, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from differences(a, b, f"{path}[{n}]")
    elif old != new:
        yield f"{path}: {_short(old)} -> {_short(new)}"


def _short(value: Any) -> str:
    return f"{len(value)} rows" if isinstance(value, list) else repr(value)[:80]


def marked_facts() -> list[Record]:
    """The facts that a reader marked by hand in the examples, in the form of the gold records."""
    return [json.loads(line) for line in (EXPECTED / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def _words(text: str) -> frozenset[str]:
    return frozenset(w.removesuffix("s") for w in re.findall(r"[a-z0-9]+", text.lower()) if len(w) > 2 or w.isdigit())


def _names(row: Record) -> set[str]:
    return {re.sub(r"[^a-z0-9]", "", n.lower()) for n in (row["name"], *(row.get("aliases") or ()))}


def _alike(a: str, b: str) -> bool:
    x, y = _words(a), _words(b)
    return 2 * len(x & y) >= (len(x) + len(y)) / 2


def _part(row: Record, name: str, *keys: str) -> tuple[Any, ...]:
    part = row.get(name) or {}
    return tuple(part.get(k) for k in keys)


def _dosing_key(row: Record) -> tuple[Any, ...]:
    amounts = _part(row, "dose", "value", "low", "high", "unit")
    levels = tuple((row.get("dose") or {}).get("levels") or ())
    return amounts, levels, _part(row, "frequency", "count", "period", "period_unit")


def _statistic_key(row: Record) -> tuple[Any, ...]:
    return (
        *(row.get(k) for k in ("measure", "value", "numerator", "denominator")),
        _part(row, "ci", "low", "high"),
        _part(row, "p", "value") if row["measure"] == "p_value" else (),
    )


def _same_dosing(a: Record, b: Record) -> bool:
    return a["drug"] & b["drug"] != set() and _dosing_key(a) == _dosing_key(b)


def _same_endpoint(a: Record, b: Record) -> bool:
    return (a.get("code") is not None and a.get("code") == b.get("code")) or _alike(a["name"], b["name"])


def _same_event(a: Record, b: Record) -> bool:
    return _alike(a["term"], b["term"]) and all(a.get(k) == b.get(k) for k in ("n", "percent"))


SAME: dict[str, Callable[[Record, Record], bool]] = {
    "interventions": lambda a, b: bool(_names(a) & _names(b)),
    "arms": lambda a, b: a.get("n") == b.get("n") and a["names"] == b["names"],
    "dosing": _same_dosing,
    "endpoints": _same_endpoint,
    "statistics": lambda a, b: _statistic_key(a) == _statistic_key(b),
    "adverse_events": _same_event,
}


def rows(record: Record, block: str) -> list[Record]:
    """The rows of a block, with the names that their intervention ids stand for."""
    named = {i["id"]: _names(i) for i in record["interventions"]}
    out = []
    for row in record[block]:
        extra: Record = {}
        if block == "dosing":
            extra = {"drug": named[row["intervention"]]}
        if block == "arms":
            extra = {"names": sorted(min(named[i]) for i in row.get("interventions") or ())}
        out.append({**row, **extra})
    return out


def unmatched(gold: list[Record], made: list[Record], block: str) -> tuple[list[Record], list[Record]]:
    """Marked facts that no row states, and rows that no marked fact backs; each row answers for one fact."""
    missed, left = [], list(made)
    for fact in gold:
        at = next((n for n, row in enumerate(left) if SAME[block](fact, row)), None)
        if at is None:
            missed.append(fact)
        else:
            del left[at]
    return missed, left
