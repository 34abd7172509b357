"""`trialmine explain`: what cleaning changed and why, raw beside read."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialmine.cli.input_options import Columns, FullText, Limit, read_options

if TYPE_CHECKING:
    from rich.console import Console

    from trialmine.clean.explain import Explanation
    from trialmine.ingest.options import ReadOptions
    from trialmine.records.document import CleanText, Document


def explain(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs, or - for stdin.")],
    form: Annotated[str | None, typer.Option("--format", "-f", help="Read the input as this format.")] = None,
    full_text: FullText = False,
    columns: Columns = None,
    limit: Limit = None,
    json: Annotated[bool, typer.Option("--json", help="Write a JSON object per document.")] = False,
) -> None:
    """Show what cleaning changed in a text and why, raw beside read."""
    from trialmine.clean.cleaner import clean
    from trialmine.clean.explain import explain as explained
    from trialmine.cli.console import for_results

    console = for_results()
    failed: list[str] = []
    for document in _documents(inputs, form, read_options(full_text, columns, limit), failed):
        cleaned = clean(document.text)
        if json:
            sys.stdout.write(json_module.dumps(_as_json(document, cleaned, explained(cleaned))) + "\n")
        else:
            _show(console, document, cleaned, explained(cleaned))
    if failed:
        raise typer.Exit(1)


def _documents(inputs: list[str], form: str | None, options: ReadOptions, failed: list[str]) -> Iterator[Document]:
    from trialmine.ingest import read
    from trialmine.records.document import Unreadable

    for item in read(inputs, format=form, options=options):
        if isinstance(item, Unreadable):
            failed.append(item.uri)
            typer.echo(f"trialmine: {item.message}", err=True)
        else:
            yield item


def _as_json(document: Document, cleaned: CleanText, edits: list[Explanation]) -> dict[str, Any]:
    fields = ("rule", "start", "end", "before", "after", "confidence", "reason")
    return {
        "doc_id": document.doc_id or document.record_id,
        "noise_level": cleaned.noise_level,
        "text": cleaned.text,
        "edits": [{name: getattr(edit, name) for name in fields} for edit in edits],
        "issues": [{"code": i.code, "message": i.message, "start": i.start, "end": i.end} for i in cleaned.issues],
    }


def _show(console: Console, document: Document, cleaned: CleanText, edits: list[Explanation]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    own = document.doc_id or document.record_id
    # a file of many documents does not say which one the table is of
    name = f"{own} ({document.uri})" if document.uri else own
    plural = "" if len(edits) == 1 else "s"
    console.print(Text.assemble((name, "bold"), f": noise {cleaned.noise_level}, {len(edits)} edit{plural}"))
    if edits:
        table = Table(header_style="bold", pad_edge=False, show_lines=True, box=box.HORIZONTALS)
        for head, style in (("Raw text", None), ("Read as", None), ("Rule", "cyan"), ("Sure", "dim"), ("Why", "dim")):
            table.add_column(head, style=style, overflow="fold", ratio=None if head == "Sure" else 3)
        for edit in edits:
            around = _around(cleaned.raw, edit)
            raw, read = (
                _marked(around, word, style) for word, style in ((edit.before, "red strike"), (edit.after, "green"))
            )
            table.add_row(raw, read, Text(edit.rule), Text(f"{edit.confidence:.0%}"), Text(edit.reason))
        console.print(table)
    for issue in cleaned.issues:
        console.print(Text.assemble(("! ", "bold red"), issue.message, (f"  {issue.code}", "dim")))
    console.print()


def _around(raw: str, edit: Explanation) -> tuple[str, str]:
    """Some whole words before and behind the edit; a word longer than the room is cut."""
    room = 24
    before, behind = raw[max(0, edit.start - room) : edit.start], raw[edit.end : edit.end + room]
    if edit.start > room:
        before = before[before.find(" ") + 1 :]
    if edit.end + room < len(raw):
        behind = behind[: behind.rfind(" ") if " " in behind.strip() else room]
    return before, behind


def _marked(around: tuple[str, str], word: str, style: str) -> Any:
    from rich.text import Text

    shown = _visible(word if len(word) <= 120 else f"{word[:80]} … {word[-30:]}")
    return Text.assemble((_visible(around[0]), "dim"), (shown, style), (_visible(around[1]), "dim"))


def _visible(text: str) -> str:
    """Line ends and control characters as signs: escape codes in a text must not reach the terminal."""
    signs = {"\n": "↵", "\r": "␍", "\t": "⇥"}
    return "".join(signs.get(ch, ch if ch.isprintable() else f"‹U+{ord(ch):04X}›") for ch in text)
