/* The page about embedding: code and previews follow what is chosen, and each piece can be copied.
   The server writes the code, so that there is one place that knows how; this only shows it. */

const form = document.querySelector(".fitting");
const preview = document.getElementById("preview");
const said = document.getElementById("said");
const PAUSE = 200;
let timer = 0;
let asked = null;

/** The address of this page with what is chosen; what is left empty is left out. */
function query() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
}

async function follow() {
  asked?.abort();
  asked = new AbortController();
  const chosen = query();
  const signal = asked.signal;
  try {
    const answer = await fetch(`${form.action}/snippets.json?${chosen}`, { signal });
    if (answer.ok) show(await answer.json(), chosen);
  } catch (error) {
    if (!signal.aborted) said.textContent = said.dataset.unanswered;
  }
}

function show(data, chosen) {
  history.replaceState(null, "", `?${chosen}`);
  for (const code of document.querySelectorAll("[data-snippet]")) code.textContent = data.snippets[code.dataset.snippet];
  for (const name of preview.getAttributeNames()) {
    if (name !== "id" && name !== "data-accent" && !(name in data.attributes)) preview.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(data.attributes)) {
    if (preview.getAttribute(name) !== value) preview.setAttribute(name, value);
  }
  colour(data.accent);
  document.getElementById("pairs").replaceChildren(...data.pairs.map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  for (const shown of document.querySelectorAll("[data-said]")) {
    shown.textContent = chosen.get(shown.dataset.said) || shown.dataset.usual;
  }
  const framed = document.getElementById("framed");
  if (framed.getAttribute("src") !== data.frame) framed.src = data.frame;
  const allowed = document.getElementById("allowed");
  allowed.textContent = data.allowed;
  allowed.hidden = !data.allowed;
  for (const site of document.querySelectorAll("[data-site]")) site.textContent = data.site || "https://paper.example";
}

function colour(accent) {
  if (accent) preview.style.setProperty("--ns-accent", accent);
  else preview.style.removeProperty("--ns-accent");
}

async function copy(button) {
  const code = document.querySelector(`[data-snippet=${button.dataset.copy}]`);
  let done = false;
  try {
    await navigator.clipboard.writeText(code.textContent);
    done = true;
  } catch {
    getSelection().selectAllChildren(code); // no clipboard here: an address without TLS has none
    done = document.execCommand("copy");
  }
  const usual = (button.dataset.usual ??= button.textContent);
  button.textContent = said.textContent = done ? said.dataset.copied : said.dataset.selected;
  setTimeout(() => (button.textContent = usual), 2_000);
}

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(follow, PAUSE);
});
colour(preview.dataset.accent);
