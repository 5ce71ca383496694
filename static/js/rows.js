// Which rows of the table are shown: those that hold some words, also of their group's name, and those whose cells differ.

import { change, follow, view } from "./address.js";
import { say } from "./say.js";
import { linesOf, sectionOf } from "./table.js";
import { finder, plain } from "./text.js";
import { start as startToolbar } from "./toolbar.js";

/** @param {HTMLElement} tool */
export function start(tool) {
  const section = sectionOf(tool);
  const lines = linesOf(section).map((line) => {
    const group = line.element.parentElement?.querySelector("[scope=rowgroup]")?.textContent?.trim() ?? "";
    const opener = line.element.querySelector("[popovertarget]");
    const note = /** @type {HTMLElement} */ (document.getElementById(opener?.getAttribute("popovertarget") ?? ""));
    const words = note.querySelector("p")?.textContent ?? ""; // its links say the same in every row
    return { ...line, note, text: plain(`${group} ${line.element.textContent} ${words}`) };
  });
  const find = /** @type {HTMLInputElement} */ (tool.querySelector("[name=find]"));
  const differ = /** @type {HTMLInputElement} */ (tool.querySelector("[name=differ]"));
  const tally = /** @type {HTMLElement} */ (section.querySelector(".tally"));

  find.oninput = () => tell({ on: view().has("find") });
  differ.onchange = () => tell();
  startToolbar(/** @type {HTMLElement} */ (tool.querySelector("[role=toolbar]")));
  if (find.value || differ.checked) tell(); // they were set before this was there
  follow(() => {
    find.value = view().get("find") ?? "";
    differ.checked = view().has("differ");
    show();
  });

  /** @param {{ on?: boolean }} [how] */
  function tell(how) {
    change({ find: find.value || null, differ: differ.checked ? "1" : null }, how);
    show();
  }

  function show() {
    const holds = finder(find.value);
    for (const line of lines) {
      line.element.hidden = line.note.hidden = (differ.checked && line.alike) || !holds(line.text);
    }
    for (const body of section.querySelectorAll("tbody")) body.hidden = !body.querySelector("tr[id]:not([hidden])");
    const hidden = lines.filter(({ element }) => element.hidden);
    const unknown = hidden.filter((line) => line.unknown).length;
    const said = [say("shown", { count: lines.length - hidden.length, all: lines.length })];
    if (unknown) said.push(say("hidden-unknown", { count: unknown }));
    tally.textContent = hidden.length ? said.join(" ") : "";
  }
}
