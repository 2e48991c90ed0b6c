/* Dragging over the timeline: from the first bar under the pointer to the last. */

const FAR = 6; // pixels; less is a click on one bar

export function drag() {
  let begun = null;

  document.addEventListener("pointerdown", (event) => {
    const drawing = event.target.closest?.("#over-time svg.drawing");
    if (drawing && !event.button) begun = { drawing, x: event.clientX, moved: false };
  });

  document.addEventListener("pointermove", (event) => {
    if (!begun || (!begun.moved && Math.abs(event.clientX - begun.x) < FAR)) return;
    begun.moved = true;
    mark(begun, event.clientX);
  });

  document.addEventListener("pointerup", (event) => {
    const drawn = begun;
    begun = null;
    if (!drawn?.moved) return;
    const rooms = mark(drawn, event.clientX);
    // The click that follows belongs to the drag, not to the bar below the pointer.
    const swallow = (click) => (click.preventDefault(), click.stopPropagation());
    addEventListener("click", swallow, { capture: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    if (rooms.length) narrow(rooms[0].dataset.first, rooms.at(-1).dataset.last);
  });

  document.addEventListener("pointercancel", () => (begun = null));
  document.addEventListener("dragstart", (event) => begun && event.preventDefault());
}

/** Marks the bars between where the drag began and ``x``, and gives them. */
function mark({ drawing, x: from }, x) {
  const [low, high] = from < x ? [from, x] : [x, from];
  const chosen = [];
  for (const room of drawing.querySelectorAll(".room")) {
    const { left, right } = room.getBoundingClientRect();
    const within = right >= low && left <= high;
    room.classList.toggle("chosen", within);
    if (within) chosen.push(room);
  }
  return chosen;
}

/** The form knows what else was asked; where the timeline stands on another page, its bars do. */
function narrow(first, last) {
  const form = document.querySelector(".masthead form");
  if (!form.elements.from) {
    for (const name of ["from", "to"]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name });
      form.append(field);
    }
  }
  form.elements.from.value = first;
  form.elements.to.value = last;
  form.requestSubmit();
}
