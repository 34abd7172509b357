/* the panel in which cells are corrected and rows added; the text stays at hand, for its words are the evidence */
import { get, post } from "./api.js";
import { send } from "./correct.js";
import { evidenceField } from "./evidence.js";
import { $, failed, make, say } from "./shell.js";

const NAMES = {
  dosing: "Dose", statistics: "Result", arms: "Arm", interventions: "Drug or other intervention", endpoints: "Endpoint",
  adverse_events: "Adverse event", conditions: "Condition", eligibility: "Criterion", population: "Population", design: "Design",
};
const words = (term) => String(term).replaceAll("_", " ");
let form = null, panel = null, before = null;

export const isOpen = () => panel !== null;
export function close() {
  if (!panel) return;
  panel.node.remove();
  panel.open.marks.cite(null);
  panel = null;
  document.body.classList.remove("editing");
  if (before?.isConnected) before.focus({ preventScroll: true });
  window.dispatchEvent(new CustomEvent("editor-closed"));
}
export const fields = async () => (form ??= await get("/v1/form"));

/* ---- one field for each kind of slot ---- */
const named = (doc, block, name) => Object.entries(doc.rows[block]).filter(([key]) => doc.states[block]?.[key]?.verdict !== "rejected").map(([key, row]) => [key, `${key} ${row[name]}`]);
const OPTIONS = { arms: ["arms", "label"], drugs: ["interventions", "name"], drug: ["interventions", "name"], endpoint: ["endpoints", "name"] };

function control(slot, value, doc) {
  const id = "slot-" + slot.name.replace(".", "-");
  const select = (choices) => {
    const node = make("select", { id }, make("option", { value: "" }, slot.required ? "choose …" : "not stated"),
      ...choices.map(([key, label]) => make("option", { value: key, selected: key === String(value ?? "") }, label)));
    return { node, read: () => node.value || null };
  };
  const boxes = (choices) => {
    const chosen = new Set(value || []);
    const all = choices.map(([key, label], i) => make("label", { class: "box" }, make("input", { type: "checkbox", value: key, checked: chosen.has(key), id: i ? null : id }), ` ${label}`));
    const node = make("div", { class: "boxes", role: "group", "aria-labelledby": id + "-label" }, ...(all.length ? all : [make("span", { class: "none" }, "none in this record")]));
    return { node, group: true, read: () => [...node.querySelectorAll("input:checked")].map((box) => box.value) };
  };
  if (slot.kind === "choice") return select(slot.choices.map((c) => [c, words(c)]));
  if (slot.kind === "choices") return boxes(slot.choices.map((c) => [c, words(c)]));
  if (slot.kind === "flag") {
    const flag = select([["true", "yes"], ["false", "no"]]);
    return { ...flag, read: () => ({ true: true, false: false })[flag.node.value] ?? null };
  }
  if (slot.kind === "drug" || slot.kind === "endpoint") return select(named(doc, ...OPTIONS[slot.kind]));
  if (slot.kind === "arms" || slot.kind === "drugs") return boxes(named(doc, ...OPTIONS[slot.kind]));
  const number = slot.kind === "number" || slot.kind === "integer";
  const shown = slot.kind === "list" ? (value || []).join("; ") : value ?? "";
  const node = make("input", { id, type: "text", autocomplete: "off", inputmode: number ? "decimal" : null, required: slot.required, "aria-describedby": slot.example ? id + "-hint" : null });
  node.value = shown;
  const read = () => {
    const typed = node.value.trim();
    if (slot.kind === "list") return typed.split(";").map((w) => w.trim()).filter(Boolean);
    if (!typed) return null;
    if (!number) return typed;
    const n = Number(typed.replace(/[\s,]/g, "").replace("−", "-"));
    if (!Number.isFinite(n) || (slot.kind === "integer" && !Number.isInteger(n))) throw new Error(`${slot.label}: ${typed} is no ${slot.kind === "integer" ? "whole " : ""}number`);
    return n;
  };
  return { node, read };
}

function drawn(slot, value, doc) {
  const made = control(slot, value, doc), id = "slot-" + slot.name.replace(".", "-");
  const label = made.group ? make("span", { class: "label", id: id + "-label" }, slot.label) : make("label", { for: id }, slot.label + (slot.required ? " (needed)" : ""));
  const hint = slot.example ? make("p", { class: "hint", id: id + "-hint" }, `like: ${slot.example}`) : null;
  const first = JSON.stringify(safely(made.read));
  return {
    slot, node: make("div", { class: "field" }, label, made.node, hint), control: made.node, read: made.read,
    changed: () => JSON.stringify(safely(made.read)) !== first,
  };
}
const safely = (read) => { try { return read(); } catch { return undefined; } };

/* ---- the panel ---- */
function show(open, title, parts, { save, evidence, extra = [] }) {
  before = panel ? before : document.activeElement;
  close();
  const fields = make("div", { class: "fields" }, ...parts.map((p) => p.node));
  const fault = make("p", { class: "alarm", role: "alert" });
  const node = make("section", { id: "editor", role: "dialog", "aria-label": title }, make("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      fault.textContent = "";
      try { await save(); } catch (error) { fault.textContent = "! " + error.message; }
    },
  }, make("div", { class: "head" }, make("h2", {}, title), make("button", { type: "button", class: "small", "aria-label": "Close", onclick: close }, "×")),
  ...extra, ...(extra.length ? [evidence.node, fields] : [fields, evidence.node]), fault,
  make("p", { class: "actions" }, make("button", { class: "primary" }, "Save"), make("button", { type: "button", onclick: close }, "Cancel"))));
  node.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  document.body.append(node);
  document.body.classList.add("editing");
  panel = { node, open, evidence };
  const first = parts.find((p) => p.focus) || parts[0];
  const target = first?.control.querySelector?.("input") || first?.control;
  target?.focus();
  target?.select?.();
}

/* what was selected in the text while the panel is open */
export function selected(place) { panel?.evidence.take(place); }

/* the values that words of the text state, put into fields that nobody has touched */
async function offer(open, block, parts, [start, end], slot = null) {
  try {
    const found = await post(`/v1/records/${encodeURIComponent(open.id)}/readings`, { block, slot, start, end });
    for (const part of parts) {
      if (!(part.slot.name in found.values) || part.changed()) continue;
      put(part, found.values[part.slot.name]);
    }
    say(Object.keys(found.values).length ? "Read from the words" : "Nothing could be read from the words");
  } catch (error) { failed(error); }
}
function put(part, value) {
  if (part.control.matches("div")) for (const box of part.control.querySelectorAll("input")) box.checked = (value || []).includes(box.value);
  else part.control.value = Array.isArray(value) ? value.join("; ") : value === null ? "" : String(value);
}

/* correct a cell: the slots that its column shows, or with no column all of the row */
export async function edit(open, [block, key, slot], column) {
  const columns = (await fields())[block], doc = open.doc;
  const all = Object.values(columns).flat();
  const chosen = slot ? all.filter((s) => s.name.split(".")[0] === slot) : columns[column] || all;
  const values = doc.rows[block][key];
  const parts = chosen.map((s) => drawn(s, values[s.name], doc));
  const evidence = evidenceField(open, (place) => { if (parts.length === 1) offer(open, block, parts, place, parts[0].slot.name); });
  const title = `${NAMES[block]} ${/^[a-z]/.test(key) ? key : ""}${column && columns[column] ? `: ${column}` : ""}`;
  const save = async () => {
    const changed = parts.filter((p) => p.changed() || (evidence.chosen().length && parts.length === 1));
    if (evidence.missing()) throw new Error("The evidence is not in the text.");
    if (!changed.length) { close(); return; }
    const told = Object.fromEntries(changed.map((p) => [p.slot.name, p.read()]));
    if (await send(open, { action: "edit", block, row: key, values: told, evidence: evidence.chosen() }, `${title} corrected`, { tells: true })) close();
  };
  show(open, title, parts, { save, evidence });
}

/* add a row of a block, read from a place of the text if one is chosen */
export async function add(open, block, place = null) {
  const columns = (await fields())[block], doc = open.doc;
  if (block === "population" || (block === "design" && doc.rows.design["1"])) { edit(open, [block, "1", null]); return; }
  const parts = Object.values(columns).flat().map((s) => drawn(s, null, doc));
  const evidence = evidenceField(open, (at) => offer(open, block, parts, at));
  const kinds = make("div", { class: "field" }, make("label", { for: "new-kind" }, "Kind of row"),
    make("select", { id: "new-kind", onchange: (event) => add(open, event.target.value, place) }, ...Object.entries(NAMES).map(([b, name]) => make("option", { value: b, selected: b === block }, name))));
  const save = async () => {
    if (!evidence.chosen().length) throw new Error("A new row needs evidence: select the words in the text, or type them.");
    const told = Object.fromEntries(parts.map((p) => [p.slot.name, p.read()]).filter(([, v]) => v !== null && !(Array.isArray(v) && !v.length)));
    const lacking = parts.filter((p) => p.slot.required && !(p.slot.name in told) && !["comparator", "kind"].includes(p.slot.name));
    if (lacking.length) { lacking[0].control.focus(); throw new Error(`${lacking[0].slot.label} is needed.`); }
    if (await send(open, { action: "add", block, values: told, evidence: evidence.chosen() }, `${NAMES[block]} added`, { tells: true })) close();
  };
  show(open, `New row: ${NAMES[block]}`, parts, { save, evidence, extra: [kinds] });
  if (place) evidence.take(place);
  else evidence.field.focus();
}
