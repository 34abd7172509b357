"""The page in a real browser: skipped where there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.browser import NEEDS_BROWSER, chromium
from support.records import TEXT, whole_record
from trialmine.report.page import page as drawn_page

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens a page of records; fails if the page complains on its console."""
    complaints: list[str] = []
    tab = browser.new_page()
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def opened(*names: str, at: str = "") -> Any:
        path = tmp_path / "report.html"
        pieces = drawn_page([(whole_record(n), TEXT) for n in names], run={"version": "0", "model": "m", "started": ""})
        path.write_text("".join(pieces), encoding="utf-8")
        tab.goto(f"{path.as_uri()}{at}")
        tab.wait_for_selector("tr[data-kind]")
        return tab

    yield opened
    tab.close()
    assert complaints == []


def test_a_cell_has_an_address_that_leads_back_to_it(page: Any) -> None:
    tab = page("first", "second/odd name")
    tab.click("#documents li:nth-child(2) button")
    tab.click("tr[data-kind=dosing][data-id=d2] button[data-label=Dose]")
    address = tab.url
    assert address.endswith("#second%2Fodd%20name/dosing/d2/Dose")
    tab.goto("about:blank")
    tab.goto(address)
    tab.wait_for_selector("tr.current")
    assert tab.evaluate("document.querySelector('tr.current').dataset.id") == "d2"
    assert tab.evaluate("document.activeElement.dataset.label") == "Dose"
    assert "second" in tab.inner_text(".ids")


@pytest.mark.parametrize("at", ["#nobody", "#%E0%A4%A", "#first/dosing/d99/Dose", "#first/<img src=x>/1"])
def test_a_wrong_address_opens_a_document_all_the_same(at: str, page: Any) -> None:
    assert "first" in page("first", at=at).inner_text(".ids")


def test_a_table_is_copied_as_tsv(page: Any) -> None:
    tab = page("first")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.click("section[aria-label=Dosing] button.copy")
    tab.locator("#status", has_text="copied").wait_for(state="attached")
    lines = tab.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 4
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert lines[1].split("\t")[:3] == ["d1", "velotinib", "40 mg"]


def test_records_are_sorted_filtered_and_walked_by_keys(page: Any) -> None:
    tab = page("b", "a", "c")
    tab.select_option("#sort", "title")
    tab.fill("#filter", "psoriasis")
    assert "3 of 3" in tab.inner_text("#found")
    tab.fill("#filter", "nothing like it")
    assert tab.locator("#documents li").count() == 0
    tab.fill("#filter", "")
    tab.keyboard.press("Tab")
    tab.locator("#document").focus()
    before = tab.inner_text(".ids")
    tab.keyboard.press("j")
    assert tab.inner_text(".ids") != before


def test_estimates_across_records_lead_to_their_rows(page: Any) -> None:
    tab = page("first", "second")
    tab.click("#across")
    assert tab.locator("svg.forest").count() == 2
    assert "4.5, 1.9 to 10.6" in tab.get_attribute("svg.forest", "aria-label")
    assert tab.get_attribute("svg.doses", "aria-label") == "15 mg"
    tab.fill("#endpoint", "no such thing")
    assert tab.locator("svg.forest").count() == 0
    tab.fill("#endpoint", "pasi")
    tab.click("table.estimates >> nth=0 >> tbody tr:nth-child(2) button.link")
    assert tab.evaluate("document.querySelector('tr.current').dataset.id") == "s2"
    assert "second" in tab.inner_text(".ids")


def test_the_calendar_is_told_in_words(page: Any) -> None:
    tab = page("first")
    labels = [s.get_attribute("aria-label") for s in tab.locator(".calendar svg[role=img]").all()]
    assert "velotinib 40 mg PO BID: days 1-14 of 14" in labels


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(theme: str, page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    tab = page("first")
    tab.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for view in ("#document", "#across"):
        tab.click(view)
        found = axe.run(tab).response["violations"]
        assert [(v["id"], v["impact"], v["nodes"][0]["html"]) for v in found] == []


def test_five_thousand_records_open_in_a_moment(page: Any) -> None:
    start = time.perf_counter()
    tab = page(*(f"record {n}" for n in range(5000)))
    tab.fill("#filter", "record 4999")
    assert tab.locator("#documents li").count() == 1
    spent = tab.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    print(f"5,000 records: loaded in {spent / 1000:.2f} s, all in all {time.perf_counter() - start:.1f} s")
    assert spent < 10_000  # on a busy machine; about 1 s on a free one
