// Which rows of the table are shown: those of a group, those that hold some words, those whose cells differ.

import { change, follow, view } from "./address.js";
import { say } from "./say.js";
import { linesOf, sectionOf } from "./table.js";
import { finder, plain } from "./text.js";

/** @param {HTMLElement} tool */
export function start(tool) {
  const section = sectionOf(tool);
  const lines = linesOf(section).map((line) => {
    const group = line.element.parentElement?.querySelector("[scope=rowgroup]")?.textContent?.trim() ?? "";
    const opener = line.element.querySelector("[popovertarget]");
    const note = /** @type {HTMLElement} */ (document.getElementById(opener?.getAttribute("popovertarget") ?? ""));
    const words = note.querySelector("p")?.textContent ?? ""; // its links say the same in every row
    return { ...line, group, note, text: plain(`${group} ${line.element.textContent} ${words}`) };
  });
  const find = /** @type {HTMLInputElement} */ (tool.querySelector("[name=find]"));
  const group = /** @type {HTMLSelectElement | null} */ (tool.querySelector("[name=group]"));
  const differ = /** @type {HTMLInputElement} */ (tool.querySelector("[name=differ]"));
  const tally = /** @type {HTMLElement} */ (section.querySelector(".tally"));
  const around = /** @type {HTMLDetailsElement} */ (tool.closest("details"));

  find.oninput = () => tell({ on: view().has("find") });
  differ.onchange = () => tell();
  if (group) group.onchange = () => tell();
  if (find.value || differ.checked || group?.value) tell(); // they were set before this was there
  follow(() => {
    find.value = view().get("find") ?? "";
    differ.checked = view().has("differ");
    if (group) group.value = view().get("group") ?? "";
    if (["find", "differ", "group"].some((name) => view().has(name))) around.open = true;
    show();
  });

  /** @param {{ on?: boolean }} [how] */
  function tell(how) {
    change({ find: find.value || null, differ: differ.checked ? "1" : null, group: group?.value || null }, how);
    show();
  }

  function show() {
    const holds = finder(find.value);
    for (const line of lines) {
      const elsewhere = Boolean(group?.value && group.value !== line.group);
      line.element.hidden = line.note.hidden = elsewhere || (differ.checked && line.alike) || !holds(line.text);
    }
    for (const body of section.querySelectorAll("tbody")) body.hidden = !body.querySelector("tr[id]:not([hidden])");
    const hidden = lines.filter(({ element }) => element.hidden);
    const unknown = hidden.filter((line) => line.unknown).length;
    const said = [say("shown", { count: lines.length - hidden.length, all: lines.length })];
    if (unknown) said.push(say("hidden-unknown", { count: unknown }));
    tally.textContent = hidden.length ? said.join(" ") : "";
  }
}
