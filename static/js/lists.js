// A list of comparisons, searched and sorted. What is asked for stands in the address.

import { change, follow, view } from "./address.js";
import "./facts-words.js";
import { say } from "./say.js";
import { finder, plain } from "./text.js";

/** @param {HTMLFormElement} form */
export function start(form) {
  const page = /** @type {HTMLElement} */ (form.closest("main"));
  const lists = [...page.querySelectorAll(".lines")];
  const [first] = lists;
  const groups = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".group:has(.lines)")]);
  const rest = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".lead, .cats, .group:not(:has(.lines))")]);
  const heading = groups[0]?.querySelector("h2");
  const category = heading ? [...heading.childNodes] : [];
  const tally = /** @type {HTMLElement} */ (form.querySelector(".tally"));
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.querySelectorAll("[name]")]);
  const named = (/** @type {string} */ name) => fields.find((field) => field.name === name);
  const asked = (/** @type {string} */ name) => named(name)?.value ?? "";
  const lines = lists.flatMap((list) => [...list.children].map((line) => read(/** @type {HTMLElement} */ (line), list)));

  const kinds = /** @type {HTMLSelectElement} */ (named("kind"));
  for (const kind of [...new Set(lines.flatMap((line) => line.kinds))].sort()) kinds.add(new Option(kind));
  form.onsubmit = (event) => event.preventDefault();
  form.oninput = ({ target }) => tell({ on: target === named("find") && view().has("find") });
  if (fields.some((field) => field.value)) tell(); // they were set before this was there
  follow(() => {
    for (const field of fields) {
      field.value = view().get(field.name) ?? "";
      if (!field.value) field.value = ""; // what the address names may not be there any more
    }
    show();
  });

  /** @param {{ on?: boolean }} [how] */
  function tell(how) {
    change(Object.fromEntries(fields.map((field) => [field.name, field.value || null])), how);
    show();
  }

  function show() {
    const [find, only, kind, order] = ["find", "category", "kind", "order"].map(asked);
    const holds = finder(find);
    let count = 0;
    for (const line of lines) {
      const fits = (!only || line.category === only) && (!kind || line.kinds.includes(kind)) && holds(line.text);
      if (line.element.hidden === fits) line.element.hidden = !fits;
      count += Number(fits);
    }
    sort(order);
    for (const group of groups) group.hidden = !group.querySelector(".line:not([hidden])");
    const some = Boolean(find || only || kind || order);
    for (const part of rest) part.hidden = some;
    const all = lines.length;
    tally.textContent = some ? (count ? say("listed", { count, all }) : say("none-listed", { all })) : "";
    if (find && !count) offer(find).catch(() => {}); // then there are no facts
  }

  /**
   * Beside an empty list, what there is on the subjects that the words name.
   *
   * @param {string} find
   */
  async function offer(find) {
    const { named: answer } = await import("./named.js");
    const found = await answer(find);
    if (!found || asked("find") !== find || tally.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = found.url;
    link.textContent = found.meta.title;
    tally.append(" · ", link, found.meta.says && ` (${found.meta.says})`);
  }

  /**
   * By day all stand in one list, because days know nothing of categories; else each where it belongs.
   *
   * @param {string} order
   */
  function sort(order) {
    const day = order === "newest" ? "revised" : "checked";
    const sorted = order ? lines.toSorted((one, other) => other[day].localeCompare(one[day])) : lines;
    const places = new Map();
    for (const { element, list } of sorted) {
      const home = order ? first : list;
      const place = places.get(home) ?? 0;
      if (home.children[place] !== element) home.insertBefore(element, home.children[place] ?? null);
      places.set(home, place + 1);
    }
    const { selectedOptions } = /** @type {HTMLSelectElement} */ (named("order"));
    heading?.replaceChildren(...(order ? [selectedOptions[0].text] : category));
  }

  /**
   * @param {HTMLElement} element
   * @param {Element} list
   */
  function read(element, list) {
    const group = /** @type {HTMLElement | null} */ (list.closest(".group"));
    return {
      element,
      list,
      category: group ? title(group) : "",
      kinds: element.dataset.kinds?.split("|") ?? [],
      checked: element.dataset.checked ?? "",
      revised: element.querySelector("time")?.dateTime ?? "",
      text: plain(`${element.textContent} ${element.dataset.also}`),
    };
  }

  /** @param {HTMLElement} group */
  function title(group) {
    return group.querySelector("h2")?.textContent?.trim() ?? "";
  }
}
