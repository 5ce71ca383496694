import { escape, known, list } from "../layouts/parts.mjs";

export const data = {
  pagination: { data: "collections.hubs", size: 1, alias: "hub", addAllPagesToCollections: true },
  permalink: ({ hub }) => hub.path,
  layout: "base.11ty.mjs",
  eleventyComputed: { title: ({ hub }) => (hub.kind === "subjects" ? known[hub.name].name : hub.name) },
};

export function render({ hub, title }) {
  const subject = hub.kind === "subjects" ? known[hub.name] : null;
  const facts = subject
    ? `<p>${escape(subject.summary)}</p>
<p>${escape(subject.kind)}, version ${subject.version}, licence ${subject.license}, <a href="${subject.homepage}">home</a></p>`
    : "";
  return `<h1>${escape(title)}</h1>\n${facts}\n${list(hub.items)}`;
}
