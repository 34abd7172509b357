"""How much a reader takes before it refuses: no source may fill the memory, whatever it claims to be."""

from __future__ import annotations

HEAD_BYTES = 64 * 1024  # what format and encoding are told from
MAX_DOCUMENT_CHARS = 2_000_000  # some 300,000 words: ten whole articles; more is a file of many documents
MAX_DOCUMENT_BYTES = 4 * MAX_DOCUMENT_CHARS  # the same in the widest encoding
MAX_LINE_CHARS = 8_000_000  # one JSONL line or CSV row: a document with its escapes and other columns
MAX_JSON_CHARS = 200_000_000  # a JSON array is held in memory while it is read; JSONL is not
MAX_XML_RECORD_CHARS = 32_000_000  # one article with all its tables and formulas
MAX_PAGE_BYTES = 32_000_000  # a saved page with its scripts and inlined images
MAX_PAGE_ELEMENTS = 100_000  # a whole article with its tables has a fifth of that
