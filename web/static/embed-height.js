/* For a page that shows the search in a frame: gives the frame the height that it asks for.

   Messages are believed only from a frame that shows this archive, and only a sensible height. */

const FRAME = new URL("frame", import.meta.url);
const LOWEST = 80;
const HIGHEST = 5_000;

const framesIn = Document.prototype.querySelectorAll.bind(document, "iframe");
const frames = () => [...framesIn()].filter((frame) => frame.src.split("?")[0] === FRAME.href);

window.addEventListener("message", (event) => {
  const { type, height } = Object(event.data);
  if (event.origin !== FRAME.origin || type !== "microfiche:height") return;
  if (!Number.isFinite(height) || height <= 0) return;
  const frame = frames().find((one) => one.contentWindow === event.source);
  const pixels = Math.min(Math.max(Math.ceil(height), LOWEST), HIGHEST);
  frame?.style.setProperty("height", `${pixels}px`, "important");
});

// The frame tells its height to those who ask and may know. The question itself says nothing, so it
// goes to whoever is there: a frame that is still empty would complain of another address.
const ask = (frame) => frame.contentWindow?.postMessage({ type: "microfiche:ask" }, "*");
for (const frame of frames()) {
  frame.addEventListener("load", () => ask(frame));
  ask(frame);
}
