"""`trialmine bench`: documents and words per second, beside the bare entity recogniser of the same model."""

from __future__ import annotations

import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialmine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trialmine.batch.bench import Bench
    from trialmine.records.document import Document


def bench(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help="Texts to read; the shipped examples if none.")
    ] = None,
    processes: Annotated[
        str, typer.Option("--processes", metavar="N,…", help="Numbers of processes to try; else 1 and all cores.")
    ] = "",
    documents: Annotated[
        int, typer.Option("--documents", metavar="N", min=1, help="How many texts to read; fewer are read again.")
    ] = 100,
    growth: Annotated[
        str, typer.Option("--growth", metavar="N,…", help="Sizes of whole runs; else a quarter, a half, all.")
    ] = "",
    ner_model: Annotated[
        str | None, typer.Option("--ner-model", metavar="NAME_OR_PATH", help="The model in the NER slot.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write a page in Markdown too.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Measure pace, memory and growth on this machine.

    Example: trialmine bench abstracts.jsonl --documents 3419 --processes 1,2 -o docs/BENCHMARKS.md
    """
    from trialmine.batch.bench import bench as measure
    from trialmine.batch.bench_tables import as_json, markdown
    from trialmine.batch.plan import cores
    from trialmine.cli.console import for_messages
    from trialmine.report.files import written_whole

    numbers = _numbers("--processes", processes) or sorted({1, cores()})
    sizes = _numbers("--growth", growth) or [max(documents // 4, 1), max(documents // 2, 1), documents]
    texts = _texts(inputs, documents)
    with for_messages().status("") as status:
        figures = measure(texts, processes=numbers, growth=sizes, ner_model=ner_model, notify=status.update)
    if output is not None:
        with written_whole(output) as file:
            file.write(markdown(figures))
    if json:
        sys.stdout.write(json_module.dumps(as_json(figures), indent=1) + "\n")
    else:
        _show(figures)


def _numbers(option: str, words: str) -> list[int]:
    try:
        numbers = [int(word) for word in words.split(",") if word.strip()]
    except ValueError:
        numbers = [0]
    if any(number < 1 for number in numbers):
        raise ConfigError(f"{words!r} is no list of numbers", where=option, remedy="Write it like 1,2,4.")
    return numbers


def _texts(inputs: list[str] | None, size: int) -> Sequence[Document]:
    from itertools import islice

    from trialmine.batch.bench import copies
    from trialmine.ingest import read
    from trialmine.records.document import Document
    from trialmine.resources import examples_path

    names = inputs or [str(examples_path())]
    found = list(islice((item for item in read(names) if isinstance(item, Document)), size))
    if not found:
        raise ConfigError("there is no document in the input", where=" ".join(names), remedy="Name other texts.")
    return list(copies(found, size))


def _show(figures: Bench) -> None:
    from rich import box
    from rich.table import Table

    from trialmine.batch.bench_tables import remarks, tables
    from trialmine.cli.console import for_results

    console = for_results()
    for title, heads, rows in tables(figures):
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for head in heads:
            table.add_column(head, justify="left" if head == "stage" else "right")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for remark in remarks(figures):
        console.print(remark)
