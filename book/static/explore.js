// The Explore page: one view at a time of what the library has computed, named by the address.
"use strict";

const { views, edges } = window.exploreData;
const INTERVALS = { week: "monday", month: "month", quarter: "3 months", year: "year" }; // as Plot names them
const HEADS = ["Period", "Part", "Value", "night-to-night interval, nominal 95%"];
const form = document.querySelector("#explore form");
const [heading, reasons, plot, download, body] = ["h2", ".notices", ".plot", "button", "tbody"]
  .map((part) => document.querySelector(`.stage ${part}`));

function named(choice) {
  return form.elements[choice].selectedOptions[0].text;
}

// The rows of a view, each with what the reader is told of it.
function pointsOf(rows, { measure, period }) {
  const interval = Plot.utcInterval(INTERVALS[period]);
  const told = (value) => text(value, { kind: measure.endsWith("_share") ? "share" : "number" });
  return rows.map(([day, name, part, value, low, high, days]) => {
    const date = new Date(day);
    const middle = new Date((+date + +interval.offset(date)) / 2);
    const ends = low === null ? "" : `${told(low)} to ${told(high)}`;
    const cells = [days ? `${name} (part: ${days})` : name, part, told(value), ends];
    const tip = [part, `${name}: ${told(value)}`, days && `part: ${days}`, ends && `night-to-night interval, nominal 95%: ${ends}`];
    return { date, middle, part, value, low, high, days, cells, told: tip.filter(Boolean).join("\n") };
  });
}

// Bars by Plot's own intervals, stacked where a view has parts; lines that break where a value is not given.
function draw(points, { weapon, measure, period, split }, width) {
  const isShare = measure.endsWith("_share");
  const isFaceted = ["family", "area"].includes(split);
  const parts = [...new Set(points.map(({ part }) => part))].sort();
  const colours = split === "class" ? parts.map((_, i) => `var(--part-${i + 1})`) : parts.map(() => `var(--${weapon})`);
  const literal = (value) => ({ value, scale: null });
  const common = { x: "date", y: "value", fy: isFaceted ? "part" : undefined, interval: INTERVALS[period] };
  const given = points.filter(({ value }) => value !== null);
  const bars = [
    Plot.rectY(given, { ...common, fill: "part", insetRight: 0.5, title: "told", tip: true }),
    Plot.rectY(given, { ...common, fill: literal(({ days }) => (days ? "url(#hatch)" : "transparent")), z: "part" }),
  ];
  const hollow = ({ part, days }) => (days ? "var(--color-background-primary)" : colours[parts.indexOf(part)]);
  const lines = [
    Plot.ruleX(given, { x: "middle", y1: "low", y2: "high", stroke: "part", strokeOpacity: 0.5 }),
    Plot.lineY(points, { ...common, z: "part", stroke: "part" }),
    Plot.dotY(given, { x: "middle", y: "value", r: 3.2, stroke: "part", fill: literal(hollow), title: "told", tip: "x",
      symbol: split === "class" ? "part" : "circle" }),
  ];
  const label = { x: ([day]) => new Date(day), text: ([, name]) => name, frameAnchor: "top", lineAnchor: "bottom",
    ...(isFaceted ? { fy: () => parts[0] } : {}) };
  return Plot.plot({
    width, height: isFaceted ? 60 + 90 * parts.length : 420,
    marginTop: 34, marginLeft: 55, marginRight: isFaceted ? 130 : 20,
    ariaLabel: named("measure"), style: { color: "var(--color-foreground-primary)", fontSize: "12px" },
    color: { domain: parts, range: colours, legend: split === "class" },
    symbol: { domain: parts, range: ["circle", "square", "triangle", "diamond2"] },
    x: { type: "utc", label: null }, fy: { label: null, padding: 0.2 },
    y: { grid: true, label: null, ticks: isFaceted ? 2 : 6, tickFormat: isShare ? "%" : ",d", zero: true, nice: !isShare,
      ...(isShare ? { domain: [0, 1] } : {}) },
    marks: [
      ...(isFaceted || !isShare ? bars : lines),
      Plot.ruleX(edges, { x: ([day]) => new Date(day), stroke: "currentColor", strokeDasharray: "4 3",
        strokeOpacity: ([, , kind]) => (kind === "regime" ? 0.9 : 0.4) }),
      Plot.text(edges.filter(([, , kind]) => kind === "regime"), { ...label, dy: -16, fontWeight: "bold" }),
      Plot.text(edges.filter(([, , kind]) => kind !== "regime"), { ...label, dy: -3 }),
      Plot.ruleY([0]),
    ],
  });
}

function show() {
  restore(form, new URLSearchParams(location.search));
  const state = Object.fromEntries(new FormData(form));
  const other = `Not split that way: ${named("split").toLowerCase()} is for other measures.`;
  const view = views[Object.values(state).join("|")];
  const { rows = [], refusal = other, notices = [refusal] } = views[view] ?? view ?? {};
  const points = pointsOf(rows, state);
  const row = ({ cells }) => element("tr", {}, ...cells.map((cell, i) => element("td", { "data-label": HEADS[i] }, cell)));
  heading.textContent = `${named("weapon")}: ${named("measure")}, ${named("period")}`;
  reasons.replaceChildren(...notices.map((notice) => element("p", { class: "notice" }, notice)));
  body.replaceChildren(...points.map(row));
  plot.replaceChildren(...(rows.length ? [draw(points, state, Math.max(300, plot.clientWidth))] : []));
  plot.querySelectorAll("g[aria-label]").forEach((mark) => mark.setAttribute("role", "group")); // a name needs a role
  download.onclick = () => save(`${Object.values(state).join("-")}.csv`,
    [["day", "period", "part", state.measure, "low", "high", "days"], ...rows]);
}

form.addEventListener("change", () => {
  history.pushState(null, "", `?${new URLSearchParams(new FormData(form))}`);
  show();
});
window.addEventListener("popstate", show);
show();
