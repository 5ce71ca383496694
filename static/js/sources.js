// The sources of a cell beside it, without a way down to the list; and a row's address on the clipboard.

import { say } from "./say.js";
import { copy } from "./share.js";
import { closer, make } from "./table.js";

/** @param {HTMLElement} region the table's */
export function start(region) {
  const box = make("div", { class: "factor-note sources cell-sources", id: "_cell-sources", popover: "auto", tabindex: "-1" });
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
    const row = /** @type {HTMLTableRowElement | null} */ (target.closest("tr"));
    const references = [...(target.closest("td, th")?.querySelectorAll(".ref a") ?? []), ...(target.closest("td") ? (row?.querySelectorAll("th .ref a") ?? []) : [])];
    if (!row || !references.length || getSelection()?.type === "Range") return;
    event.preventDefault();
    from = /** @type {HTMLElement} */ (link ?? references[0]);
    open(/** @type {HTMLAnchorElement[]} */ (references), row.id, /** @type {HTMLElement} */ (link ?? target.closest("td")));
  });
  box.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed" && box.contains(document.activeElement)) from?.focus();
  });

  /**
   * @param {HTMLAnchorElement[]} references
   * @param {string} row its id
   * @param {HTMLElement} beside
   */
  function open(references, row, beside) {
    const items = references.flatMap((link) => {
      const source = document.getElementById(link.hash.slice(1))?.cloneNode(true);
      if (!(source instanceof HTMLElement)) return [];
      source.removeAttribute("id");
      const used = source.querySelector(".used"); // what is known of every row; here, of this one
      used?.replaceWith(used.querySelector(`[href="#${row}"]`)?.nextSibling?.textContent?.replace(/[,،、]\s*$/, "") ?? "");
      return [source];
    });
    const key = document.querySelector("#sources > .legend")?.cloneNode(true);
    const all = make("p", { class: "row-links" }, make("a", { href: "#sources" }, say("all-sources")));
    box.replaceChildren(closer(box.id), make("ol", {}, ...items), ...(key ? [key] : []), all);
    box.showPopover();
    const place = beside.getBoundingClientRect();
    const { clientWidth, dir } = document.documentElement;
    const left = dir === "rtl" ? place.right - box.offsetWidth : Math.min(place.left, clientWidth - box.offsetWidth - 8);
    box.style.setProperty("inset", `${place.bottom + scrollY + 6}px auto auto ${Math.max(8, left)}px`);
    box.focus();
  }
}
