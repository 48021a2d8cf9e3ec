// What readers type, as the tables write it: dates in their own order, and other names of the same weapon.
"use strict";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SYNONYMS = [ // each with what the ledger calls it
  [/\b(geran(ium)?(-?\d)?|shahed-?1?3[16](\/13[16])?|shahed-?238|gerber?a|parodi(y|i)a)\b|герань|шахед\S*/g, "shahed"],
  [/(^|\s)[xх]-?(?=\d)/g, "$1kh-"], [/\bkh(?=\d)/g, "kh-"], [/\bc-?(?=[34]00)/g, "s-"], [/калібр|калибр/g, "kalibr"],
  [/кинджал|кинжал/g, "kinzhal"], [/іскандер|искандер/g, "iskander"], [/циркон/g, "zircon"], [/\btsirkon\b/g, "zircon"],
];

function isoDate(year, month, day) {
  const name = `${year}-${String(month).padStart(2, "0")}`;
  return day ? `${name}-${String(day).padStart(2, "0")}` : name;
}

function monthNumber(name) {
  return MONTHS.indexOf(name.slice(0, 3)) + 1;
}

// A query in lower case with its dates as 2025-07-04 or 2025-07 and its weapons as the ledger names them.
function plainQuery(query) {
  const names = `(${MONTHS.join("|")})[a-z]*\\.?`;
  let text = query.toLowerCase()
    .replace(/\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/g, (_, d, m, y) => isoDate(y, m, d))
    .replace(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${names},?\\s+(\\d{4})\\b`, "g"), (_, d, m, y) => isoDate(y, monthNumber(m), d))
    .replace(new RegExp(`\\b${names}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, "g"), (_, m, d, y) => isoDate(y, monthNumber(m), d))
    .replace(new RegExp(`\\b${names}\\s+(\\d{4})\\b`, "g"), (_, m, y) => isoDate(y, monthNumber(m)));
  for (const [other, name] of SYNONYMS) text = text.replace(other, name);
  return text.trim();
}
