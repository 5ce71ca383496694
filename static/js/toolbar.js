// The tools of the table are one stop of the keyboard: arrows lead from one to the next.

/** @param {HTMLElement} bar */
export function start(bar) {
  const stops = /** @type {HTMLElement[]} */ ([...bar.querySelectorAll(":scope > :is(input, button), :scope > * > :is(summary, input)")]);
  const turn = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -turn, ArrowRight: turn };
  bar.onkeydown = (event) => {
    const from = /** @type {HTMLInputElement} */ (event.target);
    const step = steps[event.key];
    // In a field, left and right are for its words.
    if (!step || !stops.includes(from) || (from.type === "search" && /t$/.test(event.key))) return;
    event.preventDefault();
    const reachable = stops.filter((stop) => stop.checkVisibility());
    const next = /** @type {HTMLElement} */ (reachable.at((reachable.indexOf(from) + step) % reachable.length));
    from.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}
