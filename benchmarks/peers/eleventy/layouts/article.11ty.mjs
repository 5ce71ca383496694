import { day, escape, known } from "./parts.mjs";

export const data = { layout: "base.11ty.mjs" };

export function render(data) {
  const inline = this.inline;
  const subjects = data.subjects.map((id) => ({ id, name: known[id].name }));
  return `<h1>${escape(data.title)}</h1>
<p>${escape(data.tagline)}</p>
<p>${escape(data.summary)}</p>
<p>Published <time>${day(data.published)}</time>, updated <time>${day(data.updated)}</time></p>
<p><b>The pick: ${known[data.pick].name}.</b> ${inline(data.why)}</p>
<table>
<thead><tr><th>Factor</th>${subjects.map(({ id, name }) => `<th><a href="/subjects/${id}/">${name}</a></th>`).join("")}</tr></thead>
<tbody>
${data.factors.map((row) => tableRow(row, data)).join("\n")}
</tbody>
</table>
<h2>Which one, then</h2>
<ul>
${subjects.map(({ id, name }) => `<li><b>Use ${name} if</b> ${inline(data.verdict[id])}</li>`).join("\n")}
</ul>
${data.content}
<h2>Related comparisons</h2>
<ul>
${data.related.map(({ path, title }) => `<li><a href="${path}">${escape(title)}</a></li>`).join("\n")}
</ul>
<p>Filed under <a href="/categories/${this.slugify(data.category)}/">${escape(data.category)}</a>${data.tags
    .map((tag) => `, <a href="/tags/${tag}/">${tag}</a>`)
    .join("")}</p>
`;
}

function tableRow(row, { subjects, sources }) {
  const weight = row.weight ? ` ×${row.weight}` : "";
  const cells = subjects.map((id) => `<td${row.wins === id ? ' class="wins"' : ""}>${entry(row, row.cells[id], sources)}</td>`);
  return `<tr><th>${escape(row.factor)}${weight}</th>\n${cells.join("\n")}\n</tr>`;
}

function entry(row, cell, sources) {
  if (typeof cell !== "object") return escape(cell);
  const said = cell.value === undefined ? escape(cell.text) : `${cell.value} ${row.unit}`;
  if (!cell.source) return said;
  const { url, title } = sources[cell.source];
  return `${said} <a href="${escape(url)}">${escape(title)}</a>`;
}
