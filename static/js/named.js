// The subjects that a question names, and what the site has on just these: a ruling, or else their facts side by side.

import { say } from "./say.js";
import { plain } from "./text.js";

const SUBJECTS = new URL("../../subjects/", import.meta.url);

/**
 * @typedef {{ id: string, name: string, kind: string }} Subject
 * @typedef {{ title: string, url: string, subjects: string[] }} Ruling its address relative to the subject's
 */

/** @type {Promise<Subject[]> | undefined} */
let loading;

/**
 * The answer to "X vs Y", however they are joined; none where fewer are named, or things of several kinds.
 *
 * @param {string} question
 * @returns {Promise<import("./search.js").Found | undefined>}
 */
export async function named(question) {
  loading ??= file("index.json").then(({ subjects }) => subjects);
  const found = subjectsIn(question, await loading);
  if (found.length < 2 || found.some(({ kind }) => kind !== found[0].kind)) return;
  const ids = found.map(({ id }) => id);
  /** @type {Ruling[]} */
  const written = (await file(`${ids[0]}/facts.json`)).comparisons ?? [];
  const ruling = written.find(({ subjects }) => subjects.length === ids.length && ids.every((id) => subjects.includes(id)));
  const meta = ruling ? { title: ruling.title } : { title: found.map(({ name }) => name).join(" vs "), says: say("by-facts") };
  return { url: new URL(ruling ? `${ids[0]}/${ruling.url}` : `../compare/?with=${ids.join(",")}`, SUBJECTS).href, meta, excerpt: "" };
}

/** @param {string} name below the folder of the subjects */
const file = async (name) => (await fetch(new URL(name, SUBJECTS))).json();

/**
 * In the order of the question. Of names within each other the longest counts.
 *
 * @param {string} question
 * @param {Subject[]} all
 */
function subjectsIn(question, all) {
  let rest = ` ${plain(question)} `;
  /** @type {Map<Subject, number>} */
  const places = new Map();
  const names = all.flatMap((one) => [one.name, one.id].map((name) => ({ one, name: plain(name) })));
  for (const { one, name } of names.sort((one, other) => other.name.length - one.name.length)) {
    const place = rest.search(new RegExp(`(?<![\\w-])${name.replace(/\W/g, "\\$&")}(?![\\w-])`));
    if (place < 0) continue;
    rest = rest.slice(0, place) + "\0".repeat(name.length) + rest.slice(place + name.length);
    places.set(one, place);
  }
  return [...places.keys()].sort((one, other) => Number(places.get(one)) - Number(places.get(other)));
}
