/* the tables of a record: a click on a cell shows its words in the text, arrow keys walk from cell to cell */
import { copy, make, plural, say } from "./shell.js";

const { tagOf } = page.marks;
const short = (words) => words.length < 16;

/* The first click of a double one brings the words into view, which may move the cell away under the pointer: the second
   one, at the same place of the screen, is the cell's all the same. */
let last = { at: -Infinity };
let swallow = false;
const QUICK = 450, NEAR = 6; // ms, pixels
document.addEventListener("mousedown", (event) => {
  const second = event.button === 0 && last.edit && performance.now() - last.at < QUICK && Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR;
  swallow = Boolean(second);
  if (!second) return;
  event.preventDefault();
  event.stopPropagation();
  last.edit();
  last = { at: -Infinity };
}, true);
document.addEventListener("click", (event) => { if (swallow) { swallow = false; event.preventDefault(); event.stopPropagation(); } }, true);

export function mark(row) {
  document.querySelectorAll("tr.current").forEach((r) => r.classList.remove("current"));
  row.classList.add("current");
}

function cell(act, label, words, places, extra = {}) {
  const empty = words === "" || words == null;
  const spoken = [empty ? `${label}: not stated` : `${label}: ${words}. Show in the text`, extra.corrected && "corrected"].filter(Boolean).join(", ");
  const button = make("button", {
    type: "button", tabindex: "-1", "data-label": label, "aria-label": spoken,
    onclick: (event) => {
      const row = event.currentTarget.closest("tr");
      last = { at: performance.now(), x: event.clientX, y: event.clientY, edit: extra.edit };
      mark(row); act.toText(places); act.point(row.dataset.kind, row.dataset.id, label);
    },
  }, extra.node || make("span", {}, empty ? "" : words));
  if (extra.corrected) button.append(make("span", { class: "sign", "aria-hidden": "true", title: "corrected" }, " ✎"));
  for (const code of extra.warn || []) button.append(make("span", { class: "warn" }, "! " + code.replaceAll("_", " ")));
  return make("td", { class: [extra.class, empty && "empty"].filter(Boolean).join(" ") || null }, button);
}

const VERDICTS = { accepted: "✓ accepted", rejected: "✗ rejected" };
export function table(told, act) {
  // a column that no row fills takes no room; its cells are reached by the row's pencil
  const kept = told.columns.map((_, i) => i).filter((i) => told.rows.some((row) => row.cells[i][0]));
  const heads = ["Row", ...kept.map((i) => told.columns[i]), "Review"];
  const rows = told.rows.map((row) => {
    const state = act.state(row.at), edit = (column) => act.edit(row.at, column);
    const name = tagOf(told.kind, row.id), said = [VERDICTS[state.verdict], state.added && "+ added"].filter(Boolean);
    const tools = make("td", { class: "verdicts" }, ...[
      ["✎", "Correct", () => edit(null), null], ["✓", "Accept", () => act.judge(row.at, "accept"), state.verdict === "accepted"], ["✗", "Reject", () => act.judge(row.at, "reject"), state.verdict === "rejected"],
    ].map(([sign, words, onclick, pressed]) => make("button", { type: "button", class: "small", title: words, "aria-label": `${words} ${name}`, "aria-pressed": pressed === null ? null : String(pressed), onclick }, sign)));
    return make("tr", { "data-kind": told.kind, "data-id": row.id, "data-at": JSON.stringify(row.at), class: state.verdict || null },
      cell(act, "Row", name, row.ev, { class: "id", node: make("span", {}, name, ...said.map((s) => make("span", { class: "said" }, s))), edit: () => edit(null) }),
      ...kept.map((i) => {
        const [words, place] = row.cells[i], column = told.columns[i];
        return cell(act, column, words, place ? [place] : row.ev, { warn: i === 0 ? row.warn : [], class: short(words) ? "num" : "", edit: () => edit(column), corrected: corrected(row.at, column, state, act) });
      }), tools);
  });
  const plus = make("button", { type: "button", class: "copy", "aria-label": `Add to ${told.title}`, onclick: () => act.add(told.kind) }, "+ Row");
  return block(told.kind, told.title, heads, rows, [plus]);
}
function corrected([block, , slot], column, state, act) {
  const slots = slot ? [slot] : act.slots(block, column);
  return state.slots.some((s) => slots.includes(s) || slots.includes(s.split(".")[0]));
}

export function editsTable(doc, act) {
  const rows = doc.edits.map(([start, end, before, after, rule, sure, why], i) => {
    const where = [[start, end]];
    const seen = before.trim() ? before : before.replace(/ /g, "␣").replace(/\n/g, "↵");
    const quote = seen.length > 120 ? seen.slice(0, 80) + " … " + seen.slice(-30) : seen;
    return make("tr", { "data-kind": "edits", "data-id": i + 1 },
      cell(act, "Row", String(i + 1), where, { class: "id" }),
      cell(act, "Raw text", before, where, { node: make("span", { class: "edit-before" }, quote) }),
      cell(act, "Read as", after || "removed", where, { node: make("span", { class: after ? "edit-after" : "none" }, after || "removed") }),
      cell(act, "Rule", rule, where, { node: make("span", { class: "rule" }, rule) }),
      cell(act, "Sure", `${Math.round(sure * 100)}%`, where, { class: "num" }),
      cell(act, "Why", why, where));
  });
  return block("edits", "Cleaning", ["Row", "Raw text", "Read as", "Rule", "Sure", "Why"], rows);
}

export function block(kind, title, heads, rows, tools = []) {
  const drawn = make("table", { "aria-label": title }, make("thead", {}, make("tr", {}, ...heads.map((c) => make("th", { scope: "col", class: c === "Review" ? "verdicts" : null }, c)))), make("tbody", {}, ...rows));
  const first = drawn.querySelector("td button");
  if (first) first.tabIndex = 0;
  drawn.addEventListener("keydown", walk);
  return make("section", { class: "block", "aria-label": title },
    make("header", {}, make("span", { class: `mark k-${kind} k`, "aria-hidden": "true" }), make("h2", {}, title, make("span", { class: "n" }, String(rows.length))),
      make("span", { class: "push" }), ...tools, make("button", { type: "button", class: "copy", "aria-label": `Copy ${title} as a table`, onclick: () => copyTable(title, drawn) }, "Copy")),
    make("div", { class: "scroll" }, drawn));
}

async function copyTable(title, drawn) {
  // tabs and line breaks would break the table that it is pasted into
  const words = (c) => (c.classList.contains("verdicts") ? make("i") : c.querySelector("button")?.firstChild ?? c).textContent.replace(/\s+/g, " ").trim();
  const lines = [...drawn.rows].map((row) => [...row.cells].map(words).join("\t"));
  say((await copy(lines.join("\n") + "\n")) ? `${title}: ${plural(lines.length - 1, "row")} copied as tab-separated text` : "The browser does not allow copying");
}

function walk(event) {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const td = event.target.closest("td");
  if (!step || !td || event.target.parentNode !== td) return;
  const row = step[0] ? td.parentNode.parentNode.rows[td.parentNode.sectionRowIndex + step[0]] : td.parentNode;
  const target = row && row.cells[td.cellIndex + step[1]];
  if (!target?.firstChild) return;
  event.preventDefault();
  if (target.classList.contains("verdicts")) { target.firstChild.focus(); return; }
  event.target.tabIndex = -1;
  target.firstChild.tabIndex = 0;
  target.firstChild.focus();
}
