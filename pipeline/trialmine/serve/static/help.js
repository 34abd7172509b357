/* the keys, listed */
import { make } from "./shell.js";

const KEYS = [
  ["Everywhere", [["?", "this list"], ["n", "read a new text"], ["/", "search"], ["j, k", "next, previous record"]]],
  ["In a table", [["arrows", "from cell to cell"], ["Enter", "show the words in the text"], ["e", "correct the cell (or double-click)"], ["a", "accept the row"], ["x", "reject the row"]]],
  ["In a record", [["+", "add a row from the selected words"], ["u", "undo your latest correction"], ["c", "the whole record is checked"]]],
  ["In the panel", [["Enter", "save"], ["Esc", "close"]]],
  ["Reading a text", [["Ctrl+Enter", "read it"]]],
];
export function help() {
  if (document.querySelector("dialog.help")) return;
  const dialog = make("dialog", { class: "help", "aria-labelledby": "help-title" }, make("h2", { id: "help-title" }, "Keys"),
    make("form", { method: "dialog", class: "corner" }, make("button", { class: "small", "aria-label": "Close" }, "×")),
    ...KEYS.map(([name, keys]) => make("section", {}, make("h3", {}, name), make("dl", {}, ...keys.flatMap(([key, what]) => [make("dt", {}, ...key.split(", ").flatMap((k, i) => [i ? " " : null, make("kbd", {}, k)])), make("dd", {}, what)])))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
