import { escape, site } from "./parts.mjs";

export const render = ({ title, summary, page, content }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)} · ${site.title}</title>
${summary ? `<meta name="description" content="${escape(summary)}">` : ""}
<link rel="canonical" href="${site.address}${page.url}">
<link rel="alternate" href="/feed.xml" type="application/atom+xml" title="${site.title}">
</head>
<body>
<header><a href="/">${site.title}</a> <a href="/compare/">All comparisons</a></header>
<main>
${content}
</main>
</body>
</html>
`;
