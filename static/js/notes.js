// Shows the notes of all rows at once, each below its row.

import { change, follow, view } from "./address.js";
import { sectionOf } from "./table.js";

/** @param {HTMLElement} tool */
export function start(tool) {
  const section = sectionOf(tool);
  tool.onclick = () => {
    change({ notes: view().has("notes") ? null : "1" });
    show();
  };
  follow(show);

  function show() {
    const shown = view().has("notes");
    section.toggleAttribute("data-notes", shown);
    tool.setAttribute("aria-pressed", String(shown));
  }
}
