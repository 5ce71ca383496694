// Any subjects of one kind, side by side. The address says which: `?with=a,b`; the facts come from one file each.

import { change, follow, view } from "./address.js";
import { indexAt, lacking, near, rowsOf, subjectAt } from "./facts.js";
import { drawn } from "./facts-table.js";
import "./facts-words.js";
import { listed, say } from "./say.js";
import { make } from "./table.js";

/** @param {HTMLElement} section */
export function start(section) {
  const fewest = Number(section.dataset.fewest);
  const most = Number(section.dataset.most);
  const index = new URL(section.dataset.index ?? "", location.href);
  const title = /** @type {HTMLElement} */ (section.querySelector("h2"));
  const said = /** @type {HTMLElement} */ (section.querySelector(".said"));
  const answer = /** @type {HTMLElement} */ (section.querySelector(".answer"));
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const kind = /** @type {HTMLSelectElement} */ (section.querySelector("select"));
  const choice = /** @type {HTMLFieldSetElement} */ (section.querySelector("fieldset"));
  const legend = /** @type {HTMLTemplateElement} */ (section.querySelector("template")).content;
  const before = { title: title.textContent ?? "", page: document.title };
  const heading = document.querySelector("h1")?.textContent ?? "";
  let shown = "";

  kind.onchange = choose;
  choice.onchange = limit;
  form.onsubmit = async (event) => {
    event.preventDefault();
    change({ with: boxes().filter((box) => box.checked).map((box) => box.value).join(",") || null });
    await show();
    title.focus({ preventScroll: true });
    section.scrollIntoView();
  };
  follow(show);
  if (kind.value && !shown) choose(); // before this script was there

  function choose() {
    offer(kind.value, []).catch(() => said.replaceChildren(make("p", {}, say("not-loaded"))));
  }

  /** @returns {HTMLInputElement[]} */
  function boxes() {
    return [...choice.querySelectorAll("input")];
  }

  /**
   * Shows the subjects of a kind to choose from.
   *
   * @param {string} name
   * @param {string[]} chosen their ids
   */
  async function offer(name, chosen) {
    kind.value = name;
    if (kind.selectedIndex < 0) kind.value = ""; // there is only one of that kind
    choice.hidden = !kind.value;
    const subjects = kind.value ? (await indexAt(index)).subjects : [];
    const inputs = subjects.filter((one) => one.kind === kind.value).map(({ id, name }) => {
      const input = make("input", { type: "checkbox", name: "with", value: id });
      input.checked = chosen.includes(id);
      return make("label", { class: "check" }, input, ` ${name}`);
    });
    choice.replaceChildren(/** @type {Element} */ (choice.firstElementChild), ...inputs);
    limit();
  }

  function limit() {
    const full = boxes().filter((box) => box.checked).length >= most;
    for (const box of boxes()) box.disabled = full && !box.checked;
  }

  /** Shows what the address asks for, unless it is there already: a link within the page is a step as well. */
  async function show() {
    const asked = [...new Set(view().getAll("with").flatMap((part) => part.toLowerCase().split(/[\s,]+/)).filter(Boolean))];
    const ids = asked.join(",");
    if (ids === shown) return;
    shown = ids;
    if (ids) change({ with: ids }, { on: true }); // a form writes it otherwise
    const found = ids ? await answered(asked).catch(() => ({ ...nothing(), said: [say("not-loaded")] })) : nothing();
    if (ids !== shown) return; // the reader has gone on meanwhile
    const names = found.names.length ? found.names : [before.title];
    title.replaceChildren(...names.flatMap((name, nth) => (nth ? [" ", make("i", { class: "vs" }, "vs"), " ", name] : [name])));
    document.title = found.names.length ? before.page.replace(heading, () => names.join(" vs ")) : before.page;
    said.replaceChildren(...found.said.map((words) => (typeof words === "string" ? make("p", {}, words) : words)));
    answer.replaceChildren(...found.table);
    if (found.table.length) arm(ids.split(","));
    delete document.documentElement.dataset.asked;
  }

  /**
   * Gives each column a button that leaves it out, and the table a choice of whom to add.
   *
   * @param {string[]} ids
   */
  function arm(ids) {
    const ask = async (/** @type {string[]} */ wanted) => {
      change({ with: wanted.join(",") });
      await show();
      title.focus({ preventScroll: true }); // what was pressed is gone
    };
    for (const head of ids.length > fewest ? answer.querySelectorAll(".scroller th[data-column]") : []) {
      const name = head.querySelector("a, span")?.firstChild?.textContent ?? "";
      const button = make("button", { type: "button", class: "close", "aria-label": say("leave-out", { name }) }, "×");
      button.onclick = () => ask(ids.filter((id) => id !== /** @type {HTMLElement} */ (head).dataset.column));
      head.prepend(button);
    }
    const rest = boxes().filter((box) => !ids.includes(box.value));
    if (!rest.length || ids.length >= most) return;
    const options = rest.map((box) => make("option", { value: box.value }, box.parentElement?.textContent?.trim() ?? ""));
    const select = make("select", { "aria-label": say("add") }, ...options);
    const button = make("button", { type: "button" }, say("add"));
    button.onclick = () => ask([...ids, select.value]);
    answer.querySelector(".factors")?.prepend(make("div", { class: "tool" }, select, button));
  }

  /** @returns {{ names: string[], said: (string | Element)[], table: Element[] }} */
  function nothing() {
    if (!shown) offer("", []);
    return { names: [], said: [], table: [] };
  }

  /**
   * @param {string[]} asked
   * @returns {Promise<ReturnType<nothing>>}
   */
  async function answered(asked) {
    const all = await indexAt(index);
    const known = asked.flatMap((id) => all.subjects.find((one) => one.id === id) ?? []);
    const files = await Promise.all(known.slice(0, most).map(({ id }) => subjectAt(new URL(`${id}/facts.json`, index))));
    await offer(known[0]?.kind ?? "", asked);
    const wrong = mistakes(asked, known, all.subjects);
    if (wrong.length) return { ...nothing(), said: [...wrong, ...rulings(asked, files, true)] };
    const names = known.map((one) => one.name);
    const rows = rowsOf(all.factors, files);
    const gaps = lacking(rows, files);
    const count = gaps.rows;
    const who = listed(gaps.subjects.map(({ name, count }) => `${name} (${count})`));
    return {
      names,
      said: [...rulings(asked, files), ...(count ? [say("lacking", { count, all: rows.length, who })] : [])],
      table: rows.length ? drawn(names.join(" vs "), rows, files, files.map(({ hue }) => `hue-${hue}`), legend) : [],
    };
  }

  /**
   * What is wrong with what the address asks for, in words.
   *
   * @param {string[]} asked
   * @param {import("./facts.js").Named[]} known
   * @param {import("./facts.js").Named[]} all
   * @returns {(string | Element)[]}
   */
  function mistakes(asked, known, all) {
    const unknown = asked.filter((id) => !known.some((one) => one.id === id));
    const kinds = new Set(known.map((one) => one.kind));
    if (asked.length > most) return [say("too-many", { most, count: asked.length })];
    if (unknown.length) {
      return unknown.map((id) => {
        const links = near(id, all).map((one) => {
          const others = asked.map((other) => (other === id ? one.id : other));
          return make("a", { href: `?with=${[...new Set(others)].join(",")}` }, one.name);
        });
        const paragraph = make("p", {}, say("not-known-here", { name: id }));
        if (links.length) paragraph.append(" ", ...within("did-you-mean", "links", links));
        return paragraph;
      });
    }
    if (kinds.size > 1) return [say("kinds-differ", { who: listed(known.map((one) => `${one.name} (${one.kind})`)) })];
    return asked.length < fewest ? [say("too-few")] : [];
  }
}

/**
 * Who has judged these subjects already, or that nobody has.
 *
 * @param {string[]} asked
 * @param {import("./facts.js").Known[]} files
 * @param {boolean} [quiet] without the latter
 */
function rulings(asked, files, quiet = false) {
  const all = files.flatMap((file) => (file.comparisons ?? []).map((one) => ({ ...one, url: new URL(one.url, file.from).href })));
  const written = [...new Map(all.map((one) => [one.url, one])).values()].map((one) => {
    const shared = one.subjects.filter((id) => asked.includes(id)).length;
    return { ...one, shared, whole: shared === asked.length, link: make("a", { href: one.url }, one.title) };
  });
  const exact = written.find((one) => one.whole && one.shared === one.subjects.length);
  const others = written.filter((one) => one !== exact && one.shared > 1);
  const among = others.filter((one) => one.whole).map((one) => one.link);
  const partly = others.filter((one) => !one.whole).map((one) => one.link);
  const said = [];
  if (exact) said.push(within(exact.pick ? "judged" : "judged-open", "link", [exact.link], { pick: exact.pick ?? "" }));
  else if (!quiet) said.push([say(among.length ? "unjudged-alone" : asked.length === 2 ? "unjudged-pair" : "unjudged"), " ", say("no-verdict")]);
  if (among.length) said.push(within("judged-among", "links", among));
  if (partly.length) said.push(within("judged-partly", "links", partly));
  return said.map((words) => make("p", {}, ...words));
}

/**
 * A text with links in the place of one of its placeholders.
 *
 * @param {string} name
 * @param {string} place
 * @param {Element[]} links
 * @param {Record<string, string>} [values]
 * @returns {(string | Element)[]}
 */
function within(name, place, links, values = {}) {
  const [first, last] = say(name, { ...values, [place]: "\0" }).split("\0");
  return [first, ...links.flatMap((link, nth) => (nth ? [", ", link] : [link])), last];
}
