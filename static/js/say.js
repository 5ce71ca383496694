// The words of the theme, as the templates have them too.

import { language, words } from "./words.js";

/** @type {Record<string, string | Record<string, string>>} */
const texts = words;
/** The locale, with the figures that authors write; none where the browser does not know the language. */
const known = Intl.PluralRules.supportedLocalesOf([language]).map((tag) => new Intl.Locale(tag, { numberingSystem: "latn" }));
const plural = known.length ? new Intl.PluralRules(known) : undefined;

/** As the templates write lists and days: without a second comma, the day before the month. */
const locale = language === "en" ? "en-GB" : known;
const list = known.length ? new Intl.ListFormat(locale) : undefined;
const date = known.length ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }) : undefined;

/**
 * The text of that name, with its `{placeholders}` filled; `count` chooses the plural form.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(name, values = {}) {
  const forms = texts[name];
  const text = typeof forms === "string" ? forms : (forms[plural ? plural.select(Number(values.count)) : Number(values.count) === 1 ? "one" : "other"] ?? forms.other);
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key].toLocaleString(known.length ? locale : "de-CH"));
}

/**
 * "PyTorch, Keras and JAX"
 *
 * @param {string[]} names
 */
export const listed = (names) => list?.format(names) ?? names.join(", ");

/**
 * A day, with its month in words where the browser knows them.
 *
 * @param {string} day as in ISO 8601
 */
export const dated = (day) => date?.format(new Date(day)) ?? day;
