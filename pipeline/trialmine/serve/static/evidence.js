/* the words that a correction rests on: selected in the text, or typed and found there */
import { make, say, toPoints } from "./shell.js";

export function evidenceField(open, onChosen) {
  const { doc } = open;
  let places = [], at = 0;
  const field = make("input", { id: "cite", type: "text", autocomplete: "off", placeholder: "select in the text, or type words of it", "aria-describedby": "cited", oninput: () => find(field.value) });
  const state = make("p", { id: "cited", class: "hint", role: "status" });
  const next = make("button", { type: "button", class: "small", hidden: true, onclick: () => { at = (at + 1) % places.length; settle(); } }, "Next place");
  const node = make("div", { class: "field" }, make("label", { for: "cite" }, "Evidence"), make("div", { class: "with-button" }, field, next), state);

  function find(words) {
    const wanted = words.trim();
    places = []; at = 0;
    if (wanted.length > 1) {
      // in the text as it stands: lower case may be longer than the letters it stands for, and lines end anywhere
      const pattern = wanted.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
      for (const found of doc.text.matchAll(new RegExp(pattern, "giu"))) {
        places.push([found.index, found.index + found[0].length]);
        if (places.length === 50) break;
      }
    }
    settle();
  }
  function settle() {
    next.hidden = places.length < 2;
    if (!places.length) { state.textContent = field.value.trim() ? "! not in the text" : ""; open.marks.cite(null); return; }
    state.textContent = `✓ in the text${places.length > 1 ? `, place ${at + 1} of ${places.length}` : ""}`;
    open.marks.cite(places[at]);
    onChosen(points());
  }
  const points = () => (places.length ? places[at].map((n) => toPoints(doc.text, n)) : null);
  function take(place) {
    places = [place]; at = 0;
    field.value = doc.text.slice(...place).replace(/\s+/g, " ");
    say(`Evidence: ${field.value}`);
    settle();
  }
  return { node, field, take, chosen: () => (points() ? [points()] : []), missing: () => field.value.trim() !== "" && !places.length };
}
