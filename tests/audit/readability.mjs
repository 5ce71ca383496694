// What a reader mode makes of pages: their paths come as arguments, the text and the author of each go out as one list of JSON.
// Packages are found where the tools lie, whose folder is the first argument.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [tools, ...pages] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const { Readability } = require("@mozilla/readability");
const { JSDOM } = require("jsdom");

const read = (page) => new Readability(new JSDOM(readFileSync(page, "utf8"), { url: "https://example.org/" }).window.document).parse();
const told = (page) => { const found = read(page); return { text: found?.textContent ?? "", author: found?.byline ?? "" }; };
console.log(JSON.stringify(pages.map(told)));
