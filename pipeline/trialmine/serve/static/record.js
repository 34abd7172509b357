/* one record: its text with evidence marked, its tables, what was corrected, what cleaning changed */
import { view } from "./api.js";
import { history, send, undoLast } from "./correct.js";
import * as editor from "./editor.js";
import { $, address, failed, make, say, store } from "./shell.js";
import { editsTable, mark, table } from "./tables.js";

const main = $("document");
const { KINDS, calm, flash } = page.marks;
const hidden = new Set(store.get("hidden", []));
// tables whose rows are of several kinds have a row of the first of them added
const ADDED = { population: "conditions" };
let open = null;

export async function show(id, kind, row, column) {
  if (open?.id !== id) {
    editor.close();
    main.setAttribute("aria-busy", "true");
    try { open = { id, form: await editor.fields(), ...(await view(id)) }; } catch (error) {
      open = null;
      main.replaceChildren(make("h1", {}, "No such record"), make("p", { class: "alarm" }, error.message));
      return;
    } finally { main.removeAttribute("aria-busy"); }
    draw();
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  if (kind) goTo(kind, row, column);
}
export function close() { open = null; editor.close(); }

/* look whether the record was changed, here or by somebody else, and draw it anew where the eye is */
export async function refresh() {
  if (!open) return;
  const { id } = open;
  let found;
  try { found = await view(id, open.tag); } catch (error) { if (error.status) failed(error); return; }
  if (!found || open?.id !== id) return;
  const cell = document.activeElement?.closest?.("td")?.firstChild, row = cell?.closest("tr");
  const box = main.querySelector(".text"), at = [window.scrollX, window.scrollY, box?.scrollTop];
  Object.assign(open, found);
  draw();
  main.querySelector(".text").scrollTop = at[2] || 0;
  window.scrollTo(at[0], at[1]);
  if (row) cellOf(row.dataset.kind, row.dataset.id, cell.dataset.label)?.focus({ preventScroll: true });
}

function draw() {
  const { doc } = open;
  open.marks = page.marks.over(doc, { hidden, onRow: toRow, say });
  const holder = make("div", {});
  const redraw = () => { holder.replaceChildren(open.marks.draw()); holder.firstChild.classList.toggle("no-tags", hidden.has("tags")); };
  const act = {
    toText: (places) => open.marks.toText(places),
    point: (kind, row, column) => window.history.replaceState(null, "", address("r", open.id, kind, row, column)),
    edit: (at, column) => editor.edit(open, at, column),
    judge: (at, action) => judge(at, action),
    add: (kind) => editor.add(open, ADDED[kind] || kind),
    slots: (block, column) => (open.form[block][column] || []).map((s) => s.name),
    state: ([block, key]) => doc.states[block][key] || { slots: [] },
  };
  const full = doc.tables.filter((t) => t.rows.length), bare = doc.tables.filter((t) => !t.rows.length);
  main.replaceChildren(...[
    make("h1", {}, doc.title), facts(doc), checked(doc), legend(doc, redraw),
    make("div", { class: "panes" },
      make("div", { class: "pane-text" }, holder),
      make("div", { class: "pane-tables" }, warnings(doc), ...full.flatMap((t) => [table(t, act), t.kind === "dosing" ? regimen(doc) : null]), absent(bare, act), doc.edits.length ? editsTable(doc, act) : null, history(open))),
  ].filter(Boolean));
  redraw();
  document.title = `${doc.title} – trialmine`;
}

function facts(doc) {
  const ids = [["", doc.doc], ["", doc.kind], ["", `noise: ${doc.noise}`], ...doc.links];
  return make("p", { class: "ids" }, ...ids.map(([name, value]) => make("span", {}, name ? `${name} ${value}` : value)));
}
function checked(doc) {
  const button = doc.checked
    ? make("span", { class: "state" }, `✓ checked by ${doc.checked}`)
    : make("button", { type: "button", id: "check", title: "The whole record is right (c)", onclick: check }, "Record is right");
  return make("p", { class: "actions review" }, button,
    make("button", { type: "button", id: "add", title: "Add a row from the selected words (+)", onclick: () => addSelected() }, "Add a row"),
    make("button", { type: "button", id: "undo", title: "Undo your latest correction (u)", disabled: !doc.history.some((c) => c.holds && c.action !== "undo"), onclick: () => undoLast(open) }, "Undo"),
    ...downloads());
}
function downloads() {
  const id = encodeURIComponent(open.id);
  return [make("a", { class: "button", href: `/v1/export?format=json&id=${id}`, download: "" }, "JSON"), make("a", { class: "button", href: `/v1/export?format=csv&id=${id}`, download: "" }, "CSV")];
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
function absent(tables, act) {
  if (!tables.length) return null;
  return make("p", { class: "none absent" }, "Not found in this text: ",
    ...tables.map((t) => make("button", { type: "button", class: "small", "aria-label": `Add to ${t.title}`, onclick: () => act.add(t.kind) }, `+ ${t.title}`)));
}

function judge([block, key], action) {
  const state = open.doc.states[block][key];
  const same = state?.verdict === { accept: "accepted", reject: "rejected" }[action];
  const last = same && open.doc.history.find((c) => c.holds && c.action === action && c.block === block && c.row === key);
  if (last) send(open, { action: "undo", undoes: last.id }, "Undone");
  else send(open, { action, block, row: key }, `${key} ${action === "accept" ? "accepted" : "rejected"}`);
}
const check = () => send(open, { action: "check" }, "Record checked");
function addSelected() { editor.add(open, "dosing", open.marks.selected()); }

/* keys of a record; true when one was taken */
export function key(event) {
  if (!open) return false;
  const td = event.target.closest?.("td"), row = td?.closest("tr");
  const at = row?.dataset.at && JSON.parse(row.dataset.at);
  const taken = {
    e: at && (() => editor.edit(open, at, td.firstChild.dataset.label)), a: at && (() => judge(at, "accept")), x: at && (() => judge(at, "reject")),
    u: () => undoLast(open), c: () => (open.doc.checked ? say("It is checked already") : check()), "+": addSelected,
  }[event.key];
  if (taken) taken();
  return Boolean(taken);
}

/* words that are selected while the panel is open are its evidence */
document.addEventListener("pointerup", (event) => setTimeout(() => {
  if (event.target.closest?.("#editor")) return; // a click there may leave an old selection in the text as it is
  const place = open && editor.isOpen() && open.marks.selected();
  if (place) editor.selected(place);
}));

const rowOf = (kind, id) => main.querySelector(`tr[data-kind="${CSS.escape(kind)}"][data-id="${CSS.escape(id ?? "")}"]`);
const cellOf = (kind, id, column) => { const row = rowOf(kind, id); return row && ([...row.querySelectorAll("td > button")].find((b) => b.dataset.label === column) || row.querySelector("td > button")); };
function toRow(kind, id) {
  const row = rowOf(kind, id);
  if (!row) return;
  mark(row);
  row.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  row.querySelector("button").focus({ preventScroll: true });
  flash(row);
}
function goTo(kind, id, column) {
  const target = cellOf(kind, id, column);
  if (!target) return;
  toRow(kind, id);
  target.click();
  target.focus({ preventScroll: true });
}
