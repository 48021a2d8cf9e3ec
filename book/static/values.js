// The value of the table under the pointer, the finger or the arrow keys, on the picture itself.
"use strict";

const REACH = 40; // units of the drawing
const TOGETHER = 4; // values shown of one place

// The titles of the page's table, the cells of a row as text and the address of its reports, whether it stands in the page or in a script.
function tableRows() {
  const data = document.querySelector(".data-table > script, script.values");
  if (data) {
    const { columns, rows } = JSON.parse(data.textContent);
    const text = (v, at) => (typeof v === "number" ? String(+v.toFixed(columns[at].digits)) : String(v ?? "–"));
    const behind = columns.findIndex((column) => column.kind === "behind");
    return { titles: columns.map((c) => c.title), row: (i) => rows[i].map(text),
      reports: (i) => (rows[i][behind] ? behindAddress(columns[behind], rows[i], columns) : null) };
  }
  const table = document.querySelector("article .table");
  return { titles: [...table.tHead.rows[0].cells].map((head) => head.firstChild.textContent),
    reports: (i) => table.tBodies[0].rows[i].querySelector("td:last-child a[href*='ledger.html?']")?.href,
    row: (i) => [...table.tBodies[0].rows[i].cells].map((cell) => cell.textContent.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")) };
}

// What `analysis/values.py` wrote: points, and boxes by two corners.
function readMarks(text) {
  return text.split("|").flatMap((group) => {
    const [head, ...places] = group.split(";");
    const [columns, names] = head.split(" ").map((own) => own.split(",").map(Number));
    return places.map((place) => {
      const [x, y, row, x1 = x, y1 = y] = place.split(" ").map(Number);
      return { row, columns, names, left: Math.min(x, x1), right: Math.max(x, x1), top: Math.min(y, y1), bottom: Math.max(y, y1) };
    });
  });
}

function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Where the values are pointed at: the drawing, or for one that is an image a pane over it.
function paneOf(frame) {
  const drawing = frame.querySelector("svg.drawing");
  if (drawing) return drawing;
  const pane = shape("svg", { viewBox: frame.dataset.box, role: "img", "aria-label": frame.querySelector("img").alt, class: "pane" });
  frame.append(pane);
  return pane;
}

function showValues(frame) {
  const marks = readMarks((frame.querySelector("g[data-marks]") ?? frame).dataset.marks);
  const { titles, row, reports } = tableRows();
  const pane = paneOf(frame);
  const tip = Object.assign(document.createElement("output"), { className: "tip", hidden: true });
  const ring = shape("rect", { fill: "none", stroke: "#222", "stroke-width": 1.5, visibility: "hidden" });
  pane.append(ring);
  pane.after(tip);
  let at = -1;
  let isHeld = false; // by a click or tap, so that one can follow its link

  function words({ row: place, columns: [first, ...others], names }) {
    const cells = row(place);
    const line = document.createElement("span");
    const told = others.filter((i) => cells[i] !== "–").map((i) => `${titles[i]} ${cells[i]}`);
    const named = names.map((i) => cells[i]).filter((cell) => !["–", "yes", "no", "true", "false"].includes(cell));
    line.append(Object.assign(document.createElement("strong"), { textContent: cells[first] }), ` ${[titles[first], ...told].join("; ")}`,
      document.createElement("br"), named.join(", "));
    return line;
  }

  function show(i) {
    at = i;
    const { left, right, top, bottom } = marks[i];
    const together = [marks[i], ...marks.filter((m, k) => k !== i && ["left", "right", "top", "bottom"].every((edge) => Math.abs(m[edge] - marks[i][edge]) < 0.15))];
    tip.replaceChildren(...together.slice(0, TOGETHER).map(words), ...(together.length > TOGETHER ? [`and ${together.length - TOGETHER} more here`] : []));
    const href = reports(marks[i].row);
    if (href) tip.append(Object.assign(document.createElement("a"), { href, tabIndex: -1, textContent: isHeld ? "Reports behind it" : "Reports: click or Enter" }));
    tip.hidden = false;
    const wide = right > left || bottom > top ? 0 : 5;
    for (const [name, value] of Object.entries({ x: left - wide, y: top - wide, width: right - left + 2 * wide, height: bottom - top + 2 * wide, rx: wide, visibility: "visible" })) ring.setAttribute(name, value);
    const box = frame.getBoundingClientRect();
    const above = new DOMPoint((left + right) / 2, top - wide).matrixTransform(pane.getScreenCTM());
    const below = new DOMPoint(0, bottom + wide).matrixTransform(pane.getScreenCTM());
    tip.style.left = `${Math.min(Math.max(0, above.x - box.left - tip.offsetWidth / 2), box.width - tip.offsetWidth)}px`;
    tip.style.top = `${above.y - box.top < tip.offsetHeight ? Math.min(below.y - box.top, box.height - tip.offsetHeight) : above.y - box.top - tip.offsetHeight}px`;
  }

  function hide() {
    tip.hidden = true;
    isHeld = false;
    ring.setAttribute("visibility", "hidden");
  }

  function nearest({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(pane.getScreenCTM().inverse());
    const far = marks.map((m) => Math.hypot(Math.max(m.left - x, 0, x - m.right), Math.max(m.top - y, 0, y - m.bottom) / 2));
    const i = far.indexOf(Math.min(...far));
    return far[i] < REACH ? show(i) : hide();
  }

  // The next value in the order of the table, or the nearest one above or below.
  function step(key) {
    const along = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[key];
    if (along !== undefined) return Math.min(marks.length - 1, Math.max(0, along));
    const [from, sign] = [marks[Math.max(0, at)], key === "ArrowDown" ? 1 : -1];
    const far = marks.map((m) => (sign * (m.top + m.bottom - from.top - from.bottom) > 0.5
      ? 3 * Math.abs(m.left + m.right - from.left - from.right) + Math.abs(m.top + m.bottom - from.top - from.bottom) : Infinity));
    return Math.min(...far) === Infinity ? Math.max(0, at) : far.indexOf(Math.min(...far));
  }

  pane.setAttribute("tabindex", "0");
  pane.setAttribute("aria-description", "The arrow keys go from value to value.");
  pane.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" && !isHeld) nearest(event); });
  pane.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !isHeld) hide(); });
  pane.addEventListener("click", (event) => { isHeld = true; nearest(event); });
  document.addEventListener("click", (event) => { if (!frame.contains(event.target)) hide(); });
  pane.addEventListener("blur", () => { if (!isHeld) hide(); });
  pane.addEventListener("focus", () => { if (pane.matches(":focus-visible")) show(Math.max(0, at)); });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (event.key === "Enter" && !tip.hidden) tip.querySelector("a")?.click();
    if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    show(step(event.key));
  });
}

document.querySelectorAll(".frame:is([data-marks], :has(g[data-marks]))").forEach(showValues);
