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

  const owner = ({ parentElement: around }) => (around.localName.startsWith("heja-") ? around : owner(around));

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

    /* The part with a role. An element inside has parts of its own: where both have the role, ours is meant. */
    part(role) {
      const parts = this.parts(`[data-role="${role}"]`);
      return parts.find((part) => owner(part) === this) ?? parts[0] ?? null;
    }

    parts(selector) {
      return [...this.querySelectorAll(selector)];
    }

    show(role, visible = true) {
      const part = this.part(role);
      if (part) part.hidden = !visible;
      return part;
    }

    /* What scripts say for every element like this one, in its language: src/hejagen/editions/script_words.py. */
    get spoken() {
      const { words = {} } = heja;
      const said = words[this.closest("[lang]")?.lang] ?? Object.values(words)[0];
      return said?.[this.localName.replace("heja-", "")] ?? {};
    }

    /* The words of data-text-<name>, with {holes} filled. */
    text(name, values = {}) {
      const words = this.getAttribute(`data-text-${name}`) ?? this.spoken[name] ?? "";
      return words.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);
    }

    /* What is written here is kept in the browser, as far as it lets us; what went wrong is told by heja-save. */
    async save() {
      await heja.store.start();
      return heja.store.safe;
    }

    /* Below a place, while something there is not saved: that it is not, and the button that saves it. */
    offer(place, wanted) {
      const { safe, saving, place: where } = heja.store;
      const needed = wanted && !safe && !(saving && where === "tab");
      if (!needed) return this.offered?.remove();
      this.offered ??= heja.saver()?.offer(() => this.save());
      if (this.offered && place.nextElementSibling !== this.offered) place.after(this.offered);
    }

    /* Escape answers no to a question that is open, wherever the focus is. */
    escapes(role, answer) {
      document.addEventListener("keydown", ({ key }) => key === "Escape" && this.part(role).getClientRects().length && answer());
    }

    /* From now on the browser asks before it leaves a page on which words of this element would be lost. */
    guard() {
      if (this.guarded) return;
      this.guarded = true;
      window.addEventListener("beforeunload", (event) => this.losing() && event.preventDefault());
    }

    say(role, words, aloud = true) {
      const part = this.show(role, words !== "");
      if (part) part.textContent = words;
      if (aloud && words) heja.announce(words);
    }
  };

  /* The component that says what is saved, in the language of what is shown. */
  heja.saver = () => document.querySelector(`heja-save:lang(${document.documentElement.lang})`) ?? document.querySelector("heja-save");

  /* Let the reader have a text as a file, also from a page on a disk. */
  heja.download = (name, text, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  heja.export = () => heja.download(`${document.documentElement.dataset.site}-${heja.today()}.json`, heja.store.export(), "application/json");

  heja.define = (name, element) => customElements.define(`heja-${name}`, element);
  /* The language that days are written in: English ones as in Britain, with the day first. */
  heja.locale = () => document.documentElement.lang.replace(/^en$/, "en-GB");
  /* A day in words, such as 24 november 2026. */
  heja.day = (iso) => {
    const words = new Intl.DateTimeFormat(heja.locale(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return words.format(new Date(iso));
  };
  /* With its weekday, such as torsdag 3 december. */
  heja.date = (iso) => {
    const words = new Intl.DateTimeFormat(heja.locale(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    return words.format(new Date(iso));
  };
  heja.time = (date) => new Intl.DateTimeFormat(heja.locale(), { hour: "2-digit", minute: "2-digit" }).format(date);
  /* The day of a moment where the reader is, such as 2026-11-24. */
  heja.today = (now = new Date()) => {
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };
})();
