// Buttons that copy the text beside them, and wide tables and code that a keyboard can scroll.
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
document.querySelectorAll("pre, .table-wrapper").forEach((wide) => { if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0; });
