// The Explore page: one view at a time of what the library has computed, named by the address.
"use strict";

const { views, measures, periods, weapons, splits, edges } = window.exploreData;
const CHOICES = { weapon: weapons, measure: measures, period: Object.fromEntries(periods.map((by) => [by, `By ${by}`])), split: splits };
const START = { weapon: "drones", measure: "launched_count", period: "month", split: "none" };
// As in the figures: drones and what was neutralised of them blue, lost sky, not neutralised ink, missiles vermillion.
const COLOURS = { drones: ["#0173b2"], missiles: ["#d55e00", "#7a3500", "#f0b48a", "#949494"],
  lost_share: ["#6db9e8"], residual_share: ["#222222"] };
const FACETED = ["family", "area"];
const DAYS = { week: 7, month: 28, quarter: 90, year: 365 };

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function readState() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(Object.entries(CHOICES).map(([name, known]) => [name, Object.hasOwn(known, query.get(name)) ? query.get(name) : START[name]]));
}

function periodName(day, by) {
  if (by === "year") return day.slice(0, 4);
  if (by === "quarter") return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  return by === "month" ? day.slice(0, 7) : `week from ${day}`;
}

function shown(value, isShare) {
  if (value === null) return "–";
  return isShare ? `${(100 * value).toFixed(1)}%` : value.toLocaleString("en");
}

function interval(low, high) {
  return low === null ? "–" : `${shown(low, true)} to ${shown(high, true)}`;
}

function colours({ weapon, measure, split }) {
  return split === "class" ? COLOURS[weapon] : [(COLOURS[measure] ?? COLOURS[weapon])[0]];
}

// Each part a line or bars of its own; a value that is not given is a gap.
function draw(rows, state, width) {
  const { measure, period, split } = state;
  const isShare = measure.endsWith("_share");
  const points = rows.map(([day, part, value, low, high]) => ({ date: new Date(day), part, value: value ?? NaN, low, high, name: periodName(day, period) }));
  const parts = [...new Set(points.map(({ part }) => part))];
  const isFaceted = FACETED.includes(split);
  const common = { x: "date", y: "value", ...(isFaceted ? { fy: "part" } : {}) };
  const own = colours(state);
  const colour = (point) => own[isFaceted ? 0 : parts.indexOf(point.part) % own.length];
  const title = (point) => `${point.part ? `${point.part}, ` : ""}${point.name}: ${shown(point.value, isShare)}${point.low === null ? "" : `, 95% confidence interval ${interval(point.low, point.high)}`}`;
  const bars = isFaceted || (!isShare && parts.length === 1);
  const edgeLabel = { x: ([day]) => new Date(day), text: ([, label]) => label, frameAnchor: "top", lineAnchor: "bottom", dy: -3, fontSize: 10,
    ...(isFaceted ? { fy: () => [...parts].sort()[0] } : {}) };
  return Plot.plot({
    width, height: isFaceted ? 60 + 90 * parts.length : 420, marginTop: 30, marginLeft: 55, marginRight: isFaceted ? 120 : 20,
    style: { background: "transparent", color: "#222", fontSize: "12px" },
    ariaLabel: measures[measure], x: { type: "utc", label: null }, fy: { label: null, padding: 0.2 },
    y: { grid: true, label: null, ...(isFaceted ? { ticks: 2 } : {}), tickFormat: isShare ? "%" : ",d", ...(isShare ? { domain: [0, 1] } : { nice: true, zero: true }) },
    marks: [
      ...(bars ? [Plot.rectY(points, { ...common, x1: "date", x2: (d) => new Date(+d.date + DAYS[period] * 86400000), x: undefined, fill: colour, insetRight: 0.5 })]
        : [Plot.ruleX(points.filter(({ low }) => low !== null), { x: "date", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.5, strokeWidth: period === "week" ? 1 : 2 }),
          Plot.line(points, { ...common, z: "part", stroke: (d) => colour(d) }), Plot.dot(points, { ...common, r: 2.5, fill: colour, symbol: "part" })]),
      Plot.ruleX(edges, { x: ([day]) => new Date(day), stroke: "currentColor", strokeDasharray: "4 3", strokeOpacity: ([, , kind]) => (kind === "regime" ? 0.9 : 0.4) }),
      ...["B", "C", "D"].map((regime) => Plot.text(edges.filter(([, label]) => label === regime),
        { ...edgeLabel, dy: -14, fontWeight: "bold", textAnchor: regime === "B" ? "end" : "start" })), // B and C lie close together
      Plot.text(edges.filter(([, , kind]) => kind !== "regime"), edgeLabel),
      Plot.ruleY([0]),
      Plot.tip(points, Plot.pointer({ ...common, title })),
    ],
  });
}

// A text with its codes of rules as links.
function linked(text) {
  return text.split(/\b(R\d+)\b/).map((part, i) => (i % 2 ? element("a", { href: `data/datasheet.html#${part.toLowerCase()}` }, part) : part));
}

// Why some of the view is not there, once for each reason, with its span.
function refusals(rows, period) {
  const spans = new Map();
  for (const [day, , value, , , reason] of rows) if (value === null && reason) spans.set(reason, [spans.get(reason)?.[0] ?? day, day]);
  return [...spans].map(([reason, [first, last]]) => element("p", { class: "notice" }, ...linked(`Not drawn, ${periodName(first, period)} to ${periodName(last, period)}: ${reason}.`)));
}

function table(rows, { measure, period }) {
  const names = ["Period", ...(rows.some(([, part]) => part) ? ["Part"] : [])];
  const numbers = [measures[measure], ...(rows.some(([, , , low]) => low !== null) ? ["95% confidence interval"] : [])];
  const head = [...names, ...numbers];
  const body = rows.map(([day, part, value, low, high]) => {
    const texts = [periodName(day, period), part].slice(0, names.length).concat([shown(value, measure.endsWith("_share")), interval(low, high)].slice(0, numbers.length));
    return element("tr", {}, ...texts.map((text, i) => element("td", { class: i < names.length ? "" : "number", "data-label": head[i] }, text)));
  });
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Values" }, element("table", { class: "table" },
    element("thead", {}, element("tr", {}, ...head.map((h, i) => element("th", { scope: "col", class: i < names.length ? "" : "number" }, h)))), element("tbody", {}, ...body)));
}

function legend(rows, state) {
  const own = colours(state);
  const parts = state.split !== "class" ? [] : [...new Set(rows.map(([, part]) => part))].filter(Boolean);
  return element("p", { class: "parts" }, ...parts.map((part, i) => element("span", {}, element("i", { style: `background:${own[i % own.length]}` }), part)));
}

const holder = document.querySelector("#explore");
const selects = Object.fromEntries(Object.entries(CHOICES).map(([name, known]) => [name, element("select", { "aria-label": name[0].toUpperCase() + name.slice(1) },
  ...Object.entries(known).map(([value, label]) => element("option", { value }, label)))]));
const download = element("button", { type: "button" }, "Download what is shown");
const stage = element("div", { class: "stage" });
let current = [];

function show() {
  const state = readState();
  for (const [name, select] of Object.entries(selects)) select.value = state[name];
  const view = views[`${state.weapon}|${state.measure}|${state.period}|${state.split}`];
  current = view?.rows ?? [];
  download.disabled = !view?.rows;
  if (!view?.rows) {
    const why = view?.refusal ?? `“${measures[state.measure]}” of ${weapons[state.weapon].toLowerCase()} is not split that way: ${splits[state.split].toLowerCase()} is for other measures.`;
    return stage.replaceChildren(element("p", { class: "notice", role: "status" }, ...linked(why)));
  }
  const picture = element("div", { class: "frame plot" });
  const heading = element("h2", {}, `${weapons[state.weapon]}: ${measures[state.measure]}, by ${state.period}`);
  stage.replaceChildren(heading, ...refusals(view.rows, state.period), picture, legend(view.rows, state), element("p", {}, download), table(view.rows, state));
  picture.append(draw(view.rows, state, Math.max(300, picture.clientWidth - 16)));
  picture.querySelectorAll("g[aria-label]").forEach((mark) => mark.setAttribute("role", "group")); // a name needs a role
}

for (const [name, select] of Object.entries(selects)) {
  select.addEventListener("change", () => { history.pushState(null, "", `?${new URLSearchParams({ ...readState(), [name]: select.value })}`); show(); });
}
download.addEventListener("click", () => {
  const state = readState();
  const field = (value) => (/[",]/.test(value ?? "") ? `"${value.replaceAll('"', '""')}"` : value ?? "");
  const text = [["period", "part", state.measure, "low", "high", "reason"], ...current].map((cells) => `${cells.map(field).join(",")}\n`).join("");
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href, download: `${Object.values(state).join("-")}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
});
window.addEventListener("popstate", show);
holder.append(element("div", { class: "controls" }, ...Object.values(selects)), stage);
show();
