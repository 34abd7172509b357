/* what every view uses: words for screen readers, short messages, what the browser keeps, offsets */
export const { $, make, plural, copy, store } = page;

export const say = (words) => { $("status").textContent = words; };

/* a message that stays for a moment; an error stays until it is closed */
export function toast(words, { error = false, action = null, label = "" } = {}) {
  const node = make("div", { class: error ? "toast error" : "toast", role: error ? "alert" : null },
    make("span", {}, (error ? "! " : "") + words),
    action ? make("button", { type: "button", onclick: () => { node.remove(); action(); } }, label) : null,
    make("button", { type: "button", "aria-label": "Close message", onclick: () => node.remove() }, "×"));
  $("toasts").append(node);
  if (!error) { say(words); setTimeout(() => node.remove(), 8000); }
}
export const failed = (error) => { if (error.name !== "AbortError") toast(error.message || String(error), { error: true }); };

/* scripts count UTF-16 units, records count code points */
export const toPoints = (text, units) => [...text.slice(0, units)].length;
export function toUnits(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (n) => n;
  const at = [0];
  for (const ch of text) at.push(at[at.length - 1] + ch.length);
  return (n) => at[n];
}

export const address = (...parts) => "#/" + parts.map((p) => encodeURIComponent(p)).join("/");
export function asked() {
  try { return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent); } catch { return [""]; }
}
