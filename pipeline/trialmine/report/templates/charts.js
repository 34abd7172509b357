/* charts as SVG: the calendar of a regimen, and a forest plot; shape and words tell what colour tells */
page.charts = (() => {
  const { draw, make } = page;
  const round = (n) => Number(n.toPrecision(4)).toLocaleString("en");

  /* one lane for each dosing row, a box for each day of the cycle */
  function calendar(chart) {
    const width = 14, height = 22, left = 4, total = left + chart.length * width + 4;
    const days = (runs) => runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    const spoken = (runs) => runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
    const strips = chart.lanes.map(({ drug, words, runs, note }) => {
      const given = new Set(days(runs));
      const boxes = Array.from({ length: chart.length }, (_, i) => draw("rect", {
        x: left + i * width, y: 2, width: width - 2, height: height - 6, class: given.has(i + 1) ? "day given" : "day",
      }));
      const label = `${drug} ${words}: ${[runs.length ? `days ${spoken(runs)} of ${chart.length}` : "", note].filter(Boolean).join(", ")}`;
      const strip = draw("svg", { viewBox: `0 0 ${total} ${height}`, width: total, height, role: "img", "aria-label": label }, ...boxes);
      return make("tr", {}, make("th", { scope: "row" }, make("b", {}, drug), " ", words), make("td", {}, strip, note ? make("span", { class: "note" }, note) : null));
    });
    const ticks = [];
    for (let day = 1; day <= chart.length; day += chart.length >= 14 ? 7 : 1)
      ticks.push(draw("text", { x: left + (day - 1) * width + (width - 2) / 2, y: 11 }, String(day)));
    const axis = draw("svg", { viewBox: `0 0 ${total} 14`, width: total, height: 14, "aria-hidden": "true", class: "axis" }, ...ticks);
    const head = make("tr", {}, chart.arms ? make("th", { scope: "row" }, make("i", {}, chart.arms)) : make("td"), make("td", {}, axis));
    return make("table", { class: "calendar", "aria-label": `Days of the cycle${chart.arms ? ", " + chart.arms : ""}` }, head, ...strips);
  }

  /* estimates with their intervals; nothing is pooled */
  function forest(rows, ratio) {
    const values = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v) => v != null && (!ratio || v > 0));
    const at = (v) => (ratio ? Math.log(v) : v);
    let low = Math.min(at(ratio ? 1 : 0), ...values.map(at)), high = Math.max(at(ratio ? 1 : 0), ...values.map(at));
    const room = (high - low || 1) * 0.06;
    low -= room; high += room;
    const width = 340, x = (v) => ((at(v) - low) / (high - low)) * width;
    const zero = x(ratio ? 1 : 0);
    return {
      scale: `${ratio ? "logarithmic scale, line at 1" : "line at 0"}; hollow: no interval stated`,
      strip(r) {
        const told = r.low == null ? `${round(r.value)}, no interval stated` : `${round(r.value)}, ${round(r.low)} to ${round(r.high)}`;
        const marks = [draw("line", { x1: zero, x2: zero, y1: 0, y2: 24, class: "zero" })];
        if (r.low != null && (!ratio || r.low > 0)) marks.push(draw("line", { x1: x(r.low), x2: x(r.high), y1: 12, y2: 12, class: "interval" }));
        if (!ratio || r.value > 0) marks.push(draw("rect", { x: x(r.value) - 4, y: 8, width: 8, height: 8, class: r.low == null ? "point hollow" : "point" }));
        return draw("svg", { viewBox: `0 0 ${width} 24`, width, height: 24, role: "img", "aria-label": told, class: "forest" }, ...marks);
      },
    };
  }
  /* the doses of one drug in one unit: points, and bars for ranges, on an axis that all drugs of the unit share */
  function doses(rows, most) {
    const width = 340, x = (v) => 4 + (v / most) * (width - 8);
    const bars = rows.filter((r) => r.range).map((r) => draw("rect", { x: x(r.values[0]), y: 8, width: Math.max(x(r.values[1]) - x(r.values[0]), 1), height: 8, class: "span" }));
    const points = rows.flatMap((r) => r.values).map((v) => draw("circle", { cx: x(v), cy: 12, r: 3.5, class: "dot" }));
    const told = [...new Set(rows.map((r) => r.values.map(round).join(r.range ? " to " : ", ")))].join("; ");
    return draw("svg", { viewBox: `0 0 ${width} 24`, width, height: 24, role: "img", "aria-label": `${told} ${rows[0].unit}`, class: "doses" },
      draw("line", { x1: 4, x2: width - 4, y1: 12, y2: 12, class: "zero" }), ...bars, ...points);
  }
  return { calendar, forest, doses };
})();
