/* paste or drop: what each stage gives is drawn as it is told */
import { events } from "./api.js";
import { $, address, failed, make, plural, say, store, toUnits } from "./shell.js";

const STAGES = [["clean", "Cleaned"], ["nlp", "Named"], ["extract", "Read"], ["record", "Put together"]];
const main = $("document");
let running = null;

export function show() {
  stop();
  const field = make("textarea", { id: "paste", rows: "14", spellcheck: "false", placeholder: "Paste an abstract, a page or an article here …", oninput: () => store.set("draft", field.value) });
  field.value = store.get("draft", "");
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); } });
  const files = make("input", { type: "file", multiple: true, id: "files", class: "sr", tabindex: "-1", onchange: () => read(files.files) });
  const form = make("form", { class: "intake", onsubmit: (event) => { event.preventDefault(); if (field.value.trim()) read(field.value); else field.focus(); } },
    make("label", { for: "paste" }, "Text of a trial"), field,
    make("p", { class: "actions" },
      make("button", { type: "submit", class: "primary" }, "Read it"),
      make("button", { type: "button", onclick: () => files.click() }, "Choose files …"),
      make("span", { class: "hint" }, "Ctrl+Enter reads. Files can be dropped anywhere: text, PDF, Word, PubMed, XML, spreadsheets, archives.")),
    make("label", { for: "files", class: "sr" }, "Files"), files);
  main.replaceChildren(make("h1", {}, "Read a text"), form, make("div", { id: "progress" }));
  document.title = "Read a text – trialmine";
  field.focus();
}

export function stop() { if (running) { running.abort(); running = null; } }

/* a text, or files; ends at the record when there is but one */
export async function read(what) {
  if (!$("progress")) show();
  const holder = $("progress"), boards = new Map(), done = [];
  holder.replaceChildren();
  stop();
  running = new AbortController();
  const { signal } = running;
  say("Reading");
  const body = typeof what === "string" ? { text: what, format: "auto" } : formOf(what);
  try {
    for await (const event of events(typeof what === "string" ? "/v1/records" : "/v1/files", body, signal)) {
      if (event.event === "end") break;
      if (!boards.has(event.document)) { const b = board(event); boards.set(event.document, b); holder.append(b.node); }
      boards.get(event.document).take(event);
      if (event.event === "record") done.push(event.id);
    }
  } catch (error) { failed(error); return; }
  if (signal.aborted) return;
  say(`${plural(done.length, "record")} read`);
  window.dispatchEvent(new CustomEvent("records-changed"));
  const ids = [...new Set(done)].filter(Boolean);
  if (boards.size === 1 && ids.length === 1) { store.set("draft", ""); location.hash = address("r", ids[0]); }
}

function formOf(files) {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  return form;
}

function board(first) {
  const steps = new Map(STAGES.map(([name, words]) => [name, make("li", {}, words)]));
  const title = make("h2", {}, first.title || first.doc_id || first.uri || "Text");
  const holder = make("div", { class: "live" }), note = make("p", { class: "none" });
  const node = make("section", { class: "board", "aria-label": "Progress" }, title, make("ol", { class: "steps" }, ...steps.values()), note, holder);
  let text = "", units = (n) => n, marks = [], edits = [];
  const tick = (name, words) => { steps.get(name).classList.add("done"); steps.get(name).append(` ${words}`); };
  function redraw() {
    const tables = [...new Set(marks.map((m) => m[2]))].map((kind) => ({
      kind, title: kind, columns: [], rows: marks.filter((m) => m[2] === kind).map(([s, e]) => ({ id: "", ev: [[units(s), units(e)]], cells: [], warn: [] })),
    }));
    const doc = { text, tables, warnings: [], edits: edits.map(([s, e, ...rest]) => [units(s), units(e), ...rest]) };
    const box = page.marks.over(doc, { hidden: new Set(), onRow: () => {}, say }).draw();
    box.classList.add("no-tags");
    holder.replaceChildren(box);
  }
  function take(event) {
    if (event.event === "document") { text = event.text; units = toUnits(text); redraw(); }
    if (event.event === "clean") { edits = event.edits; tick("clean", plural(edits.length, "repair")); redraw(); }
    if (event.event === "nlp") { marks = event.marks; tick("nlp", plural(marks.length, "name")); redraw(); }
    if (event.event === "extract") { marks = [...marks, ...event.marks]; tick("extract", plural(event.marks.length, "mention")); redraw(); }
    if (event.event === "record") {
      const r = event.record;
      tick("record", `${plural(r.dosing.length, "dose")}, ${plural(r.statistics.length, "result")}, ${plural(r.warnings.length, "warning")}`);
      if (event.id) title.replaceChildren(make("a", { href: address("r", event.id) }, title.textContent));
      if (!event.id) { note.className = "alarm"; note.textContent = `! read, but ${event.error || "not kept"}`; }
      holder.replaceChildren();
    }
    if (event.event === "failed") { note.className = "alarm"; note.textContent = "! " + event.error; holder.replaceChildren(); }
  }
  return { node, take };
}
