import { shelves } from "../../layouts/parts.mjs";

export const data = { title: "All comparisons", layout: "base.11ty.mjs", eleventyImport: { collections: ["shelves"] } };

export const render = ({ collections }) => `<h1>All comparisons</h1>\n${shelves(collections.shelves)}`;
