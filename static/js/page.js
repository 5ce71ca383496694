// What every page loads. A tool is fetched when somebody reaches for it, or when the address asks for a view.
//
// An element with `data-tool="x"` is brought to life by `start(element)` of `x.js`. What is of the class `scripted` is
// shown only where scripts are at work, and the page is whole without it.

/** @type {Map<Element, Promise<void>>} */
const started = new Map();

/**
 * @param {HTMLElement} element
 * @returns {Promise<void>} when the tool is ready
 */
function start(element) {
  const ready = started.get(element) ?? fetched(element);
  started.set(element, ready);
  return ready;
}

/** @param {HTMLElement} element */
async function fetched(element) {
  const tool = await import(`./${element.dataset.tool}.js`);
  tool.start(element);
  element.dataset.ready = "";
}

/**
 * @param {ParentNode} where
 * @returns {HTMLElement[]}
 */
const toolsIn = (where) => [...where.querySelectorAll("[data-tool]")].filter((one) => one instanceof HTMLElement);

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null} the tool that it belongs to
 */
const toolOf = (target) => (target instanceof Element ? target.closest("[data-tool]") : null);

for (const reaching of ["focusin", "pointerover"]) {
  document.addEventListener(reaching, ({ target }) => {
    for (let tool = toolOf(target); tool; tool = toolOf(tool.parentElement)) start(tool);
  });
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    [...(target.dataset.tool ? [target] : []), ...toolsIn(target)].forEach(start);
  },
  { capture: true }, // it does not bubble
);

// A press that comes before its tool is there is repeated when it is.
document.addEventListener(
  "click",
  (event) => {
    const tool = toolOf(event.target);
    const pressed = event.target instanceof Element ? event.target.closest("button:not([popovertarget]), a[href^='#']") : null;
    if (!tool || tool.dataset.ready !== undefined || !(pressed instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    start(tool).then(() => pressed.click());
  },
  { capture: true },
);

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("[data-tool=search]");
  if (!(search instanceof HTMLElement)) return;
  event.preventDefault();
  search.click();
});

// The ticks of a drawing are one stop of the keyboard; toolbar.js leads on from there.
for (const drawing of document.querySelectorAll("figure.balance")) {
  for (const tick of [...drawing.querySelectorAll("a")].slice(1)) tick.tabIndex = -1;
}

document.documentElement.dataset.scripted = "";
if (location.search) toolsIn(document).forEach(start);
