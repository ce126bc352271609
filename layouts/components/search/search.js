/* Search: our own list on Pagefind's script interface. The index is loaded when the reader first searches. */
heja.define("search", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.input = this.form.elements.q;
    this.show("ready");
    this.route = this.closest("[data-route]"); // in a page that holds everything
    this.title = this.route?.dataset.title ?? document.title;
    this.run = 0;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(true);
    });
    this.form.addEventListener("change", () => this.search(false));
    this.input.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.search(false), 250);
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
    if (!words) return this.list([], "");
    this.say("status", this.text("busy"), false);
    try {
      const engine = await this.engine();
      const found = await engine.search(words);
      const loaded = await Promise.all(found.results.slice(0, kind ? 200 : 40).map((result) => result.data()));
      if (turn !== this.run) return;
      const pages = loaded.filter((page) => (!kind || page.meta.kind === kind) && this.plausible(page, words));
      const name = ["none", "one"][pages.length] ?? "other";
      this.list(pages, this.text(name, { count: pages.length, words }));
    } catch {
      if (turn === this.run) this.list([], this.text("failed"));
    }
  }

  /* For a word that it does not know, Pagefind answers with whatever begins a little alike. That is no hit. */
  plausible({ content, meta }, words) {
    const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    const text = fold(`${meta.title} ${meta.summary} ${meta.delord} ${content}`);
    return fold(words).match(/[\p{L}\p{N}]+/gu)?.some((word) => text.includes(word.slice(0, 4))) ?? false;
  }

  remember(words, kind, entered) {
    const query = new URLSearchParams({ ...(words && { q: words }), ...(kind && { kind }) }).toString();
    const address = (query ? `?${query}` : location.pathname) + location.hash;
    if (query !== location.search.slice(1)) history[entered ? "pushState" : "replaceState"](null, "", address);
    const [page, ...rest] = this.title.split(" – ");
    document.title = [words ? `${page}: ${words}` : page, ...rest].join(" – ");
    if (this.route) this.route.dataset.title = document.title;
  }

  list(pages, words) {
    this.say("status", words);
    this.show("none", words !== "" && !pages.length);
    this.show("heading", pages.length > 0);
    const template = this.part("result");
    this.part("results").replaceChildren(
      ...pages.map((page) => {
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
        fill("minutes", page.meta.minutes);
        fill("summary", page.meta.summary);
        this.marked(row.querySelector('[data-role="excerpt"]'), page.excerpt);
        return row;
      }),
    );
  }

  /* Text nodes and <mark>, never HTML from the index. An excerpt without a hit says nothing: the summary is enough. */
  marked(place, excerpt) {
    if (!place) return;
    place.hidden = !excerpt.includes("<mark>");
    const plain = (text) => new DOMParser().parseFromString(`<i>${text}</i>`, "text/html").body.textContent;
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
