import { shelves, site } from "../layouts/parts.mjs";

export const data = { title: "Home", layout: "base.11ty.mjs", eleventyImport: { collections: ["shelves"] } };

export const render = ({ collections }) => `<h1>${site.title}</h1>\n${shelves(collections.shelves)}`;
