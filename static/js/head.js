// The names of columns stay in sight where the table scrolls sideways: a box that scrolls one way holds fast, within
// itself, what should stay while the page scrolls the other way. So the head stands above the box a second time.

import { make } from "./table.js";

/** @param {HTMLElement} section */
export function start(section) {
  const scroller = /** @type {HTMLElement} */ (section.querySelector(".scroller"));
  const table = /** @type {HTMLTableElement} */ (scroller.querySelector("table"));
  const copy = make("div");
  const follow = () => (copy.scrollLeft = scroller.scrollLeft);
  const draw = () => {
    copy.replaceChildren();
    if (getComputedStyle(scroller).overflowX === "visible") return;
    const shown = /** @type {Element} */ (table.cloneNode());
    shown.append(...[...table.querySelectorAll("colgroup, thead")].map((part) => part.cloneNode(true)));
    shown.querySelector("h2")?.removeAttribute("id");
    copy.append(shown);
    follow();
  };
  scroller.before(make("div", { class: "names", inert: "" }, copy));
  scroller.addEventListener("scroll", follow);
  new MutationObserver(draw).observe(/** @type {Node} */ (table.tHead), { attributes: true, childList: true, subtree: true });
  new ResizeObserver(draw).observe(scroller);
}
