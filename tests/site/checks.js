// What the tests of pages ask a page: each returns the elements that fail, as the start of their HTML.

const starts = (elements) => elements.map((e) => e.outerHTML.slice(0, 160));
const all = (selector) => [...document.querySelectorAll(selector)];
const isSeen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });

// Of many alike next to each other the first few are judged.
const ALIKE = ["section ~ section .month", "tbody tr:nth-child(n + 4)", ".gallery li:nth-child(n + 4)",
  "dl.columns dd ~ dd ~ dd", "dl.columns dt ~ dt ~ dt", ".highlight"];

async function violations(options) {
  const exclude = ALIKE.map((selector) => [selector]);
  const found = await axe.run({ exclude }, { preload: false, resultTypes: ["violations"], ...options });
  return found.violations.map((v) => [v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))]);
}

function missed() {
  const stops = all("a[href], button:not([disabled]), input, select, summary, [tabindex='0']");
  return starts(stops.filter((e) => e.checkVisibility({ visibilityProperty: true }) && !reached.has(e)));
}

function small() {
  const touched = all("button, input, select, summary, .scroll td a, .month a, .turn a, .downloads a, "
    + ".gallery a, .bar-of-actions > a").filter((e) => isSeen(e) && !e.matches(".sidebar-toggle"));
  const boxes = touched.map((e) => [e, e.getBoundingClientRect()]);
  return starts(boxes.filter(([, { width, height }]) => width < 24 || height < 24).map(([e]) => e));
}

function cut() {
  const holders = all("article :not(caption, .thumb, .frame)")
    .filter((e) => getComputedStyle(e).overflow !== "visible" && e.checkVisibility());
  return starts(holders.filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1));
}

function beside() {
  const outside = (e) => e.getBoundingClientRect().right > innerWidth + 1;
  return starts(all("article *").filter((e) => e.checkVisibility() && outside(e) && !e.closest("caption, .frame, .thumb")));
}

function spilt() {
  return starts(all("article li").filter((e) => e.scrollHeight > e.clientHeight + 1));
}

function grey() {
  const texts = all("article :is(h1, h2, p, li, td, th, dt, dd, small, summary, figcaption)");
  return starts(texts.filter((e) => e.checkVisibility() && getComputedStyle(e).color !== "rgb(0, 0, 0)"));
}
