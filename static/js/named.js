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
  /** @type {{ comparisons?: Ruling[] }} */
  const { comparisons } = await file(ids[0] + "/facts.json");
  const ruling = comparisons?.find(({ subjects }) => String(subjects.toSorted()) === String(ids.toSorted()));
  const [path, title] = ruling ? [ids[0] + "/" + ruling.url, ruling.title] : ["../compare/?with=" + ids, found.map(({ name }) => name).join(" vs ")];
  return { url: new URL(path, SUBJECTS).href, meta: { title, says: ruling ? "" : say("by-facts") }, excerpt: "" };
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
  let rest = plain(question);
  /** @type {(Subject & { place: number })[]} */
  const found = [];
  for (const one of all.toSorted((one, other) => other.name.length - one.name.length)) {
    const name = plain(one.name).replace(/\W/g, "\\$&");
    rest = rest.replace(new RegExp("(?<![\\w-])" + name + "(?![\\w-])"), (match, place) => {
      found.push({ ...one, place });
      return "\0".repeat(match.length);
    });
  }
  return found.sort((one, other) => one.place - other.place);
}
