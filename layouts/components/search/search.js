/* What the reader was looking for, guessed from the address of a page that is missing. */
heja.define("lost", class extends heja.Element {
  start() {
    const field = this.querySelector("input");
    let words = (location.pathname.split("/").filter(Boolean).pop() ?? "").replace(/\.html?$/, "");
    try {
      words = decodeURIComponent(words);
    } catch {
      /* cut within a letter: then as it stands */
    }
    field.value = /^(404|index)$/.test(words) ? "" : words.replace(/[-_+]+/g, " ").trim().slice(0, 60);
    this.show("guess", field.value !== "");
  }
});

{
  /* Search: our own list on Pagefind's script interface. The index is loaded when the reader first searches. */
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "").trim();
  const FIRST = 12; // hits that are shown at once: those that fit in a window; the others follow when it has been painted
  heja.define("search", class extends heja.Element {
    start() {
      this.form = this.querySelector("form");
      this.input = this.form.elements.q;
      this.route = this.closest("[data-route]"); // in a page that holds everything
      this.pageTitle = this.route?.dataset.title ?? document.title;
      this.run = 0;
      const slash = this.part("slash");
      slash.checked = heja.slash.on;
      slash.addEventListener("change", () => (heja.slash.on = slash.checked));
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search(true);
      });
      this.addEventListener("change", ({ target }) => target.name === "kind" && this.search(false));
      this.input.addEventListener("input", () => {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.search(false), 60);
      });
      this.input.addEventListener("focus", () => this.engine().catch(() => {}), { once: true });
      window.addEventListener("popstate", () => this.read());
      this.read();
    }

    read() {
      const asked = new URLSearchParams(location.search);
      this.input.value = asked.get("q") ?? "";
      for (const box of this.form.elements) if (box.name === "kind" && box.type === "radio") box.checked = box.value === (asked.get("kind") ?? "");
      if (this.input.value) this.search(false);
    }

    /* The index is a script of its own, which is there already in a page that holds everything. */
    engine() {
      this.loading ??= new Promise((done, failed) => {
        if (heja.index) return done();
        const script = document.createElement("script");
        script.src = this.dataset.core;
        script.addEventListener("load", done);
        script.addEventListener("error", () => failed(new Error("no index")));
        document.head.append(script);
      }).then(() => heja.index.open());
      this.loading.catch(() => (this.loading = undefined));
      return this.loading;
    }

    async search(entered) {
      clearTimeout(this.waiting);
      const words = this.input.value.trim();
      const kind = new FormData(this.form).get("kind") || "";
      const turn = ++this.run;
      this.remember(words, kind, entered);
      this.show("instead", !words);
      if (!words) return this.list([], "");
      if (!this.warm) this.say("status", this.text("busy"), false);
      this.show("body");
      try {
        const { exact, pages } = await this.find(words);
        if (turn !== this.run) return;
        this.warm = true;
        const every = [...exact, ...pages];
        for (const place of this.parts("[data-count]")) {
          const { count } = place.dataset;
          place.textContent = every.filter(({ meta }) => !count || meta.kind === count).length;
        }
        const fits = ({ meta }) => !kind || meta.kind === kind;
        const shown = every.filter(fits).length;
        this.show("instead", !shown);
        this.list(pages.filter(fits), this.text(["none", "one"][shown] ?? "other", { count: shown, words }), exact.filter(fits));
      } catch {
        if (turn !== this.run) return;
        this.show("instead");
        this.list([], this.text("failed"));
      }
    }

    /* All pages with the words, and apart from them those that a code among the words names, such as EX16. */
    async find(words) {
      const engine = await this.engine();
      const read = async (text) => Promise.all((text ? (await engine.search(text)).results : []).map((result) => result.data()));
      let rest = words.replace(/\u00ad/g, "").replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1");
      const exact = [];
      for (const word of rest.match(/\p{L}{1,3}\d+/gu) ?? []) {
        const page = (await read(word)).find(({ meta }) => meta.code?.toLowerCase() === word.toLowerCase());
        if (!page || exact.some(({ raw_url }) => raw_url === page.raw_url)) continue;
        exact.push({ ...page, excerpt: "" });
        rest = rest.replace(word, "").trim();
      }
      if (fold(rest) === fold(exact[0]?.meta.kind ?? "")) return { exact, pages: [] }; // "Övning EX16" is one thing
      const pages = (await read(rest)).filter((page) => this.plausible(page, rest) && !exact.some(({ raw_url }) => raw_url === page.raw_url));
      return { exact, pages: this.ranked(pages, fold(rest)) };
    }

    /* A page with that very title, then what can be practised, then what it is about, and pages about the site last. */
    ranked(pages, asked) {
      const rank = ({ meta }) => (fold(meta.title) === asked ? 0 : meta.minutes ? 1 : meta.code ? 2 : 3);
      return pages.map((page, number) => [rank(page), number, page]).sort(([a, m], [b, n]) => a - b || m - n).map(([, , page]) => page);
    }

    /* For a word that it does not know, Pagefind answers with whatever begins a little alike. That is no hit. */
    plausible({ raw_url, content, meta }, words) {
      this.texts ??= new Map();
      if (!this.texts.has(raw_url)) this.texts.set(raw_url, fold(`${meta.title} ${meta.summary} ${meta.delord} ${meta.code} ${content}`));
      const text = this.texts.get(raw_url);
      return fold(words).match(/[\p{L}\p{N}]+/gu)?.some((word) => text.includes(word.slice(0, 4))) ?? false;
    }

    remember(words, kind, entered) {
      const query = new URLSearchParams({ ...(words && { q: words }), ...(kind && { kind }) }).toString();
      const address = (query ? `?${query}` : location.pathname) + location.hash;
      if (query !== location.search.slice(1)) history[entered ? "pushState" : "replaceState"](null, "", address);
      const [page, ...rest] = this.pageTitle.split(" – ");
      document.title = [words ? `${page}: ${words}` : page, ...rest].join(" – ");
      if (this.route) this.route.dataset.title = document.title;
    }

    list(pages, words, exact = []) {
      this.say("status", words);
      this.show("none", words !== "" && !pages.length && !exact.length);
      this.show("body", words !== "");
      this.show("exact", exact.length > 0).replaceChildren(...this.rows(exact));
      const { run } = this;
      this.show("results", pages.length > 0).replaceChildren(...this.rows(pages.slice(0, FIRST)));
      setTimeout(() => run === this.run && this.part("results").append(...this.rows(pages.slice(FIRST))));
    }

    rows(pages) {
      const template = this.part("result");
      return pages.map((page) => {
        const row = template.content.cloneNode(true);
        const fill = (role, text) => {
          const place = row.querySelector(`[data-role="${role}"]`);
          if (place) place.textContent = text ?? "";
        };
        const { lang } = page.meta;
        if (lang && lang !== this.closest("[lang]").lang) {
          for (const place of row.querySelectorAll('[data-role="title"], [data-role="summary"], [data-role="excerpt"]')) place.lang = lang;
          row.querySelector("a").hreflang = lang;
        }
        row.querySelector("a").href = this.dataset.pages.replace("{path}", page.raw_url.replace(/^\//, ""));
        fill("title", page.meta.title);
        fill("kind", page.meta.kind);
        fill("code", page.meta.code);
        const drawn = heja.catalogue && this.drawn(page);
        if (drawn) row.querySelector('[data-role="cover"]')?.append(heja.cover(...drawn));
        for (const image of row.querySelectorAll("img")) image.loading = "lazy";
        fill("minutes", page.meta.minutes);
        fill("summary", page.meta.summary);
        const excerpt = row.querySelector('[data-role="excerpt"]');
        const lead = `${page.meta.title}. `;
        this.marked(excerpt, page.excerpt.startsWith(lead) ? page.excerpt.slice(lead.length) : page.excerpt);
        /* An excerpt from the top of the page holds the summary: nobody wants to hear it twice. */
        const summary = row.querySelector('[data-role="summary"]');
        if (summary && excerpt && !excerpt.hidden) summary.hidden = excerpt.textContent.includes(page.meta.summary);
        return row;
      });
    }

    /* What a page's picture is of, with its id: an exercise or a program, or for a behaviour the first exercise of it. */
    drawn({ raw_url, meta }) {
      const { behaviours, exercises, programs } = heja.catalogue;
      const path = raw_url.replace(/^\/|index\.html$/g, "");
      const [behaviour] = Object.entries(behaviours).find((entry) => entry[1].path === path) ?? [];
      const known = Object.entries({ ...exercises, ...programs });
      return known.find(([, entry]) => entry.cover && (meta.minutes ? entry.path === path : behaviour && entry.behaviours?.includes(behaviour)));
    }

    /* Text nodes and <mark>, never HTML from the index. An excerpt without a hit says nothing: the summary is enough. */
    marked(place, excerpt) {
      if (!place) return;
      place.hidden = !excerpt.includes("<mark>");
      const inert = document.createElement("template");
      const plain = (text) => ((inert.innerHTML = text), inert.content.textContent);
      for (const part of excerpt.split(/(<mark>.*?<\/mark>)/)) {
        if (!part.startsWith("<mark>")) {
          place.append(plain(part));
          continue;
        }
        const mark = document.createElement("mark");
        mark.textContent = plain(part.slice(6, -7));
        place.append(mark);
      }
    }
  });
}
