/* across all records: the estimates of one measure, and the doses of each drug */
page.across = (() => {
  const { $, make, plural } = page;
  const RATIOS = ["hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio"];
  const MOST = 200;
  const said = (measure) => measure.replaceAll("_", " ");
  let chosen = { measure: null, words: "" };

  function view(index, visible, open) {
    const rows = visible.flatMap((i) => (index[i].estimates || []).map((e) => ({ ...e, doc: i })));
    const counts = new Map();
    for (const r of rows) counts.set(r.measure, (counts.get(r.measure) || 0) + 1);
    const measures = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
    if (!counts.has(chosen.measure)) chosen.measure = measures[0];
    const holder = make("div", {});
    const redraw = () => holder.replaceChildren(table(index, rows, open));
    const select = make("select", { id: "measure", onchange: (e) => { chosen.measure = e.target.value; redraw(); } },
      ...measures.map((m) => make("option", { value: m, selected: m === chosen.measure }, `${said(m)} (${counts.get(m)})`)));
    const words = make("input", { id: "endpoint", type: "search", value: chosen.words, placeholder: "name or code", oninput: (e) => { chosen.words = e.target.value; redraw(); } });
    redraw();
    return [
      make("h1", {}, "Across records"),
      make("h2", {}, "Results"),
      make("p", { class: "ids" }, `Ratios and differences that ${plural(visible.length, "document")} ${visible.length === 1 ? "states" : "state"}. Nothing is pooled.`),
      measures.length
        ? make("p", { class: "choose" }, make("label", { for: "measure" }, "Measure "), select, make("label", { for: "endpoint" }, " Endpoint "), words)
        : make("p", { class: "none" }, "No ratio and no difference is stated."),
      measures.length ? holder : null,
      ...doses(index, visible, open),
    ].filter(Boolean);
  }
  function doses(index, visible, open) {
    const rows = visible.flatMap((i) => (index[i].doses || []).map((d) => ({ ...d, doc: i })));
    if (!rows.length) return [];
    const lanes = new Map(), most = new Map();
    for (const r of rows) {
      const key = JSON.stringify([r.drug, r.unit]);
      lanes.set(key, [...(lanes.get(key) || []), r]);
      most.set(r.unit, Math.max(most.get(r.unit) || 0, ...r.values));
    }
    const records = (lane) => new Set(lane.map((r) => r.doc)).size;
    const ordered = [...lanes.values()].sort((a, b) => records(b) - records(a) || a[0].drug.localeCompare(b[0].drug));
    const heads = ["Drug", "Doses", "Records", "from 0; a bar is a range"].map((c) => make("th", { scope: "col" }, c));
    const words = (lane) => { const all = lane.flatMap((r) => r.values), low = Math.min(...all), high = Math.max(...all); return `${low === high ? low : `${low} to ${high}`} ${lane[0].unit}`; };
    const lines = ordered.slice(0, MOST).map((lane) => make("tr", {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "link", onclick: () => open(lane[0].doc, "dosing", lane[0].id) }, lane[0].drug)),
      make("td", {}, words(lane)), make("td", {}, String(records(lane))), make("td", {}, page.charts.doses(lane, most.get(lane[0].unit) || 1))));
    const more = ordered.length > MOST ? make("p", { class: "none" }, `${ordered.length - MOST} more drugs are not drawn; narrow the filter.`) : null;
    return [make("h2", {}, "Doses"), make("p", { class: "ids" }, "Each drug in each unit that it is given in; a name leads to its first row."),
      make("div", { class: "scroll" }, make("table", { class: "estimates" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines))), more];
  }
  function table(index, rows, open) {
    const words = chosen.words.toLowerCase();
    const wanted = rows.filter((r) => r.measure === chosen.measure && `${r.endpoint} ${r.code}`.toLowerCase().includes(words));
    if (!wanted.length) return make("p", { class: "none" }, "No estimate of such an endpoint.");
    const kept = wanted.slice(0, MOST);
    const chart = page.charts.forest(kept, RATIOS.includes(chosen.measure));
    const heads = ["Document", "Endpoint", "Compared", said(chosen.measure), "Interval", chart.scale].map((c) => make("th", { scope: "col" }, c));
    const lines = kept.map((r) => make("tr", {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "link", onclick: () => open(r.doc, "statistics", r.id) }, index[r.doc].title)),
      make("td", {}, r.code || r.endpoint || "not stated"), make("td", {}, r.arms || ""), make("td", {}, `${r.value} ${r.unit || ""}`),
      make("td", {}, r.low == null ? "" : `${r.low} to ${r.high}${r.level ? ` (${r.level * 100}%)` : ""}`), make("td", {}, chart.strip(r))));
    const more = wanted.length > MOST ? make("p", { class: "none" }, `${wanted.length - MOST} more are not drawn; narrow the endpoint.`) : null;
    return make("div", {}, make("div", { class: "scroll" }, make("table", { class: "estimates" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines))), more);
  }
  return { view };
})();
