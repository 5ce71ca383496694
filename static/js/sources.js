// The sources of a cell beside it, without a way down to the list; and a row's address on the clipboard.

import { copy } from "./clipboard.js";
import { say } from "./say.js";
import { make } from "./table.js";

/** @param {HTMLElement} region the table's */
export function start(region) {
  const box = make("div", { class: "factor-note sources cell-sources", popover: "auto", tabindex: "-1" });
  region.append(box);
  /** @type {HTMLElement | undefined} */
  let from;

  region.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.shiftKey || box.contains(target)) return;
    const link = target.closest("a, button, label");
    if (link instanceof HTMLAnchorElement && link.matches(".row-links a[href^='#']")) {
      copy(link, link.href, "link-copied");
      return;
    }
    if (link && !link.matches(".ref a")) return;
    const reference = /** @type {HTMLElement | null} */ (target.closest("td")?.querySelector(".ref"));
    if (!reference || getSelection()?.type === "Range") return;
    event.preventDefault();
    from = link instanceof HTMLElement ? link : /** @type {HTMLElement} */ (reference.querySelector("a"));
    open(reference);
  });
  box.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed" && box.contains(document.activeElement)) from?.focus();
  });

  /** @param {HTMLElement} reference */
  function open(reference) {
    const numbers = /** @type {HTMLAnchorElement[]} */ ([...reference.querySelectorAll("a")]);
    const items = numbers.flatMap((link) => {
      const source = document.getElementById(link.hash.slice(1))?.cloneNode(true);
      if (!(source instanceof HTMLElement)) return [];
      source.removeAttribute("id");
      return [source];
    });
    const all = make("p", { class: "row-links" }, make("a", { href: "#sources" }, say("all-sources")));
    box.replaceChildren(make("ol", {}, ...items), all);
    box.showPopover();
    const place = reference.getBoundingClientRect();
    const { clientWidth, dir } = document.documentElement;
    const left = dir === "rtl" ? place.right - box.offsetWidth : Math.min(place.left, clientWidth - box.offsetWidth - 8);
    box.style.setProperty("inset", `${place.bottom + scrollY + 6}px auto auto ${Math.max(8, left)}px`);
    box.focus();
  }
}
