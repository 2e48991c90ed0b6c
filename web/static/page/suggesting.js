/* Suggestions below a search field: the combobox with a list of WAI-ARIA. */

const PAUSE = 90; // milliseconds without a key: fewer questions, nobody notices

export function suggest(home) {
  for (const field of document.querySelectorAll('.masthead input[name="q"]')) new Suggestions(field, home);
}

class Suggestions {
  #asked = null;
  #chosen = -1;
  #found = [];
  #waiting = 0;

  constructor(field, home) {
    this.field = field;
    this.home = home;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${field.id}-suggestions`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", document.body.dataset.suggestions);
    field.after(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.#later());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.#close());
    field.form.addEventListener("submit", () => this.#close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      const place = [...this.list.children].indexOf(event.target.closest("li"));
      if (place >= 0) this.#take(place);
    });
  }

  #later() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#asked?.abort();
    const q = this.field.value;
    if (q.trim().length < 2) return this.#close();
    const asked = (this.#asked = new AbortController());
    const address = new URL("api/v1/suggest", this.home);
    address.search = new URLSearchParams([...new FormData(this.field.form)].filter(([, value]) => value));
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok && document.activeElement === this.field) this.#show((await answer.json()).suggestions);
    } catch {
      this.#close(); // help that cannot come is no error worth telling
    }
  }

  #show(found) {
    this.#found = found;
    this.list.replaceChildren(...found.map((suggestion, place) => this.#option(suggestion, place)));
    this.#choose(-1);
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(!!found.length));
  }

  #option(suggestion, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = suggestion.text;
    const about = document.createElement("span");
    about.className = "number";
    about.textContent = [this.#kind(suggestion.kind), suggestion.kind === "title" ? "" : suggestion.count.toLocaleString(document.documentElement.lang)].filter(Boolean).join(" ");
    option.append(text, about);
    return option;
  }

  /** What a suggestion is, in the language of the page; of words there is nothing to say. */
  #kind(kind) {
    const { headline, author } = document.body.dataset;
    return { title: headline, author }[kind] ?? "";
  }

  #choose(place) {
    this.#chosen = place;
    [...this.list.children].forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    const option = this.list.children[place];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // the first Escape closes the list, the next empties the field
      return this.#close();
    }
    const several = this.#found.length;
    if (this.list.hidden || !several || event.isComposing) return;
    const next = { ArrowDown: this.#chosen + 1, ArrowUp: this.#chosen - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.#choose(next >= several ? -1 : next < -1 ? several - 1 : next);
    } else if (event.key === "Enter" && this.#chosen >= 0) {
      event.preventDefault();
      this.#take(this.#chosen);
    }
  }

  #take(place) {
    const suggestion = this.#found[place];
    this.#close();
    if (suggestion.kind === "title") return void location.assign(suggestion.link);
    this.field.value = suggestion.q;
    this.field.form.requestSubmit();
  }

  #close() {
    clearTimeout(this.#waiting);
    this.#asked?.abort();
    this.#found = [];
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
