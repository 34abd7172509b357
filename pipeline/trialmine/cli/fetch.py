"""`trialmine fetch`: documents by their ids, into a folder that `trialmine run` reads."""

from __future__ import annotations

import json as json_module
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialmine.errors import ConfigError

if TYPE_CHECKING:
    from trialmine.fetch.asked import Asked
    from trialmine.fetch.fetching import Fetching, Result

_FAILED = 1


def fetch(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="PMIDs, PMCIDs, DOIs, NCT numbers, told by their form; - for stdin."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the documents.")
    ] = None,
    ids_file: Annotated[
        Path | None,
        typer.Option("--ids", metavar="FILE", help="Read ids from FILE; what follows a # is a remark."),
    ] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Fetch the whole article too, where PubMed Central has it.")
    ] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Fetch anew what is in the folder already.")] = False,
    email: Annotated[
        str | None,
        typer.Option("--email", envvar="NCBI_EMAIL", help="Your address: services write before they block anybody."),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds to wait for a sign of life.")] = 60.0,
    tries: Annotated[int, typer.Option("--tries", min=1, max=20, help="How often a request is tried.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Write what became of each id as JSON.")] = False,
    eutils_url: Annotated[
        str | None, typer.Option("--eutils-url", envvar="TRIALMINE_EUTILS_URL", help="E-utilities elsewhere.")
    ] = None,
    europe_pmc_url: Annotated[
        str | None, typer.Option("--europe-pmc-url", envvar="TRIALMINE_EUROPE_PMC_URL", help="Europe PMC elsewhere.")
    ] = None,
    clinical_trials_url: Annotated[
        str | None,
        typer.Option(
            "--clinical-trials-url", envvar="TRIALMINE_CLINICAL_TRIALS_URL", help="ClinicalTrials.gov elsewhere."
        ),
    ] = None,
) -> None:
    """Fetch documents by their ids from PubMed, PubMed Central, Europe PMC and ClinicalTrials.gov.

    \b
    Examples:
      trialmine fetch 12345678 PMC1234567 10.1000/xyz NCT01234567 -o downloads
      trialmine fetch --ids ids.txt --full-text -o downloads
      cut -f1 table.tsv | trialmine fetch - -o downloads
      trialmine run downloads -o DIR

    Given again, the same command asks only for what is not there yet. With an API key of NCBI in the environment
    variable NCBI_API_KEY it may ask ten times a second in place of three. No other command uses the network.

    Exit code 0: every document came; 1: some did not; 2: the call makes no sense or can't write.
    """
    if output is None:
        raise ConfigError("there is no folder to fetch into", remedy="Give one with -o DIR.")
    asked, wrong = _asked(ids or [], ids_file)
    if not asked and not wrong:
        raise ConfigError("no id was given", remedy="Give ids, a file of them with --ids FILE, or - for stdin.")
    urls = (eutils_url, europe_pmc_url, clinical_trials_url)
    fetching = _prepared(output, urls, email=email, timeout=timeout, tries=tries)
    fetching.full_text, fetching.refresh = full_text, refresh
    results = _with_progress(fetching, asked)
    if json:
        _write_json(results, wrong)
    else:
        _show(results, wrong, output)
    if wrong or any(r.file is None for r in results):
        raise typer.Exit(_FAILED)


def _asked(words: list[str], file: Path | None) -> tuple[list[Asked], list[str]]:
    """What was asked for, each once, and the words that are no ids."""
    from trialmine.fetch.asked import asked_for

    asked: dict[Asked, None] = {}
    wrong: dict[str, None] = {}
    for word in _words(words, file):
        found = asked_for(word)
        if found is None:
            wrong[word] = None
        else:
            asked[found] = None
    return list(asked), list(wrong)


def _words(words: list[str], file: Path | None) -> Iterator[str]:
    from trialmine.fetch.asked import words_of

    for word in words:
        yield from words_of(sys.stdin) if word == "-" else words_of([word])
    if file is not None:
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                yield from words_of(lines)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(f"the ids can't be read ({reason})", where=str(file), remedy="Check the path.") from error


def _prepared(
    output: Path, urls: tuple[str | None, str | None, str | None], *, email: str | None, timeout: float, tries: int
) -> Fetching:
    try:
        from trialmine.fetch.client import Client, Tries
    except ModuleNotFoundError as error:
        what = f"fetching needs {error.name}, which is not installed"
        raise ConfigError(what, remedy="Run: pip install 'trialmine[fetch]'.") from error
    from trialmine.fetch import services
    from trialmine.fetch.fetching import Fetching
    from trialmine.fetch.folder import Folder

    defaults = (services.EUTILS_URL, services.EUROPE_PMC_URL, services.CLINICAL_TRIALS_URL)
    ncbi_url, europe_url, trials_url = (_url(url or default) for url, default in zip(urls, defaults, strict=True))
    key = os.environ.get("NCBI_API_KEY") or None
    identity = {"tool": "trialmine", **({"email": email} if email else {}), **({"api_key": key} if key else {})}
    ncbi, europe = services.eutils(ncbi_url, key), services.europe_pmc(europe_url)
    return Fetching(
        Client(Tries(timeout=timeout, attempts=tries), email=email),
        Folder(output),
        {
            "doi": services.EuropePmc(europe),
            "pmid": services.PubMed(ncbi, identity),
            "pmcid": services.PubMedCentral(ncbi, identity, europe),
            "nct": services.ClinicalTrials(services.clinical_trials(trials_url)),
        },
    )


def _url(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ConfigError(f"{url!r} is no address of a service", remedy="Give one that begins with https://.")
    return url.rstrip("/")


def _with_progress(fetching: Fetching, asked: list[Asked]) -> list[Result]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from trialmine.cli.console import for_messages

    says = TextColumn("{task.fields[says]}")
    columns = (
        SpinnerColumn(),
        TextColumn("fetching"),
        BarColumn(),
        MofNCompleteColumn(),
        says,
    )
    with Progress(*columns, console=for_messages(), transient=True) as progress:
        task = progress.add_task("", total=len(asked), says="")

        def done(_: Result) -> None:
            total = max(len(asked), len(fetching.results))
            progress.update(task, completed=len(fetching.results), total=total, says="")

        def waits(service: str, seconds: float, reason: str) -> None:
            progress.update(task, says=f"{service}: {reason}; again in {seconds:.0f} s")

        fetching.done, fetching.client.waits = done, waits
        try:
            return fetching.run(asked)
        finally:
            fetching.client.close()


def _write_json(results: list[Result], wrong: list[str]) -> None:
    rows = [
        {"id": r.asked.key, "status": r.status, "file": r.file, "reason": r.reason, "remedy": r.remedy} for r in results
    ]
    rows += [{"id": w, "status": "no_id", "file": None, "reason": _NO_ID, "remedy": _FORMS} for w in wrong]
    sys.stdout.write(json_module.dumps(rows, indent=1) + "\n")


_NO_ID = "this is no id"
_FORMS = "Ids are like 12345678, PMC1234567, 10.1000/xyz or NCT01234567."


def _show(results: list[Result], wrong: list[str], output: Path) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.console import for_results
    from trialmine.cli.progress import shown_first
    from trialmine.fetch.asked import KINDS

    console = for_results()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("id")
    statuses = ("came", "had", "not_found", "failed")
    for head in ("came", "there already", "not found", "failed"):
        table.add_column(head, justify="right")
    for kind, name in KINDS.items():
        counts = [sum(r.asked.kind == kind and r.status == status for r in results) for status in statuses]
        if any(counts):
            table.add_row(name, *(f"{n:,}" if n else "·" for n in counts))
    if results:
        console.print(table)
        console.print()
    for status, label in (("not_found", "not found"), ("failed", "failed")):
        lines = [f"{r.asked.id}: {r.reason}. {r.remedy}" for r in results if r.status == status]
        shown_first(console, label, "bold red", lines, listed_in="--json")
    shown_first(console, "no id", "bold red", [f"{word}: {_NO_ID}. {_FORMS}" for word in wrong], listed_in="--json")
    came = sum(r.file is not None for r in results)
    console.print(Text.assemble((f"{came:,} of {len(results) + len(wrong):,}", "bold"), f" in {output}"))
