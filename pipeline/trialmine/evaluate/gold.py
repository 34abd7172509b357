"""Which of the annotated trial records are kept to measure on."""

from __future__ import annotations

import hashlib


def held_out(doc_id: str) -> bool:
    """Whether a training record belongs to the fifth that teaches nothing and whose errors nobody reads."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 5 == 0
