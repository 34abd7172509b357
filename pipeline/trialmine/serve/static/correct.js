/* corrections: who makes them, how they are sent, how they are taken back */
import { post } from "./api.js";
import { $, failed, make, say, store, toast } from "./shell.js";

/* the name of who corrects, asked for once */
async function author() {
  const known = store.get("author", "");
  if (known) return known;
  return new Promise((resolve) => {
    const field = make("input", { id: "author", maxlength: "100", required: true, autocomplete: "name" });
    const dialog = make("dialog", { "aria-labelledby": "author-title" }, make("form", { method: "dialog", onsubmit: () => store.set("author", field.value.trim()) },
      make("h2", { id: "author-title" }, "Who corrects?"), make("p", {}, "Every correction is kept with the name of who made it."),
      make("label", { for: "author" }, "Your name"), field,
      make("p", { class: "actions" }, make("button", { class: "primary" }, "Go on"), make("button", { type: "button", onclick: () => dialog.close() }, "Cancel"))));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(store.get("author", "")); });
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  });
}

/* sends one change of a record; true when it is kept; what is wrong is told here, or thrown to who wants to tell it */
export async function send(open, change, words, { tells = false } = {}) {
  const by = await author();
  if (!by) return false;
  try {
    const answer = await post(`/v1/records/${encodeURIComponent(open.id)}/corrections`, { by, parent: open.doc.revision, ...change });
    for (const other of answer.overtaken.filter((o) => o.by !== by)) toast(`${other.by} changed this too, a moment ago; yours came last and holds. Both are in the history.`);
    const ids = answer.made;
    if (!ids.length) say("Nothing changed");
    else if (change.action === "undo") toast(words);
    else toast(words, { label: "Undo", action: () => undo(open, ids) });
    window.dispatchEvent(new CustomEvent("record-changed", { detail: open.id }));
    window.dispatchEvent(new CustomEvent("records-changed"));
    return true;
  } catch (error) {
    if (change.action === "check") window.dispatchEvent(new CustomEvent("record-changed", { detail: open.id })); // to be looked at again
    if (tells) throw error;
    failed(error);
    return false;
  }
}

export async function undo(open, ids, words = "Undone") {
  for (const id of [...ids].reverse()) if (!(await send(open, { action: "undo", undoes: id }, words))) return;
}

/* takes back the latest correction of one's own that holds; what others did is taken back in the history, by choice */
export function undoLast(open) {
  const me = store.get("author", ""), holding = open.doc.history.filter((c) => c.holds && c.action !== "undo");
  const last = holding.find((c) => c.by === me);
  if (last) undo(open, [last.id], `Undone: you ${WORDS[last.action]} ${last.row || ""}`.trim());
  else if (holding.length) toast(`Nothing here is yours; the latest is ${holding[0].by}'s. The history takes it back.`);
  else say("There is nothing to undo");
}

const WORDS = { edit: "corrected", accept: "accepted", reject: "rejected", add: "added", check: "checked the record", undo: "took back" };
const told = (value) => value == null || value === "" ? "nothing" : Array.isArray(value) ? value.map(told).join(", ") : typeof value === "object" ? value.text || Object.values(value).filter((v) => v != null).join(" ") : String(value);

export function history(open) {
  const lines = open.doc.history;
  if (!lines.length) return null;
  const items = lines.map((c) => {
    const where = c.block ? ` ${c.block.replace("_", " ")} ${c.row}` : "";
    const what = c.action === "edit" ? `, ${c.slot}: ${told(c.before)} → ${told(c.after)}` : "";
    const undone = lines.some((u) => u.action === "undo" && u.undoes === c.id && lines.indexOf(u) < lines.indexOf(c));
    const button = c.action === "undo" ? null : c.holds
      ? make("button", { type: "button", class: "small", onclick: () => undo(open, [c.id]) }, "Undo")
      : make("button", { type: "button", class: "small", onclick: () => undo(open, [lines.find((u) => u.action === "undo" && u.undoes === c.id).id]) }, "Redo");
    const idle = open.doc.idle[c.id];
    return make("li", { class: c.holds ? null : "undone" },
      make("time", { datetime: c.at }, new Date(c.at).toLocaleString()), ` ${c.by} ${WORDS[c.action]}${where}${what}`,
      undone && !c.holds ? make("span", { class: "none" }, " (undone)") : null,
      idle ? make("span", { class: "alarm" }, ` ! not in force: ${idle}`) : null, " ", button);
  });
  return make("details", { class: "history", open: store.get("history", false), ontoggle: (event) => store.set("history", event.target.open) },
    make("summary", {}, `History: ${lines.length}`), make("ol", {}, ...items));
}
