// The search of the book: figures before pages, and a night by its date as people write it.
"use strict";

const STOP = /^(an?|and|are|at|by|did|do|does|for|from|how|in|is|it|many|of|on|or|the|to|was|were|what|when|which|who|why|with)$/;
const field = document.querySelector("#query");
const engine = new MiniSearch({
  fields: ["title", "name", "text"], storeFields: ["title", "text", "kind"],
  processTerm: (term) => (STOP.test(term.toLowerCase()) ? null : term.toLowerCase()),
  searchOptions: { prefix: (term) => term.length > 2, boost: { title: 3, name: 6 },
    boostDocument: (id, term, { kind }) => ({ figure: 3, night: 0.5 }[kind] ?? 1) },
});

// The text around the first word that was found, with each such word marked.
function snippet(text, terms) {
  const escaped = terms.map((term) => term.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const words = new RegExp(`((?<![\\p{L}\\p{N}])(?:${escaped.join("|")}))`, "giu");
  const at = text.lastIndexOf(" ", text.search(words) - 50) + 1;
  const end = `${text} `.indexOf(" ", Math.min(at + 220, text.length));
  const pieces = text.slice(at, end).split(words).map((piece, i) => (i % 2 ? element("mark", {}, piece) : piece));
  return element("p", {}, at ? "… " : "", ...pieces, end < text.length ? " …" : "");
}

// All of the words, or where nothing has all of them, any.
function search() {
  const query = plainQuery(field.value);
  const all = engine.search(query, { combineWith: "AND" });
  const found = all.length ? all : engine.search(query);
  const day = /\d{4}-\d\d(-\d\d)?/.exec(query)?.[0];
  found.sort((a, b) => (day ? b.id.endsWith(`${day}.html`) - a.id.endsWith(`${day}.html`) : 0) || b.score - a.score);
  document.querySelector("#results").replaceChildren(...found.slice(0, 30).map(({ id, title, text, terms }) =>
    element("li", {}, element("a", { href: id }, title), snippet(text, terms))));
  const count = `${text(found.length)} found${found.length > all.length ? " with some of the words" : ""}`;
  document.querySelector("#found").textContent = query ? count : "";
}

engine.addAll(window.searchDocuments);
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => {
  history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
  search();
});
search();
