/* Progress, notes and plans: in the tab's memory until the reader asks to save them, then in this browser and nowhere
   else. Each entry is an item of its own in localStorage, so that two tabs never write over each other's. */
(() => {
  const VERSION = 1;
  const prefix = `${document.documentElement.dataset.site}:`;
  const isText = (value) => typeof value === "string" && value.length <= 20000;
  const isFlag = (value) => value === true;
  const isPlan = (value) => value && isText(value.cue) && isText(value.action);
  const isStart = (value) => value && /^\d{4}-\d\d-\d\d$/.test(value.started);
  /* The one registry: kind of entry -> what its value must be. An entry's key is "kind:id" or "kind:id:part". */
  const kinds = {
    step: isFlag, // step:<exercise>:<number>
    done: isFlag, // done:<exercise>:<date>
    program: isStart, // program:<program>
    item: isFlag, // item:<program>:<item>
    note: isText, // note:<exercise>:<which>
    plan: isPlan, // plan:<exercise>
  };
  const KEY = /^([a-z]+):[a-z0-9-]+(:[a-z0-9-]+)?$/;

  const valid = (key, entry) => {
    const kind = KEY.exec(key)?.[1];
    if (!Object.hasOwn(kinds, kind ?? "") || !entry || !Number.isSafeInteger(entry.t) || entry.t < 0) return false;
    return entry.v === null || Boolean(kinds[kind](entry.v));
  };
  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  /* The newest wins, ties are decided by the text: the order of merging never matters. */
  const newest = (a, b) => {
    if (!a || !b) return a ?? b;
    if (a.t !== b.t) return a.t > b.t ? a : b;
    return JSON.stringify(a.v) >= JSON.stringify(b.v) ? a : b;
  };
  const area = () => {
    try {
      const storage = window.localStorage;
      storage.getItem(prefix);
      return storage;
    } catch {
      return null;
    }
  };

  class Store extends EventTarget {
    #entries = new Map();
    #storage = area();
    saving = false;
    trouble = "";

    constructor() {
      super();
      this.#open();
      window.addEventListener("storage", (event) => this.#heard(event));
      document.addEventListener("visibilitychange", () => document.hidden || this.#open());
      window.addEventListener("pageshow", (event) => event.persisted && this.#open());
    }

    get(key) {
      return this.#entries.get(key)?.v ?? null;
    }

    /* [key, value] of every entry whose key starts so. */
    list(start) {
      return [...this.#entries].filter(([key, entry]) => entry.v !== null && key.startsWith(start)).map(([key, { v }]) => [key, v]);
    }

    set(key, value) {
      const before = this.#entries.get(key);
      if (JSON.stringify(before?.v ?? null) === JSON.stringify(value)) return;
      const entry = { v: value, t: Math.max(Date.now(), (before?.t ?? 0) + 1) };
      if (!valid(key, entry)) throw new TypeError(`not an entry: ${key}`);
      this.#entries.set(key, entry);
      this.#write(key);
      this.#tell();
    }

    /* The reader has asked to save: only now is anything written. Returns whether it could be. */
    start() {
      if (!this.#storage) this.trouble = "refused";
      if (this.#storage && this.trouble !== "newer") {
        this.trouble = "";
        this.saving = this.#put("meta", { version: VERSION, since: new Date().toISOString().slice(0, 10) });
        if (this.saving) this.#open();
        for (const key of this.#entries.keys()) this.#write(key);
      }
      this.#tell();
      return this.saving && !this.trouble;
    }

    /* Remove everything that this site has stored, also what was kept aside. */
    forget() {
      for (const key of this.#keys()) this.#storage.removeItem(key);
      this.#entries.clear();
      this.saving = false;
      this.trouble = "";
      this.#tell();
    }

    export() {
      const entries = Object.fromEntries([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)));
      return JSON.stringify({ format: "heja-progress", version: VERSION, exported: new Date().toISOString(), entries }, null, 1);
    }

    /* Merge a file's text. Returns {added, refused} or {error: "unreadable" | "newer"}; on an error nothing has changed. */
    import(text) {
      const file = parse(text);
      if (file?.format !== "heja-progress" || typeof file.entries !== "object" || !file.entries) return { error: "unreadable" };
      if (!(file.version <= VERSION)) return { error: "newer" };
      const pairs = Object.entries(file.entries).filter(([key, entry]) => valid(key, entry));
      const refused = Object.keys(file.entries).length - pairs.length;
      let added = 0;
      for (const [key, { v, t }] of pairs) {
        const merged = newest(this.#entries.get(key), { v, t });
        if (merged.t === t && merged.v === v) added += 1;
        this.#entries.set(key, merged);
        this.#write(key);
      }
      this.#tell();
      return { added, refused };
    }

    #keys() {
      return this.#storage ? Object.keys(this.#storage).filter((key) => key.startsWith(prefix)) : [];
    }

    #open() {
      if (!this.#storage) return;
      const raw = this.#storage.getItem(`${prefix}meta`);
      if (raw === null) return;
      const meta = parse(raw);
      if (meta?.version > VERSION) {
        this.trouble = "newer";
        this.saving = false;
        return this.#tell();
      }
      if (meta?.version !== VERSION) {
        this.#keepAside(`${prefix}meta`, raw);
        this.#put("meta", { version: VERSION, since: new Date().toISOString().slice(0, 10) });
      }
      this.saving = true;
      for (const full of this.#keys()) this.#readOne(full);
      this.#tell();
    }

    #readOne(full) {
      const key = full.slice(prefix.length);
      if (!Object.hasOwn(kinds, KEY.exec(key)?.[1] ?? "")) return;
      const raw = this.#storage.getItem(full);
      const entry = parse(raw);
      if (valid(key, entry)) this.#entries.set(key, newest(this.#entries.get(key), entry));
      else if (raw !== null) this.#keepAside(full, raw);
    }

    /* What we cannot read is not ours to throw away. */
    #keepAside(full, raw) {
      this.trouble = "corrupt";
      try {
        this.#storage.setItem(`${prefix}kept:${Date.now()}:${full.slice(prefix.length)}`, raw);
        this.#storage.removeItem(full);
      } catch {
        /* full: then it stays where it is */
      }
    }

    #write(key) {
      if (!this.saving) return;
      const stored = parse(this.#storage.getItem(prefix + key) ?? "");
      const entry = newest(this.#entries.get(key), valid(key, stored) ? stored : undefined);
      this.#entries.set(key, entry);
      this.#put(key, entry);
    }

    #put(key, value) {
      try {
        this.#storage.setItem(prefix + key, JSON.stringify(value));
        if (this.trouble === "full") this.trouble = "";
        return true;
      } catch {
        this.trouble = this.#keys().length ? "full" : "refused";
        return false;
      }
    }

    #heard(event) {
      if (event.key === null || (event.key === `${prefix}meta` && event.newValue === null)) {
        /* another tab has deleted everything */
        this.#entries.clear();
        this.saving = false;
        return this.#tell();
      }
      if (event.key === `${prefix}meta`) return this.#open();
      if (!this.saving || !event.key.startsWith(prefix) || event.newValue === null) return;
      this.#readOne(event.key);
      this.#tell();
    }

    #tell() {
      this.dispatchEvent(new Event("change"));
    }
  }

  window.heja = { store: new Store() };
})();
