import { day, escape, site } from "../layouts/parts.mjs";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };

export function render({ collections }) {
  const newest = collections.articles.slice(0, 50);
  const entries = newest.map(
    ({ url, data }) =>
      `<entry><title>${escape(data.title)}</title><id>${site.address}${url}</id><link href="${site.address}${url}"/>` +
      `<updated>${day(data.updated)}T00:00:00Z</updated><summary>${escape(data.summary)}</summary></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${site.title}</title>
<id>${site.address}/</id>
<updated>${day(newest[0].data.updated)}T00:00:00Z</updated>
${entries.join("\n")}
</feed>
`;
}
