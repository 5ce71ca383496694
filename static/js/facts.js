// What is known of subjects, row by row: the files that hold it, who wins by the numbers, and what is missing.

import { compare } from "./decimal.js";

/**
 * @typedef {{ id: string, name: string, kind: string }} Named
 * @typedef {{ id: string, label: string, note?: string, unit?: string, better?: "lower" | "higher" }} Factor
 * @typedef {{ title: string, url: string, alive?: string }} Source its address relative to the file
 * @typedef {object} Fact
 * @property {string} [state]
 * @property {string} [value] a number as written
 * @property {string} [compare] the number to compare by, where that is not the value
 * @property {string} [low] the least that was measured, as written
 * @property {string} [high] the most
 * @property {number} [runs] how often it was measured
 * @property {string} [unit] its own unit, where the row's is not it
 * @property {string} [version] of the subject, where it is not the one of its file
 * @property {string} [text]
 * @property {string} [kind] of evidence
 * @property {string} [quote]
 * @property {string} [checked] a day, as in ISO 8601
 * @property {string} [by] who checked it
 * @property {boolean} [found] in its sources, by a program
 * @property {string} [due] the last day on which that is recent enough
 * @property {Source[]} [sources]
 * @typedef {{ low: string, high: string }} Spread
 * @typedef {{ title: string, url: string, subjects: string[], pick?: string }} Written
 * @typedef {Named & { from: URL, hue: number, version?: string, url?: string, facts: Record<string, Fact>, comparisons?: Written[] }} Known
 * @typedef {{ from: URL, factors: Factor[], subjects: Named[] }} Index
 * @typedef {Factor & { facts: (Fact | undefined)[], winners: number[], tied: boolean }} Row
 */

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/**
 * A file, fetched once; `from` is where it lies. One that could not be had may be asked for again.
 *
 * @param {URL} from
 */
function loaded(from) {
  const file = files.get(from.href) ?? fetched(from);
  files.set(from.href, file);
  file.catch(() => files.delete(from.href));
  return file;
}

/** @type {(from: URL) => Promise<Index>} */
export const indexAt = loaded;

/** @type {(from: URL) => Promise<Known>} */
export const subjectAt = loaded;

/** @param {URL} from */
async function fetched(from) {
  const answer = await fetch(from);
  if (!answer.ok) throw new Error(`${answer.status} ${from}`);
  return { ...(await answer.json()), from };
}

/** @param {Fact | undefined} fact */
export const isUnknown = (fact) => !fact || fact.state === "unknown";

/**
 * The rows of which something is known, in the order of the author.
 *
 * @param {Factor[]} factors
 * @param {Known[]} subjects
 * @returns {Row[]}
 */
export function rowsOf(factors, subjects) {
  return factors.flatMap((factor) => {
    const facts = subjects.map((subject) => (Object.hasOwn(subject.facts, factor.id) ? subject.facts[factor.id] : undefined));
    const winners = best(facts, factor);
    return facts.every(isUnknown) ? [] : [{ ...factor, facts, winners, tied: winners.length === facts.length }];
  });
}

const RANKS = { no: "0", partial: "1", yes: "2" };

/** @param {Fact | undefined} fact */
export const numberOf = (fact) => fact?.compare ?? fact?.value;

/**
 * The places of those with the best number, or the best of yes, partial and no, and of those whose spread overlaps with
 * theirs; none unless everyone has one and it is known which is better.
 *
 * @param {(Fact | undefined)[]} facts
 * @param {Factor} factor
 */
function best(facts, { better, unit }) {
  const found = scores(facts, unit);
  if (!better || found.length < facts.length) return [];
  const beats = (/** @type {string} */ one, /** @type {string} */ other) => compare(one, other) * (better === "lower" ? -1 : 1) > 0;
  const places = found.flatMap((score, place) => (found.some((other) => beats(other, score)) ? [] : [place]));
  if (facts.some((fact) => !numberOf(fact))) return places;
  const spreads = facts.map((fact, place) => ({ low: fact?.low ?? found[place], high: fact?.high ?? found[place] }));
  const overlap = (/** @type {Spread} */ one, /** @type {Spread} */ other) => compare(one.low, other.high) <= 0 && compare(other.low, one.high) <= 0;
  return spreads.flatMap((one, place) => (places.some((other) => overlap(one, spreads[other])) ? [place] : []));
}

/**
 * By what facts are compared: numbers, all in one unit, or states.
 *
 * @param {(Fact | undefined)[]} facts
 * @param {string} [unit]
 */
function scores(facts, unit) {
  const numbers = facts.flatMap((fact) => numberOf(fact) ?? []);
  if (!numbers.length) return facts.flatMap((fact) => RANKS[/** @type {keyof typeof RANKS} */ (fact?.state)] ?? []);
  const units = new Set(facts.map((fact) => fact?.unit ?? ""));
  return units.size === 1 && (!unit || units.has("")) ? numbers : [];
}

/**
 * How many rows have a gap, and how many each subject has.
 *
 * @param {Row[]} rows
 * @param {Known[]} subjects
 */
export function lacking(rows, subjects) {
  const counts = subjects.map(({ name }, place) => ({ name, count: rows.filter((row) => isUnknown(row.facts[place])).length }));
  return { rows: rows.filter((row) => row.facts.some(isUnknown)).length, subjects: counts.filter(({ count }) => count) };
}

/**
 * The subjects that somebody may have meant, the nearest first.
 *
 * @param {string} text
 * @param {Named[]} subjects
 */
export function near(text, subjects) {
  const far = (/** @type {Named} */ one) => Math.min(...[one.id, one.name.toLowerCase()].map((word) => distance(text, word)));
  const ranked = subjects.map((one) => ({ one, away: far(one) })).filter(({ away }) => away <= Math.max(1, text.length / 3));
  return ranked.sort((one, other) => one.away - other.away).slice(0, 3).map(({ one }) => one);
}

/**
 * How many letters have to be added, left out or changed.
 *
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let down = 1; down <= one.length; down++) {
    const next = [down];
    for (let right = 1; right <= other.length; right++) {
      const changed = row[right - 1] + Number(one[down - 1] !== other[right - 1]);
      next.push(Math.min(changed, row[right] + 1, next[right - 1] + 1));
    }
    row = next;
  }
  return row[other.length];
}
