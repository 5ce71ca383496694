// Who leads by weight: the same sums as the balance of the page, for any weights. No part of a page is touched here.

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number} weight as the author has it, 0 to 5
 * @property {number[]} sides places of the subjects that win it, from 0; none when it is tied or nobody judged it
 */

/**
 * What each of so many subjects has, and who has most of it: several when they are level.
 *
 * @param {Row[]} rows
 * @param {number} subjects
 * @param {Map<string, number>} [weights] by the row's id, where they are not the author's
 * @returns {{ totals: number[], leaders: number[] }}
 */
export function weigh(rows, subjects, weights = new Map()) {
  const totals = Array.from({ length: subjects }, () => 0);
  for (const row of rows) for (const side of row.sides) totals[side] += weights.get(row.id) ?? row.weight;
  const most = Math.max(...totals);
  return { totals, leaders: totals.flatMap((total, place) => (total === most ? [place] : [])) };
}

/**
 * `mobile:5,tpu:0`, as presets and addresses have it; what is no weight of a row is passed over.
 *
 * @param {string} text
 * @param {Row[]} rows
 * @returns {Map<string, number>}
 */
export function parseWeights(text, rows) {
  const known = new Set(rows.map((row) => row.id));
  const pairs = text.split(",").map((part) => /^([a-z0-9-]+):([0-5])$/.exec(part));
  return new Map(pairs.flatMap((pair) => (pair && known.has(pair[1]) ? [[pair[1], Number(pair[2])]] : [])));
}

/**
 * The same weights as text: those that differ from the author's, in the order of rows.
 *
 * @param {Map<string, number>} weights
 * @param {Row[]} rows
 */
export function written(weights, rows) {
  const own = rows.filter((row) => (weights.get(row.id) ?? row.weight) !== row.weight);
  return own.map((row) => `${row.id}:${weights.get(row.id)}`).join(",");
}
