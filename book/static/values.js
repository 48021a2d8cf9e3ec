// The value of the table under the pointer, the finger or the arrow keys, on the picture itself.
"use strict";

const REACH = 40; // units of the drawing

// The rows of the page's table as text, whether it stands in the page or in a script.
function tableRows() {
  const data = document.querySelector(".data-table > script");
  if (data) {
    const { columns, rows } = JSON.parse(data.textContent);
    return { titles: columns.map((c) => c.title), row: (i) => rows[i].map((v, at) => (typeof v === "number" ? String(+v.toFixed(columns[at].digits)) : v ?? "–")), kinds: columns.map((c) => c.kind) };
  }
  const table = document.querySelector("article .table");
  const heads = [...table.tHead.rows[0].cells];
  return { titles: heads.map((head) => head.firstChild.textContent), row: (i) => [...table.tBodies[0].rows[i].cells].map((cell) => cell.textContent),
    kinds: heads.map((head) => (head.className === "number" ? "number" : "text")) };
}

function showValues(drawing) {
  const marks = drawing.querySelector("[data-marks]").dataset.marks.split(";").map((mark) => mark.split(" ").map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const { titles, kinds, row } = tableRows();
  const tip = Object.assign(document.createElement("output"), { className: "tip", hidden: true });
  const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ r: 5, fill: "none", stroke: "#222", "stroke-width": 1.5, visibility: "hidden" })) ring.setAttribute(name, value);
  drawing.append(ring);
  drawing.after(tip);
  let at = -1;

  function show(i) {
    at = i;
    const [x, y, place, column] = marks[i];
    const cells = row(place);
    const names = cells.filter((cell, k) => kinds[k] !== "number" && kinds[k] !== "behind" && k !== column && cell !== "–" && !["yes", "no"].includes(cell));
    tip.replaceChildren(Object.assign(document.createElement("strong"), { textContent: cells[column] }), ` ${titles[column]}`, document.createElement("br"), names.join(", "));
    tip.hidden = false;
    ring.setAttribute("cx", x);
    ring.setAttribute("cy", y);
    ring.setAttribute("visibility", "visible");
    const box = drawing.getBoundingClientRect();
    const point = new DOMPoint(x, y).matrixTransform(drawing.getScreenCTM());
    tip.style.left = `${Math.min(Math.max(0, point.x - box.left - tip.offsetWidth / 2), box.width - tip.offsetWidth)}px`;
    tip.style.top = `${point.y - box.top - tip.offsetHeight < 0 ? point.y - box.top + 20 : point.y - box.top - tip.offsetHeight}px`;
  }

  function hide() {
    tip.hidden = true;
    ring.setAttribute("visibility", "hidden");
  }

  function nearest({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(drawing.getScreenCTM().inverse());
    const far = marks.map(([mx, my]) => Math.hypot(mx - x, (my - y) / 2));
    const i = far.indexOf(Math.min(...far));
    return far[i] < REACH ? show(i) : hide();
  }

  drawing.setAttribute("tabindex", "0");
  for (const name of ["pointermove", "pointerdown"]) drawing.addEventListener(name, nearest);
  drawing.addEventListener("pointerleave", hide);
  drawing.addEventListener("blur", hide);
  drawing.addEventListener("focus", () => { if (drawing.matches(":focus-visible")) show(Math.max(0, at)); });
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") hide();
    if (!step) return;
    event.preventDefault();
    show(Math.min(marks.length - 1, Math.max(0, at + step)));
  });
}

document.querySelectorAll("svg.drawing:has([data-marks])").forEach(showValues);
