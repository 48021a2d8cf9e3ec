// On every page: buttons that copy the text next to them, and wide tables and code that a keyboard can scroll.
"use strict";

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
for (const wide of document.querySelectorAll("pre, .table-wrapper")) if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;

// The form for a wrong number names what the reader came from.
const cameFrom = new URLSearchParams(location.search).get("at");
const blank = document.querySelector(".wrong pre");
if (cameFrom && blank) blank.textContent = blank.textContent.replace(":", `: ${cameFrom}`);
