// The table of a comparison as its tools see it.

import { say } from "./say.js";

/**
 * @typedef {object} Line a row of the table: what weighs (see weigh.js), and where it stands
 * @property {string} id
 * @property {string} label
 * @property {number} weight
 * @property {number[]} sides
 * @property {boolean} tied
 * @property {boolean} unknown whether one of its cells is
 * @property {boolean} alike whether all cells read the same
 * @property {HTMLTableRowElement} element
 */

/**
 * @param {Element} inside
 * @returns {HTMLElement} the section that the table and its tools stand in
 */
export const sectionOf = (inside) => /** @type {HTMLElement} */ (inside.closest("[data-part=factors]"));

/**
 * @param {Element} section
 * @returns {Line[]}
 */
export function linesOf(section) {
  const ids = subjectsOf(section).map((subject) => subject.id);
  return [...section.querySelectorAll("tbody tr[id]")].map((row) => {
    const element = /** @type {HTMLTableRowElement} */ (row);
    const cells = [...element.querySelectorAll("td")];
    const winners = cells.filter((cell) => "wins" in cell.dataset);
    return {
      id: element.id.replace(/^factor-/, ""),
      label: element.querySelector(".factor-label .t")?.textContent ?? "",
      weight: Number(element.dataset.weight),
      sides: winners.map((cell) => ids.indexOf(cell.dataset.subject ?? "")).sort((a, b) => a - b),
      tied: "tied" in element.dataset,
      unknown: cells.some((cell) => cell.dataset.state === "unknown"),
      alike: "alike" in element.dataset,
      element,
    };
  });
}

/**
 * The subjects in the order of the author, whatever the order of columns.
 *
 * @param {Element} section
 * @returns {{ id: string, name: string, place: number, hue: string }[]} their hues are classes
 */
export function subjectsOf(section) {
  const heads = [...section.querySelectorAll(".scroller thead th[data-column]")];
  return heads
    .map((head) => ({
      id: /** @type {HTMLElement} */ (head).dataset.column ?? "",
      name: head.querySelector("a")?.textContent ?? "",
      place: Number(/** @type {HTMLElement} */ (head).dataset.place),
      hue: /\bhue-\d+/.exec(head.className)?.[0] ?? "",
    }))
    .sort((one, other) => one.place - other.place);
}

/**
 * Makes an element, with text as text. A link leads to the web or nowhere, whatever the file says that its address is from.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 * @param {(string | Node)[]} content
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (name === "a" && !/^http/.test(/** @type {HTMLAnchorElement} */ (element).protocol)) element.removeAttribute("href");
  element.append(...content);
  return element;
}

/**
 * What closes a popover, for whoever has no key to do it with.
 *
 * @param {string} id of the popover
 */
export const closer = (id) => make("button", { type: "button", class: "close", popovertarget: id, popovertargetaction: "hide", "aria-label": say("close") }, "×");
