// Search over everything, in a dialog. Pagefind made the index, and it is loaded when somebody searches.

import { named } from "./named.js";
import { say } from "./say.js";
import { make } from "./table.js";
import { finder, plain } from "./text.js";

const INDEX = new URL("../../pagefind/", import.meta.url);
const KINDS = ["comparison", "subject", "page"];
const BEST = 40; // pages that are looked at
const MOST = 10; // of a kind that are shown; who wants more asks for less
const PAUSE = 120; // milliseconds without a key

/**
 * @typedef {object} Found
 * @property {string} url
 * @property {string} excerpt markup, with the words that were found in <mark>
 * @property {Record<string, string>} meta
 */

/** @param {HTMLButtonElement} button */
export function start(button) {
  const input = make("input", { type: "text", role: "searchbox", "aria-label": say("search-what"), placeholder: say("search-what"), autocomplete: "off" });
  const close = make("button", { type: "button" }, say("close"));
  const status = make("p", { class: "tally", role: "status" });
  const results = make("div", { class: "found" });
  const form = make("form", { class: "form", role: "search" }, input, close);
  const dialog = make("dialog", { class: "search", "aria-label": say("search") }, form, status, results);
  document.body.append(dialog);
  let asked = "";

  button.onclick = () => {
    dialog.showModal();
    input.select();
    pagefind().catch(() => (status.textContent = say("no-index")));
  };
  close.onclick = () => dialog.close();
  dialog.onclick = ({ target }) => {
    if (target === dialog) dialog.close(); // it was pressed beside the dialog
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    results.querySelector("a")?.click();
  };
  input.oninput = async () => {
    asked = input.value.trim();
    const question = asked;
    await new Promise((done) => setTimeout(done, PAUSE));
    if (question === asked) await answer(question);
  };
  dialog.onkeydown = (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    const stops = [input, ...results.querySelectorAll("a")];
    const here = stops.findIndex((stop) => stop === document.activeElement);
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, here + way))].focus();
  };

  /** @param {string} question */
  async function answer(question) {
    try {
      const { results: hits } = await (await pagefind()).search(question);
      /** @type {Found[]} */
      const pages = await Promise.all(hits.slice(0, BEST).map((/** @type {{ data: () => Promise<Found> }} */ hit) => hit.data()));
      const answer = await named(question).catch(() => undefined);
      if (question !== asked) return; // somebody typed on
      const groups = KINDS.map((kind) => ({ kind, found: pages.filter((page) => page.meta.kind === kind).slice(0, MOST) }));
      if (answer) groups[0].found = [...new Set([groups[0].found.find(({ url }) => answer.url.endsWith(url)) ?? answer, ...groups[0].found])];
      results.replaceChildren(...groups.flatMap(({ kind, found }) => section(kind, found)));
      status.textContent = !question ? "" : hits.length ? say("found", { count: hits.length }) : say("nothing-found", { asked: question });
    } catch {
      status.textContent = say("no-index");
    }
  }
}

/** @type {Promise<any> | undefined} */
let loading;

/** Pagefind, once it is wanted; after a failure, once more. */
function pagefind() {
  loading ??= import(new URL("pagefind.js", INDEX).href).then(async (loaded) => {
    // A worker would be begun from an address in a text, which Trusted Types forbid.
    await loaded.options({ baseUrl: new URL("..", INDEX).pathname, excerptLength: 18, noWorker: true });
    return loaded;
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/**
 * @param {string} kind
 * @param {Found[]} pages
 */
function section(kind, pages) {
  if (!pages.length) return [];
  const items = pages.map(({ url, meta, excerpt }) => {
    const { title, says } = meta;
    const words = (excerpt.match(/(?<=<mark>).*?(?=<\/mark>)/gs) ?? []).join(" ").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ");
    // Where its name and its one line hold what was found, the excerpt would say it once more.
    /** @type {(string | Node)[][]} */
    const lines = says ? [[says]] : [];
    if (!says || !finder(words)(plain(title + says))) lines.push(marked(excerpt));
    return make("li", {}, make("a", { href: url }, title), ...lines.map((line) => make("p", {}, ...line)));
  });
  return [make("h2", {}, say(kind)), make("ul", {}, ...items)];
}

/**
 * An excerpt as text, in which nothing but the marks is an element. It is read by hand: a parser of HTML is what Trusted
 * Types forbid, and Pagefind escapes no more than angle brackets.
 *
 * @param {string} excerpt
 */
function marked(excerpt) {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((text, nth) => {
    const words = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return nth % 2 ? make("mark", {}, words) : words;
  });
}
