/* the list of records, and what it is narrowed by */
import { get } from "./api.js";
import { $, address, failed, make, plural, store } from "./shell.js";

const PAGE = 100;
const NAMES = { warning: "Warning", kind: "Kind", missing: "Missing", review: "Review" };
const words = (code) => code.replaceAll("_", " ").replace(".", ": ");
let chosen = store.get("filter", {}), shown = [], asked = 0, current = null;

export function mount() {
  const selects = Object.entries(NAMES).map(([name, label]) => make("div", { class: "pick" },
    make("label", { for: "f-" + name }, label),
    make("select", { id: "f-" + name, onchange: (event) => narrow(name, event.target.value) })));
  const search = make("input", { id: "filter", type: "search", placeholder: "title, drug, condition, id …", autocomplete: "off", oninput: (event) => narrow("search", event.target.value) });
  search.value = chosen.search || "";
  $("list").replaceChildren(make("label", { for: "filter" }, "Search"), search,
    make("details", { class: "picks", open: Object.keys(NAMES).some((n) => chosen[n]) }, make("summary", {}, "Filters"), ...selects),
    make("p", { id: "found", role: "status" }), make("ol", { id: "documents" }),
    make("button", { id: "more", type: "button", class: "chip-toggle", hidden: true, onclick: () => load(shown.length) }, "More"), exports());
  return load();
}

const FORMATS = [["json", "JSON records"], ["csv", "CSV tables"], ["gold", "gold records (checked ones)"], ["duckdb", "DuckDB"], ["fhir", "FHIR R5"], ["ctgov", "ClinicalTrials.gov"], ["metafor", "metafor CSV"], ["bioc", "BioC"], ["brat", "brat"], ["ris", "RIS"], ["parquet", "Parquet"], ["spacy", "spaCy"]];
function exports() {
  return make("details", { class: "picks" }, make("summary", {}, "Export all"), make("ul", { class: "exports" },
    ...FORMATS.map(([form, name]) => make("li", {}, make("a", { href: `/v1/export?format=${form}`, download: "" }, name)))));
}

let timer = 0;
function narrow(name, value) {
  chosen = { ...chosen, [name]: value };
  store.set("filter", chosen);
  clearTimeout(timer);
  timer = setTimeout(load, 120);
}

export async function load(offset = 0) {
  const turn = ++asked;
  const query = new URLSearchParams({ offset, limit: PAGE });
  for (const [name, value] of Object.entries(chosen)) if (value) query.set(name, value);
  try {
    const found = await get(`/v1/records?${query}`);
    if (turn !== asked) return;
    shown = offset ? [...shown, ...found.records] : found.records;
    draw(found);
  } catch (error) { failed(error); }
}

function draw(found) {
  for (const name of Object.keys(NAMES)) {
    const counts = Object.entries(found.filters[name] || {});
    if (chosen[name] && !counts.some(([value]) => value === chosen[name])) counts.push([chosen[name], 0]);
    $("f-" + name).replaceChildren(make("option", { value: "" }, "any"),
      ...counts.map(([value, n]) => make("option", { value, selected: value === chosen[name] }, `${words(value)} (${n})`)));
  }
  $("count").textContent = plural(found.total, "record");
  $("found").textContent = found.total === 0 ? "No record yet: paste a text." : found.found === found.total ? "" : `${found.found} of ${plural(found.total, "record")}`;
  $("documents").replaceChildren(...shown.map(item));
  $("more").hidden = shown.length >= found.found;
  point(current);
}

function item(entry) {
  const facts = [plural(entry.counts.dosing, "dose"), plural(entry.counts.statistics, "result")];
  const warned = Object.values(entry.warnings).reduce((a, b) => a + b, 0);
  const line = make("span", { class: "facts" }, facts.join(" · "));
  if (warned) line.append(" · ", make("span", { class: "alarm" }, "! " + plural(warned, "warning")));
  if (entry.review !== "untouched") line.append(" · ", make("span", { class: "state" }, entry.review === "checked" ? "✓ checked" : "✎ corrected"));
  return make("li", { "data-id": entry.id }, make("a", { href: address("r", entry.id) }, make("span", { class: "name" }, entry.title), line));
}

/* marks the record that is open */
export function point(id) {
  current = id;
  for (const li of $("documents")?.children || []) {
    if (li.dataset.id === id) li.firstChild.setAttribute("aria-current", "true"); else li.firstChild.removeAttribute("aria-current");
  }
}

/* the record so many lines further down, or null */
export function beside(step) {
  const at = shown.findIndex((e) => e.id === current);
  const next = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)];
  return next && next.id !== current ? next.id : null;
}
