/* a raw text with its evidence marked, and the way from a row to its words */
page.marks = (() => {
  const { make, plural } = page;
  const KINDS = {
    dosing: "Dosing", statistics: "Statistics", arms: "Arms", interventions: "Interventions", endpoints: "Endpoints",
    adverse_events: "Adverse events", population: "Population", design: "Design", edits: "Cleaning",
  };
  // one letter before a row's number, so that a mark in the text is told apart without its colour
  const LETTERS = { adverse_events: "x", population: "p", design: "g" };
  const tagOf = (kind, id) => (LETTERS[kind] || "") + id;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  function flash(node) {
    node.classList.remove("flash");
    void node.offsetWidth;
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 2600);
  }

  /* the marks of one document; `hidden` holds kinds that are not shown, `onRow` is told which row a mark leads to */
  function over(doc, { hidden, onRow, say }) {
    const spans = collect(doc);
    let places = [];
    function cuts() {
      const set = new Set([0, doc.text.length]);
      for (const s of spans) { set.add(s.start); set.add(s.end); }
      // cells point into the middle of evidence: cut there too, so that a flash hits the very words
      for (const t of doc.tables) for (const r of t.rows) for (const c of r.cells) if (c[1]) { set.add(c[1][0]); set.add(c[1][1]); }
      for (const w of doc.warnings) for (const [a, b] of w.ev) { set.add(a); set.add(b); }
      return [...set].filter((n) => n >= 0 && n <= doc.text.length).sort((a, b) => a - b);
    }
    function draw() {
      const box = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": "Raw text with evidence marked" });
      const order = Object.keys(KINDS);
      const starting = Map.groupBy ? Map.groupBy(spans, (s) => s.start) : group(spans);
      const at = cuts();
      const byStart = [...spans].sort((a, b) => a.start - b.start);
      let live = [], next = 0;
      places = [];
      for (let n = 0; n + 1 <= at.length; n++) {
        const from = at[n], to = at[n + 1];
        live = live.filter((s) => s.end > from);
        while (next < byStart.length && byStart[next].start <= from) { if (byStart[next].end > from) live.push(byStart[next]); next++; }
        for (const group of tags(starting.get(from) || [])) box.append(tag(group));
        if (to !== undefined) {
          const covering = live.filter((s) => !hidden.has(s.kind));
          const piece = isDropped(covering, to - from) ? folded(doc.text.slice(from, to)) : segment(doc.text.slice(from, to), covering, order);
          if (!piece.classList.contains("fold")) piece.addEventListener("click", (event) => follow(event, from));
          const words = piece.querySelector(".piece, .inside") || piece;
          places.push({ start: from, end: to, node: piece, words: words.firstChild });
          box.append(piece);
        }
        if (!hidden.has("edits")) for (const s of spans) if (s.kind === "edits" && s.end === to && s.after.trim())
          box.append(make("ins", { class: "after", title: "read as" }, s.after));
      }
      return box;
    }
    function group(spans) {
      const map = new Map();
      for (const s of spans) map.set(s.start, [...(map.get(s.start) || []), s]);
      return map;
    }
    // rows of one kind that start at the same place share a label
    function tags(spans) {
      const shownSpans = spans.filter((s) => s.kind !== "edits" && !hidden.has(s.kind));
      return [...new Set(shownSpans.map((s) => s.kind))].map((kind) => shownSpans.filter((s) => s.kind === kind));
    }
    function tag(rows) {
      const [first] = rows, more = rows.length > 1 ? `+${rows.length - 1}` : "";
      const words = rows.map((s) => `${s.id}: ${s.words}`).join("; ");
      return make("button", {
        type: "button", class: "tag k-" + first.kind, "aria-label": `${KINDS[first.kind]} ${words}. Go to its row`,
        title: `${KINDS[first.kind]} ${words}`, onclick: () => onRow(first.kind, first.id),
      }, tagOf(first.kind, first.id) + more);
    }
    function segment(text, live, order) {
      const kinds = [...new Set(live.map((s) => s.kind))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
      let node = make("span", { class: "piece" }, text);
      let depth = 0;
      for (const kind of kinds) {
        if (kind === "edits") { node = make("del", { class: "k k-edits" }, node); continue; }
        // each further kind is underlined one step lower
        node = make("span", { class: `k k-${kind} d${Math.min(depth, 4)}` }, node);
        depth++;
      }
      return node;
    }
    // a page's furniture, dropped by cleaning, is folded away: it is there to be checked, not to be read
    const isDropped = (covering, length) => length > 160 && covering.length > 0 && covering.every((s) => s.kind === "edits" && !s.after.trim());
    function folded(text) {
      const inside = make("span", { class: "inside", hidden: true }, text);
      const words = `${text.length.toLocaleString("en")} characters removed`;
      const button = make("button", { type: "button", class: "unfold", "aria-expanded": "false", onclick: () => unfold(node, inside.hidden) }, words);
      const node = make("span", { class: "fold" }, button, make("del", { class: "k-edits" }, inside));
      return node;
    }
    function unfold(node, open) {
      node.querySelector(".inside").hidden = !open;
      node.querySelector("button").setAttribute("aria-expanded", String(open));
    }
    let last = { from: -1, turn: 0 };
    function follow(event, from) {
      if (!window.getSelection().isCollapsed) return;
      const here = spans.filter((s) => s.start <= from && s.end > from && !hidden.has(s.kind))
        .sort((a, b) => (a.end - a.start) - (b.end - b.start));
      if (!here.length) return;
      // a second click on the same place goes to the next row that cites it
      last = { from, turn: last.from === from ? last.turn + 1 : 0 };
      const s = here[last.turn % here.length];
      onRow(s.kind, s.id);
      if (here.length > 1) say(`${KINDS[s.kind]} ${s.id}, ${last.turn % here.length + 1} of ${here.length} rows that cite this place`);
    }

    // where the text scrolls by itself the page around it stays where the eye is, unless the words would be out of sight
    function bring(node) {
      const behavior = calm() ? "auto" : "smooth", box = node.closest(".text");
      if (box.scrollHeight <= box.clientHeight + 1) { node.scrollIntoView({ block: "center", behavior }); return; }
      const at = node.getBoundingClientRect(), frame = box.getBoundingClientRect();
      const top = Math.max(box.scrollTop + at.top - frame.top - (frame.height - at.height) / 2, 0);
      box.scrollTo({ top, behavior });
      const seen = frame.top + (box.scrollTop + at.top - frame.top - Math.min(top, box.scrollHeight - box.clientHeight));
      if (seen < 60 || seen > window.innerHeight - 60) box.scrollIntoView({ block: "nearest", behavior });
    }
    function toText(wanted) {
      const hit = places.filter((p) => wanted.some(([a, b]) => p.start < b && a < p.end));
      if (!hit.length) return;
      const first = places.find((p) => p.start >= wanted[0][0]) || hit[0];
      hit.filter((p) => p.node.classList.contains("fold")).forEach((p) => unfold(p.node, true));
      bring(first.node);
      hit.forEach((p) => flash(p.node));
    }
    // the stretch of the text that is selected, without white space at its ends; null if there is none
    function selected() {
      const selection = window.getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      const inside = places.filter((p) => range.intersectsNode(p.words));
      if (!inside.length) return null;
      const first = inside[0], last = inside[inside.length - 1];
      let start = first.start + (range.startContainer === first.words ? range.startOffset : 0);
      let end = range.endContainer === last.words ? last.start + range.endOffset : last.end;
      while (start < end && /\s/.test(doc.text[start])) start++;
      while (end > start && /\s/.test(doc.text[end - 1])) end--;
      return start < end ? [start, end] : null;
    }
    // the words that a correction is to rest on, while it is made
    function cite(place) {
      const hit = place ? places.filter((p) => p.start < place[1] && place[0] < p.end) : [];
      if (window.Highlight) {
        const ranges = hit.map((p) => {
          const range = new Range();
          range.setStart(p.words, Math.max(place[0] - p.start, 0));
          range.setEnd(p.words, Math.min(place[1], p.end) - p.start);
          return range;
        });
        CSS.highlights.set("cite", new Highlight(...ranges));
      } else for (const p of places) p.node.classList.toggle("cited", hit.includes(p));
      if (hit.length) bring(hit[0].node);
    }
    return { spans, draw, toText, selected, cite };
  }
  function collect(doc) {
    const spans = [];
    for (const table of doc.tables)
      for (const row of table.rows)
        for (const [start, end] of row.ev) spans.push({ kind: table.kind, id: row.id, start, end, words: row.cells.map((c) => c[0]).filter(Boolean).join(", ") });
    doc.edits.forEach(([start, end, , after], i) => spans.push({ kind: "edits", id: String(i + 1), start, end, after, words: "" }));
    return spans;
  }
  return { KINDS, tagOf, calm, flash, over };
})();
