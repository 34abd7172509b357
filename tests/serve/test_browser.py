"""The review page in a real browser: skipped where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from support.browser import NEEDS_BROWSER, chromium, playwright
from support.records import TEXT, whole_record
from support.server import OTHER, listening, write_run
from trialmine.flow import load
from trialmine.review.patch import CORRECTIONS, PatchFile
from trialmine.serve.app import make_app
from trialmine.serve.pool import Pool

pytestmark = NEEDS_BROWSER
ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "gold" / "seeds.texts.jsonl"
OURS = ROOT / "corpus" / "examples" / "il21_sorafenib_spun.txt"
HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>Patients took velotinib 40 mg "
    '<svg/onload="window.hacked=3">orally twice daily.</textarea><b>bold</b> &lt;i&gt; "\'>'
    "<iframe src=javascript:hacked=4>"
)
SELECT = """(words) => {
  const piece = [...document.querySelectorAll(".text .piece")].find((p) => p.textContent.includes(words));
  const range = document.createRange(), at = piece.textContent.indexOf(words);
  range.setStart(piece.firstChild, at);
  range.setEnd(piece.firstChild, at + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.dispatchEvent(new PointerEvent("pointerup"));
}"""
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """The pipeline itself, in one process."""
    real = Pool(partial(load), workers=1, seconds=60)
    real.start()
    yield real
    real.close()


@pytest.fixture
def server(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server over a run of three records."""
    monkeypatch.setattr(pool, "close", lambda: None)
    run = write_run(tmp_path / "run", [(renamed(n), TEXT) for n in ("first", "second", "third")])
    with listening(make_app(pool, pasted=tmp_path / "pasted", run=run)) as address:
        yield address


def renamed(name: str) -> Any:
    return whole_record(name).model_copy(update={"record_id": f"doi:10.1/{name}"})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[Open]:
    """Opens the page, each time as a browser of its own; fails if a page complains on its console."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(at: str = "#/new", who: str = "Ann", **options: Any) -> Any:
        context = browser.new_context(accept_downloads=True, reduced_motion="reduce", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        # a correction that is refused with 422 is told to the user, and noted by the browser too
        tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" and " 422 " not in m.text else None)
        tab.goto(f"{server}/{at}")
        tab.evaluate("who => localStorage.setItem('trialmine.author', JSON.stringify(who))", who)
        tab.locator("#documents li").first.wait_for(state="attached")
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def paste(tab: Any, text: str) -> None:
    tab.fill("#paste", text)
    tab.keyboard.press("Control+Enter")
    tab.locator(".pane-text").wait_for()


def cell(tab: Any, kind: str, row: str, column: str) -> Any:
    return tab.locator(f"tr[data-kind={kind}][data-id='{row}'] button[data-label='{column}']")


def first_record(tab: Any, number: int = 1) -> None:
    tab.click(f"#documents li:nth-child({number}) a")
    tab.locator("tr[data-kind=dosing]").first.wait_for()


def save(tab: Any) -> None:
    tab.click("#editor button.primary")
    tab.locator("#editor").wait_for(state="detached")


def marked(tab: Any) -> str:
    return "".join(tab.locator(".text .flash").all_text_contents())


def row_of(tab: Any, drug: str) -> str:
    # by its drug's cell: an arm may bear the drug's name in every row
    named = tab.locator("button[data-label='Drug']", has_text=drug)
    name: str = tab.locator("tr[data-kind=dosing]", has=named).first.get_attribute("data-id")
    return name


def review_a_seed(tab: Any, text: str) -> None:
    """The flow of a curator: paste, see, click, correct, reload, export."""
    paste(tab, text)
    row = row_of(tab, "sorafenib")
    assert cell(tab, "dosing", row, "Dose").inner_text().startswith("400 mg")
    assert cell(tab, "dosing", row, "Frequency").inner_text() == "BID"
    assert "d1-5, 15-19" in cell(tab, "dosing", row_of(tab, "IL-21"), "Schedule").inner_text()
    cell(tab, "dosing", row, "Dose").click()
    assert marked(tab) == "400 mg"
    cell(tab, "dosing", row, "Dose").dblclick()
    tab.fill("#slot-dose", "200 mg")
    tab.keyboard.press("Enter")
    cell(tab, "dosing", row, "Dose").get_by_text("200 mg").wait_for()
    tab.reload()
    cell(tab, "dosing", row, "Dose").get_by_text("200 mg").wait_for()
    with tab.expect_download() as download:
        tab.click("a.button:has-text('JSON')")
    record = json.loads(Path(download.value.path()).read_text())
    [dose] = [d["dose"] for d in record["dosing"] if d["id"] == row]
    assert dose["value"] == 200
    assert "unsupported_correction" in [w["code"] for w in record["warnings"]]  # the text says 400


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="the shared seeds are not beside the checkout")
def test_the_seed_is_pasted_seen_corrected_and_exported(opened: Open) -> None:
    [text] = [r["text"] for r in map(json.loads, SEEDS.read_text().splitlines()) if r["doc_id"].startswith("il21")]
    review_a_seed(opened(), text)


def test_a_text_of_ours_is_pasted_seen_corrected_and_exported(opened: Open) -> None:
    review_a_seed(opened(), OURS.read_text(encoding="utf-8"))


def test_hostile_html_is_text(opened: Open) -> None:
    tab = opened()
    paste(tab, HOSTILE)
    assert "<script>window.hacked = 1</script>" in tab.inner_text(".text")
    assert "<script>" in tab.inner_text("h1")
    cell(tab, "dosing", "d1", "Dose").dblclick()
    tab.fill("#cite", "<img src=x")
    tab.fill("#slot-dose", "<img src=x onerror=hacked=5>")
    tab.keyboard.press("Enter")
    assert "<img src=x onerror=hacked=5>" in tab.locator("#editor .alarm").filter(has_text="understood").inner_text()
    tab.keyboard.press("Escape")
    cell(tab, "interventions", "i1", "Name").dblclick()
    tab.fill("#slot-name", HOSTILE)
    save(tab)
    tab.locator("tr[data-kind=interventions]", has_text="<iframe").wait_for()
    tab.reload()
    tab.locator("tr[data-kind=interventions]", has_text="<iframe").wait_for()
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("main script, main img, main iframe, .text svg, .text b").count() == 0


def test_no_script_writes_html() -> None:
    folders = (ROOT / "pipeline/trialmine/serve/static", ROOT / "pipeline/trialmine/report/templates")
    for path in (p for folder in folders for p in folder.glob("*.js")):
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "srcdoc", "DOMParser"):
            assert way not in path.read_text(), f"{path.name} uses {way}"


def test_files_are_dropped_and_read(opened: Open, tmp_path: Path) -> None:
    tab = opened()
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps({"doc_id": f"row {n}", "text": f"{OTHER} Part {n}."}) + "\n" for n in (1, 2)))
    tab.set_input_files("#files", file)
    tab.locator(".board li.done", has_text="1 dose").nth(1).wait_for()
    tab.locator("#count", has_text="5 records").wait_for()


def test_a_row_is_added_from_selected_words_by_keyboard(opened: Open) -> None:
    tab = opened()
    first_record(tab)
    tab.locator("#document").focus()
    tab.keyboard.press("+")
    tab.keyboard.type("Methotrexate 15 mg weekly")
    playwright.expect(tab.locator("#slot-dose")).to_have_value("15 mg")
    playwright.expect(tab.locator("#slot-frequency")).to_have_value("QW")
    tab.keyboard.press("Enter")
    cell(tab, "dosing", "d4", "Dose").get_by_text("15 mg").wait_for()
    assert "+ added" in cell(tab, "dosing", "d4", "Row").inner_text()
    tab.keyboard.press("u")
    tab.locator("tr[data-id=d4]").wait_for(state="detached")


def test_words_selected_with_the_mouse_become_evidence(opened: Open) -> None:
    tab = opened()
    first_record(tab)
    cell(tab, "dosing", "d1", "Dose").dblclick()
    tab.evaluate(SELECT, "80 mg")
    playwright.expect(tab.locator("#cite")).to_have_value("80 mg")
    tab.fill("#slot-dose", "80 mg")
    save(tab)
    cell(tab, "dosing", "d1", "Dose").get_by_text("80 mg").wait_for()
    assert tab.locator(".warnings", has_text="unsupported").count() == 0


def test_rows_are_judged_by_keys_and_the_record_is_checked(opened: Open, tmp_path: Path) -> None:
    tab = opened()
    first_record(tab)
    cell(tab, "dosing", "d1", "Drug").focus()
    tab.keyboard.press("a")
    cell(tab, "dosing", "d1", "Row").get_by_text("✓ accepted").wait_for()
    assert tab.evaluate("document.activeElement.dataset.label") == "Drug"  # where the hands were
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("x")
    cell(tab, "dosing", "d2", "Row").get_by_text("✗ rejected").wait_for()
    tab.keyboard.press("c")
    tab.locator(".state", has_text="checked by Ann").first.wait_for()
    tab.locator("#documents li", has_text="✓ checked").wait_for()
    key = (renamed("first").record_id, renamed("first").source.text_sha256)
    made = PatchFile(tmp_path / "run" / CORRECTIONS).of(*key)
    assert [(c.action, c.by) for c in made] == [("accept", "Ann"), ("reject", "Ann"), ("check", "Ann")]


def test_two_browsers_at_once_lose_no_correction(opened: Open, tmp_path: Path) -> None:
    ann, bob = opened(who="Ann"), opened(who="Bob")
    for tab in (ann, bob):
        first_record(tab)
    for turn in range(3):
        for tab, row, dose in ((ann, "d1", 41 + turn), (bob, "d2", 81 + turn)):
            cell(tab, "dosing", row, "Dose").dblclick()
            tab.fill("#slot-dose", f"{dose} mg")
        for tab in (ann, bob):
            tab.click("#editor button.primary")
        for tab in (ann, bob):
            tab.locator("#editor").wait_for(state="detached")
    for tab in (ann, bob):  # each sees the other's without a reload
        cell(tab, "dosing", "d1", "Dose").get_by_text("43 mg").wait_for()
        cell(tab, "dosing", "d2", "Dose").get_by_text("83 mg").wait_for()
    lines = [json.loads(line) for line in (tmp_path / "run" / CORRECTIONS).read_text().splitlines()]
    assert sorted((c["by"], c["after"]["value"]) for c in lines) == [
        ("Ann", 41), ("Ann", 42), ("Ann", 43), ("Bob", 81), ("Bob", 82), ("Bob", 83)]  # fmt: skip
    for tab, dose in ((ann, "51 mg"), (bob, "52 mg")):  # and now the same cell
        cell(tab, "dosing", "d3", "Dose").dblclick()
        tab.fill("#slot-dose", dose)
    save(ann)
    save(bob)
    bob.locator(".toast", has_text="Ann changed this too").wait_for()
    cell(ann, "dosing", "d3", "Dose").get_by_text("52 mg").wait_for()


def test_two_browsers_check_and_undo_what_they_have_seen(opened: Open, tmp_path: Path) -> None:
    ann, bob = opened(who="Ann"), opened(who="Bob")
    for tab, row, dose in ((ann, "d1", "41 mg"), (bob, "d2", "81 mg")):
        first_record(tab)
        cell(tab, "dosing", row, "Dose").dblclick()
        tab.fill("#slot-dose", dose)
        save(tab)
        cell(tab, "dosing", row, "Dose").get_by_text(dose).wait_for()
    cell(ann, "dosing", "d2", "Dose").get_by_text("81 mg").wait_for()
    ann.locator("#document").focus()
    ann.keyboard.press("u")  # her own, though his is the latest
    cell(ann, "dosing", "d1", "Dose").get_by_text("40 mg").wait_for()
    assert "81 mg" in cell(ann, "dosing", "d2", "Dose").inner_text()
    ann.keyboard.press("u")
    ann.locator(".toast", has_text="the latest is Bob's").wait_for()
    cell(bob, "dosing", "d1", "Dose").get_by_text("40 mg").wait_for()
    ann.click("#check")
    for tab in (ann, bob):
        tab.locator(".state", has_text="checked by Ann").first.wait_for()
    bob.locator("#document").focus()
    bob.keyboard.press("u")  # what she checked is not so any more
    for tab in (ann, bob):
        tab.locator("#check").wait_for()


def test_words_of_evidence_are_found_wherever_lines_end(opened: Open) -> None:
    tab = opened()
    paste(tab, "In İzmir patients took velotinib 40 mg\norally twice daily. Some had (20 mg).")
    tab.locator("tr[data-kind=dosing] button[data-label='Dose']").first.dblclick()
    for words in ("40 MG  orally", "(20 mg)", "İzmir"):
        tab.fill("#cite", words)
        tab.locator("#cited", has_text="✓ in the text").wait_for()
    tab.fill("#cite", "30 mg")
    tab.locator("#cited", has_text="! not in the text").wait_for()


def test_a_click_in_the_panel_takes_no_old_selection(opened: Open) -> None:
    tab = opened()
    first_record(tab)
    cell(tab, "dosing", "d2", "Dose").dblclick()
    tab.evaluate(SELECT, "up to 80 mg")
    tab.locator("#cited", has_text="✓ in the text").wait_for()
    tab.fill("#cite", "")
    tab.evaluate(  # as browsers do that keep the text's selection when a field is clicked
        f"(words) => {{ ({SELECT})(words); }}".replace("document.dispatch", "document.querySelector('#cite').dispatch")
        .replace('PointerEvent("pointerup")', 'PointerEvent("pointerup", { bubbles: true })'),
        "Those on",
    )  # fmt: skip
    tab.wait_for_timeout(100)
    assert tab.input_value("#cite") == ""


def test_the_list_is_narrowed_and_walked_and_outlives_a_reload(opened: Open) -> None:
    tab = opened()
    tab.fill("#filter", "doi:10.1/third")
    playwright.expect(tab.locator("#documents li")).to_have_count(1)
    tab.reload()
    playwright.expect(tab.locator("#documents li")).to_have_count(1)
    tab.fill("#filter", "")
    playwright.expect(tab.locator("#documents li")).to_have_count(3)
    tab.click("summary:has-text('Filters')")
    tab.select_option("#f-missing", "dosing.route")
    playwright.expect(tab.locator("#documents li")).to_have_count(3)
    tab.locator("#document").focus()
    for name in ("first", "second"):
        tab.keyboard.press("j")
        tab.locator(".ids", has_text=name).wait_for()
    address = tab.url
    tab.goto("about:blank")
    tab.goto(address)
    tab.locator(".ids", has_text="second").wait_for()


def test_every_key_is_listed(opened: Open) -> None:
    tab = opened()
    tab.locator("#document").focus()
    tab.keyboard.press("?")
    listed = tab.locator("dialog.help kbd").all_inner_texts()
    assert {"?", "n", "/", "j", "k", "e", "a", "x", "+", "u", "c", "Esc", "Ctrl+Enter"} <= set(listed)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(theme: str, opened: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()

    def seen(what: str) -> None:
        tab.locator(what).first.wait_for()

    tab = opened(color_scheme=theme, bypass_csp=True)  # axe itself is put into the page as a script
    views: dict[str, Callable[[], object]] = {
        "intake": lambda: None,
        "failure": lambda: (tab.fill("#paste", "%PDF-1.4 x"), tab.click("#paste + p .primary"), seen(".board .alarm")),
        "record": lambda: first_record(tab),
        "rejected": lambda: (cell(tab, "dosing", "d2", "Drug").focus(), tab.keyboard.press("x"), seen("tr.rejected")),
        "history": lambda: tab.click("summary:has-text('History')"),
        "filters": lambda: tab.click("summary:has-text('Filters')"),
        "edit": lambda: (cell(tab, "dosing", "d1", "Dose").dblclick(), seen("#editor")),
        "add": lambda: (tab.keyboard.press("Escape"), tab.click("#add"), seen("#new-kind")),
        "help": lambda: (tab.keyboard.press("Escape"), tab.click("#help"), seen("dialog.help")),
    }
    for name, reach in views.items():
        reach()
        found = axe.run(tab).response["violations"]
        assert [
            (name, v["id"], v["impact"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in found
        ] == []


def test_a_phone_has_room_for_everything(opened: Open) -> None:
    tab = opened(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    tab.click("#menu")
    first_record(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.locator("tr[data-kind=dosing] .verdicts button").first.tap()
    tab.locator("#editor").wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
