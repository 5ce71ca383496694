// The view of a page as it stands in its address, so that it can be shared, and survives a reload and the way back.

/** @returns {URLSearchParams} */
export const view = () => new URLSearchParams(location.search);

/**
 * Puts values into the address; null takes one out. Each change is a step that "back" undoes, unless it goes `on` from
 * the last, as typing does.
 *
 * @param {Record<string, string | null>} values
 * @param {{ on?: boolean }} [how]
 */
export function change(values, { on = false } = {}) {
  const next = view();
  for (const [name, value] of Object.entries(values)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  // Commas and colons may stand in a query as they are, and are easier to read so.
  const query = next.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (query === location.search.replace(/^\?/, "")) return;
  if (on) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/**
 * Calls `show` now and whenever the reader goes back or forward.
 *
 * @param {() => void} show
 * @returns {typeof change} which calls it, too
 */
export function follow(show) {
  addEventListener("popstate", show);
  show();
  return (...changes) => {
    change(...changes);
    show();
  };
}
