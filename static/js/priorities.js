// A reader's own weights: a slider in each row, and who leads by them: below the table, with the reasons, and in the head of
// the page, where the balance is drawn anew. The address keeps them.

import { change, follow, view } from "./address.js";
import { listed, say } from "./say.js";
import { linesOf, make, sectionOf, subjectsOf } from "./table.js";
import { parseWeights, weigh, written } from "./weigh.js";

/** @param {HTMLDetailsElement} panel */
export function start(panel) {
  const section = sectionOf(panel);
  const lines = linesOf(section);
  const subjects = subjectsOf(section);
  const choices = /** @type {HTMLButtonElement[]} */ ([...panel.querySelectorAll("[data-weights]")]);
  const note = /** @type {HTMLElement | null} */ (panel.querySelector(".note"));
  const yours = /** @type {HTMLElement} */ (section.querySelector(".yours"));
  const lead = /** @type {HTMLElement} */ (yours.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (yours.querySelector("dl"));
  const figure = document.querySelector(".ruling .balance");
  const ours = /** @type {Element | undefined} */ (figure?.cloneNode(true));
  const sliders = new Map(lines.map((line) => [line.id, slider(line)]));
  let weights = new Map();

  for (const choice of choices) choice.onclick = () => set({ weights: choice.dataset.weights ?? "" });
  const reset = /** @type {HTMLButtonElement} */ (yours.querySelector("button"));
  reset.onclick = () => {
    set({ weights: "" });
    /** @type {HTMLElement | undefined} */ (sliders.get(lines[0].id)?.input)?.focus(); // the button is gone
  };
  panel.addEventListener("toggle", () => {
    if (panel.open !== view().has("weights")) set({ weights: panel.open ? "" : null });
  });
  if (panel.open && !view().has("weights")) change({ weights: "" }); // it was opened before this was there
  const set = follow(show);

  function show() {
    panel.open = view().has("weights");
    weights = parseWeights(view().get("weights") ?? "", lines);
    yours.hidden = !panel.open;
    for (const line of lines) {
      const { input, label } = /** @type {ReturnType<typeof slider>} */ (sliders.get(line.id));
      label.hidden = !panel.open;
      input.value = String(weights.get(line.id) ?? line.weight);
      name(input);
    }
    if (panel.open) answer();
    else head([], []);
  }

  /**
   * A slider that stands in its row.
   *
   * @param {import("./table.js").Line} line
   */
  function slider(line) {
    const input = make("input", { type: "range", min: "0", max: "5", "aria-label": say("how-much", { row: line.label }) });
    const label = make("label", { class: "weigh" }, input, make("output"));
    input.oninput = () => {
      weights.set(line.id, Number(input.value));
      name(input);
      answer();
    };
    input.onchange = () => change({ weights: written(weights, lines) });
    line.element.querySelector("th")?.append(label);
    return { input, label };
  }

  /**
   * Says what a slider means.
   *
   * @param {HTMLInputElement} input
   */
  function name(input) {
    const word = say(`level-${input.value}`);
    input.setAttribute("aria-valuetext", word);
    if (input.nextElementSibling) input.nextElementSibling.textContent = word;
  }

  /** Says who leads, and by which rows. */
  function answer() {
    const { totals, leaders } = weigh(lines, subjects.length, weights);
    const said = [verdict(totals, leaders), pick(totals, leaders)];
    lead.textContent = said.join(" ");
    const order = subjects.toSorted((one, other) => totals[other.place] - totals[one.place]);
    const counts = lines.filter((line) => weightOf(line) > 0);
    list.replaceChildren(
      ...order.flatMap(({ name, place, hue }) =>
        entry(name, counts.filter((line) => line.sides.includes(place)), String(totals[place]), hue),
      ),
      ...entry(say("tied"), lines.filter((line) => line.tied)),
      ...entry(say("not-judged"), lines.filter((line) => !line.tied && !line.sides.length)),
      ...entry(say("not-known"), lines.filter((line) => line.unknown)),
      ...entry(say("ignored"), lines.filter((line) => !weightOf(line) && line.sides.length)),
    );
    const text = written(weights, lines);
    const chosen = choices.find((choice) => choice.dataset.weights === text);
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice === chosen));
    reset.hidden = !text;
    head(text ? said : [], totals);
    if (!note) return;
    note.textContent = chosen?.dataset.note ?? "";
    note.hidden = !note.textContent;
  }

  /**
   * The head of the page by the reader's weights; by the author's, as it was, where nothing is said of them.
   *
   * @param {string[]} said
   * @param {number[]} totals
   */
  function head(said, totals) {
    const before = document.querySelector(".by");
    if (!before && !said.length) return; // drawing anew takes the focus from whoever is in the drawing
    before?.remove();
    figure?.replaceChildren(...(ours?.cloneNode(true).childNodes ?? []));
    if (!said.length) return;
    document.querySelector("#_pick")?.after(make("p", { class: "by" }, said.join(" ")));
    if (figure) draw(figure, said[0], totals);
  }

  /**
   * The balance, as `weigh` in the templates would be for these weights; see parts/balance.html.
   *
   * @param {Element} figure
   * @param {string} said
   * @param {number[]} totals
   */
  function draw(figure, said, totals) {
    const isBeam = subjects.length === 2;
    const counted = lines.filter(weightOf).sort((one, other) => weightOf(other) - weightOf(one));
    figure.querySelectorAll(".pan").forEach((side, nth) => {
      const place = isBeam ? [0, -1, 1][nth] : nth;
      const won = counted.filter(({ sides }) => (subjects[place] ? sides.includes(place) : !sides.length));
      if (isBeam && place > 0) won.reverse();
      side.replaceChildren(...won.map(tick));
    });
    figure.querySelector("a")?.removeAttribute("tabindex");
    for (const rest of figure.querySelectorAll(".won-by span, small, .quiet")) rest.textContent = "";
    figure.querySelectorAll(".won-by b").forEach((points, place) => (points.textContent = String(totals[place])));
    for (const how of figure.querySelectorAll(".how")) how.textContent = said;
    const all = counted.reduce((sum, line) => sum + weightOf(line), 0) || 1;
    figure.querySelector(".rod svg")?.setAttribute("x", `${50 + (50 * (totals[1] - totals[0])) / all}%`);
  }

  /**
   * The author's tick of a row, as tall as it weighs now; a row that weighs nothing there has none yet.
   *
   * @param {import("./table.js").Line} line
   */
  function tick(line) {
    const href = `#factor-${line.id}`;
    const known = /** @type {HTMLElement | undefined} */ (ours?.querySelector(`[href="${href}"]`)?.cloneNode());
    const made = known ?? make("a", { class: "tick", href, "aria-label": line.label });
    made.className = made.className.replace(/ w\d|$/, ` w${weightOf(line)}`);
    made.tabIndex = -1;
    return made;
  }

  /** @param {import("./table.js").Line} line */
  function weightOf(line) {
    return weights.get(line.id) ?? line.weight;
  }

  /**
   * One line of the answer: a name, what it comes to, and the rows that make it.
   *
   * @param {string} name
   * @param {import("./table.js").Line[]} rows
   * @param {string} total
   * @param {string} hue
   */
  function entry(name, rows, total = "", hue = "") {
    if (!hue && !rows.length) return [];
    const links = rows
      .toSorted((one, other) => (hue ? weightOf(other) - weightOf(one) : 0))
      .map((line) => make("li", {}, make("a", { href: `#factor-${line.id}` }, line.label), hue ? ` ×${weightOf(line)}` : ""));
    const title = make("dt", hue ? { class: hue } : {}, make("b", {}, name), total ? ` ${total}` : ` ${rows.length}`);
    return [title, make("dd", {}, make("ul", {}, ...links))];
  }

  /**
   * @param {number[]} totals
   * @param {number[]} leaders
   */
  function verdict(totals, leaders) {
    const most = totals[leaders[0]];
    const names = (/** @type {number[]} */ places) => listed(places.map((place) => subjects[place].name));
    if (!most) return say("nobody");
    if (leaders.length > 1) return say("level", { names: names(leaders), most });
    const next = Math.max(...totals.filter((_, place) => place !== leaders[0]));
    const second = subjects.map(({ place }) => place).filter((place) => place !== leaders[0] && totals[place] === next);
    const said = { name: names(leaders), most, next, second: names(second) };
    return say(subjects.length === 2 ? "leads" : "leads-many", said);
  }

  /**
   * How far that is from what the author picked.
   *
   * @param {number[]} totals
   * @param {number[]} leaders
   */
  function pick(totals, leaders) {
    const ours = subjects.find((subject) => subject.id === section.dataset.pick);
    if (!totals[leaders[0]]) return "";
    if (!ours) return say("no-pick");
    if (!leaders.includes(ours.place)) return say("pick-behind", { pick: ours.name, gap: totals[leaders[0]] - totals[ours.place] });
    return leaders.length > 1 ? say("pick-among", { pick: ours.name }) : say("pick-too");
  }
}
