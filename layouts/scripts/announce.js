/* What the elements share: one live region, and a base class that finds its parts by role and its words by name. */
(() => {
  let waiting;
  heja.announce = (text) => {
    const region = document.querySelector("[data-live]");
    if (!region) return;
    region.textContent = "";
    clearTimeout(waiting);
    /* The pause lets a screen reader notice that the same words come again. */
    waiting = setTimeout(() => (region.textContent = text), 120);
  };

  heja.Element = class extends HTMLElement {
    /* Elements are made ready once, when the whole page is there. */
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      this.start?.();
      if (!this.update) return;
      heja.store.addEventListener("change", () => this.update());
      this.update();
    }

    /* What is known of the site in the element's language; nothing on a page that does not load it. */
    get catalogue() {
      return heja.catalogues?.[this.closest("[data-route]")?.lang] ?? heja.catalogue ?? { exercises: {}, programs: {} };
    }

    part(role) {
      return this.querySelector(`[data-role="${role}"]`);
    }

    parts(selector) {
      return [...this.querySelectorAll(selector)];
    }

    show(role, visible = true) {
      const part = this.part(role);
      if (part) part.hidden = !visible;
      return part;
    }

    /* The words of data-text-<name>, with {holes} filled. */
    text(name, values = {}) {
      const words = this.getAttribute(`data-text-${name}`) ?? "";
      return words.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);
    }

    say(role, words, aloud = true) {
      const part = this.show(role, words !== "");
      if (part) part.textContent = words;
      if (aloud && words) heja.announce(words);
    }
  };

  heja.define = (name, element) => customElements.define(`heja-${name}`, element);
  /* A day in words, such as 24 november 2026. */
  heja.day = (iso) => {
    const words = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return words.format(new Date(iso));
  };
  heja.today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };
})();
