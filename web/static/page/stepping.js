/* Keys for stepping: through results, and through the hits of an article. They are off while
   somebody types, and for good where somebody switches them off (single keys get in the way of
   speech input). */

const STORED = "microfiche.keys";

export function step() {
  const off = () => stored() === "off";
  document.addEventListener("keydown", (event) => {
    if (off() || event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const done = { "/": search, j: () => result(1), k: () => result(-1), n: () => hit(1), p: () => hit(-1) }[event.key]?.();
    if (done) event.preventDefault();
  });
  offer(off);
}

function offer(off) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "keys";
  button.title = document.body.dataset.keysHelp;
  const say = () => {
    button.textContent = document.body.dataset.keys;
    button.setAttribute("aria-pressed", String(!off()));
  };
  button.addEventListener("click", () => (store(off() ? "on" : "off"), say()));
  say();
  document.querySelector(".colophon nav").append(button);
}

function search() {
  const field = document.querySelector('.masthead input[name="q"]');
  field.focus();
  field.select();
  return true;
}

function result(by) {
  const links = [...document.querySelectorAll(".hit h2 a")];
  const at = links.findIndex((link) => link.closest(".hit").contains(document.activeElement));
  const next = links[at < 0 ? (by > 0 ? 0 : -1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return !!next;
}

/** The hits are h1, h2, …: the address names the one on show, as the links beside it do. */
function hit(by) {
  const now = Number(/^#h(\d+)$/.exec(location.hash)?.[1] ?? 0);
  const next = document.getElementById(`h${now + by}`);
  if (next) location.hash = next.id;
  return !!next;
}

/* Storage may be forbidden; then the keys are on, and forgotten with the page. */
let forgotten = null;

function stored() {
  try {
    return localStorage.getItem(STORED) ?? forgotten;
  } catch {
    return forgotten;
  }
}

function store(value) {
  forgotten = value;
  try {
    localStorage.setItem(STORED, value);
  } catch {
    /* see above */
  }
}
