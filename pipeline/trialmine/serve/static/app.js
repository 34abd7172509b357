/* the frame: addresses, theme, keys, files that are dropped */
import { help } from "./help.js";
import * as intake from "./intake.js";
import * as list from "./list.js";
import * as record from "./record.js";
import { $, address, asked } from "./shell.js";

function follow() {
  const [view, id, ...cell] = asked();
  if (view === "r" && id) { intake.stop(); list.point(id); record.show(id, ...cell); }
  else { record.close(); list.point(null); intake.show(); }
  $("list").classList.remove("open");
  $("menu").setAttribute("aria-expanded", "false");
}
const move = (step) => { const id = list.beside(step); if (id) location.hash = address("r", id); };

const dress = page.themes($("theme"));
$("menu").addEventListener("click", (event) => event.currentTarget.setAttribute("aria-expanded", String($("list").classList.toggle("open"))));
$("new").addEventListener("click", () => { location.hash = "#/new"; });
$("help").addEventListener("click", help);
$("previous").addEventListener("click", () => move(-1));
$("next").addEventListener("click", () => move(1));
document.addEventListener("keydown", (event) => {
  if (event.target.closest?.("input, select, textarea, dialog, #editor") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (record.key(event)) { event.preventDefault(); return; }
  if (event.key === "?") help();
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
  if (event.key === "n") { event.preventDefault(); location.hash = "#/new"; }
  if (event.key === "/") { event.preventDefault(); $("list").classList.add("open"); $("filter").focus(); }
});
document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const files = event.dataTransfer.files, text = event.dataTransfer.getData("text/plain");
  if (!files.length && !text) return;
  if (!asked()[0].startsWith("new")) { history.replaceState(null, "", "#/new"); follow(); }
  intake.read(files.length ? files : text);
});
window.addEventListener("hashchange", follow);
window.addEventListener("records-changed", () => list.load());
window.addEventListener("record-changed", record.refresh);
// what others correct is shown within seconds, but never under the hands of who is at work
setInterval(() => { if (!document.hidden && !document.body.classList.contains("editing")) record.refresh(); }, 4000);
window.addEventListener("editor-closed", record.refresh);
dress();
list.mount();
follow();
