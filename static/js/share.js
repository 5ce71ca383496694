// What is handed on: the page, by the system's own sheet where there is one; else text by the clipboard, and word of it on
// the button that sent it.

import { say } from "./say.js";

const LONG_ENOUGH = 2000; // milliseconds to read a word or two

/** @type {WeakMap<HTMLElement, string | null>} what buttons say when they say nothing else */
const names = new WeakMap();

/** @param {HTMLElement} tool */
export function start(tool) {
  const button = /** @type {HTMLButtonElement} */ (tool.querySelector("button"));
  button.onclick = async () => {
    if (button.value === "cite") {
      copy(button, tool.closest(".cite")?.querySelector(".reference")?.textContent ?? "");
    } else if (navigator.share) {
      await navigator.share({ title: document.title, url: location.href }).catch(() => {}); // a reader may think better of it
    } else {
      copy(button, location.href, "link-copied");
    }
  };
}

/**
 * Puts `text` on the clipboard and says on `button` that it is there.
 *
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} [done] the name of what is said then
 */
export async function copy(button, text, done = "copied") {
  const name = names.get(button) ?? button.textContent;
  names.set(button, name); // a second press comes while the button still says what became of the first
  let said = done;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = "not-copied"; // the reader, or a page that is not secure, does not allow it
  }
  button.setAttribute("aria-live", "polite");
  button.textContent = say(said);
  setTimeout(() => (button.textContent = name), LONG_ENOUGH);
}
