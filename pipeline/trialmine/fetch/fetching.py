"""Fetches what was asked for: what is there already is not asked again, and one id's failure costs that id alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from trialmine.errors import ConfigError
from trialmine.fetch.answer import Answer, Came, Leads, Missing
from trialmine.fetch.asked import Asked, Kind
from trialmine.fetch.client import Client, RefusedError, UnansweredError
from trialmine.fetch.folder import Folder
from trialmine.fetch.services import Source

Status = Literal["came", "had", "not_found", "failed"]
_AGAIN = "Give the same command again later: what has come is kept."
_ORDER: tuple[Kind, ...] = ("doi", "pmid", "pmcid", "nct")  # each may lead to ids of the later ones
_OF_IDS = frozenset({400, 404, 413, 414, 422})  # a request that is refused for one of its ids, or for their number
_PATIENCE = 2  # batches in a row without an answer; then the service is left alone


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one id."""

    asked: Asked
    status: Status
    file: str | None = None
    reason: str | None = None
    remedy: str | None = None


@dataclass
class Fetching:
    """One run.

    Args:
        client: speaks HTTP.
        folder: where documents go.
        sources: where each kind of id is asked for.
        full_text: fetch the whole article too where a record names its PMCID.
        refresh: ask again for what is there.
        done: told of every result as it comes.
    """

    client: Client
    folder: Folder
    sources: dict[Kind, Source]
    full_text: bool = False
    refresh: bool = False
    done: Callable[[Result], None] = lambda _: None
    results: dict[str, Result] = field(default_factory=dict)
    _wanted: dict[str, Asked] = field(default_factory=dict)
    _leads: dict[Asked, Leads] = field(default_factory=dict)
    _silent: dict[str, int] = field(default_factory=dict)

    def run(self, asked: Iterable[Asked]) -> list[Result]:
        """The result of every id, in the order asked; ids of whole articles that were added come last.

        Raises:
            OutputError: the folder can't be written.
            ConfigError: a service does not know the API key.
        """
        wanted = list(dict.fromkeys(asked))
        for a in wanted:
            self._want(a)
        for kind in _ORDER:
            self._get_all(kind)
        for doi, leads in self._leads.items():
            self._follow(doi, self.results[leads.to.key])
        order = [a.key for a in wanted]
        return [self.results[key] for key in dict.fromkeys([*order, *self.results]) if key in order or self._added(key)]

    def _added(self, key: str) -> bool:
        return self.full_text and key.startswith("pmcid:")

    def _want(self, asked: Asked) -> None:
        if asked.key in self.results or asked.key in self._wanted:
            return
        came = None if self.refresh else self.folder.had(asked)
        if came is None:
            self._wanted[asked.key] = asked
        else:
            self._settle(Result(asked, "had", came.file))
            self._want_full_text(came)

    def _want_full_text(self, came: Came) -> None:
        if self.full_text and came.pmcid:
            self._want(Asked("pmcid", came.pmcid))

    def _settle(self, result: Result) -> None:
        self.results[result.asked.key] = result
        self.done(result)

    def _take(self, asked: Asked, answer: Answer, status: Literal["not_found", "failed"] = "not_found") -> None:
        if isinstance(answer, Leads):
            self._leads[asked] = answer
            self._want(answer.to)
        elif isinstance(answer, Came):
            self.folder.keep(asked, answer)
            self._settle(Result(asked, "came", answer.file))
            self._want_full_text(answer)
        else:
            self.folder.lack(asked, answer, status)
            self._settle(Result(asked, status, None, answer.reason, answer.remedy))

    def _follow(self, doi: Asked, result: Result) -> None:
        """A DOI ends as the PMID that it leads to."""
        if result.file:
            self.folder.same(doi, result.asked)
        else:
            missing = Missing(doi.id, result.reason or "", result.remedy or "")
            self.folder.lack(doi, missing, result.status)
        self._settle(replace(result, asked=doi))

    def _get_all(self, kind: Kind) -> None:
        source = self.sources[kind]
        asked = [a for a in self._wanted.values() if a.kind == kind]
        for start in range(0, len(asked), source.batch):
            self._get(source, asked[start : start + source.batch])

    def _get(self, source: Source, asked: Sequence[Asked]) -> None:
        """Ask for a batch; one that is refused or garbled is halved until the id that spoils it is alone."""
        name = source.service.name
        if self._silent.get(name, 0) >= _PATIENCE:
            self._fail(asked, f"{name} did not answer before, and was not asked for this one")
            return
        left = {a.id: a for a in asked}
        try:
            for answer in source.get(self.client, list(left)):
                self._take(left.pop(answer.id), answer)
            self._silent[name] = 0
        except RefusedError as error:
            if "api key" in error.body.lower():
                remedy = "Mend NCBI_API_KEY, or unset it."
                raise ConfigError("the API key is not known", where=name, remedy=remedy) from error
            self._refused(source, list(left.values()), error)
        except UnansweredError as error:
            if error.garbled and len(left) > 1:
                self._halve(source, list(left.values()))
                return
            self._silent[name] = self._silent.get(name, 0) + (not error.garbled)
            self._fail(left.values(), f"{name} gave no usable answer: {error}")

    def _refused(self, source: Source, asked: Sequence[Asked], error: RefusedError) -> None:
        reason = f"{source.service.name} refused (HTTP {error.status})"
        if error.status not in _OF_IDS:
            self._fail(asked, reason)
        elif len(asked) > 1:
            self._halve(source, asked)
        else:
            self._take(asked[0], Missing(asked[0].id, reason, "Check the id; the service may not give it out."))

    def _halve(self, source: Source, asked: Sequence[Asked]) -> None:
        middle = len(asked) // 2
        self._get(source, asked[:middle])
        self._get(source, asked[middle:])

    def _fail(self, asked: Iterable[Asked], reason: str) -> None:
        for a in list(asked):
            self._take(a, Missing(a.id, reason, _AGAIN), "failed")
