(() => {
  const blobs = document.querySelectorAll("script.doc");
  const index = JSON.parse(document.getElementById("index").textContent);
  const { $, make, plural, store, themes } = page;
  const { KINDS, tagOf, calm, flash } = page.marks;
  const main = $("document");
  let shown = -1;
  let visible = index.map((_, i) => i);
  const hidden = new Set(store.get("hidden", []));
  const say = (words) => { $("status").textContent = words; };

  /* ---- list of documents ---- */
  function facts(entry) {
    if (entry.error) return make("span", { class: "facts alarm" }, "! failed");
    const c = entry.counts;
    const words = [plural(c.dosing, "dose"), plural(c.statistics, "result")];
    if (entry.edits) words.push(plural(entry.edits, "repair"));
    const line = make("span", { class: "facts" }, words.join(" · "));
    if (entry.warnings) line.append(" · ", make("span", { class: "alarm" }, "! " + plural(entry.warnings, "warning")));
    return line;
  }
  const buttons = index.map((entry, i) => make("button", { type: "button", onclick: () => open(i) },
    make("span", { class: "name" }, entry.title), facts(entry)));
  const items = buttons.map((button) => make("li", {}, button));
  const haystacks = index.map((e) => [e.title, e.doc, e.kind, e.find, e.error].join(" ").toLowerCase());
  const ORDERS = {
    order: null,
    title: (a, b) => index[a].title.localeCompare(index[b].title),
    doses: (a, b) => index[b].counts.dosing - index[a].counts.dosing,
    results: (a, b) => index[b].counts.statistics - index[a].counts.statistics,
    warnings: (a, b) => index[b].warnings - index[a].warnings,
    repairs: (a, b) => index[b].edits - index[a].edits,
  };
  function sorted() {
    const all = index.map((_, i) => i), by = ORDERS[$("sort").value];
    // documents that failed have no counts: they come last, whatever the order
    return by ? [...all.filter((i) => !index[i].error).sort(by), ...all.filter((i) => index[i].error)] : all;
  }
  function filter() {
    const words = $("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    visible = sorted().filter((i) => words.every((w) => haystacks[i].includes(w)));
    $("documents").replaceChildren(...visible.map((i) => items[i]));
    $("found").textContent = words.length ? `${visible.length} of ${plural(index.length, "document")}` : "";
  }

  /* ---- jumping ---- */
  function toRow(kind, id) {
    const row = main.querySelector(`tr[data-kind="${kind}"][data-id="${CSS.escape(id)}"]`);
    if (!row) return;
    mark(row);
    row.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    row.querySelector("button").focus({ preventScroll: true });
    flash(row);
  }
  // the address names the cell, so that it can be sent to a colleague
  function point(row, column) {
    history.replaceState(null, "", address(current.doc.doc, row.dataset.kind, row.dataset.id, column));
  }
  const address = (...parts) => "#" + parts.map(encodeURIComponent).join("/");
  function mark(row) {
    main.querySelectorAll("tr.current").forEach((r) => r.classList.remove("current"));
    row.classList.add("current");
  }

  /* ---- tables ---- */
  function cell(label, words, spans, extra = {}) {
    const empty = words === "" || words == null;
    const button = make("button", {
      type: "button", tabindex: "-1", "data-label": label, "aria-label": empty ? `${label}: not stated` : `${label}: ${words}. Show in the text`,
      onclick: (event) => { const row = event.currentTarget.closest("tr"); mark(row); current.marks.toText(spans); point(row, label); },
    }, extra.node || make("span", {}, empty ? "" : words));
    for (const code of extra.warn || []) button.append(make("span", { class: "warn" }, "! " + code.replaceAll("_", " ")));
    return make("td", { class: [extra.class, empty && "empty"].filter(Boolean).join(" ") || null }, button);
  }
  const short = (words) => words.length < 16;
  function drawTable(table) {
    const heads = ["Row", ...table.columns].map((c) => make("th", { scope: "col" }, c));
    const rows = table.rows.map((row) => make("tr", { "data-kind": table.kind, "data-id": row.id },
      cell("Row", tagOf(table.kind, row.id), row.ev, { class: "id" }),
      ...row.cells.map(([words, place], i) => cell(table.columns[i], words, place ? [place] : row.ev,
        { warn: i === 0 ? row.warn : [], class: short(words) ? "num" : "" }))));
    return block(table.kind, table.title, heads, rows);
  }
  function drawEdits(doc) {
    const heads = ["Row", "Raw text", "Read as", "Rule", "Sure", "Why"].map((c) => make("th", { scope: "col" }, c));
    const rows = doc.edits.map(([start, end, before, after, rule, sure, why], i) => {
      const where = [[start, end]];
      const seen = before.trim() ? before : before.replace(/ /g, "␣").replace(/\n/g, "↵");
      const quote = seen.length > 120 ? seen.slice(0, 80) + " … " + seen.slice(-30) : seen;
      return make("tr", { "data-kind": "edits", "data-id": i + 1 },
        cell("Row", String(i + 1), where, { class: "id" }),
        cell("Raw text", before, where, { node: make("span", { class: "edit-before" }, quote) }),
        cell("Read as", after || "removed", where, { node: make("span", { class: after ? "edit-after" : "none" }, after || "removed") }),
        cell("Rule", rule, where, { node: make("span", { class: "rule" }, rule) }),
        cell("Sure", `${Math.round(sure * 100)}%`, where, { class: "num" }),
        cell("Why", why, where));
    });
    return block("edits", "Cleaning", heads, rows);
  }
  function block(kind, title, heads, rows) {
    const table = make("table", { "aria-label": title }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
    const first = table.querySelector("td button");
    if (first) first.tabIndex = 0;
    table.addEventListener("keydown", walk);
    return make("section", { class: "block", "aria-label": title },
      make("header", {}, make("span", { class: `mark k-${kind} k`, "aria-hidden": "true" }), make("h2", {}, title, make("span", { class: "n" }, String(rows.length))),
        make("button", { type: "button", class: "copy", "aria-label": `Copy ${title} as a table`, onclick: () => copyTable(title, table) }, "Copy")),
      make("div", { class: "scroll" }, table));
  }
  async function copyTable(title, table) {
    // tabs and line breaks would break the table that it is pasted into
    const shownWords = (c) => (c.querySelector("button")?.firstChild ?? c).textContent.replace(/\s+/g, " ").trim();
    const lines = [...table.rows].map((row) => [...row.cells].map(shownWords).join("\t"));
    say((await page.copy(lines.join("\n") + "\n")) ? `${title}: ${plural(lines.length - 1, "row")} copied as tab-separated text` : "The browser does not allow copying");
  }
  function walk(event) {
    // arrow keys move from cell to cell; one stop per table in the order of the Tab key
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const td = event.target.closest("td");
    if (!step || !td) return;
    const row = step[0] ? td.parentNode.parentNode.rows[td.parentNode.sectionRowIndex + step[0]] : td.parentNode;
    const target = row && row.cells[td.cellIndex + step[1]];
    if (!target) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    target.firstChild.tabIndex = 0;
    target.firstChild.focus();
  }

  /* ---- a document ---- */
  let current = null;
  function legend(doc, redraw) {
    const kinds = [...doc.tables.map((t) => t.kind), ...(doc.edits.length ? ["edits"] : [])];
    const toggle = (name, words, pressed, change) => make("button", {
      type: "button", class: "chip-toggle", "aria-pressed": String(pressed),
      onclick: (event) => { const on = event.currentTarget.getAttribute("aria-pressed") !== "true"; event.currentTarget.setAttribute("aria-pressed", String(on)); change(on); store.set("hidden", [...hidden]); redraw(); },
    }, name === "tags" ? make("span", { class: "swatch" }, "d1") : make("span", { class: `swatch k k-${name}` }, "abc"), words);
    const flip = (name) => (on) => { if (on) hidden.delete(name); else hidden.add(name); };
    return make("fieldset", { class: "legend" }, make("legend", {}, "Marked in the text"),
      ...kinds.map((k) => toggle(k, KINDS[k], !hidden.has(k), flip(k))),
      toggle("tags", "Row labels", !hidden.has("tags"), flip("tags")));
  }
  function drawWarnings(doc) {
    if (!doc.warnings.length) return null;
    return make("ul", { class: "warnings", "aria-label": "Warnings" }, ...doc.warnings.map((w) => make("li", {},
      make("button", { type: "button", onclick: () => current.marks.toText(w.ev) }, make("span", { class: "sign", "aria-hidden": "true" }, "!"), w.message + " ", make("code", {}, w.code)))));
  }
  function draw(doc) {
    current = { doc, marks: page.marks.over(doc, { hidden, onRow: toRow, say }) };
    const holder = make("div", {});
    const redraw = () => { holder.replaceChildren(current.marks.draw()); holder.firstChild.classList.toggle("no-tags", hidden.has("tags")); };
    const ids = [["", doc.doc], ["", doc.kind], ["", `noise: ${doc.noise}`], ...doc.links];
    main.replaceChildren(...[
      make("h1", {}, doc.title),
      make("p", { class: "ids" }, ...ids.map(([name, value]) => make("span", {}, name ? `${name} ${value}` : value))),
      doc.regimen.length ? make("div", { class: "regimen" }, make("b", {}, "Regimen"), ...doc.regimen.map((line) => make("p", {}, line)),
        doc.calendars.length ? make("div", { class: "calendars", tabindex: "0", role: "region", "aria-label": "Calendar of the regimen" }, ...doc.calendars.map(page.charts.calendar)) : null) : null,
      drawWarnings(doc),
      legend(doc, redraw),
      make("div", { class: "panes" },
        make("div", { class: "pane-text" }, holder),
        make("div", { class: "pane-tables" }, ...doc.tables.map(drawTable), doc.edits.length ? drawEdits(doc) : null,
          doc.tables.length ? null : make("p", { class: "none" }, "Nothing of a trial is stated in this text."))),
    ].filter(Boolean));
    redraw();
  }
  function open(i, quietly = false, kind = null, id = null, column = null) {
    const entry = index[i];
    if (!entry) return;
    if (shown >= 0) buttons[shown].removeAttribute("aria-current");
    shown = i;
    buttons[i].setAttribute("aria-current", "true");
    if (entry.error) main.replaceChildren(make("h1", {}, entry.title), make("p", { class: "alarm" }, entry.error));
    else draw(JSON.parse(blobs[i].textContent));
    document.title = `${entry.title} – trial records`;
    $("list").classList.remove("open");
    $("menu").setAttribute("aria-expanded", "false");
    if (kind) { goTo(kind, id, column); return; }
    if (quietly) return;
    history.replaceState(null, "", address(entry.doc));
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  function goTo(kind, id, column) {
    const row = main.querySelector(`tr[data-kind="${CSS.escape(kind)}"][data-id="${CSS.escape(id ?? "")}"]`);
    const target = row && ([...row.querySelectorAll("button")].find((b) => b.dataset.label === column) || row.querySelector("button"));
    if (!target) return;
    toRow(kind, id);
    target.click();
    target.focus({ preventScroll: true });
  }
  function across() {
    if (shown >= 0) buttons[shown].removeAttribute("aria-current");
    shown = -1;
    main.replaceChildren(...page.across.view(index, visible, (i, kind, id) => open(i, false, kind, id)));
    document.title = "Across records – trial records";
    history.replaceState(null, "", "#");
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  function move(step) {
    const at = visible.indexOf(shown);
    const target = visible[Math.min(Math.max(at + step, 0), visible.length - 1)];
    if (target !== undefined && target !== shown) { open(target); buttons[target].scrollIntoView({ block: "nearest" }); }
  }

  /* ---- the frame ---- */
  const dress = themes($("theme"));
  $("menu").addEventListener("click", (event) => event.currentTarget.setAttribute("aria-expanded", String($("list").classList.toggle("open"))));
  $("filter").addEventListener("input", filter);
  $("sort").addEventListener("change", filter);
  $("across").addEventListener("click", across);
  $("previous").addEventListener("click", () => move(-1));
  $("next").addEventListener("click", () => move(1));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    if (event.key === "/") { event.preventDefault(); $("list").classList.add("open"); $("filter").focus(); }
  });
  const asked = () => { try { return location.hash.slice(1).split("/").map(decodeURIComponent); } catch { return [""]; } };
  function follow_address(quietly) {
    const [id, ...cell] = asked();
    const i = index.findIndex((e) => e.doc === id);
    if (i >= 0 && (i !== shown || cell.length)) open(i, quietly, ...cell);
    return i;
  }
  window.addEventListener("hashchange", () => follow_address(false));
  dress();
  $("count").textContent = plural(index.length, "document");
  filter();
  if (index.length) { if (follow_address(true) < 0) open(0, true); }
  else main.replaceChildren(make("p", { class: "none" }, "This run holds no documents."));
})();
