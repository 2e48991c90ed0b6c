/* <news-search>: search in somebody else's page. No markup is ever made from data: textContent only.
   Asks nothing of the server before the reader does. */

const HOME = new URL(import.meta.url).origin;

const SHEET = `
:host { display: block; color-scheme: light dark; font: inherit; color: inherit; text-align: start; }
:host([hidden]) { display: none; }
form { display: flex; flex-wrap: wrap; gap: .5em; align-items: center; }
label { flex-basis: 100%; }
input { flex: 1; min-width: 8em; font: inherit; font-size: max(16px, 1em); color: inherit; background: transparent;
  padding: .5em .7em; border: 1px solid var(--ns-border, currentColor); border-radius: var(--ns-radius, 4px); }
button { font: inherit; padding: .5em 1em; cursor: pointer; color: inherit; background: transparent;
  border: 1px solid var(--ns-border, currentColor); border-radius: var(--ns-radius, 4px); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--ns-accent, Highlight); outline-offset: 2px; }
ol { list-style: none; margin: .8em 0 0; padding: 0; }
li { margin: 0 0 1em; }
a { color: var(--ns-accent, LinkText); }
.title { font-weight: bold; }
.about { opacity: .75; font-size: .85em; }
.snippet { margin: .2em 0 0; }
mark { background: var(--ns-mark, Mark); color: MarkText; }
.status { margin: .5em 0 0; font-size: .9em; }
`;

const MOST = 20;

class NewsSearch extends HTMLElement {
  #root;
  #input;
  #status;
  #list;
  #asked = null;

  connectedCallback() {
    if (this.#root) return;
    this.#root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    this.#root.adoptedStyleSheets = [sheet];

    const form = make("form", { part: "form", role: "search", action: this.#page() });
    const label = make("label", { part: "label", for: "q" }, this.getAttribute("label") || "Search the archive");
    this.#input = make("input", { part: "input", id: "q", name: "q", type: "search", autocomplete: "off", enterkeyhint: "search" });
    const button = make("button", { part: "button" }, this.getAttribute("button") || "Search");
    form.append(label, this.#input, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(this.#input.value);
    });
    this.#status = make("p", { part: "status", class: "status", role: "status" });
    this.#list = make("ol", { part: "results" });
    this.#root.append(form, this.#status, this.#list);
  }

  /** Search for q and show what is found. Resolves when it is shown; a newer search ends this one. */
  async search(q) {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    this.#status.textContent = "Searching…";
    try {
      const answer = await fetch(this.#address(q), { signal: asked.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#list.replaceChildren();
      this.#say("The archive cannot be reached from here. ", make("a", { href: this.#page(q) }, "Search on its own page"));
    }
    this.dispatchEvent(new CustomEvent("ns:search", { detail: { q }, bubbles: true, composed: true }));
  }

  #home() {
    const given = this.getAttribute("endpoint");
    return given ? safe(given) || HOME : HOME;
  }

  #pinned() {
    return ["source", "author", "tag"].flatMap((name) => (this.hasAttribute(name) ? [[name, this.getAttribute(name)]] : []));
  }

  #page(q = "") {
    const address = new URL("/search", this.#home());
    address.search = new URLSearchParams([...(q ? [["q", q]] : []), ...this.#pinned()]);
    return address.href;
  }

  #address(q) {
    const limit = Math.min(Math.max(parseInt(this.getAttribute("limit"), 10) || 5, 1), MOST);
    const address = new URL("/api/v1/search", this.#home());
    address.search = new URLSearchParams([["q", q], ...this.#pinned(), ["per_page", limit]]);
    return address.href;
  }

  #say(...parts) {
    this.#status.replaceChildren(...parts);
  }

  #show(found) {
    const count = found.total === 1 ? "1 article" : `${found.total.toLocaleString()} articles`;
    const more = found.total > found.results.length;
    this.#say(`${count}. `, ...(more ? [make("a", { href: this.#page(found.query.q) }, "See all")] : []));
    this.#list.replaceChildren(...found.results.map((result) => this.#item(result)));
  }

  #item(result) {
    const item = make("li", { part: "result" });
    const here = new URL(result.links.self, this.#home()).href;
    const there = this.getAttribute("link") === "publisher" && safe(result.url || "");
    const link = make("a", { part: "title", class: "title", href: there || here, dir: "auto" });
    link.append(...marked(result.title, result.title_ranges));
    const date = result.published ? result.published.at.slice(0, 10) : "undated";
    const about = [result.source, result.authors.join(", "), date].filter(Boolean).join(" · ");
    item.append(link, make("div", { part: "about", class: "about" }, about));
    for (const snippet of result.snippets.slice(0, 2)) {
      const text = make("p", { part: "snippet", class: "snippet", dir: "auto" });
      text.append(...marked(snippet.text, snippet.ranges));
      item.append(text);
    }
    return item;
  }
}

/** Text as nodes, with <mark> around each range. Ranges count characters, not UTF-16 units. */
function marked(text, ranges) {
  const characters = Array.from(text);
  const nodes = [];
  let position = 0;
  for (const [start, end] of ranges) {
    nodes.push(document.createTextNode(characters.slice(position, start).join("")));
    nodes.push(make("mark", { part: "mark" }, characters.slice(start, end).join("")));
    position = end;
  }
  nodes.push(document.createTextNode(characters.slice(position).join("")));
  return nodes;
}

function make(name, attributes = {}, text = "") {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

/** An http(s) address, or nothing: a link of another scheme could run something. */
function safe(address) {
  try {
    const url = new URL(address, HOME);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
  } catch {
    return "";
  }
}

if (!customElements.get("news-search")) customElements.define("news-search", NewsSearch);
