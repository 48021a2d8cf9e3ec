// On every page: buttons that copy the text next to them, wide tables that a keyboard can scroll, words explained.
"use strict";

const GLOSSARY = {
  launched: "Launched, as reported by the Air Force of Ukraine, decoys included",
  neutralised: "Reported shot down or lost from radar: stopped, by fire, jamming or fault",
  regime: "A span of report dates in which the words of the drone reports kept their meaning",
};

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

document.querySelectorAll("button.copy").forEach((button) => button.addEventListener("click", () => copy(button)));
document.querySelectorAll("pre, .table-wrapper").forEach((wide) => { if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0; });

// The form for a wrong number names what the reader came from.
const cameFrom = new URLSearchParams(location.search).get("at");
const blank = document.querySelector(".wrong pre");
if (cameFrom && blank) blank.textContent = blank.textContent.replace(":", `: ${cameFrom}`);

// The first of each of these words in the prose of a page says what it means.
for (const [word, meaning] of Object.entries(GLOSSARY)) {
  const prose = [...document.querySelectorAll("article :is(p, figcaption)")].flatMap((p) => [...p.childNodes]);
  const text = prose.find((node) => node.nodeType === 3 && new RegExp(`\\b${word}\\b`).test(node.data));
  if (!text) continue;
  const found = text.splitText(text.data.search(new RegExp(`\\b${word}\\b`)));
  found.splitText(word.length);
  found.replaceWith(Object.assign(document.createElement("abbr"), { title: meaning, textContent: word }));
}
