// Which subjects the table shows, and which of them stay beside the factor while the rest scrolls.

import { change, follow, view } from "./address.js";
import { say } from "./say.js";
import { sectionOf, subjectsOf } from "./table.js";

const PINS = 2; // more would leave a phone no room for the rest
const FEWEST = 2; // a comparison of fewer is none

/** @param {HTMLElement} tool */
export function start(tool) {
  const section = sectionOf(tool);
  const subjects = subjectsOf(section);
  const boxes = /** @type {HTMLInputElement[]} */ ([...tool.querySelectorAll("input")]);
  const pins = /** @type {HTMLButtonElement[]} */ ([...tool.querySelectorAll("button")]);
  const more = section.querySelector(".more");
  const whole = more?.textContent ?? "";
  const around = /** @type {HTMLDetailsElement} */ (tool.closest("details"));

  const checked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  for (const box of boxes) box.onchange = () => tell(checked(), pinned());
  for (const pin of pins) {
    pin.onclick = () => {
      const rest = pinned().filter((id) => id !== pin.value);
      tell(shown(), rest.length < pinned().length ? rest : [...rest, pin.value].slice(-PINS));
    };
  }
  if (!view().has("show") && checked().length < subjects.length) tell(checked(), pinned()); // before this was there
  follow(() => {
    if (view().has("show") || view().has("pin")) around.open = true;
    show();
  });

  function shown() {
    const asked = new Set((view().get("show") ?? "").split(","));
    const found = subjects.filter(({ id }) => asked.has(id)).map(({ id }) => id);
    return found.length < FEWEST ? subjects.map(({ id }) => id) : found;
  }

  function pinned() {
    const there = new Set(shown());
    return [...new Set((view().get("pin") ?? "").split(","))].filter((id) => there.has(id)).slice(0, PINS);
  }

  /**
   * @param {string[]} ids
   * @param {string[]} pinned
   */
  function tell(ids, pinned) {
    const kept = pinned.filter((id) => ids.includes(id));
    change({ show: ids.length < subjects.length ? ids.join(",") : null, pin: kept.join(",") || null });
    show();
  }

  function show() {
    const there = new Set(shown());
    const first = pinned();
    const order = [...first, ...subjects.map(({ id }) => id).filter((id) => !first.includes(id))];
    for (const row of section.querySelectorAll("tr")) {
      const found = /** @type {HTMLElement[]} */ ([...row.querySelectorAll("[data-subject], [data-column]")]);
      const cells = new Map(found.map((cell) => [cell.dataset.subject ?? cell.dataset.column ?? "", cell]));
      for (const id of cells.size ? order : []) {
        const cell = /** @type {HTMLElement} */ (cells.get(id));
        cell.hidden = !there.has(id);
        cell.classList.toggle("pinned", first.includes(id));
        cell.style.setProperty("--pin", String(first.indexOf(id)));
        row.append(cell);
      }
    }
    const columns = [...section.querySelectorAll("col")].slice(1);
    columns.forEach((column, place) => (column.hidden = place >= there.size));
    for (const head of section.querySelectorAll("[colspan]")) head.setAttribute("colspan", String(there.size + 1));
    section.dataset.subjects = String(there.size);
    const count = there.size;
    if (more) more.textContent = count < subjects.length ? say("columns-shown", { count, all: subjects.length }) : whole;
    section.classList.toggle("pins", first.length > 0);
    for (const box of boxes) {
      box.checked = there.has(box.value);
      box.disabled = box.checked && there.size === FEWEST;
    }
    for (const pin of pins) {
      pin.setAttribute("aria-pressed", String(first.includes(pin.value)));
      pin.disabled = !there.has(pin.value);
    }
  }
}
