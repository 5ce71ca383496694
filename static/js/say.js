// The words of the theme, as the templates have them too.

import { locales, words } from "./words.js";

/** @type {Record<string, string | Record<string, string>>} */
const texts = words;
const plural = new Intl.PluralRules(locales);
const list = new Intl.ListFormat(locales);

/**
 * The text of that name, with its `{placeholders}` filled; `count` chooses the plural form.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(name, values = {}) {
  const forms = texts[name];
  const text = typeof forms === "string" ? forms : (forms[plural.select(Number(values.count))] ?? forms.other);
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key].toLocaleString(locales));
}

/**
 * "PyTorch, Keras and JAX"
 *
 * @param {string[]} names
 */
export const listed = (names) => list.format(names);
