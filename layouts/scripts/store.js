/* Progress, notes and plans: in the tab's memory until the reader asks to save them, then on the best shelf that the
   browser has: its own storage, the vault (a copy opened from a disk in Firefox), this tab, or none. */
(() => {
  const { VERSION, LATEST, valid, parse, newest, shelf } = heja.entries;
  const { site, vault } = document.documentElement.dataset;
  const PATIENCE = 4000; // milliseconds until a vault that does not answer is given up

  /* The vault's frame, with the same methods as a shelf; null when it does not answer. */
  const framed = (address, changed) =>
    new Promise((done) => {
      const frame = document.createElement("iframe");
      const waiting = new Map();
      let count = 0;
      const ask = (question, more) =>
        new Promise((answered) => {
          waiting.set(++count, answered);
          frame.contentWindow.postMessage({ id: count, ask: question, ...more }, "*");
        });
      window.addEventListener("message", ({ source, data }) => {
        if (source !== frame.contentWindow || !data) return;
        if (data.changed) changed();
        else if ("ready" in data)
          done(data.ready ? { read: () => ask("read"), begin: () => ask("begin"), put: (key, entry) => ask("put", { key, entry }), clear: () => ask("clear") } : null);
        else if (waiting.has(data.id)) {
          waiting.get(data.id)(data.answer);
          waiting.delete(data.id);
        }
      });
      setTimeout(() => done(null), PATIENCE);
      Object.assign(frame, { hidden: true, title: "", tabIndex: -1, src: address });
      frame.setAttribute("aria-hidden", "true");
      document.body.append(frame);
    });

  class Store extends EventTarget {
    #entries = new Map();
    #shelves = []; // {place, shelf}, the best first
    #shelf = null;
    #unsaved = new Set(); // keys of what the shelf has not taken yet
    #forgotten = false; // the reader has deleted everything here
    saving = false;
    trouble = "";
    place = "memory"; // "browser" | "tab" | "memory"
    root = ""; // the path of the site that has saved here, once it is noted

    constructor() {
      super();
      const again = () => this.#read();
      this.ready = this.#open(again);
      window.addEventListener("storage", (event) => (event.key === null || event.key.startsWith(`${site}:`)) && again());
      document.addEventListener("visibilitychange", () => document.hidden || again());
      window.addEventListener("pageshow", (event) => event.persisted && again());
    }

    get(key) {
      return this.#entries.get(key)?.v ?? null;
    }

    /* When an entry was changed, or null. */
    when(key) {
      return this.#entries.has(key) ? new Date(this.#entries.get(key).t) : null;
    }

    /* Whether what is written outlives the page. */
    get safe() {
      return this.saving && this.place === "browser" && (!this.trouble || this.trouble === "corrupt");
    }

    /* [key, value] of every entry whose key starts so. */
    list(start) {
      return [...this.#entries].filter(([key, entry]) => entry.v !== null && key.startsWith(start)).map(([key, { v }]) => [key, v]);
    }

    set(key, value) {
      const before = this.#entries.get(key);
      if (JSON.stringify(before?.v ?? null) === JSON.stringify(value)) return;
      const entry = { v: value, t: Math.min(LATEST, Math.max(Date.now(), (before?.t ?? 0) + 1)) };
      if (!valid(key, entry)) throw new TypeError(`not an entry: ${key}`);
      this.#entries.set(key, entry);
      this.#write([key]);
      this.#tell();
    }

    /* The reader has asked to save: only now is anything written. Tells whether it could be. */
    async start() {
      await this.ready;
      this.#forgotten = false;
      if (this.saving) await this.#write([]);
      while (this.#shelf && !this.saving && this.trouble !== "newer") {
        this.trouble = await this.#shelf.begin();
        if (!this.trouble) await this.#read();
        else if (this.trouble === "full") break;
        else this.#take(this.#shelves[this.#shelves.findIndex((one) => one.shelf === this.#shelf) + 1]);
      }
      if (!this.#shelf) this.trouble = "refused";
      this.#tell();
      return this.saving && !this.trouble;
    }

    /* Remove everything that this site has stored, also what was kept aside. */
    async forget() {
      this.#empty();
      this.saving = false;
      this.#forgotten = true;
      this.trouble = "";
      this.#tell();
      await this.ready;
      for (const { shelf: one } of this.#shelves) await one.clear();
    }

    /* Note that what is saved here is that of the site below a path. */
    settle(root) {
      this.root = root;
      this.#shelf.settle(root);
    }

    export() {
      const entries = Object.fromEntries([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)));
      return JSON.stringify({ format: "heja-progress", version: VERSION, exported: new Date().toISOString(), entries }, null, 1);
    }

    /* Merge a file's text. Returns {added, refused}, where added is what is new or newer than what was here, or
       {error: "unreadable" | "newer"}; on an error nothing has changed. */
    import(text) {
      const file = parse(text);
      const { format, version, entries } = file ?? {};
      const readable = format === "heja-progress" && Number.isInteger(version) && entries && typeof entries === "object";
      if (!readable || Array.isArray(entries)) return { error: "unreadable" };
      if (version > VERSION) return { error: "newer" };
      const pairs = Object.entries(entries).filter(([key, entry]) => valid(key, entry));
      const refused = Object.keys(entries).length - pairs.length;
      let added = 0;
      for (const [key, { v, t }] of pairs) {
        const before = this.#entries.get(key);
        const merged = newest(before, { v, t });
        if (merged !== before) added += 1;
        this.#entries.set(key, merged);
      }
      this.#write(pairs.map(([key]) => key));
      this.#tell();
      return { added, refused };
    }

    /* Find the shelves, and take the one that has something on it, else the best. */
    async #open(changed) {
      const local = shelf("localStorage", site);
      const own = vault && location.origin === "null"; // each file has a store of its own: only the vault's is shared
      const best = local && (own ? await framed(vault, changed) : local);
      if (best) this.#shelves.push({ place: "browser", shelf: best });
      const tab = shelf("sessionStorage", site);
      if (tab) this.#shelves.push({ place: "tab", shelf: tab });
      for (const one of this.#shelves) {
        const found = await one.shelf.read();
        if (found.state === "none") continue;
        this.#take(one);
        return await this.#apply(found);
      }
      this.#take(this.#shelves[0]);
    }

    #take(one) {
      this.#shelf = one?.shelf ?? null;
      this.place = one?.place ?? "memory";
    }

    async #read() {
      if (this.#shelf) await this.#apply(await this.#shelf.read());
    }

    async #apply({ state, entries, trouble, root }) {
      if (state === "none") {
        /* After everything is deleted, here or in another tab, what a tab wrote before it knew goes too. */
        if (this.saving || this.#forgotten) await this.#shelf.clear();
        if (!this.saving) return;
        this.#empty();
      }
      this.saving = state === "open";
      this.trouble = trouble || (this.saving ? this.trouble : "");
      this.root = root ?? "";
      for (const [key, entry] of Object.entries(entries)) this.#entries.set(key, newest(this.#entries.get(key), entry));
      this.#tell();
      await this.#write([...this.#entries].filter(([key, entry]) => entry.t !== entries[key]?.t).map(([key]) => key));
    }

    #empty() {
      this.#entries.clear();
      this.#unsaved.clear();
    }

    /* Put these on the shelf, and once more what it has not taken before. */
    async #write(keys) {
      if (!this.saving) return;
      for (const key of keys) this.#unsaved.add(key);
      let trouble = "";
      for (const key of [...this.#unsaved]) {
        const kept = await this.#shelf.put(key, this.#entries.get(key));
        if (kept?.gone) return await this.#apply({ state: "none", entries: {} });
        if (!this.saving || !this.#entries.has(key)) return;
        const now = newest(this.#entries.get(key), kept.entry);
        this.#entries.set(key, now);
        trouble ||= kept.trouble;
        if (!kept.trouble && now.t === kept.entry.t) this.#unsaved.delete(key);
      }
      trouble ||= this.#unsaved.size || this.trouble === "corrupt" ? this.trouble : "";
      if (this.trouble === trouble) return;
      this.trouble = trouble;
      this.#tell();
    }

    #tell() {
      this.dispatchEvent(new Event("change"));
    }
  }

  heja.store = new Store();
})();
