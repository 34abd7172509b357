from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from support.records import TEXT, evidence, record, whole_record
from trialmine.records.trial import TrialRecord
from trialmine.report.page import page
from trialmine.report.payload import payload

HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)>
]]><!-- " onmouseover="alert(3)" \u2028 '; alert(4); // velotinib 40 mg <b>daily</b> {{ 7 * 7 }}"""


class Blocks(HTMLParser):
    """The script elements of a page, and the tags outside of them."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.tags: list[str] = []
        self._open: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self._open = dict(attrs)
            self.scripts.append((self._open, ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == "script" else self._open

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)


def drawn(*documents: tuple[TrialRecord, str], **options: Any) -> str:
    return "".join(page(documents, run={"version": "0", "model": "m", "started": "now"}, **options))


def blocks(html: str) -> Blocks:
    parser = Blocks()
    parser.feed(html)
    return parser


def test_the_page_loads_nothing() -> None:
    html = drawn((whole_record(), TEXT))
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(|fetch\(|XMLHttpRequest""", html)
    assert "default-src 'none'" in html


def test_hostile_text_stays_text() -> None:
    rows = [{"code": HOSTILE, "message": HOSTILE}]
    drug = {"id": "i1", "name": HOSTILE, "text": HOSTILE, "kind": "drug", "evidence": [evidence(HOSTILE, "velotinib")]}
    hostile = record(HOSTILE, doc_id=HOSTILE, interventions=[drug], warnings=rows)
    clean, bad = (
        blocks(drawn((whole_record(), TEXT))),
        blocks(drawn((hostile, HOSTILE), failures=[{"doc": HOSTILE, "error": HOSTILE}])),
    )
    assert bad.tags == clean.tags
    assert len(bad.scripts) == 3
    assert json.loads(bad.scripts[0][1])["text"] == HOSTILE
    assert "<" not in bad.scripts[0][1] + bad.scripts[1][1]


def test_hostile_run_description_is_escaped() -> None:
    html = "".join(page([], run={"version": HOSTILE, "model": HOSTILE, "started": HOSTILE}))
    assert "<img" not in html
    assert "49" not in html.split("<footer>")[1]


def test_the_script_draws_text_only() -> None:
    script = blocks(drawn()).scripts[-1][1]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_index_lists_documents_then_failures() -> None:
    html = drawn((whole_record("a"), TEXT), failures=[{"doc": "b.pdf", "error": "not a text"}])
    index = json.loads(next(text for attributes, text in blocks(html).scripts if attributes.get("id") == "index"))
    assert [(e["doc"], e.get("error")) for e in index] == [("a", None), ("b.pdf", "not a text")]


def test_cells_point_at_their_own_words() -> None:
    dosing = payload(whole_record(), TEXT)["tables"][0]
    words = {c: (row := dosing["rows"][0]["cells"][i]) and row[1] for i, c in enumerate(dosing["columns"])}
    assert TEXT[slice(*words["Dose"])] == "40 mg"
    assert TEXT[slice(*words["Frequency"])] == "twice daily"
    assert TEXT[slice(*words["Duration"])] == "for 12 weeks"


def test_columns_without_content_are_left_out() -> None:
    tables = {t["kind"]: t for t in payload(whole_record(), TEXT)["tables"]}
    assert tables["dosing"]["columns"] == ["Drug", "Dose", "Route", "Frequency", "Duration", "Arms"]
    assert all(len(row["cells"]) == 6 for row in tables["dosing"]["rows"])


def test_offsets_are_utf16_for_the_script() -> None:
    text = "😀😀 velotinib was given 🧪 daily"
    drug = {
        "id": "i1",
        "name": "velotinib",
        "text": "velotinib",
        "kind": "drug",
        "evidence": [evidence(text, "velotinib")],
    }
    table = payload(record(text, interventions=[drug]), text)["tables"][0]
    start, end = table["rows"][0]["ev"][0]
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "velotinib"


def test_a_record_of_nothing_has_no_tables() -> None:
    assert payload(record("A letter about the weather."), "A letter about the weather.")["tables"] == []


def test_half_a_surrogate_pair_does_not_stop_the_page() -> None:
    assert "\\ud83d" in drawn((record("x"), "broken \ud83d sign"))


@given(st.text(st.characters(), min_size=1))
def test_any_text_comes_out_whole_and_adds_no_tags(text: str) -> None:
    parsed = blocks(drawn((record(), text)))
    assert json.loads(parsed.scripts[0][1])["text"] == text
    assert parsed.tags == blocks(drawn((record(), "x"))).tags


@given(st.text(min_size=1), st.text(), st.text())
def test_offsets_name_the_same_text_in_utf16(quote: str, before: str, after: str) -> None:
    text = before + quote + after
    place = {"start": len(before), "end": len(before) + len(quote), "quote": quote}
    warning = {"code": "c", "message": "m", "evidence": [place]}
    start, end = payload(record(text, warnings=[warning]), text)["warnings"][0]["ev"][0]
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == quote
