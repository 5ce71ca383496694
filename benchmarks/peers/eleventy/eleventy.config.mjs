import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import { readSubjects } from "./layouts/parts.mjs";

const byName = (one, other) => (one.path < other.path ? -1 : 1);

/** Eleventy's settings. Templates are JavaScript, the quickest of the languages it takes. */
export default function (config) {
  config.addPlugin(highlight);
  config.addPassthroughCopy({ static: "/" });
  config.addWatchTarget("./subjects/");
  config.on("eleventy.before", readSubjects);

  let markdown;
  config.amendLibrary("md", (library) => {
    markdown = library.set({ typographer: true });
  });
  config.addFilter("inline", (text) => markdown.renderInline(text));

  const articles = (api) => api.getFilteredByGlob("content/compare/*.md").reverse();
  config.addCollection("articles", articles);
  config.addCollection("shelves", (api) => hubs("categories", articles(api), (data) => [data.category]));
  config.addCollection("hubs", (api) => [
    ...hubs("categories", articles(api), (data) => [data.category]),
    ...hubs("tags", articles(api), (data) => data.tags),
    ...hubs("subjects", articles(api), (data) => data.subjects),
  ]);

  return {
    dir: { input: "content", includes: "../layouts", output: "site" },
    markdownTemplateEngine: false,
  };
}

/** One hub a name, with its articles in the order given. */
function hubs(kind, articles, names) {
  const found = new Map();
  for (const article of articles) {
    for (const name of names(article.data)) {
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(article);
    }
  }
  const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
  return [...found].map(([name, items]) => ({ kind, name, path: `/${kind}/${slug(name)}/`, items })).sort(byName);
}
