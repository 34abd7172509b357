/* one record: its text with evidence marked, its tables, what cleaning changed */
import { view } from "./api.js";
import { $, address, failed, make, plural, say, store } from "./shell.js";
import { block, editsTable, mark, table } from "./tables.js";

const main = $("document");
const { KINDS, calm, flash } = page.marks;
const hidden = new Set(store.get("hidden", []));
export let open = null;

export async function show(id, kind, row, column) {
  if (open?.id !== id) {
    main.setAttribute("aria-busy", "true");
    try {
      const found = await view(id);
      open = { id, ...found };
    } catch (error) {
      open = null;
      main.replaceChildren(make("h1", {}, "No such record"), make("p", { class: "alarm" }, error.message));
      failed(error);
      return;
    } finally { main.removeAttribute("aria-busy"); }
    draw();
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  if (kind) goTo(kind, row, column);
}
export const close = () => { open = null; };

function draw() {
  const { doc } = open;
  open.marks = page.marks.over(doc, { hidden, onRow: toRow, say });
  const holder = make("div", {});
  const redraw = () => { holder.replaceChildren(open.marks.draw()); holder.firstChild.classList.toggle("no-tags", hidden.has("tags")); };
  const ids = [["", doc.doc], ["", doc.kind], ["", `noise: ${doc.noise}`], ...doc.links];
  const act = { toText: (places) => open.marks.toText(places), point: (kind, row, column) => history.replaceState(null, "", address("r", open.id, kind, row, column)) };
  main.replaceChildren(...[
    make("h1", {}, doc.title),
    make("p", { class: "ids" }, ...ids.map(([name, value]) => make("span", {}, name ? `${name} ${value}` : value))),
    regimen(doc), warnings(doc), legend(doc, redraw),
    make("div", { class: "panes" },
      make("div", { class: "pane-text" }, holder),
      make("div", { class: "pane-tables" }, ...doc.tables.map((t) => table(t, act)), doc.edits.length ? editsTable(doc, act) : null)),
  ].filter(Boolean));
  redraw();
  document.title = `${doc.title} – trialmine`;
}

function regimen(doc) {
  if (!doc.regimen.length) return null;
  return make("div", { class: "regimen" }, make("b", {}, "Regimen"), ...doc.regimen.map((line) => make("p", {}, line)),
    doc.calendars.length ? make("div", { class: "calendars", tabindex: "0", role: "region", "aria-label": "Calendar of the regimen" }, ...doc.calendars.map(page.charts.calendar)) : null);
}

function warnings(doc) {
  if (!doc.warnings.length) return null;
  return make("ul", { class: "warnings", "aria-label": "Warnings" }, ...doc.warnings.map((w) => make("li", {},
    make("button", { type: "button", onclick: () => open.marks.toText(w.ev) }, make("span", { class: "sign", "aria-hidden": "true" }, "!"), w.message + " ", make("code", {}, w.code)))));
}

function legend(doc, redraw) {
  const kinds = [...doc.tables.filter((t) => t.rows.length).map((t) => t.kind), ...(doc.edits.length ? ["edits"] : [])];
  const toggle = (name, words) => make("button", {
    type: "button", class: "chip-toggle", "aria-pressed": String(!hidden.has(name)),
    onclick: (event) => {
      if (hidden.has(name)) hidden.delete(name); else hidden.add(name);
      event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(name)));
      store.set("hidden", [...hidden]);
      redraw();
    },
  }, name === "tags" ? make("span", { class: "swatch" }, "d1") : make("span", { class: `swatch k k-${name}` }, "abc"), words);
  return make("fieldset", { class: "legend" }, make("legend", {}, "Marked in the text"), ...kinds.map((k) => toggle(k, KINDS[k])), toggle("tags", "Row labels"));
}

const rowOf = (kind, id) => main.querySelector(`tr[data-kind="${CSS.escape(kind)}"][data-id="${CSS.escape(id ?? "")}"]`);
function toRow(kind, id) {
  const row = rowOf(kind, id);
  if (!row) return;
  mark(row);
  row.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  row.querySelector("button").focus({ preventScroll: true });
  flash(row);
}
function goTo(kind, id, column) {
  const row = rowOf(kind, id);
  const target = row && ([...row.querySelectorAll("button")].find((b) => b.dataset.label === column) || row.querySelector("button"));
  if (!target) return;
  toRow(kind, id);
  target.click();
  target.focus({ preventScroll: true });
}
