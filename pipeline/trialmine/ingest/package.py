"""Looks through a zip package (an Office document) before a library opens it: sizes, ratios, and no document types."""

from __future__ import annotations

import re
from typing import BinaryIO

from trialmine.errors import InputError
from trialmine.ingest.archive import opened_zip, zip_members
from trialmine.ingest.budget import Budget

_CHUNK = 1 << 20
_OVERLAP = 32
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0(?:D\0O\0C|E\0N\0T)")


def checked_package(file: BinaryIO, budget: Budget) -> BinaryIO:
    """The file, at its start, once each of its parts has been unpacked within the limits.

    Raises:
        InputError: a part swells like a bomb, declares entities, or leads out of the package.
    """
    with opened_zip(file, budget) as archive:
        for name, content in zip_members(archive, budget):
            if isinstance(content, InputError):
                raise InputError(f"the part {name} was refused: {content.what}", remedy=content.remedy)
            is_markup = name.lower().endswith((".xml", ".rels", ".vml"))
            tail = b""
            while piece := content.read(_CHUNK):
                budget.check_time()
                # Office writes no document types; one is there to do harm
                if is_markup and _DECLARED.search(tail + piece):
                    what = f"the part {name} declares a document type or entities"
                    raise InputError(what, remedy="Save the document anew with an Office program.")
                tail = piece[-_OVERLAP:]
    file.seek(0)
    return file
