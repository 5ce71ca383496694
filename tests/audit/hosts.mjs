// Netlify's and Vercel's own routing, as a host on a port of this machine: node hosts.mjs TOOLS netlify|vercel FOLDER
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, host, folder] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const TYPES = { html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" };

const fileAt = (path) => {
  for (const place of [path, `${path}index.html`]) {
    try {
      if (statSync(join(folder, place)).isFile()) return place;
    } catch {}
  }
  return undefined;
};

const missing = () => new Response(readFileSync(join(folder, "404.html")), { status: 404, headers: { "content-type": TYPES.html } });

const netlify = async () => {
  const [{ RedirectsHandler }, { StaticHandler }, { HeadersHandler }] = await Promise.all(
    ["@netlify/redirects", "@netlify/static", "@netlify/headers"].map(load),
  );
  const redirects = new RedirectsHandler({
    ...{ projectDir: folder, publicDir: folder, notFoundHandler: missing },
    ...{ jwtSecret: "secret", jwtRoleClaim: "roles" },
  });
  const files = new StaticHandler({ directory: folder });
  const headers = new HeadersHandler({ projectDir: folder, publishDir: folder, logger: console });
  return async (request) => {
    const find = async (asked) => (await files.match(asked))?.handle;
    const rule = await redirects.match(request);
    const found = await find(request);
    let response;
    if (rule && rule.statusCode === 404 && !found) {
      response = new Response((await (await find(new Request(rule.target)))()).body, { status: 404 });
    } else if (rule && rule.statusCode !== 404) response = await redirects.handle(request, rule, find);
    else response = found ? await found() : missing();
    const answer = new Response(response.body, response);
    await headers.apply(request, answer);
    return answer;
  };
};

const vercel = async () => {
  const { getTransformedRoutes } = await load("@vercel/routing-utils");
  const { routes, error } = getTransformedRoutes(JSON.parse(readFileSync(join(folder, "vercel.json"), "utf8")));
  if (error) throw new Error(JSON.stringify(error));
  return async (request) => {
    const { pathname } = new URL(request.url);
    const fields = {};
    for (const route of routes) {
      const found = route.src && new RegExp(route.src).exec(pathname);
      if (!found) continue;
      for (const [key, value] of Object.entries(route.headers ?? {})) {
        fields[key] = value.replace(/\$(\d)/g, (_, number) => found[number] ?? "");
      }
      if (route.status) return new Response(null, { status: route.status, headers: fields });
    }
    const place = fileAt(decodeURIComponent(pathname));
    const answer = place ? new Response(readFileSync(join(folder, place))) : missing();
    if (place) answer.headers.set("content-type", TYPES[place.split(".").pop()] ?? "application/octet-stream");
    for (const [key, value] of Object.entries(fields)) answer.headers.set(key, value);
    return answer;
  };
};

const answer = await { netlify, vercel }[host]();
const server = createServer(async (asked, out) => {
  try {
    const made = await answer(new Request(`http://${asked.headers.host}${asked.url}`, { headers: asked.headers }));
    out.writeHead(made.status, Object.fromEntries(made.headers));
    out.end(Buffer.from(await made.arrayBuffer()));
  } catch (error) {
    console.error(error);
    out.writeHead(500);
    out.end(String(error.stack));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
