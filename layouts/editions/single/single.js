/* One page that holds the whole site: the part that the address names is shown as if it were a page of its own. */
(() => {
  const parts = [...document.querySelectorAll("[data-route]")];
  const links = [...document.querySelectorAll("header a[href^='#/']")];
  let shown;

  /* Without script links lead to these ids. With it the browser would go to them after us, and scroll past the header. */
  for (const place of document.querySelectorAll("[id^='/']")) place.removeAttribute("id");

  /* An address that was cut within a letter stays as it is: no part has it, so the start page is shown. */
  const decoded = (hash) => {
    try {
      return decodeURIComponent(hash);
    } catch {
      return hash;
    }
  };

  /* The part that the address names, and the place in it, if any. */
  const named = () => {
    const hash = decoded(location.hash);
    if (!hash.startsWith("#/")) {
      const place = hash ? document.getElementById(hash.slice(1)) : null;
      return { part: place?.closest("[data-route]") ?? shown ?? parts[0], place };
    }
    const [path] = hash.slice(2).split(/[?#]/); // a plan or an exercise may follow
    const route = path.replace(/([^/])$/, "$1/"); // the last slash is easily lost
    return { part: parts.find(({ dataset }) => dataset.route === route) ?? parts[0] };
  };

  const show = (moved) => {
    const { part, place } = named();
    const another = part !== shown;
    shown = part;
    for (const one of parts) one.hidden = one !== part;
    delete document.documentElement.dataset.opening;
    document.title = part.dataset.title;
    if (part.lang) {
      document.documentElement.lang = part.lang;
      for (const one of document.querySelectorAll("body > :is(.skip, header, footer, heja-save)")) one.hidden = one.lang !== part.lang;
      for (const link of document.querySelectorAll("header a[hreflang]"))
        if (link.hreflang !== part.lang) link.setAttribute("href", part.getAttribute(`data-to-${link.hreflang}`));
    }
    for (const link of links) {
      const route = link.getAttribute("href").slice(2);
      const exact = route === part.dataset.route;
      const home = link.matches(".header__logo, [hreflang]");
      if (exact || (!home && part.dataset.route.startsWith(route))) link.setAttribute("aria-current", exact ? "page" : "true");
      else link.removeAttribute("aria-current");
    }
    if (!moved) return;
    if (place) return place.scrollIntoView();
    if (!another) return;
    const heading = part.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };

  /* What the search reads: the parts themselves. */
  let texts;
  const text = (part) => {
    const copy = part.cloneNode(true);
    for (const left of copy.querySelectorAll("[data-unread], script, template, nav")) left.remove();
    return copy.textContent.replace(/\u00ad/g, "").replace(/\s+/g, " ");
  };
  heja.index.pages = () =>
    (texts ??= parts.flatMap((part) => {
      const about = part.querySelector("[data-about]")?.dataset;
      if (!about) return [];
      const { title, summary, kind, minutes, code, w, lang } = about;
      return [{ raw_url: part.dataset.route, content: text(part), meta: { title, summary, kind, minutes, code, delord: w, lang } }];
    }));

  window.addEventListener("hashchange", () => show(true));
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const whole = button.dataset.print === "all";
      for (const one of parts) one.hidden = !whole && one !== shown;
      window.print();
      show(false);
    });
  }
  show(Boolean(location.hash));
})();
