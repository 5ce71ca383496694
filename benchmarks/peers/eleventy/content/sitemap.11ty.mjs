import { day, site } from "../layouts/parts.mjs";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export const render = ({ collections }) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${collections.all.map(({ url, date }) => `<url><loc>${site.address}${url}</loc><lastmod>${day(date)}</lastmod></url>`).join("\n")}
</urlset>
`;
