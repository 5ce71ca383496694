// The table of any subjects, with the hooks and classes of the theme's own, its key and its sources.

import { isUnknown, numberOf } from "./facts.js";
import { start as keepHead } from "./head.js";
import { say } from "./say.js";
import { start as showSources } from "./sources.js";
import { closer, make } from "./table.js";
import { locales } from "./words.js";

const DAY = new Intl.DateTimeFormat(locales, { dateStyle: "long", timeZone: "UTC" });

const PLAIN = /^-?\d+(\.\d+)?$/;

const LIST = new Intl.ListFormat(locales, { type: "unit", style: "short" });
const COMMA = LIST.format(["0", "1"]).slice(1, -1).trim();

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {import("./facts.js").Known} Known
 * @typedef {import("./facts.js").Fact} Fact
 */

/**
 * Cells are shown as text, whatever they say.
 *
 * @param {string} title
 * @param {Row[]} rows
 * @param {Known[]} subjects
 * @param {string[]} hues a class for each
 * @param {DocumentFragment} key a legend: what stands `data-for` what, with its icon and its word
 * @returns {Element[]} the table with its key, and the list of sources, if there are any
 */
export function drawn(title, rows, subjects, hues, key) {
  const sources = new Sources();
  const count = subjects.length;
  const name = say("side-by-side", { title });
  const columns = make("colgroup", {}, ...Array.from({ length: count + 1 }, () => make("col")));
  const lines = rows.map((row) => line(row, rows, subjects, hues, key, sources));
  const notes = rows.filter((row) => row.note).map(note);
  const table = make("table", {}, make("caption", { class: "sr" }, name), columns, head(subjects, hues), make("tbody", {}, ...lines));
  const region = make("div", { class: "scroller", role: "region", "aria-label": name, tabindex: "0" }, table, make("section", { class: "notes" }, ...notes));
  showSources(region);
  const part = make("div", { class: "factors", "data-part": "factors", "data-subjects": String(count) });
  part.append(make("p", { class: "more label" }, say("scroll", { count })), region, legend(table, key));
  keepHead(part);
  return [part, ...sources.list()];
}

/**
 * A day, with its month in words where the browser knows them.
 *
 * @param {string} day as in ISO 8601
 */
const dated = (day) => (Intl.DateTimeFormat.supportedLocalesOf(locales[0]).length ? DAY.format(new Date(day)) : day);

/**
 * @param {Known[]} subjects
 * @param {string[]} hues
 */
function head(subjects, hues) {
  const cells = subjects.map((subject, place) => {
    const { id, name, url, from } = subject;
    const version = measuredOn(subject);
    const words = url ? make("a", { href: new URL(url, from).href }, name) : name;
    const span = make("span", {}, words, ...(version ? [" ", make("small", {}, version)] : []));
    return make("th", { scope: "col", class: hues[place], "data-column": id }, span);
  });
  return make("thead", {}, make("tr", {}, make("td"), ...cells));
}

/**
 * The version that all measured facts of a subject are of, or else that of its file.
 *
 * @param {Known} subject
 */
function measuredOn({ version, facts }) {
  const measured = Object.values(facts).filter((fact) => fact.kind === "measured");
  const versions = new Set(measured.map((fact) => fact.version ?? version));
  return versions.size === 1 ? [...versions][0] : version;
}

/**
 * @param {Row} row
 * @param {Row[]} rows
 * @param {Known[]} subjects
 * @param {string[]} hues
 * @param {DocumentFragment} key
 * @param {Sources} sources
 */
function line(row, rows, subjects, hues, key, sources) {
  const kinds = new Set(row.facts.map((fact) => fact?.kind));
  const runs = row.facts.every((fact) => fact?.runs === row.facts[0]?.runs) ? row.facts[0]?.runs : 0;
  const cited = row.facts.map((fact, place) => sources.numbers(fact, subjects[place].from));
  const shared = cited[0].filter((number) => cited.every((numbers) => numbers.includes(number)));
  const label = make("span", { class: "factor-label" }, row.note ? make("span", { class: "t" }, row.label) : row.label);
  if (kinds.size === 1) label.append(...evidence(row.facts[0]?.kind, key, runs ? COMMA : ""));
  if (runs) label.append(" ", make("span", { class: "kind" }, say("runs", { count: runs })));
  label.append(...marks(shared));
  if (row.note) label.append(make("button", { type: "button", popovertarget: noteId(row), "aria-label": say("about-row") }));
  const cells = row.facts.map((fact, place) => {
    const own = cited[place].filter((number) => !shared.includes(number));
    const cell = entry(row, rows, place, hues[place], fact ?? {}, key, marks(own));
    cell.dataset.subject = subjects[place].id;
    if (kinds.size > 1) cell.append(...evidence(fact?.kind, key));
    const said = { ...(runs ? { runs: 0 } : {}), ...(fact?.version === measuredOn(subjects[place]) ? { version: "" } : {}) };
    cell.append(...more(row, place, { ...fact, ...said }, key));
    return cell;
  });
  return make("tr", { id: `factor-${row.id}`, ...(row.tied ? { "data-tied": "" } : {}) }, make("th", { scope: "row" }, label), ...cells);
}

/** @param {Row} row */
const noteId = (row) => `factor--${row.id}`;

/** @param {Row} row */
const note = (row) => make("div", { class: "factor-note", id: noteId(row), popover: "" }, closer(noteId(row)), make("p", {}, row.note ?? ""));

/**
 * @param {Row} row
 * @param {Row[]} rows
 * @param {number} place
 * @param {string} hue
 * @param {Fact} fact
 * @param {DocumentFragment} key
 * @param {Element[]} marks
 */
function entry(row, rows, place, hue, fact, key, marks) {
  const cell = make("td", { class: hue });
  const state = isUnknown(fact) || !Object.keys(fact).length ? "unknown" : fact.state;
  const mostWin = !row.tied && row.winners.length > Math.max(2, row.facts.length / 2);
  if (row.tied) cell.append(mark("tied-cell", "mark tied"));
  else if (row.winners.includes(place)) {
    cell.dataset.wins = "";
    cell.append(mark("wins", mostWin ? "" : "mark"));
  } else if (mostWin) {
    cell.dataset.loses = "";
    cell.append(mark("loses", "mark loses"));
  }
  let word = "";
  if (state) {
    const said = key.querySelector(`[data-for="[data-state='${state}']"]`);
    word = said?.textContent ?? "";
    cell.dataset.state = state;
    cell.append(...[...(said?.querySelectorAll("svg") ?? [])].map((icon) => icon.cloneNode(true)));
    if (fact.text && fact.text.toLowerCase() !== word.toLowerCase()) cell.append(make("span", { class: "sr" }, `${word}: `));
  }
  cell.append(fact.value ? number(row, rows, place) : fact.text || word, ...marks);
  return cell;
}

/**
 * Who wins is told where few do; where most do, who loses.
 *
 * @param {string} said
 * @param {string} looks
 */
function mark(said, looks) {
  const words = make("span", { class: "sr" }, say(said));
  return looks ? make("span", { class: looks }, words) : words;
}

/**
 * What stands below the answer of a cell.
 *
 * @param {Row} row
 * @param {number} place
 * @param {Fact} fact
 * @param {DocumentFragment} key
 */
function more(row, place, fact, key) {
  const numbers = row.facts.map((one) => (one?.unit ? NaN : Number(numberOf(one) ?? NaN)));
  const most = Math.max(...numbers, ...row.facts.map((one) => Number(one?.high ?? 0)));
  const whisker = fact.low ? [fact.low, fact.high].map((end) => Math.max(0, Number(end)) / most) : [];
  const lines = row.unit && Math.max(...numbers) > 0 && Math.min(...numbers) >= 0 ? [bar(numbers[place] / most, whisker)] : [];
  const measured = [...(fact.low ? [say("spread", { low: written(fact.low, row), high: written(fact.high ?? "", row) })] : []), ...(fact.runs ? [say("runs", { count: fact.runs })] : [])];
  if (measured.length) lines.push(make("span", { class: "also" }, LIST.format(measured)));
  if (fact.value && fact.text) lines.push(make("span", { class: "also" }, fact.text));
  const words = /** @type {HTMLElement | null} */ (key.querySelector("[data-said]"))?.dataset;
  if (fact.version) lines.push(make("span", { class: "also" }, (words?.version ?? "{}").replace("{}", fact.version)));
  if (fact.checked && fact.due && fact.due < new Date().toISOString().slice(0, 10)) {
    lines.push(make("span", { class: "also", "data-stale": "" }, (words?.said ?? "{}").replace("{}", dated(fact.checked))));
  }
  if (fact.quote && !fact.sources) lines.push(make("q", { class: "also" }, fact.quote));
  return lines;
}

/**
 * With as much room before it as brings its decimal sign below those of its unit in the column.
 *
 * @param {Row} row
 * @param {Row[]} rows
 * @param {number} place
 */
function number(row, rows, place) {
  const { unit } = row;
  const plain = plainly(row.facts[place]);
  const wholes = rows.flatMap((one) => (unit && one.unit === unit ? [whole(plainly(one.facts[place]), one)] : []));
  const longest = wholes.reduce((most, other) => (other.length > most.length ? other : most), "");
  const room = PLAIN.test(plain) ? longest.slice(0, longest.length - whole(plain, row).length) : "";
  const words = [written(plain, row), ...(unit ? [" ", make("span", { class: "unit" }, unit)] : [])];
  return make("data", { class: "num", value: plain, ...(room ? { "data-room": room } : {}) }, ...words);
}

/**
 * The value with a full stop and nothing between thousands, however its author wrote it.
 *
 * @param {Fact | undefined} fact
 */
function plainly(fact) {
  const [value, amount] = [fact?.value ?? "", fact?.compare ?? ""];
  return value.replace(/\D/g, "") === amount.replace(/\D/g, "") ? amount : value;
}

/**
 * As the language writes it; without a unit it may be a version, and stays as it is.
 *
 * @param {string} plain
 * @param {Row} row
 */
function written(plain, { unit }) {
  const minimumFractionDigits = plain.split(".")[1]?.length ?? 0;
  return unit && PLAIN.test(plain) ? new Intl.NumberFormat(locales, { useGrouping: true, minimumFractionDigits }).format(Number(plain)) : plain;
}

/**
 * @param {string} plain
 * @param {Row} row
 */
function whole(plain, row) {
  const decimals = plain.split(".")[1];
  return PLAIN.test(plain) ? written(plain, row).slice(0, decimals ? -decimals.length - 1 : undefined) : "";
}

/**
 * @param {number} share
 * @param {number[]} whisker from where to where, or nothing
 * @returns {Element}
 */
function bar(share, whisker) {
  const [svg, rect, line] = ["svg", "rect", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  const looks = { class: "bar", viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(looks)) svg.setAttribute(name, value);
  rect.setAttribute("width", share.toFixed(3));
  rect.setAttribute("height", "1");
  svg.append(rect);
  if (whisker.length) {
    const [low, high] = whisker.map((end) => end.toFixed(3));
    const drawn = { d: `M${low} 0v1m0-.5H${high}m0-.5v1`, stroke: "currentColor", "vector-effect": "non-scaling-stroke" };
    for (const [name, value] of Object.entries(drawn)) line.setAttribute(name, value);
    svg.append(line);
  }
  return svg;
}

/**
 * The kind of evidence, where it is worth a word.
 *
 * @param {string | undefined} kind
 * @param {DocumentFragment} key
 * @param {string} [behind] it
 */
function evidence(kind, key, behind = "") {
  const said = key.querySelector(`[data-for="[data-kind='${kind}']"] .kind`)?.textContent;
  return said ? [" ", make("span", { class: "kind", "data-kind": kind ?? "" }, said + behind)] : [];
}

/**
 * The part of the key that the table needs.
 *
 * @param {Element} table
 * @param {DocumentFragment} key
 */
function legend(table, key) {
  const copied = /** @type {DocumentFragment} */ (key.cloneNode(true));
  for (const one of copied.querySelectorAll("[data-for]")) if (!table.querySelector(one.getAttribute("data-for") ?? "")) one.remove();
  return copied;
}

/**
 * The figures that stand for sources.
 *
 * @param {string[]} numbers
 */
function marks(numbers) {
  const links = numbers.flatMap((number) => [" ", make("a", { href: `#source-${number}`, "aria-label": say("source", { number }) }, `[${number}]`)]);
  return links.length ? [make("span", { class: "ref" }, ...links)] : [];
}

/** The sources of a table, each once for all that is known of it, numbered as a reader meets them. */
class Sources {
  /** @type {Map<string, Element>} */
  #entries = new Map();

  /**
   * The numbers of a fact's sources.
   *
   * @param {Fact | undefined} fact
   * @param {URL} from
   */
  numbers(fact, from) {
    return (fact?.sources ?? []).map(({ title, url, alive }) => {
      const address = new URL(url, from);
      const marks = [
        alive && `○\xa0${say("alive", { day: dated(alive) })}`,
        fact?.found && `◇\xa0${say("value-found")}`,
        fact?.checked && `✓\xa0${say("confirmed", { day: dated(fact.checked) })}`,
        fact?.by,
      ];
      return this.#number(address, title, marks.filter(Boolean));
    });
  }

  /**
   * @param {URL} address
   * @param {string} title
   * @param {unknown[]} marks
   */
  #number(address, title, marks) {
    const key = [address, ...marks].join(" ");
    const known = [...this.#entries.keys()].indexOf(key);
    if (known >= 0) return String(known + 1);
    const number = String(this.#entries.size + 1);
    const host = address.host === location.host ? say("this-site") : address.host.replace(/^www\./, "");
    const words = make("div", {}, make("cite", {}, make("a", { href: address.href }, title)), make("span", { class: "meta" }, [host, ...marks].join(", ")));
    this.#entries.set(key, make("li", { id: `source-${number}` }, make("span", { class: "n" }, `[${number}]`), words));
    return number;
  }

  list() {
    const items = [...this.#entries.values()];
    const title = make("h3", { class: "label", id: "_sources-title" }, say("sources"));
    return items.length ? [make("section", { class: "sources", id: "sources", "aria-labelledby": "_sources-title" }, title, make("ol", {}, ...items))] : [];
  }
}
