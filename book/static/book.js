// Tables that sort, search and page, and buttons that copy. The rows stand in the page as JSON, so that a table of
// thousands of rows costs only the fifty that are shown.
"use strict";

const PAGE = 50;
const COLLATOR = new Intl.Collator("en", { numeric: true });

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function text(value, digits = 0) {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? value.toFixed(digits) : value;
}

function digitsOf(rows, i) { // the CSV has them all
  return Math.min(4, Math.max(0, ...rows.map((cells) => (String(cells[i]).split(".")[1] ?? "").length)));
}

function cell(value, { kind, digits, page, word }) {
  const made = element("td");
  if (kind === "number") made.className = "number";
  if (kind === "text" && value?.length > 24 && value.includes(" ")) made.className = "long";
  if (kind === "link" && /^https?:/.test(value ?? "")) {
    made.append(element("a", { href: value, rel: "noopener" }, new URL(value).hostname.replace(/^www\./, "")));
  } else if (page && value !== null) {
    made.append(element("a", { href: `${page}?q=${encodeURIComponent(`${value} ${word}`.trim())}` }, value));
  } else {
    made.append(text(value, digits));
  }
  return made;
}

function compare(a, b) {
  if (a === null || b === null) return 0; // the caller puts what is missing last
  return typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(a, b);
}

function dataTable(holder) {
  const { caption, columns, rows } = JSON.parse(holder.querySelector("script").textContent);
  columns.forEach((column, i) => { column.digits = column.kind === "number" ? digitsOf(rows, i) : 0; });
  const found = rows.map((cells) => ({ cells, words: cells.map((value, i) => text(value, columns[i].digits)).join(" ").toLowerCase() }));
  const state = { query: new URLSearchParams(location.search).get("q") ?? "", column: null, sign: 1, page: 0 };
  const body = element("tbody");
  const status = element("p", { class: "status", role: "status" });
  const heads = columns.map((column, i) => {
    const button = element("button", { type: "button" }, column.title);
    button.addEventListener("click", () => sortBy(i));
    return element("th", { scope: "col", ...(column.kind === "number" ? { class: "number" } : {}) },
      button, ...(column.unit ? [element("small", {}, column.unit)] : []));
  });
  const previous = element("button", { type: "button" }, "Previous");
  const next = element("button", { type: "button" }, "Next");
  const search = element("input", { type: "search", "aria-label": `Search: ${caption}`, placeholder: "Search the rows" });

  function matching() {
    const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = found.filter((row) => words.every((word) => row.words.includes(word)));
    if (state.column === null) return shown;
    const at = (row) => row.cells[state.column];
    return shown.sort((a, b) => (at(a) === null) - (at(b) === null) || state.sign * compare(at(a), at(b)));
  }

  function show() {
    const shown = matching();
    const first = state.page * PAGE;
    const part = shown.slice(first, first + PAGE);
    body.replaceChildren(...part.map((row) => element("tr", {}, ...row.cells.map((value, i) => cell(value, columns[i])))));
    const span = part.length ? `${first + 1} to ${first + part.length} of ` : "";
    const all = shown.length < rows.length ? ` (${rows.length.toLocaleString("en")} in all)` : "";
    status.textContent = `${span}${shown.length.toLocaleString("en")} rows${all}`;
    previous.disabled = state.page === 0;
    next.disabled = first + PAGE >= shown.length;
  }

  function sortBy(i) {
    state.sign = state.column === i ? -state.sign : 1;
    Object.assign(state, { column: i, page: 0 });
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[i].setAttribute("aria-sort", state.sign > 0 ? "ascending" : "descending");
    show();
  }

  search.value = state.query;
  search.addEventListener("input", () => { Object.assign(state, { query: search.value, page: 0 }); show(); });
  previous.addEventListener("click", () => { state.page -= 1; show(); });
  next.addEventListener("click", () => { state.page += 1; show(); });
  const table = element("table", { class: "table" }, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)), body);
  holder.append(element("div", { class: "controls" }, search, status),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table));
  if (rows.length > PAGE) holder.append(element("nav", { class: "pager", "aria-label": `Pages: ${caption}` }, previous, next));
  show();
}

async function copy(button) {
  const source = button.parentElement.querySelector("pre");
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(source); // not allowed here: leave it ready for the reader's own copy key
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

document.querySelectorAll(".data-table").forEach(dataTable);
document.querySelectorAll("button.copy").forEach((button) => button.addEventListener("click", () => copy(button)));
