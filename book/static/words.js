// What readers type, as the tables write it: dates in their own order, and other names of the same weapon or place.
"use strict";

const MONTHS = ["jan|січ", "feb|лют", "mar|бер", "apr|кві", "may|тра", "jun|чер", "jul|лип", "aug|сер", "sep|вер",
  "oct|жов", "nov|лис", "dec|гру"];
const SYNONYMS = [ // each with what the data call it
  [/(?<!\p{L})(geran(ium)?(-?\d)?|shahed-?1?3[16](\/13[16])?|shahed-?238|gerber?a|parodi(y|i)a)\b|герань|шахед\p{L}*/gu, "shahed"],
  [/(^|\s)[xх]-?(?=\d)/g, "$1kh-"], [/\bkh(?=\d)/g, "kh-"], [/\bc-?(?=[34]00)/g, "s-"], [/калібр|калибр/g, "kalibr"],
  [/кинджал|кинжал/g, "kinzhal"], [/іскандер|искандер/g, "iskander"], [/циркон/g, "zircon"], [/\btsirkon\b/g, "zircon"],
  [/ки[їє]в\p{L}*/gu, "kyiv"], [/одес\p{L}*/gu, "odesa"], [/харк[іо]в\p{L}*/gu, "kharkiv"], [/дніпр\p{L}*/gu, "dnipro"],
  [/сум(и|ськ\p{L}*)/gu, "sumy"], [/львів\p{L}*/gu, "lviv"], [/запоріж\p{L}*/gu, "zaporizhzhia"], [/микола[їє]в\p{L}*/gu, "mykolaiv"],
  [/херсон\p{L}*/gu, "kherson"], [/полтав\p{L}*/gu, "poltava"], [/черкас\p{L}*/gu, "cherkasy"], [/чернігів\p{L}*/gu, "chernihiv"],
  [/област\p{L}*/gu, "oblast"],
];

const isoDate = (...parts) => parts.map((part) => String(part).padStart(2, "0")).join("-");

// A query in lower case with its dates as 2025-07-04 or 2025-07, and its weapons and places as the data name them.
function plainQuery(query) {
  const month = (name) => 1 + MONTHS.findIndex((known) => known.split("|").some((start) => name.startsWith(start)));
  const names = `(?<!\\p{L})((?:${MONTHS.join("|")})\\p{L}*)\\.?`;
  const end = "(?:st|nd|rd|th)?,?\\s+";
  let text = query.toLowerCase()
    .replace(/\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/g, (_, d, m, y) => isoDate(y, m, d))
    .replace(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${names},?\\s+(\\d{4})\\b`, "gu"), (_, d, m, y) => isoDate(y, month(m), d))
    .replace(new RegExp(`${names}\\s+(\\d{1,2})${end}(\\d{4})\\b`, "gu"), (_, m, d, y) => isoDate(y, month(m), d))
    .replace(new RegExp(`${names}\\s+(\\d{4})\\b`, "gu"), (_, m, y) => isoDate(y, month(m)));
  for (const [other, name] of SYNONYMS) text = text.replace(other, name);
  return text.trim();
}
