// Which columns the table shows, and in what order. The address keeps both: `?show=a,b` or `?show=all`, and `?sort=row`
// with the best first, or `?sort=-row` with the best last.

import { change, follow, view } from "./address.js";
import { say } from "./say.js";
import { linesOf, make, sectionOf, subjectsOf } from "./table.js";

const FEWEST = 2; // a comparison of fewer is none
const PHONE = matchMedia("(width < 48rem)"); // as 36-factors.css has it: two columns, unless more are asked for
const STATES = ["yes", "partial", "no", "n/a"]; // the best first

/** @param {HTMLElement} tool a part of it: the columns to tick, whom a pair is made with, or a row to sort by */
export function start(tool) {
  const section = sectionOf(tool);
  if ("columns" in section.dataset) return; // another part was there first
  section.dataset.columns = "";
  const heads = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".scroller thead th")]);
  const ids = heads.map((head) => head.dataset.column ?? "");
  const base = ids[0];
  const lines = linesOf(section);
  const boxes = /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll(".tools fieldset input")]);
  const pairs = /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll(".versus input")]);
  const said = make("p", { class: "tally", role: "status" });
  section.querySelector(".tools")?.append(said);

  for (const box of boxes) box.onchange = () => tell(boxes.filter((one) => one.checked).map((one) => one.value));
  for (const pair of pairs) pair.onchange = () => tell(pair.value === "all" ? ids : [base, idOf(pair)]);
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (section.querySelectorAll(".row-links button"))) {
    button.onclick = () => {
      sort(button.value);
      /** @type {HTMLElement | null} */ (button.closest("[popover]"))?.hidePopover();
    };
  }
  boxes[0]?.closest("details")?.addEventListener("toggle", tick);
  const chosen = pairs.find((pair) => pair.checked !== pair.defaultChecked && pair.checked);
  if (!view().has("show") && chosen) tell(chosen.value === "all" ? ids : [base, idOf(chosen)]); // before this was there
  follow(show);

  /** @param {HTMLInputElement} pair */
  function idOf(pair) {
    return ids[Number(pair.value) - 2];
  }

  function shown() {
    const asked = new Set((view().get("show") ?? "").split(","));
    const found = ids.filter((id) => asked.has(id));
    return found.length < FEWEST ? ids : found;
  }

  /** @param {string[]} wanted */
  function tell(wanted) {
    const all = wanted.length === ids.length;
    change({ show: all ? (PHONE.matches && pairs.length ? "all" : null) : ids.filter((id) => wanted.includes(id)).join(",") });
    show();
  }

  /** @param {string | null} row with a minus before it for the other way round */
  function sort(row) {
    change({ sort: row });
    show();
    section.querySelector(".scroller")?.scrollTo({ left: 0 });
  }

  function show() {
    const there = new Set(shown());
    const [, back, row] = /^(-?)(.+)$/.exec(view().get("sort") ?? "") ?? [];
    const line = lines.find((one) => one.id === row);
    const order = line ? sorted(line.element, ids, Boolean(back)) : ids;
    for (const tr of section.querySelectorAll(".scroller tr")) {
      const found = /** @type {HTMLElement[]} */ ([...tr.querySelectorAll("[data-subject], [data-column]")]);
      const cells = new Map(found.map((cell) => [cell.dataset.subject ?? cell.dataset.column ?? "", cell]));
      for (const id of cells.size ? order : []) {
        const cell = /** @type {HTMLElement} */ (cells.get(id));
        cell.classList.toggle("off", !there.has(id));
        tr.append(cell);
      }
    }
    for (const { element } of lines) element.querySelector("th")?.removeAttribute("aria-sort");
    if (line) line.element.querySelector("th")?.setAttribute("aria-sort", back ? "descending" : "ascending");
    const columns = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".scroller col")].slice(1));
    columns.forEach((column, place) => (column.hidden = place >= there.size));
    for (const rest of /** @type {NodeListOf<HTMLTableCellElement>} */ (section.querySelectorAll(".rest"))) {
      rest.hidden = there.size === FEWEST;
      rest.colSpan = Math.max(1, there.size - FEWEST);
    }
    section.dataset.subjects = String(there.size);
    section.toggleAttribute("data-chosen", there.size < ids.length || Boolean(line));
    for (const pair of pairs) {
      // The order of two says little: who sorts sees all.
      if (!view().has("show")) pair.checked = line ? pair.value === "all" : pair.defaultChecked;
      else if (pair.value === "all") pair.checked = there.size === ids.length;
      else pair.checked = there.size === FEWEST && there.has(base) && there.has(idOf(pair));
    }
    tick();
    const button = (/** @type {string} */ name, /** @type {() => void} */ press) => {
      const one = make("button", { type: "button" }, say(name));
      one.onclick = press;
      return [" ", one];
    };
    const fewer = there.size < ids.length;
    said.replaceChildren(
      ...(fewer ? [say("columns-shown", { count: there.size, all: ids.length }), ...button("all-columns", () => tell(ids)), " "] : []),
      ...(line ? [say("columns-sorted", { row: line.label }), ...button("reverse", () => sort(back ? row : `-${row}`)), ...button("undo", () => sort(null))] : []),
    );
  }

  /** Ticks what can be seen. */
  function tick() {
    const there = new Set(heads.filter((head) => head.checkVisibility()).map((head) => head.dataset.column ?? ""));
    for (const box of boxes) {
      box.checked = there.has(box.value);
      box.disabled = box.checked && there.size === FEWEST;
    }
  }
}

/**
 * The subjects as a row has them: by its numbers, the winner's end first, else winners and then the best states. What is
 * not known stands last, whichever way round.
 *
 * @param {Element} row
 * @param {string[]} ids
 * @param {boolean} back
 */
function sorted(row, ids, back) {
  const cells = ids.map((id) => {
    const cell = /** @type {HTMLElement} */ (row.querySelector(`[data-subject="${id}"]`));
    const state = STATES.indexOf(cell.dataset.state ?? "");
    return { id, number: numberIn(cell), wins: "wins" in cell.dataset, state: state < 0 ? STATES.length : state, unknown: cell.dataset.state === "unknown" };
  });
  const known = cells.filter((cell) => !cell.unknown);
  const numeric = known.every((cell) => !Number.isNaN(cell.number));
  const most = Math.max(...known.map((cell) => cell.number));
  const down = numeric && known.some((cell) => cell.wins && cell.number === most);
  const rank = (/** @type {typeof cells[0]} */ cell) => (numeric ? cell.number * (down ? -1 : 1) : cell.state - (cell.wins ? 9 : 0));
  known.sort((one, other) => (rank(one) - rank(other)) * (back ? -1 : 1));
  return [...known, ...cells.filter((cell) => cell.unknown)].map((cell) => cell.id);
}

/** @param {Element} cell */
function numberIn(cell) {
  return Number(cell.querySelector("data")?.value ?? NaN);
}
