// The names of columns stay in sight where the table scrolls sideways: a box that scrolls one way holds fast, within
// itself, what should stay while the page scrolls the other way. So the head stands above the box a second time.

import { make } from "./table.js";

/** @param {HTMLElement} section */
export function start(section) {
  const scroller = /** @type {HTMLElement} */ (section.querySelector(".scroller"));
  const table = /** @type {HTMLTableElement} */ (scroller.querySelector("table"));
  const copy = make("div", { class: "names", "aria-hidden": "true", inert: "" });
  scroller.before(copy);

  const follow = () => (copy.scrollLeft = scroller.scrollLeft);
  const draw = () => {
    const shown = /** @type {Element} */ (table.cloneNode());
    shown.append(...[...table.querySelectorAll("colgroup, thead")].map((part) => part.cloneNode(true)));
    for (const named of shown.querySelectorAll("[id]")) named.removeAttribute("id");
    copy.replaceChildren(shown);
    copy.style.marginBottom = `-${copy.offsetHeight}px`;
    follow();
  };
  scroller.addEventListener("scroll", follow, { passive: true });
  new MutationObserver(draw).observe(table.tHead ?? table, { attributes: true, childList: true, subtree: true });
  new ResizeObserver(draw).observe(scroller);
}
