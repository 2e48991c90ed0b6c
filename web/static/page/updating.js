/* Results, facets and timeline in place: what a link or the form leads to is fetched as a page and
   its parts take the places of those shown. Whatever goes wrong, the browser follows the link. */

const PARTS = ["main", ".masthead form"];
const LIVE = ".answer, .over-time, .facets, .pages, .nothing";

export function update(home) {
  const search = new URL("search", home).pathname;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  const isSearch = (url) => url.origin === location.origin && (url.pathname === search || url.pathname === home.pathname);
  if (!isSearch(location)) return;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !link.closest(LIVE) || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = typeof link.href === "string" ? link.href : link.href.baseVal; // in a drawing
    const url = new URL(address, location.href);
    if (event.defaultPrevented || !isSearch(url)) return;
    event.preventDefault();
    go(url, { name: nameOf(link), up: !!link.closest(".pages") });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".masthead form") || event.defaultPrevented) return;
    event.preventDefault();
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    go(url, { name: "q" });
  });

  addEventListener("popstate", () => show(new URL(location.href), {}));

  let asking = null;

  function go(url, how) {
    show(url, how, (canonical) => history.pushState(null, "", canonical));
  }

  function show(url, { name = "", up = false }, arrived = () => {}) {
    asking?.abort();
    const ask = (asking = new XMLHttpRequest());
    ask.open("GET", url);
    ask.responseType = "document"; // parsed without running anything, and no string becomes markup
    document.querySelector("main").setAttribute("aria-busy", "true");
    ask.onload = () => {
      const page = ask.response;
      if (!page || !PARTS.every((part) => page.querySelector(part))) return void location.assign(url);
      arrived(page.querySelector('link[rel="canonical"]')?.href ?? url);
      replace(page);
      status.textContent = (document.querySelector("#understood")?.textContent ?? page.title).replace(/\s+/g, " ").trim();
      if (up) scrollTo({ top: 0 });
      refocus(name);
      document.dispatchEvent(new CustomEvent("microfiche:shown"));
    };
    ask.onerror = () => location.assign(url);
    ask.send();
  }

  function replace(page) {
    document.title = page.title;
    const main = document.querySelector("main");
    main.replaceChildren(...page.querySelector("main").childNodes);
    main.removeAttribute("aria-busy");
    const links = 'link[rel="alternate"], link[rel="canonical"]';
    for (const link of document.head.querySelectorAll(links)) link.remove();
    document.head.append(...page.head.querySelectorAll(links));
    takeFields(document.querySelector(".masthead form"), page.querySelector(".masthead form"));
  }
}

/** The fields of ``form`` take the values of ``other``: the one that somebody types in stays itself. */
function takeFields(form, other) {
  for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
  form.append(...other.querySelectorAll("input[type=hidden]"));
  for (const field of form.elements) {
    const same = field.name && other.elements.namedItem(field.name);
    if (same && field.type !== "hidden") field.value = same.value;
  }
}

/** What a link is, in words that stay when its address changes: a facet's value, a filter. */
function nameOf(link) {
  const section = link.closest("section")?.querySelector("h2")?.textContent ?? "";
  return `${section}/${link.getAttribute("aria-label") ?? link.firstElementChild?.textContent ?? link.textContent}`;
}

/** Whoever uses a keyboard goes on where they were, or at what was found. */
function refocus(name) {
  if (name === "q") return;
  const same = name && [...document.querySelectorAll(".facets a, .measure a")].find((link) => nameOf(link) === name);
  const target = same || document.querySelector("#understood");
  if (!same) target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
}
