// Which columns the table shows, and in what order. The address keeps both: `?show=a,b` or `?show=all`, and `?sort=row`
// with the best first, or `?sort=-row` with the best last.

import { follow, view } from "./address.js";
import { say } from "./say.js";
import { linesOf, make, sectionOf } from "./table.js";

const FEWEST = 2; // a comparison of fewer is none
const PHONE = matchMedia("(width < 48rem)"); // as in 36-factors.css: two columns, unless more are asked for
const STATES = ["yes", "partial", "no", "n/a"]; // the best first

/** @param {HTMLElement} tool a part of it: the columns to tick, whom the first stands beside, or a row to sort by */
export function start(tool) {
  const section = sectionOf(tool);
  if ("columns" in section.dataset) return; // another part was there first
  section.dataset.columns = "";
  const all = (/** @type {string} */ what) => /** @type {any[]} */ ([...section.querySelectorAll(what)]);
  const heads = /** @type {HTMLElement[]} */ (all(".scroller thead th"));
  const ids = heads.map((head) => head.dataset.column ?? "");
  const lines = linesOf(section);
  const boxes = /** @type {HTMLInputElement[]} */ (all(".tools fieldset input"));
  const pairs = /** @type {HTMLInputElement[]} */ (all(".versus input"));
  const said = make("p", { class: "tally", role: "status" });
  section.querySelector(".tools")?.append(said);

  for (const box of boxes) box.onchange = () => tell(boxes.filter((one) => one.checked).map((one) => one.value));
  for (const pair of pairs) pair.onchange = () => tell(madeWith(pair));
  for (const button of /** @type {HTMLButtonElement[]} */ (all(".row-links button"))) {
    button.onclick = () => {
      set({ sort: button.value });
      /** @type {HTMLElement} */ (button.closest("[popover]")).hidePopover();
    };
  }
  boxes[0].closest("details")?.addEventListener("toggle", tick);
  const chosen = pairs.find((pair) => pair.checked && !pair.defaultChecked);
  const set = follow(show);
  if (chosen && !view().has("show")) tell(madeWith(chosen)); // before this was there

  /** @param {HTMLInputElement} pair */
  function madeWith(pair) {
    return pair.value === "all" ? ids : [ids[0], ids[Number(pair.value) - 2]];
  }

  function shown() {
    const asked = (view().get("show") ?? "").split(",");
    const found = ids.filter((id) => asked.includes(id));
    return found.length < FEWEST ? ids : found;
  }

  /** @param {string[]} wanted */
  function tell(wanted) {
    set({ show: wanted.length < ids.length ? wanted.join(",") : PHONE.matches ? "all" : null });
  }

  function show() {
    const there = shown();
    section.querySelector(".scroller")?.scrollTo({ left: 0 });
    const [, back, row] = /^(-?)(.+)$/.exec(view().get("sort") ?? "") ?? [];
    const line = lines.find((one) => one.id === row);
    const order = line ? sorted(line.element, ids, back) : ids;
    for (const tr of all(".scroller :is(thead tr, tr[id])")) {
      for (const id of order) {
        const cell = tr.querySelector(`[data-subject="${id}"], [data-column="${id}"]`);
        cell.classList.toggle("off", !there.includes(id));
        tr.append(cell);
      }
    }
    for (const one of lines) one.element.cells[0].ariaSort = one === line ? (back ? "descending" : "ascending") : null;
    all(".scroller col").forEach((column, place) => (column.hidden = place > there.length));
    for (const rest of all(".rest")) {
      rest.hidden = there.length === FEWEST;
      rest.colSpan = Math.max(1, there.length - FEWEST);
    }
    const fewer = there.length < ids.length;
    section.dataset.subjects = String(there.length);
    section.toggleAttribute("data-chosen", fewer || !!line);
    // The order of two says little: who sorts sees all.
    for (const pair of pairs) pair.checked = view().has("show") || line ? String(madeWith(pair)) === String(there) : pair.defaultChecked;
    tick();
    const hidden = fewer && !(PHONE.matches && pairs.some((one) => one.checked));
    said.replaceChildren(
      ...(hidden ? [say("columns-shown", { count: there.length, all: ids.length })] : []),
      ...(line ? [" ", say("columns-sorted", { row: line.label }), ...button("reverse", { sort: back ? row : `-${row}` })] : []),
      ...(hidden || line ? button("undo", { show: null, sort: null }) : []),
    );
  }

  /**
   * @param {string} name
   * @param {Record<string, string | null>} values
   */
  function button(name, values) {
    const one = make("button", { type: "button" }, say(name));
    one.onclick = () => set(values);
    return [" ", one];
  }

  /** Ticks what can be seen. */
  function tick() {
    const there = heads.filter((head) => head.checkVisibility()).map((head) => head.dataset.column);
    for (const box of boxes) {
      box.checked = there.includes(box.value);
      box.disabled = box.checked && there.length === FEWEST;
    }
  }
}

/**
 * The subjects as a row has them: by its numbers, the winner's end first, else winners and then the best states. What is
 * not known stands last, whichever way round.
 *
 * @param {Element} row
 * @param {string[]} ids
 * @param {string} back not empty for the other way round
 */
function sorted(row, ids, back) {
  const cells = ids.map((id) => {
    const cell = /** @type {HTMLElement} */ (row.querySelector(`[data-subject="${id}"]`));
    const { state = "", wins } = cell.dataset;
    return { id, unknown: state === "unknown", number: Number(cell.querySelector("data")?.value ?? NaN), wins, state };
  });
  const known = cells.filter((cell) => !cell.unknown);
  const numbers = known.map((cell) => cell.number);
  const most = Math.max(...numbers);
  const sign = known.some((cell) => cell.wins !== undefined && cell.number === most) ? -1 : 1;
  const rank = (/** @type {typeof cells[0]} */ { number, wins, state }) =>
    Number.isNaN(most) ? (STATES.indexOf(state) + 5) % 5 - (wins === undefined ? 0 : 9) : number * sign;
  known.sort((one, other) => (rank(one) - rank(other)) * (back ? -1 : 1));
  return [...known, ...cells.filter((cell) => cell.unknown)].map((cell) => cell.id);
}
