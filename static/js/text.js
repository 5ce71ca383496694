// Text as it is searched.

/**
 * Neither capitals nor accents matter.
 *
 * @param {string} text
 */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Whether a text holds every word that is asked for, or a part of each.
 *
 * @param {string} asked
 * @returns {(text: string) => boolean} for texts that are `plain`
 */
export function finder(asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => text.includes(word));
}
