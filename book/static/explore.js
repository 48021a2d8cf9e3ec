// The Explore page: one view at a time of what the library has computed, named by the address.
"use strict";

const { views, measures, weapons, splits, edges } = window.exploreData;
// How Plot names the periods; its own weeks begin on Sundays.
const INTERVALS = { week: "monday", month: "month", quarter: "3 months", year: "year" };
const PERIODS = Object.fromEntries(Object.keys(INTERVALS).map((by) => [by, `by ${by}`]));
const form = element("form", { class: "controls" }, select("weapon", "Weapon", Object.entries(weapons)),
  select("measure", "Measure", Object.entries(measures)), select("period", "Period", Object.entries(PERIODS)),
  select("split", "Split", Object.entries(splits)));
const stage = element("div", { class: "stage" });
form.elements.period.querySelector("[value=month]").defaultSelected = true;

function shown(value, isShare) {
  if (value === null) return "–";
  return isShare ? `${(100 * value).toFixed(1)}%` : value.toLocaleString("en");
}

function ends({ low, high }) {
  return low === null ? "–" : `${shown(low, true)} to ${shown(high, true)}`;
}

// The rows of a view, each with what the reader is told of it.
function pointsOf(rows, { measure, period }) {
  const interval = Plot.utcInterval(INTERVALS[period]);
  return rows.map(([day, name, part, value, low, high, reason, days]) => {
    const date = new Date(day);
    const point = { date, part, value, low, high, reason, days, middle: new Date((+date + +interval.offset(date)) / 2) };
    point.name = days ? `${name} (part: ${days})` : name;
    point.shown = shown(value, measure.endsWith("_share"));
    point.told = [part, `${name}: ${point.shown}`, days && `part: ${days}`, low !== null && `95% interval ${ends(point)}`]
      .filter(Boolean).join("\n");
    return point;
  });
}

// Bars by Plot's own intervals, stacked where a view has parts; lines that break where a value is not given.
function draw(points, { weapon, measure, period, split }, width) {
  const isShare = measure.endsWith("_share");
  const isFaceted = ["family", "area"].includes(split);
  const parts = [...new Set(points.map(({ part }) => part))].sort();
  const colours = split === "class" ? parts.map((_, i) => `var(--part-${i + 1})`) : parts.map(() => `var(--${weapon})`);
  const literal = (value) => ({ value, scale: null });
  const facet = isFaceted ? { fy: "part" } : {};
  const common = { ...facet, x: "date", y: "value", interval: INTERVALS[period] };
  const given = points.filter(({ value }) => value !== null);
  const bars = [
    Plot.rectY(given, { ...common, fill: "part", insetRight: 0.5, title: "told", tip: true }),
    Plot.rectY(given, { ...common, fill: literal(({ days }) => (days ? "url(#hatch)" : "transparent")), z: "part" }),
  ];
  const hollow = ({ part, days }) => (days ? "var(--color-background-primary)" : colours[parts.indexOf(part)]);
  const lines = [
    Plot.ruleX(given, { x: "middle", y1: "low", y2: "high", stroke: "part", strokeOpacity: 0.5 }),
    Plot.lineY(points, { ...common, z: "part", stroke: "part" }),
    Plot.dotY(given, { x: "middle", y: "value", r: 3.2, stroke: "part", fill: literal(hollow), symbol: split === "class" ? "part" : "circle",
      title: "told", tip: "x" }),
  ];
  const label = { x: ([day]) => new Date(day), text: ([, name]) => name, frameAnchor: "top", lineAnchor: "bottom",
    ...(isFaceted ? { fy: () => parts[0] } : {}) };
  return Plot.plot({
    width, height: isFaceted ? 60 + 90 * parts.length : 420, marginTop: 34, marginLeft: 55, marginRight: isFaceted ? 130 : 20,
    ariaLabel: measures[measure], style: { color: "var(--color-foreground-primary)", fontSize: "12px" },
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

// Why some of the view is not there, once for each reason, with its span.
function refusals(points) {
  const groups = Map.groupBy(points.filter(({ value, reason }) => value === null && reason), ({ reason }) => reason);
  return [...groups].map(([reason, own]) =>
    element("p", { class: "notice" }, `Not drawn, ${own[0].name} to ${own.at(-1).name}: ${reason}.`));
}

function table(points, { measure }) {
  const columns = [["Period", ({ name }) => name], [measures[measure], (point) => point.shown]];
  if (points.some(({ part }) => part)) columns.splice(1, 0, ["Part", ({ part }) => part]);
  if (points.some(({ low }) => low !== null)) columns.push(["95% interval", ends]);
  const heads = columns.map(([name]) => element("th", { scope: "col" }, name));
  const cells = (point) => columns.map(([name, text]) => element("td", { "data-label": name }, text(point)));
  const body = points.map((point) => element("tr", {}, ...cells(point)));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Values" }, element("table",
    { class: "table" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body)));
}

function show() {
  restore(form, new URLSearchParams(location.search));
  const state = Object.fromEntries(new FormData(form));
  const { rows, refusal } = views[Object.values(state).join("|")] ?? {};
  if (!rows) {
    const why = `Not split that way: ${splits[state.split].toLowerCase()} is for other measures.`;
    stage.replaceChildren(element("p", { class: "notice", role: "status" }, refusal ?? why));
    return;
  }
  const points = pointsOf(rows, state);
  const picture = element("div", { class: "plot" });
  const download = element("button", { type: "button" }, "Download what is shown");
  const head = ["day", "period", "part", state.measure, "low", "high", "reason", "days"];
  download.addEventListener("click", () => save(`${Object.values(state).join("-")}.csv`, [head, ...rows]));
  stage.replaceChildren(element("h2", {}, `${weapons[state.weapon]}: ${measures[state.measure]}, by ${state.period}`),
    ...refusals(points), picture, element("p", {}, download), table(points, state));
  picture.append(draw(points, state, Math.max(300, picture.clientWidth)));
  picture.querySelectorAll("g[aria-label]").forEach((mark) => mark.setAttribute("role", "group")); // a name needs a role
}

form.addEventListener("change", () => {
  history.pushState(null, "", `?${new URLSearchParams(new FormData(form))}`);
  show();
});
window.addEventListener("popstate", show);
document.querySelector("#explore").append(form, stage);
show();
