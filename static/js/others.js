// Who else could stand in the table: what else is of the kind of its subjects, for the page that sets facts side by side.

import { say } from "./say.js";
import { make, sectionOf } from "./table.js";

/** @param {HTMLElement} form */
export async function start(form) {
  const heads = /** @type {HTMLElement[]} */ ([...sectionOf(form).querySelectorAll(".scroller th[data-column]")]);
  const idsOf = (/** @type {HTMLElement[]} */ some) => some.map((head) => head.dataset.column ?? "");
  const ids = idsOf(heads);
  const answer = await fetch(new URL("../../subjects/index.json", import.meta.url));
  /** @type {{ id: string, name: string, kind: string }[]} */
  const known = answer.ok ? (await answer.json()).subjects : [];
  const kinds = new Set(ids.map((id) => known.find((one) => one.id === id)?.kind));
  const others = kinds.size > 1 ? [] : known.filter((one) => kinds.has(one.kind) && !ids.includes(one.id));
  form.querySelector("select")?.append(...others.map(({ id, name }) => make("option", { value: id }, name)));
  if (!others.length) form.replaceChildren(say("no-others"));
  form.onsubmit = () => {
    const shown = idsOf(heads.filter((head) => head.checkVisibility()));
    /** @type {HTMLInputElement} */ (form.querySelector("input")).value = shown.join(",");
  };
}
