// The search of the book: figures before pages, and a night by its date as people write it.
"use strict";

const FIRST = 30;
const field = document.querySelector("#query");
const list = document.querySelector("#results");
const engine = new MiniSearch({ fields: ["title", "name", "text"], storeFields: ["title", "text", "kind"],
  searchOptions: { prefix: true, combineWith: "AND", boost: { title: 3, name: 6 },
    boostDocument: (id, term, { kind }) => ({ figure: 3, night: 0.5 }[kind] ?? 1) } });

// The text around the first word that was found, with each such word marked.
function snippet(text, terms) {
  const words = new RegExp(`\\b(?:${terms.map((term) => term.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|")})`, "giu");
  const at = Math.max(0, text.search(words) - 60);
  const part = `${at ? "… " : ""}${text.slice(at, at + 220)}${at + 220 < text.length ? " …" : ""}`;
  const made = document.createElement("p");
  let end = 0;
  for (const found of part.matchAll(words)) {
    made.append(part.slice(end, found.index), Object.assign(document.createElement("mark"), { textContent: found[0] }));
    end = found.index + found[0].length;
  }
  made.append(part.slice(end));
  return made;
}

function result({ id, title, text, terms }) {
  const made = document.createElement("li");
  made.append(Object.assign(document.createElement("a"), { href: id, textContent: title }), snippet(text, terms));
  return made;
}

function search() {
  const query = plainQuery(field.value);
  const found = query ? engine.search(query) : [];
  const day = /\d{4}-\d\d-\d\d/.exec(query)?.[0];
  found.sort((a, b) => (day ? b.id.includes(day) - a.id.includes(day) : 0) || b.score - a.score);
  list.replaceChildren(...found.slice(0, FIRST).map(result));
  document.querySelector("#found").textContent = query ? `${found.length.toLocaleString("en")} found${found.length > FIRST ? `, the first ${FIRST} shown` : ""}` : "";
}

engine.addAll(window.searchDocuments);
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => { history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`); search(); });
search();
