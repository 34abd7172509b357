"""What every part of the record rests on: frozen models, and spans of the raw text."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from trialmine.records.vocabulary import SectionLabel


class Frozen(BaseModel):
    """Base of every part of the record: immutable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Evidence(Frozen):
    """Half-open span of the raw text, in code points; `raw[start:end] == quote`."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: str
    section: SectionLabel | None = None

    @model_validator(mode="after")
    def _span_fits_quote(self) -> Self:
        if self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"evidence {self.start}:{self.end} does not have the length of its quote {self.quote!r}")
        return self


EvidenceList = Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Identifier(Frozen):
    """A code in a terminology; `system` is a FHIR system URI where there is one."""

    system: str
    code: str
    display: str | None = None
