/* In the frame: tells the page around how high this is, if that page is on the list and asks. */
{
  const allowed = document.documentElement.dataset.parents.split(" ");
  const may = (origin) => origin !== "null" && (allowed.includes("*") || allowed.includes(origin) || origin === location.origin);
  let parent = "";

  const tell = () => {
    const height = document.documentElement.getBoundingClientRect().height;
    if (parent) window.parent.postMessage({ type: "microfiche:height", height }, parent);
  };

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || Object(event.data).type !== "microfiche:ask" || !may(event.origin)) return;
    parent = event.origin;
    tell();
  });
  new ResizeObserver(tell).observe(document.documentElement);
}
