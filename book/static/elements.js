// What the scripts of the book share: elements, choices that stand in the address, rows as a file.
"use strict";

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A value as the reader sees it; it may stand with an address.
function text(value, { kind = "", digits = 0 } = {}) {
  if (value === null) return "–";
  if (Array.isArray(value)) return value[0];
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return kind === "id" ? `${value}: is a number wrong?` : value;
  if (kind === "share") return `${(100 * value).toFixed(1)}%`;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// Choose in a form what the address says by the same names; what is not offered is left as it was at first.
function restore(form, query) {
  form.reset();
  for (const input of form.elements) {
    const old = input.value;
    input.value = query.get(input.name) ?? old;
    if (input.selectedIndex < 0) input.value = old;
  }
}

// Offer rows of cells to the reader as a CSV file.
function save(name, rows) {
  const field = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value ?? "");
  const text = rows.map((cells) => `${cells.map(field).join(",")}\n`).join("");
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href, download: name }).click();
}
