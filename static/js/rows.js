// Which rows of the table are shown: those that hold some words, also of their group's name, and those whose cells differ;
// and whether the notes of all are, each below its row.

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
  const notes = /** @type {HTMLElement | null} */ (tool.querySelector("[name=notes]"));
  const tally = /** @type {HTMLElement} */ (section.querySelector(".tally"));

  find.oninput = () => set(asked(), { on: view().has("find") });
  differ.onchange = () => set(asked());
  if (notes) notes.onclick = () => set({ notes: view().has("notes") ? null : "1" });
  startToolbar(/** @type {HTMLElement} */ (tool.querySelector("[role=toolbar]")));
  const asked = () => ({ find: find.value || null, differ: differ.checked ? "1" : null });
  if (find.value || differ.checked) change(asked()); // they were set before this was there
  const set = follow(show);

  function show() {
    find.value = view().get("find") ?? "";
    differ.checked = view().has("differ");
    section.toggleAttribute("data-notes", view().has("notes"));
    notes?.setAttribute("aria-pressed", String(view().has("notes")));
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
