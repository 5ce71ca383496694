// Says the value of a point of a chart to whoever points at it, or goes through them with the arrow keys.

for (const plane of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".plane"))) {
  const marks = [...plane.querySelectorAll("circle")];
  const said = /** @type {Element} */ (plane.previousElementSibling).appendChild(document.createElement("output"));
  const forth = getComputedStyle(plane).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  let place = 0;

  /** @param {number} next */
  const read = (next) => {
    marks[place].classList.remove("read");
    place = (next + marks.length) % marks.length;
    marks[place].classList.add("read");
    said.textContent = marks[place].textContent;
  };
  /** @param {Element} mark @param {MouseEvent} from */
  const distance = (mark, from) => {
    const { x, y } = mark.getBoundingClientRect();
    return Math.hypot(x + 4 - from.clientX, y + 4 - from.clientY);
  };
  plane.tabIndex = 0;
  plane.onfocus = () => read(place);
  plane.onpointermove = (event) => {
    const all = marks.map((mark) => distance(mark, event));
    read(all.indexOf(Math.min(...all)));
  };
  plane.onkeydown = (event) => {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    read(place + (event.key === forth || event.key === "ArrowDown" ? 1 : -1));
  };
}
