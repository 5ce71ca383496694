// The tools of the table are one stop of the keyboard: arrows lead from one to the next.

const STEPS = new Map(Object.entries({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }));

/** @param {HTMLElement} bar */
export function start(bar) {
  const stops = /** @type {HTMLElement[]} */ ([...bar.querySelectorAll(":scope > :is(input, button), :scope > * > :is(summary, input)")]);
  bar.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const at = stops.indexOf(target);
    const typing = target instanceof HTMLInputElement && target.type === "search";
    const sideways = /Left|Right/.test(event.key);
    const step = STEPS.get(event.key) ?? 0;
    if (at < 0 || !step || (typing && sideways)) return;
    const turned = sideways && getComputedStyle(bar).direction === "rtl" ? -step : step;
    event.preventDefault();
    stops[(at + turned + stops.length) % stops.length].focus();
  });
  bar.addEventListener("focusin", ({ target }) => {
    if (stops.some((one) => one === target)) for (const one of stops) one.tabIndex = one === target ? 0 : -1;
  });
}
