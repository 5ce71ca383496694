// The table as it is shown, for other people's documents: Markdown or values separated by commas.

import { copy } from "./share.js";
import { sectionOf } from "./table.js";

/** @param {HTMLElement} tool */
export function start(tool) {
  for (const button of tool.querySelectorAll("button")) {
    button.onclick = () => {
      const rows = rowsOf(sectionOf(tool));
      copy(button, button.value === "csv" ? csv(rows) : markdown(rows));
    };
  }
}

/**
 * @typedef {object} Cell
 * @property {string} text
 * @property {string} [plain] for programs: a number in plain digits, a label with the unit of its row
 * @property {boolean} wins
 * @property {string[]} sources addresses
 */

/**
 * What the table shows now, its head first.
 *
 * @param {Element} section
 * @returns {Cell[][]}
 */
function rowsOf(section) {
  const rows = [...section.querySelectorAll(".scroller :is(thead tr, tbody:not([hidden]) tr[id]:not([hidden]))")];
  return rows.map((row) => {
    const [label, ...cells] = [...row.children].filter((cell) => cell.checkVisibility()).map(read);
    const unit = row.querySelector(".unit")?.textContent;
    return [unit ? { ...label, plain: `${label.text} (${unit})` } : label, ...cells];
  });
}

/**
 * @param {Element} cell
 * @returns {Cell}
 */
function read(cell) {
  const copied = /** @type {HTMLElement} */ (cell.cloneNode(true));
  const links = /** @type {HTMLAnchorElement[]} */ ([...cell.querySelectorAll(".ref a")]);
  for (const part of copied.querySelectorAll("h2, .ref, .weigh, .factor-label .sr, .mark, td > .sr:first-child")) part.remove();
  for (const part of copied.querySelectorAll(".also")) part.before("; ");
  return {
    plain: copied.querySelector("data")?.value,
    text: (copied.textContent ?? "").replace(/\s+/g, " ").replaceAll(" ; ", "; ").trim(),
    wins: cell.hasAttribute("data-wins"),
    sources: links.flatMap((link) => {
      const source = document.getElementById(link.hash.slice(1))?.querySelector("cite a");
      return source instanceof HTMLAnchorElement ? [source.href] : [];
    }),
  };
}

/** @param {Cell[][]} rows */
export function markdown(rows) {
  const cited = [...new Set(rows.flat().flatMap(({ sources }) => sources))];
  const shown = rows.map((row) =>
    row.map(({ text, wins, sources }) => {
      const words = text.replace(/[\\|*_`<>[\]]/g, "\\$&");
      // `escape`, because `encodeURIComponent` leaves parentheses as they are, in which Markdown's address ends.
      const notes = sources.map((address) => ` [${cited.indexOf(address) + 1}](${address.replace(/[()\s|\\<>`]/g, escape)})`);
      return `${wins ? `**${words}**` : words}${notes.join("")}`;
    }),
  );
  const [head, ...rest] = shown.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `|${" --- |".repeat(rows[0].length)}`, ...rest, ""].join("\n");
}

/** @param {Cell[][]} rows */
export function csv(rows) {
  const quoted = (/** @type {string} */ text) => {
    // A spreadsheet would run what begins like this.
    const safe = /^[=+\-@]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map((cell) => quoted(cell.plain ?? cell.text)).join(",")}\r\n`).join("");
}
