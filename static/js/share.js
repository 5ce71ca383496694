// The page handed on: by the system's own sheet where there is one, else as a link on the clipboard.

import { copy } from "./clipboard.js";

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
