// The body of a function that looks at a page as its readers see it, and uses its tools: returns what is wrong with it.
// What a server has added to the head of the page notes errors of scripts in `faults`.

const wrong = [];
const wait = (time) => new Promise((done) => setTimeout(done, time));
const named = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 90);
const transparent = (color) => /^transparent$|(,|\/) ?0\)$/.test(color);

// --- links and controls are seen -------------------------------------------------------------------------------------

const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const lined = (style) =>
  (style.textDecorationLine.includes("underline") && !transparent(style.textDecorationColor) && style.textDecorationThickness !== "0px") ||
  (style.borderBottomStyle !== "none" && parseFloat(style.borderBottomWidth) > 0 && !transparent(style.borderBottomColor));

for (const link of document.querySelectorAll("main :is(p, .prose, dd, q, cite) a[href]:not(.anchor, .tick)")) {
  if (!shown(link)) continue;
  const marked = [link, ...link.querySelectorAll("*")].some((one) => lined(getComputedStyle(one)));
  const own = getComputedStyle(link).color !== getComputedStyle(link.parentElement).color;
  if (!marked && !own) wrong.push(`does not look like a link: ${named(link)}`);
}
for (const control of document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")) {
  if (!shown(control) || control.matches(".skip, svg *")) continue;
  const { width, height } = control.getBoundingClientRect();
  if (width < 4 || height < 8) wrong.push(`has no size: ${named(control)}`);
  if (!["checkbox", "radio"].includes(control.type) && transparent(getComputedStyle(control).color)) wrong.push(`has no colour: ${named(control)}`);
}

// --- tools answer ----------------------------------------------------------------------------------------------------

async function reacts(to, act) {
  const seen = [];
  const observer = new MutationObserver((changes) => seen.push(...changes));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  await act();
  for (let turn = 0; turn < 30 && !seen.length; turn++) await wait(100);
  observer.disconnect();
  if (!seen.length) wrong.push(`nothing happens at ${named(to)}`);
}

for (const tool of document.querySelectorAll("details[data-tool], details:has([data-tool])")) {
  await reacts(tool, () => tool.querySelector("summary").click());
}
const asleep = () => [...document.querySelectorAll("[data-tool]:not([data-ready])")];
for (let turn = 0; turn < 50 && asleep().length; turn++) {
  for (const tool of asleep()) tool.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  await wait(100);
}
for (const tool of asleep()) wrong.push(`never came to life: ${named(tool)}`);

const given = (field, value) => () => {
  field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
};
const range = document.querySelector("[data-tool] input[type=range]");
if (range) await reacts(range, given(range, range.value === range.max ? range.min : range.max));
const text = [...document.querySelectorAll("form[data-tool] input, [data-tool] input")].find(
  (one) => shown(one) && ["search", "text"].includes(one.type),
);
if (text) await reacts(text, given(text, "zz"));
const search = document.querySelector("button[data-tool=search]");
if (search) {
  await reacts(search, () => search.click());
  const field = document.querySelector("dialog[open] input");
  if (field) await reacts(field, given(field, "python"));
  else wrong.push("the search does not open");
}

return [...wrong, ...window.faults];
