// The value of the table under the pointer or the arrow keys, on a picture that says where its values are.
"use strict";

const REACH = 40; // units of the drawing
const ROOT = document.documentElement.dataset.content_root;

// What the library wrote into the drawing: points, and boxes by two corners, each with its row of the table.
function readMarks(marks) {
  return marks.split("|").flatMap((group) => {
    const [head, ...places] = group.split(";");
    const [columns, names] = head.split(" ").map((own) => own.split(",").map(Number));
    return places.map((place) => {
      const [x, y, row, x1 = x, y1 = y] = place.split(" ").map(Number);
      const [left, right, top, bottom] = [Math.min(x, x1), Math.max(x, x1), Math.min(y, y1), Math.max(y, y1)];
      return { row, columns, names, left, right, top, bottom };
    });
  });
}

function showValues(frame) {
  const { columns, rows } = JSON.parse(document.querySelector("script.values").textContent);
  const link = ({ row }) => (Array.isArray(rows[row].at(-1)) ? rows[row].at(-1)[1].replace("../", ROOT) : null);
  const marks = readMarks(frame.dataset.marks);
  const image = frame.querySelector("img");
  const [pane, tip] = frame.querySelectorAll(".pane, .tip");
  let at = -1;

  function show(i) {
    at = i;
    const { row, columns: [first, ...others], names, left, right, top, bottom } = marks[i];
    const cells = rows[row].map((value, i) => text(value, columns[i]));
    const more = others.filter((c) => cells[c] !== "–").map((c) => `; ${columns[c].title} ${cells[c]}`);
    tip.replaceChildren(names.map((c) => cells[c]).join(", "), element("br"), element("strong", {}, cells[first]),
      ` ${columns[first].title}`, ...more, ...(link(marks[i]) ? [element("br"), "Click or Enter: its reports"] : []));
    tip.hidden = false;
    pane.firstElementChild.setAttribute("d", `M${left - 3} ${top - 3}H${right + 3}V${bottom + 3}H${left - 3}Z`);
    const place = new DOMPoint((left + right) / 2, top - 3).matrixTransform(pane.getScreenCTM());
    const { left: x, top: y, width } = frame.getBoundingClientRect();
    tip.style.left = `${Math.min(Math.max(0, place.x - x - tip.offsetWidth / 2), width - tip.offsetWidth)}px`;
    tip.style.top = `${Math.max(0, place.y - y - tip.offsetHeight)}px`;
  }

  function nearest({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(pane.getScreenCTM().inverse());
    const far = marks.map((m) => Math.hypot(Math.max(m.left - x, 0, x - m.right), Math.max(m.top - y, 0, y - m.bottom) / 2));
    const least = Math.min(...far);
    tip.hidden = least > REACH;
    if (!tip.hidden) show(far.indexOf(least));
  }

  function follow() {
    if (!tip.hidden && link(marks[at])) location.assign(link(marks[at]));
  }

  [pane.ariaLabel, image.alt] = [image.alt, ""]; // the pane says what the picture below it said
  pane.addEventListener("pointermove", nearest);
  pane.addEventListener("pointerleave", () => { tip.hidden = true; });
  pane.addEventListener("click", follow);
  pane.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 };
    if (event.key === "Enter") follow();
    if (event.key === "Escape") tip.hidden = true;
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(Math.min(marks.length - 1, Math.max(0, steps[event.key])));
  });
}

// A narrow screen has the other picture, which says nothing of its values.
if (innerWidth > 600) document.querySelectorAll(".frame[data-marks]").forEach(showValues);
