"use strict";
/* what the other scripts share: making elements, and words */
const page = (() => {
  const $ = (id) => document.getElementById(id);
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "class") node.className = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children.filter((c) => c != null));
    return node;
  }
  const SVG = "http://www.w3.org/2000/svg";
  function draw(tag, attributes = {}, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }
  const store = {
    // a page opened from disk may be refused storage
    get(key, otherwise) { try { return JSON.parse(localStorage.getItem("trialmine." + key)) ?? otherwise; } catch { return otherwise; } },
    set(key, value) { try { localStorage.setItem("trialmine." + key, JSON.stringify(value)); } catch { /* not kept */ } },
  };
  /* the button that dresses the page in the next theme; gives the function that dresses it in the one that was kept */
  const THEMES = ["auto", "light", "dark"];
  function themes(button) {
    let theme = store.get("theme", "auto");
    const dress = () => {
      if (theme === "auto") document.documentElement.removeAttribute("data-theme");
      else document.documentElement.dataset.theme = theme;
      button.lastElementChild.textContent = `Theme: ${theme}`;
      button.setAttribute("aria-label", `Theme: ${theme}`);
    };
    button.addEventListener("click", () => { theme = THEMES[(THEMES.indexOf(theme) + 1) % 3]; store.set("theme", theme); dress(); });
    return dress;
  }
  // a page opened from disk may be refused the clipboard: an unseen field does it too
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the older way */ }
    const field = make("textarea", { class: "sr" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
  return { $, make, draw, plural, copy, store, themes };
})();
