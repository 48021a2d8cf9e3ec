// Tables of thousands of rows: searched, filtered, sorted and paged here, twenty-five rows in the page at a time.
"use strict";

const PAGE = 25;
const COLLATOR = new Intl.Collator("en", { numeric: true });

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function text(value, { digits = 0 } = {}) {
  if (value === null) return "–";
  if (Array.isArray(value)) return value[0];
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? value.toFixed(digits) : value;
}

function link(href, label) {
  return element("a", { href, ...(href.startsWith("http") ? { rel: "noopener" } : {}) }, label);
}

function behindAddress(column, cells, columns) {
  const query = new URLSearchParams({ figure: column.figure, ...(column.kind === "counted" ? { of: column.name } : {}) });
  for (const i of column.keys) query.set(columns[i].name, cells[i]);
  return `../data/ledger.html?${query}`;
}

function content(value, column, cells, { columns, nights }) {
  const shown = text(value, column);
  if (value === null) return shown;
  if (column.kind === "night" && value >= nights[0] && value <= nights[1]) return link(`../nights/${value}.html`, shown);
  if (column.kind === "regime") return link(`../data/regimes.html#regime-${value.toLowerCase()}`, shown);
  if (column.kind === "post") return link(value[1], shown);
  if (column.kind === "link" && /^https?:/.test(value)) return link(value, new URL(value).hostname.replace(/^www\./, ""));
  if (column.kind === "behind" && !value) return "none";
  return ["behind", "counted"].includes(column.kind) && value ? link(behindAddress(column, cells, columns), shown) : shown;
}

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(text(a), text(b));
}

// What the address says of the view; whatever does not fit the table is left out.
function readState({ columns }, query) {
  const known = new Map(columns.map((column) => [column.name, column]));
  const sort = query.get("sort") ?? "";
  const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "");
  return {
    q: query.get("q") ?? "",
    sort: known.has(sort.replace(/^-/, "")) ? sort : "",
    page: Math.max(1, parseInt(query.get("page"), 10) || 1),
    from: isDay(query.get("from")) ? query.get("from") : "",
    to: isDay(query.get("to")) ? query.get("to") : "",
    filters: Object.fromEntries(columns.filter((c) => c.filter).map((c) => [c.name, query.get(c.name) ?? ""])),
    figure: query.get("figure") ?? "",
  };
}

function writeState(state, behind) {
  const query = new URLSearchParams(behind);
  const { filters, figure, page, ...rest } = state;
  for (const [name, value] of Object.entries({ ...rest, ...(figure ? {} : filters), page: page > 1 ? page : "" })) if (value) query.set(name, value);
  return query.toString() ? `?${query}` : location.pathname.split("/").pop();
}

function csv(columns, rows) {
  const field = (value) => {
    const raw = value === null ? "" : String(Array.isArray(value) ? value[1] : value);
    return /[",\n]/.test(raw) ? `"${raw.replaceAll('"', '""')}"` : raw;
  };
  return [columns.map((c) => c.name), ...rows].map((cells) => `${cells.map(field).join(",")}\n`).join("");
}

// "0-3,7" as a set of numbers.
function numbers(runs) {
  const found = new Set();
  for (const run of runs ? runs.split(",") : []) {
    const [first, last = first] = run.split("-").map(Number);
    for (let i = first; i <= last; i += 1) found.add(i);
  }
  return found;
}

// The rows of the ledger behind one row of a figure, which the address names by figure and keys.
async function rowsBehind(id, query, count) {
  if (!window.behind?.[id]) {
    await new Promise((resolve) => { document.head.append(Object.assign(element("script", { src: `../figures/rows/${id}.js` }), { onload: resolve, onerror: resolve })); });
  }
  const { keys, fed, rows } = window.behind[id];
  const values = keys.map((key) => query.get(key) ?? "");
  const places = [...numbers(fed)];
  const of = query.get("of") in rows ? query.get("of") : "";
  const mine = new Set([...numbers(rows[of][values.join("|")])].map((i) => count - 1 - places[i])); // the table shows the newest first
  return { rows: mine, where: [...(of ? [of.replaceAll("_", " ")] : []), ...keys.map((key, i) => `${key.replaceAll("_", " ")} ${values[i]}`)].join(", "), id,
    query: Object.fromEntries([["figure", id], ...(of ? [["of", of]] : []), ...keys.map((key, i) => [key, values[i]])]) };
}

function totals(shown, columns, index) {
  const sum = (rows, i) => rows.reduce((all, { cells }) => all + (cells[i] ?? 0), 0);
  const regime = index.regime_id;
  const isOne = (rows) => new Set(rows.map(({ cells }) => cells[regime])).size === 1 && rows.every(({ cells }) => cells[index.lost_state] !== "merged");
  const line = (label, rows) => [label, ...columns.filter((c) => !c.more).slice(1).map((column) => {
    const i = index[column.name];
    if (column.kind !== "number") return "";
    const isSure = column.name === "launched_count" || isOne(rows);
    return isSure && rows.every(({ cells }) => cells[i] !== null || column.name === "launched_count") ? sum(rows, i) : "–";
  })];
  const levels = ["national", "regional"].map((level) => [level, shown.filter(({ cells }) => cells[index.level] === level)]);
  const parts = levels.every(([, rows]) => rows.length) ? levels.map(([level, rows]) => line(`of them ${level}`, rows)) : [];
  return [line(`Sum of ${shown.length.toLocaleString("en")} rows`, shown), ...parts];
}

function dataTable(holder) {
  const data = window.bookTables?.[holder.dataset.table] ?? JSON.parse(holder.querySelector("script").textContent);
  const { caption, columns, rows } = data;
  const index = Object.fromEntries(columns.map((column, i) => [column.name, i]));
  const dates = columns.findIndex((column) => column.kind === "night");
  const found = rows.map((cells, place) => ({ cells, place, words: cells.map((value, i) => text(value, columns[i])).join(" ").toLowerCase() }));
  const main = columns.map((column, i) => ({ column, i })).filter(({ column }) => !column.more);
  const more = columns.map((column, i) => ({ column, i })).filter(({ column }) => column.more);
  let state;
  let behind = null;
  let ordered = found;
  let shown = found;

  const body = element("tbody");
  const foot = element("tfoot");
  const status = element("p", { class: "status", role: "status" });
  const search = element("input", { type: "search", "aria-label": `Search: ${caption}`, placeholder: "4 July 2025, Kh-101, …" });
  const from = element("input", { type: "date", "aria-label": "From" });
  const to = element("input", { type: "date", "aria-label": "To" });
  const selects = Object.fromEntries(columns.filter((c) => c.filter).map((column) => {
    const values = [...new Set(rows.map((cells) => cells[index[column.name]]))].filter((v) => v !== null).sort(COLLATOR.compare);
    const select = element("select", { "aria-label": column.title }, element("option", { value: "" }, `${column.title}: all`),
      ...values.map((value) => element("option", { value }, value)));
    return [column.name, select];
  }));
  const heads = main.map(({ column }) => {
    const button = element("button", { type: "button" }, column.title);
    button.addEventListener("click", () => change({ sort: state.sort === column.name ? `-${column.name}` : column.name }));
    return element("th", { scope: "col", class: ["number", "counted"].includes(column.kind) ? "number" : null },
      button, ...(column.unit ? [element("small", {}, column.unit)] : []));
  });
  const [previous, next, download] = ["Previous", "Next", "Download these rows"].map((label) => element("button", { type: "button" }, label));
  const clear = element("button", { type: "button" }, "Show every row");
  const notice = element("p", { class: "notice", hidden: "" });

  function sort() {
    const i = index[state.sort.replace(/^-/, "")];
    const sign = state.sort.startsWith("-") ? -1 : 1;
    ordered = i === undefined ? found : [...found].sort(({ cells: a }, { cells: b }) =>
      (a[i] === null) - (b[i] === null) || (a[i] === null ? 0 : sign * compare(a[i], b[i])));
    heads.forEach((head, at) => {
      if (main[at].i === i) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
  }

  function select() {
    const words = plainQuery(state.q).split(/\s+/).filter(Boolean);
    const chosen = Object.entries(behind ? {} : state.filters).filter(([, value]) => value);
    shown = ordered.filter(({ cells, place, words: own }) => (!behind || behind.rows.has(place))
      && (!state.from || cells[dates] >= state.from) && (!state.to || cells[dates] <= state.to)
      && chosen.every(([name, value]) => String(cells[index[name]]) === value) && words.every((word) => own.includes(word)));
  }

  function opener(cells, row) {
    const button = element("button", { type: "button", "aria-expanded": "false" }, "More");
    let details = null;
    button.addEventListener("click", () => {
      if (details) details.remove();
      else {
        row.after(details = element("tr", { class: "more" }, element("td", { colspan: main.length + 1 }, element("dl", { class: "pairs" },
          ...more.flatMap(({ column, i }) => [element("dt", {}, column.title), element("dd", {}, content(cells[i], column, cells, data))])))));
        button.setAttribute("aria-expanded", "true");
        return;
      }
      details = null;
      button.setAttribute("aria-expanded", "false");
    });
    return element("td", {}, button);
  }

  function row({ cells }) {
    const made = element("tr", {}, ...main.map(({ column, i }) => element("td", { "data-label": column.title,
      class: ["number", "counted", "behind"].includes(column.kind) ? "number" : text(cells[i]).length > 24 ? "long" : null }, content(cells[i], column, cells, data))));
    if (more.length) made.append(opener(cells, made));
    return made;
  }

  function show() {
    select();
    state.page = Math.min(state.page, Math.max(1, Math.ceil(shown.length / PAGE)));
    const first = (state.page - 1) * PAGE;
    const part = shown.slice(first, first + PAGE);
    body.replaceChildren(...part.map(row));
    if ("launched_count" in index && "level" in index) {
      foot.replaceChildren(...totals(shown, columns, index).map((line) => element("tr", {}, element("th", { scope: "row" }, line[0]),
        ...line.slice(1).map((value, i) => element("td", { class: "number", "data-label": value === "" ? null : main[i + 1].column.title }, String(value))), element("td"))));
    }
    const span = part.length ? `${first + 1} to ${first + part.length} of ` : "";
    const all = shown.length < rows.length ? ` (${rows.length.toLocaleString("en")} in all)` : "";
    status.textContent = `${span}${shown.length.toLocaleString("en")} rows${all}`;
    previous.disabled = state.page === 1;
    next.disabled = first + PAGE >= shown.length;
  }

  function change(changed, isStep = true) {
    const old = state.sort;
    state = { ...state, page: 1, ...changed };
    if (state.sort !== old) sort();
    show();
    history[isStep ? "pushState" : "replaceState"](null, "", writeState(state, behind?.query));
  }

  async function open() {
    const query = new URLSearchParams(location.search);
    state = readState(data, query);
    behind = data.figures?.includes(state.figure) ? await rowsBehind(state.figure, query, rows.length) : null;
    state.figure = behind?.id ?? "";
    notice.hidden = !behind;
    notice.replaceChildren(...(behind ? ["The reports behind ", link(`../figures/${behind.id}.html`, behind.id), ` (${behind.where}). `,
      behind.rows.size ? "" : "There is none: missing, not zero. ", clear] : []));
    [search.value, from.value, to.value] = [state.q, state.from, state.to];
    for (const [name, choice] of Object.entries(selects)) {
      choice.value = behind ? "" : state.filters[name];
      if (choice.selectedIndex < 0) choice.value = state.filters[name] = "";
      choice.disabled = Boolean(behind);
    }
    sort();
    show();
  }

  search.addEventListener("input", () => change({ q: search.value }, false));
  from.addEventListener("change", () => change({ from: from.value }));
  to.addEventListener("change", () => change({ to: to.value }));
  for (const [name, choice] of Object.entries(selects)) choice.addEventListener("change", () => change({ filters: { ...state.filters, [name]: choice.value } }));
  previous.addEventListener("click", () => change({ page: state.page - 1 }));
  next.addEventListener("click", () => change({ page: state.page + 1 }));
  clear.addEventListener("click", () => { history.pushState(null, "", location.pathname.split("/").pop()); open(); });
  download.addEventListener("click", () => {
    const href = URL.createObjectURL(new Blob([csv(columns, shown.map(({ cells }) => cells))], { type: "text/csv" }));
    element("a", { href, download: `${holder.dataset.table || "rows"}-selected.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  });
  window.addEventListener("popstate", open);
  const table = element("table", { class: "table" }, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads, ...(more.length ? [element("th", { scope: "col" }, "Details")] : []))), body, foot);
  const period = dates < 0 ? [] : [element("label", {}, "From ", from), element("label", {}, "to ", to)];
  holder.append(notice, element("div", { class: "controls" }, search, ...Object.values(selects), ...period),
    element("div", { class: "controls" }, status, download, previous, next),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table));
  open();
}

document.querySelectorAll(".data-table").forEach(dataTable);
