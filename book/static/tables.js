// Tables of thousands of rows: searched, filtered, sorted and paged here, twenty-five rows in the page at a time.
// What the reader has chosen stands in one form and in the address, by the same names.
"use strict";

const PAGE = 25;
const COLLATOR = new Intl.Collator("en", { numeric: true });
const NUMBERS = ["number", "share", "behind"];

function address(value, { kind }) {
  if (Array.isArray(value)) return value[1];
  if (value === null) return null;
  if (kind === "id") return `../data/wrong.html?at=${value}`;
  if (kind === "night") return `../nights/${value}.html`;
  if (kind === "date") return `../nights/${value.slice(0, 7)}.html#d-${value}`;
  return kind === "regime" ? `../data/regimes.html#regime-${value.toLowerCase()}` : null;
}

function content(value, column) {
  const href = address(value, column);
  return href ? element("a", { href }, text(value, column)) : text(value, column);
}

function compare(a, b) {
  const [one, other] = [a, b].map((value) => (Array.isArray(value) ? value[0] : value));
  return typeof one === "number" ? one - other : COLLATOR.compare(text(one), text(other));
}

// The rows of the ledger behind a figure, or behind the one row of it whose keys the address names.
async function rowsBehind(id, query) {
  await new Promise((resolve) => {
    const script = element("script", { src: `../figures/rows/${id}.js` });
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });
  const { keys, rows } = window.behind[id];
  const asked = keys.filter((key) => query.has(key));
  const own = rows.filter((cells) => asked.every((key) => cells[keys.indexOf(key)] === query.get(key)));
  const where = asked.map((key) => `${key} ${query.get(key)}`.replaceAll("_", " ")).join(", ");
  const named = [["figure", id], ...asked.map((key) => [key, query.get(key)])];
  return { id, where: where || "all of it", named, places: new Set(own.flatMap((cells) => cells.at(-1))) };
}

// What the shown reports launched, by series and level: two levels may count the same twice.
function totals(shown, index) {
  const groups = Map.groupBy(shown, ({ cells }) => `${cells[index.series] ?? "other"}, ${cells[index.level]}`);
  return [...groups].sort().map(([name, rows]) => {
    const launched = rows.reduce((sum, { cells }) => sum + (cells[index.launched_count] ?? 0), 0);
    return element("li", {}, `${name}: `, element("b", {}, text(launched)), ` launched in ${text(rows.length)} report${rows.length > 1 ? "s" : ""}`);
  });
}

function dataTable(holder) {
  const { columns, rows: packed, newest, figures } = window.bookTables?.[holder.dataset.table]
    ?? JSON.parse(holder.querySelector("script").textContent);
  const rows = packed.map((cells) => cells.map((cell, i) => columns[i].texts?.[cell] ?? cell)); // each text stands once
  const index = Object.fromEntries(columns.map((column, i) => [column.name, i]));
  const dates = columns.findIndex(({ kind }) => kind === "night");
  const words = (cells) => cells.map((value, i) => `${text(value, columns[i])} ${value ?? ""}`).join(" ").toLowerCase();
  const found = rows.map((cells, place) => ({ cells, place, words: words(cells) }));
  if (newest) found.reverse();
  const [main, more] = [false, true].map((isMore) => columns.filter((column) => column.more === isMore));
  let [behind, shown, page] = [null, found, 1];

  const [form, notice, sums, status, body, previous, next, download] = ["form", ".notice", ".sums-shown", ".status",
    "tbody", ".previous", ".next", ".save"].map((part) => holder.querySelector(part));
  const heads = [...holder.querySelectorAll("thead button")];
  form.querySelector("details").open = innerWidth > 600;

  function sorted(order) {
    const i = index[order.replace(/^-/, "")];
    const sign = order.startsWith("-") ? -1 : 1;
    for (const { value, parentElement: head } of heads) {
      head.removeAttribute("aria-sort");
      if (index[value] === i) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    }
    const missing = ({ cells }) => Number(cells[i] === null);
    return i === undefined ? found : [...found].sort((a, b) =>
      missing(a) - missing(b) || (missing(a) ? 0 : sign * compare(a.cells[i], b.cells[i])));
  }

  function row({ cells }) {
    const made = main.map((column) => {
      const value = cells[index[column.name]];
      const kind = text(value, column).length > 24 ? "long" : null;
      return element("td", { "data-label": column.title, class: NUMBERS.includes(column.kind) ? "number" : kind },
        content(value, column));
    });
    const pairs = more.flatMap((column) =>
      [element("dt", {}, column.title), element("dd", {}, content(cells[index[column.name]], column))]);
    const details = element("details", {}, element("summary", {}, "More"), element("dl", { class: "pairs" }, ...pairs));
    return element("tr", {}, ...made, ...(more.length ? [element("td", { class: "more" }, details)] : []));
  }

  function show() {
    const { q, from, to, least, sort, ...filters } = Object.fromEntries(new FormData(form));
    const typed = plainQuery(q).split(/\s+/).filter(Boolean);
    const chosen = Object.entries(filters).filter(([, value]) => value);
    shown = sorted(sort).filter(({ cells, place, words: own }) => (!behind || behind.places.has(place))
      && (!from || cells[dates] >= from) && (!to || cells[dates] <= to)
      && (!least || cells[index.launched_count] >= Number(least))
      && chosen.every(([name, value]) => String(cells[index[name]]) === value)
      && typed.every((word) => own.includes(word)));
    page = Math.min(page, Math.max(1, Math.ceil(shown.length / PAGE)));
    const first = (page - 1) * PAGE;
    const part = shown.slice(first, first + PAGE);
    body.replaceChildren(...part.map(row));
    sums.replaceChildren(...("level" in index && shown.length < rows.length ? totals(shown, index) : []));
    const span = part.length ? `${first + 1} to ${first + part.length} of ` : "";
    const all = shown.length < rows.length ? ` (${text(rows.length)} in all)` : "";
    status.textContent = `${span}${text(shown.length)} rows${all}`;
    previous.disabled = page === 1;
    next.disabled = first + PAGE >= shown.length;
  }

  // Show what the form asks for, and have the address say so: a new step, or for each letter of a search the same one.
  function change(at = 1, isStep = true) {
    page = at;
    show();
    const query = new URLSearchParams([...(behind?.named ?? []), ...new FormData(form)].filter(([, value]) => value));
    if (page > 1) query.set("page", page);
    const href = query.size ? `?${query}` : location.pathname;
    if (href !== location.search) history[isStep ? "pushState" : "replaceState"](null, "", href);
  }

  async function open() {
    const query = new URLSearchParams(location.search);
    behind = figures?.includes(query.get("figure")) ? await rowsBehind(query.get("figure"), query) : null;
    restore(form, query);
    for (const column of columns) if (column.filter) form.elements[column.name].disabled = behind !== null; // a key has its name
    page = Math.max(1, parseInt(query.get("page"), 10) || 1);
    notice.hidden = !behind;
    if (behind) {
      notice.replaceChildren("The reports behind ", element("a", { href: `../figures/${behind.id}.html` }, behind.id),
        ` (${behind.where}). `, behind.places.size ? "" : "There is none: missing, not zero. ",
        element("a", { href: location.pathname }, "Show every row"));
    }
    show();
  }

  form.addEventListener("input", ({ target }) => change(1, target.name !== "q"));
  for (const head of heads) {
    head.addEventListener("click", () => {
      form.elements.sort.value = form.elements.sort.value === head.value ? `-${head.value}` : head.value;
      change();
    });
  }
  previous.addEventListener("click", () => change(page - 1));
  next.addEventListener("click", () => change(page + 1));
  const bare = (value) => String((Array.isArray(value) ? value[1] : value) ?? "");
  download.addEventListener("click", () => save(`${holder.dataset.table || "rows"}-selected.csv`,
    [columns.map(({ name }) => name), ...shown.map(({ cells }) => cells.map(bare))]));
  window.addEventListener("popstate", open);
  open();
}

document.querySelectorAll(".data-table").forEach(dataTable);
