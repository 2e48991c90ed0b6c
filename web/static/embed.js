/* <news-search>: search in somebody else's page.

   No markup is ever made from data: text nodes and attributes only, and links only to http(s). Nothing
   of the page around is touched, and nothing is asked of the server before a reader types. What the
   page around does to its own `document` (names that hide methods, prototypes) is not relied on. */

const [HOME] = import.meta.url.split(/\/embed(?:\/[\w-]+)?\.js/);
const MOST = 20; // results at once
const WAIT = 15_000; // milliseconds for an answer
const PAUSE = 150; // milliseconds of quiet before suggestions are asked for

const create = Document.prototype.createElement.bind(document);

// Attributes that narrow the search, and the parameters they are; each has a twin that excludes.
const FILTERS = { source: "source", author: "author", section: "section", tag: "tag", year: "year", language: "lang" };
const BOUNDS = ["from", "to", "sort", "match"];

const WORDS = {
  en: {
    label: "Search the archive", button: "Search", close: "Close", busy: "Searching…",
    found: { one: "# article", other: "# articles" }, none: "Nothing found.", shown: "# shown.",
    more: "More", all: "See all", meant: "Did you mean # ?", undated: "undated", about: "c. #",
    author: "author", title: "headline", suggested: { one: "# suggestion", other: "# suggestions" },
    unreachable: "The archive cannot be reached from here.", wait: "Too many searches at the moment: try again in #.",
    moment: "a moment", refused: "The archive cannot answer this.", own: "Search on its own page",
  },
  de: {
    label: "Im Archiv suchen", button: "Suchen", close: "Schließen", busy: "Suche läuft …",
    found: { one: "# Artikel", other: "# Artikel" }, none: "Nichts gefunden.", shown: "# angezeigt.",
    more: "Mehr", all: "Alle ansehen", meant: "Meinten Sie # ?", undated: "ohne Datum", about: "ca. #",
    author: "Autor", title: "Überschrift", suggested: { one: "# Vorschlag", other: "# Vorschläge" },
    unreachable: "Das Archiv ist von hier nicht erreichbar.", wait: "Zurzeit zu viele Suchen: bitte in # noch einmal.",
    moment: "einem Augenblick", refused: "Darauf kann das Archiv nicht antworten.", own: "Auf der Seite des Archivs suchen",
  },
  fr: {
    label: "Rechercher dans les archives", button: "Rechercher", close: "Fermer", busy: "Recherche…",
    found: { one: "# article", other: "# articles" }, none: "Aucun résultat.", shown: "# affichés.",
    more: "Plus", all: "Tout voir", meant: "Vouliez-vous dire # ?", undated: "sans date", about: "v. #",
    author: "auteur", title: "titre", suggested: { one: "# suggestion", other: "# suggestions" },
    unreachable: "Les archives ne sont pas accessibles d’ici.", wait: "Trop de recherches en ce moment : réessayez dans #.",
    moment: "un instant", refused: "Les archives ne peuvent pas répondre.", own: "Rechercher sur le site des archives",
  },
  es: {
    label: "Buscar en el archivo", button: "Buscar", close: "Cerrar", busy: "Buscando…",
    found: { one: "# artículo", other: "# artículos" }, none: "No hay resultados.", shown: "# a la vista.",
    more: "Más", all: "Ver todos", meant: "¿Quiso decir # ?", undated: "sin fecha", about: "h. #",
    author: "autor", title: "titular", suggested: { one: "# sugerencia", other: "# sugerencias" },
    unreachable: "No se puede acceder al archivo desde aquí.", wait: "Demasiadas búsquedas en este momento: inténtelo en #.",
    moment: "un momento", refused: "El archivo no puede responder.", own: "Buscar en su propia página",
  },
};

const SHEET = `
:host { display: block; text-align: start; }
:host([hidden]) { display: none; }
.all { font: inherit; color: inherit; text-indent: 0; white-space: normal; overflow-wrap: anywhere; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
form { display: flex; flex-wrap: wrap; gap: .5em; align-items: stretch; margin: 0; }
label { flex-basis: 100%; }
.field { position: relative; flex: 1; min-inline-size: min(12em, 100%); display: flex; }
input, button { font: inherit; color: inherit; background: transparent; margin: 0;
  border: 1px solid var(--ns-border, color-mix(in srgb, currentColor 60%, transparent)); border-radius: var(--ns-radius, 4px); }
input { flex: 1; min-inline-size: 0; font-size: max(16px, 1em); padding: .5em .7em; box-sizing: border-box; }
input::placeholder { color: inherit; opacity: .7; }
button { padding: .5em 1em; min-block-size: 24px; cursor: pointer; }
form button { color: var(--ns-on-accent, inherit); background: var(--ns-button, transparent); }
:focus-visible { outline: 2px solid var(--ns-accent, Highlight); outline-offset: 2px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.paper { background: var(--ns-background, var(--ns-found-paper, Canvas)); color: var(--ns-text, var(--ns-found-ink, CanvasText)); }
ul { position: absolute; inset-block-start: calc(100% + 4px); inset-inline: 0; z-index: 2147483647; max-block-size: 20em; overflow: auto;
  border: 1px solid var(--ns-border, color-mix(in srgb, currentColor 40%, transparent)); border-radius: var(--ns-radius, 4px); box-shadow: 0 4px 16px #0004; }
ul:empty, ul[hidden] { display: none; }
ul li { display: flex; justify-content: space-between; gap: 1em; padding: .5em .7em; cursor: pointer; }
ul li[aria-selected=true], ul li:hover { background: color-mix(in srgb, currentColor 12%, transparent); }
ul li[aria-selected=true] { outline: 2px solid var(--ns-accent, currentColor); outline-offset: -2px; }
ul span + span, .about { opacity: .8; font-size: .85em; }
ul span + span { flex: none; }
ol li { margin: 0 0 1.1em; }
.results:not(:empty) { margin-block-start: .9em; }
.results a, .status a { color: var(--ns-accent, inherit); text-underline-offset: .15em; }
.title { font-weight: bold; }
.snippet { margin: .2em 0 0; }
mark { background: var(--ns-mark, #ffe28a); color: var(--ns-mark-text, #1d1b17); border-radius: 2px; }
.status { margin: .5em 0 0; font-size: .9em; }
.status:empty, .more[hidden] { display: none; }
.link { border: 0; padding: 0; min-block-size: 0; text-decoration: underline; color: var(--ns-accent, inherit); }
dialog { inline-size: min(40rem, calc(100vw - 2rem)); box-sizing: border-box; max-block-size: calc(100vh - 2rem); margin: 1rem auto auto; padding: 1rem; overflow: visible;
  border: 1px solid var(--ns-border, color-mix(in srgb, currentColor 40%, transparent)); border-radius: var(--ns-radius, 4px); }
dialog::backdrop { background: #0008; }
dialog .scroll { max-block-size: calc(100vh - 12rem); overflow: auto; }
dialog .shut { position: absolute; inset-block-start: .7rem; inset-inline-end: 1rem; padding: .1em .6em; }
dialog label { padding-inline-end: 3em; }
@media (max-width: 30rem) { form { position: relative; } .field { position: static; } }
`;

class NewsSearch extends HTMLElement {
  static observedAttributes = ["label", "button", "placeholder", "results", "shortcut", "lang"];

  #root;
  #input;
  #status;
  #list;
  #more;
  #dialog;
  #words = WORDS.en;
  #asked = null;
  #next = "";
  #pressed = (event) => this.#shortcut(event);

  connectedCallback() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(SHEET);
      this.#root.adoptedStyleSheets = [sheet];
    }
    this.#build();
  }

  disconnectedCallback() {
    this.#asked?.abort();
    window.removeEventListener("keydown", this.#pressed);
  }

  attributeChangedCallback() {
    if (this.isConnected && this.#root) this.#build();
  }

  /** Search for q and show what is found. Resolves when it is shown; a newer search ends this one. */
  async search(q) {
    if (this.#input.value !== q) this.#input.value = q;
    this.open();
    await this.#ask(this.#address("/api/v1/search", [["q", q], ...this.#pinned(), ["per_page", this.#limit()]]), q);
  }

  /** Bring the dialog up, where results="dialog" asks for one. */
  open() {
    if (!this.#dialog || this.#dialog.open) return;
    this.#dress();
    this.#dialog.showModal();
    this.#input.select();
  }

  #build() {
    const inDialog = this.getAttribute("results") === "dialog";
    this.#words = WORDS[this.#language().slice(0, 2)] ?? WORDS.en;
    this.#asked?.abort();
    const all = make("div", { class: "all" });
    const form = this.#form();
    this.#status = make("p", { part: "status", class: "status", role: "status" });
    this.#list = make("ol", { part: "results", class: "results", role: "list" });
    this.#more = button(this.#words.more, { part: "more", class: "more" }, () => this.#ask(this.#next, this.#input.value, true));
    this.#more.hidden = true;
    const found = make("div", { class: "scroll" }, this.#list, this.#more);
    this.#dialog = null;
    if (inDialog) {
      const shut = button("×", { part: "close", class: "shut", "aria-label": this.#words.close }, () => this.#dialog.close());
      this.#dialog = make("dialog", { part: "dialog", class: "paper", "aria-labelledby": "label" }, shut, form, this.#status, found);
      this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && beside(event, this.#dialog) && this.#dialog.close());
      all.append(button(this.#label(), { part: "open", "aria-haspopup": "dialog" }, () => this.open()), this.#dialog);
    } else {
      all.append(form, this.#status, found);
    }
    this.#root.replaceChildren(all);
    window.removeEventListener("keydown", this.#pressed);
    if (this.getAttribute("shortcut")) window.addEventListener("keydown", this.#pressed);
  }

  #form() {
    const form = make("form", { part: "form", role: "search", action: this.#address("/search") });
    this.#input = make("input", {
      part: "input", id: "q", name: "q", type: "search", autocomplete: "off", enterkeyhint: "search", maxlength: 2048,
      placeholder: this.getAttribute("placeholder") ?? "", autofocus: "",
    });
    if (this.getAttribute("results") !== "dialog") this.#input.removeAttribute("autofocus");
    const field = make("div", { part: "field", class: "field" }, this.#input);
    if (this.getAttribute("suggestions") !== "off") {
      const suggestions = new Suggestions(this.#input, (q, signal) => this.#suggest(q, signal), (chosen) => this.#choose(chosen), this.#words, (n, w) => this.#counted(n, w));
      field.append(suggestions.list, suggestions.status);
    }
    for (const kind of ["keydown", "keypress", "keyup"]) this.#input.addEventListener(kind, keep);
    this.#input.addEventListener("focus", () => this.#dress());
    form.append(
      make("label", { part: "label", for: "q", id: "label" }, this.#label()),
      field,
      make("button", { part: "button" }, this.getAttribute("button") || this.#words.button),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(this.#input.value);
    });
    return form;
  }

  #label() {
    return this.getAttribute("label") || this.#words.label;
  }

  #language() {
    const given = this.closest("[lang]:not([lang=''])")?.getAttribute("lang") || navigator.language;
    try {
      return Intl.getCanonicalLocales(given)[0];
    } catch {
      return "en";
    }
  }

  #home() {
    return (safe(this.getAttribute("endpoint") ?? "") || HOME).replace(/[?#].*$/, "").replace(/\/+$/, "");
  }

  #address(path, pairs = []) {
    const query = new URLSearchParams(pairs).toString();
    return this.#home() + path + (query && `?${query}`);
  }

  #pinned() {
    const pairs = [];
    for (const [attribute, name] of Object.entries(FILTERS)) {
      for (const value of listed(this.getAttribute(attribute))) pairs.push([name, value]);
      for (const value of listed(this.getAttribute(`not-${attribute}`))) pairs.push([`-${name}`, value]);
    }
    for (const name of BOUNDS) if (this.getAttribute(name)) pairs.push([name, this.getAttribute(name)]);
    return pairs;
  }

  #limit() {
    return Math.min(Math.max(parseInt(this.getAttribute("limit"), 10) || 5, 1), MOST);
  }

  async #ask(address, q, further = false) {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    this.#say(this.#words.busy);
    try {
      const answer = await get(address, asked.signal);
      if (answer.ok) this.#show(await answer.json(), q, further);
      else this.#failed(await this.#reason(answer), q);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#failed(this.#words.unreachable, q);
    }
  }

  /** Why the archive did not answer, in words. */
  async #reason(answer) {
    if (answer.status === 429 || answer.status === 503) {
      const seconds = parseInt(answer.headers.get("Retry-After"), 10);
      const unit = { style: "unit", unit: "second", unitDisplay: "long" };
      return this.#words.wait.replace("#", seconds > 0 ? this.#number(seconds, unit) : this.#words.moment);
    }
    const problem = await answer.json().catch(() => null);
    return typeof problem?.detail === "string" ? problem.detail : this.#words.refused;
  }

  #failed(reason, q) {
    this.#list.replaceChildren();
    this.#more.hidden = true;
    this.#say(reason, " ", make("a", { href: this.#page(q) }, this.#words.own));
  }

  #page(q) {
    return this.#address("/search", [...(q ? [["q", q]] : []), ...this.#pinned()]);
  }

  #say(...parts) {
    this.#status.replaceChildren(...parts);
  }

  #show(found, q, further) {
    const items = found.results.map((result) => this.#item(result, q));
    if (further) this.#list.append(...items);
    else this.#list.replaceChildren(...items);
    const next = found.links?.next ? safe(found.links.next, this.#home()) : "";
    this.#next = next.startsWith(`${this.#home()}/`) ? next : "";
    this.#more.hidden = !this.#next;
    if (further) items[0]?.querySelector("a").focus();
    this.#count(found, q);
    this.dispatchEvent(new CustomEvent("ns:search", { detail: { q, total: found.total }, bubbles: true, composed: true }));
  }

  #count(found, q) {
    const shown = this.#list.childElementCount;
    const parts = [found.total ? `${this.#counted(found.total, this.#words.found)}. ` : `${this.#words.none} `];
    if (shown < found.total) {
      parts.push(`${this.#words.shown.replace("#", this.#number(shown))} `, make("a", { href: this.#page(q) }, this.#words.all));
    }
    const meant = found.query.did_you_mean;
    if (meant) {
      const [before, after] = this.#words.meant.split("#");
      parts.push(` ${before}`, button(meant, { part: "meant", class: "link" }, () => this.search(meant)), after.trim());
    }
    this.#say(...parts);
  }

  #item(result, q) {
    const here = new URL(safe(result.links.self, this.#home()));
    if (q) here.searchParams.set("q", q);
    const there = this.getAttribute("link") === "publisher" && safe(result.url ?? "");
    const link = make("a", { part: "title", class: "title", href: there || here.href, dir: "auto", ...(result.lang && { lang: result.lang }) });
    link.append(...marked(result.title, result.title_ranges));
    link.addEventListener("click", () => this.#selected(result.id, link.href));
    const about = [result.source, result.authors.join(", "), this.#date(result.published)].filter(Boolean);
    const said = about.flatMap((part, place) => [place ? " · " : "", make("bdi", {}, part)]);
    const item = make("li", { part: "result" }, link, make("div", { part: "about", class: "about" }, ...said));
    for (const snippet of result.snippets.slice(0, 2)) {
      item.append(make("p", { part: "snippet", class: "snippet", dir: "auto" }, ...marked(snippet.text, snippet.ranges)));
    }
    return item;
  }

  #selected(id, href) {
    this.dispatchEvent(new CustomEvent("ns:select", { detail: { id, href }, bubbles: true, composed: true }));
  }

  async #suggest(q, signal) {
    const answer = await get(this.#address("/api/v1/suggest", [["q", q], ...this.#pinned()]), signal);
    if (!answer.ok) return [];
    const { suggestions } = await answer.json();
    return suggestions.map((suggestion) => ({
      ...suggestion,
      about: { author: this.#words.author, title: this.#words.title }[suggestion.kind] ?? this.#number(suggestion.count),
    }));
  }

  #choose(chosen) {
    const address = chosen.kind === "title" && safe(chosen.link, this.#home());
    if (!address) return void this.search(chosen.q);
    this.#selected("", address);
    window.location.assign(address);
  }

  #shortcut(event) {
    const wanted = this.getAttribute("shortcut").toLowerCase();
    const modified = event.ctrlKey || event.metaKey;
    const pressed = wanted === "ctrl+k" ? modified && event.key.toLowerCase() === "k" : event.key === wanted && !modified;
    if (!pressed || event.altKey || event.defaultPrevented || event.repeat || editable(event.composedPath()[0])) return;
    event.preventDefault();
    if (this.#dialog) this.open();
    else this.#input.focus();
  }

  /** Give what lies over the page the colours of what it lies on, where they can be read together. */
  #dress() {
    const ink = getComputedStyle(this).color;
    const paper = papers(this).find((colour) => colour !== null);
    const readable = paper && contrast(ink, paper) >= 4.5;
    for (const [name, value] of [["--ns-found-paper", paper], ["--ns-found-ink", ink]]) {
      for (const lying of this.#root.querySelectorAll(".paper")) {
        if (readable) lying.style.setProperty(name, value);
        else lying.style.removeProperty(name);
      }
    }
  }

  #number(number, options = {}) {
    return new Intl.NumberFormat(this.#language(), options).format(number);
  }

  #counted(number, words) {
    const form = new Intl.PluralRules(this.#language()).select(number);
    return (words[form] ?? words.other).replace("#", this.#number(number));
  }

  /** A date no finer than it is known, doubt included. */
  #date(stamp) {
    const day = stamp && new Date(stamp.at);
    if (!day || Number.isNaN(day.valueOf())) return this.#words.undated;
    const fine = { year: 0, month: 1 }[stamp.precision] ?? 2;
    const parts = Object.entries({ year: "numeric", month: "long", day: "numeric" }).slice(0, fine + 1);
    const text = new Intl.DateTimeFormat(this.#language(), { ...Object.fromEntries(parts), timeZone: "UTC" }).format(day);
    return stamp.confidence === "low" ? this.#words.about.replace("#", text) : text;
  }
}

/** The list below the field: a WAI-ARIA combobox with list autocomplete, chosen by hand. */
class Suggestions {
  #input;
  #ask;
  #choose;
  #said;
  #found = [];
  #active = -1;
  #timer = 0;
  #asked = null;

  constructor(input, ask, choose, words, counted) {
    this.#input = input;
    this.#ask = ask;
    this.#choose = choose;
    this.#said = (number) => (number ? counted(number, words.suggested) : "");
    this.list = make("ul", { part: "suggestions", class: "paper", role: "listbox", id: "list", "aria-labelledby": "label" });
    this.status = make("span", { class: "unseen", role: "status" });
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list" });
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.close();
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.list.hidden = true;
    this.status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    const q = this.#input.value;
    if (!q.trim()) return void this.close();
    try {
      const found = await this.#ask(q, asked.signal);
      if (!asked.signal.aborted) this.#show(found);
    } catch {
      if (!asked.signal.aborted) this.close(); // typing goes on without them
    }
  }

  #show(found) {
    this.#found = found;
    this.list.replaceChildren(...found.map((suggestion, place) => this.#option(suggestion, place)));
    this.#mark(-1);
    this.#open();
  }

  #open() {
    const some = this.#found.length > 0 && this.#input.matches(":focus");
    this.list.hidden = !some;
    this.#input.setAttribute("aria-expanded", String(some));
    this.status.textContent = this.#said(some ? this.#found.length : 0);
  }

  #option(suggestion, place) {
    const option = make("li", { part: "suggestion", role: "option", id: `option-${place}`, "aria-selected": "false" },
      make("span", { dir: "auto" }, suggestion.text), make("span", {}, suggestion.about));
    option.addEventListener("click", () => this.#take(place));
    return option;
  }

  #take(place) {
    const chosen = this.#found[place];
    this.close();
    this.#choose(chosen);
  }

  #mark(place) {
    this.#active = place;
    for (const [at, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(at === place));
    if (place < 0) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", `option-${place}`);
    return this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const shown = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey && this.#found.length && this.#input.value.trim()) {
      if (!shown) this.#open();
      const places = this.#found.length + 1; // one of them is the field itself
      this.#mark(((this.#active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && shown) this.close();
    else if (event.key === "Enter" && shown && this.#active >= 0) this.#take(this.#active);
    else {
      if (event.key === "Enter") this.close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What is typed here is for nobody else: a page that takes keys for itself gets none of them, and a
    letter that it took before it came here is put in all the same. */
function keep(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  if (event.type !== "keydown" || !event.defaultPrevented) return;
  const input = event.currentTarget;
  input.focus();
  input.setRangeText(event.key, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function get(address, signal) {
  return fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(WAIT)]), credentials: "omit", referrerPolicy: "no-referrer" });
}

/** Text as nodes, with <mark> around each range. Ranges count characters, not UTF-16 units. */
function marked(text, ranges) {
  const characters = Array.from(text);
  const nodes = [];
  let position = 0;
  for (const [start, end] of ranges) {
    if (start < position || end <= start) continue; // nothing is said twice
    nodes.push(characters.slice(position, start).join(""), make("mark", { part: "mark" }, characters.slice(start, end).join("")));
    position = end;
  }
  return [...nodes, characters.slice(position).join("")];
}

/** An element; its content is nodes and plain text. */
function make(name, attributes = {}, ...content) {
  const element = create(name);
  set(element, attributes);
  element.append(...content);
  return element;
}

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
}

function button(text, attributes, press) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}

/** An http(s) address, or nothing: a link of another scheme could run something. */
function safe(address, base = undefined) {
  try {
    const url = new URL(address, base);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
  } catch {
    return "";
  }
}

/** Several values of one attribute have a bar between them. */
function listed(value) {
  return (value ?? "").split("|").map((part) => part.trim()).filter(Boolean);
}

function editable(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"));
}

function beside(event, element) {
  const box = element.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/** The background of an element and of all it stands in; null where one lets others through. */
function papers(element) {
  const found = [];
  for (let at = element; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
    const { backgroundColor, backgroundImage } = getComputedStyle(at);
    if (backgroundImage !== "none") return [...found, undefined]; // nobody knows its colour
    found.push(/^rgb\(/.test(backgroundColor) ? backgroundColor : null);
  }
  return found;
}

/** The contrast of two colours as WCAG counts it; 0 where it cannot be told. */
function contrast(one, other) {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05) || 0;
}

function light(colour) {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1).map((part) => part / 255) ?? [NaN];
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

if (!customElements.get("news-search")) customElements.define("news-search", NewsSearch);
