import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";

export const site = { title: "Picks of a thousand hands", address: "https://example.org" };

/** What is known of each subject, by its id; read anew before every build. */
export const known = {};

export function readSubjects() {
  for (const name of readdirSync("subjects")) {
    known[name.replace(".yaml", "")] = yaml.load(readFileSync(`subjects/${name}`, "utf8"));
  }
}

const characters = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (text) => String(text).replace(/[&<>"']/g, (character) => characters[character]);

export const day = (date) => date.toISOString().slice(0, 10);

export const list = (articles) => `<ul>
${articles
  .map(
    ({ url, data }) =>
      `<li><a href="${url}">${escape(data.title)}</a>: ${escape(data.tagline)} <time>${day(data.updated)}</time></li>`,
  )
  .join("\n")}
</ul>`;

export const shelves = (hubs) =>
  hubs.map(({ path, name, items }) => `<h2><a href="${path}">${escape(name)}</a></h2>\n${list(items)}`).join("\n");
