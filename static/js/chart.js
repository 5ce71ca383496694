// Says the value of a point of a chart to whoever points at it, or goes through them with the arrow keys.

const back = document.dir ? /Up|Right/ : /Up|Left/;
for (const plane of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".plane"))) {
  const marks = [...plane.querySelectorAll("circle")];
  const said = /** @type {Element} */ (plane.previousElementSibling?.lastElementChild);
  let place = 0;
  /** @param {number} next */
  const read = (next) => {
    place = (next + marks.length) % marks.length;
    marks.forEach((mark, at) => mark.classList.toggle("read", at === place));
    said.textContent = marks[place].textContent;
  };
  marks.forEach((mark, at) => (mark.onpointerover = () => read(at)));
  plane.tabIndex = 0;
  plane.onfocus = () => read(place);
  plane.onkeydown = ({ key, altKey, ctrlKey, metaKey }) => {
    if (!key.includes("Arrow") || altKey || ctrlKey || metaKey) return true; // those of the browser: back, a word, the end
    read(place + (back.test(key) ? -1 : 1));
    return false;
  };
}
