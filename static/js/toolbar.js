// The tools of the table are one stop of the keyboard, and so are the ticks of a drawing: arrows lead from one to the next.

/** @param {HTMLElement} bar */
export function start(bar) {
  const turn = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -turn, ArrowRight: turn };
  bar.addEventListener("keydown", (event) => {
    const from = /** @type {HTMLInputElement} */ (event.target);
    const found = /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll(".tick, :scope > :is(input, button, a), :scope > * > :is(summary, input)"));
    const stops = [...found].filter((stop) => stop === from || stop.checkVisibility());
    const at = stops.indexOf(from);
    const step = event.altKey || event.ctrlKey || event.metaKey ? 0 : steps[event.key];
    // In a field, left and right are for its words.
    if (!step || at < 0 || (from.type === "search" && /t$/.test(event.key))) return;
    event.preventDefault();
    const next = stops[(at + step + stops.length) % stops.length];
    from.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
