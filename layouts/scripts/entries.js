/* What may be saved, how two entries become one, and a shelf to keep them on. Shared by the store and the vault. */
(() => {
  const VERSION = 1;
  const KEY = /^([a-z]+):[a-z0-9-]+(:[a-z0-9-]+)?$/;
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
  const known = (key) => Object.hasOwn(kinds, KEY.exec(key)?.[1] ?? "");
  const valid = (key, entry) => {
    if (!known(key) || !entry || !Number.isSafeInteger(entry.t) || entry.t < 0) return false;
    return entry.v === null || Boolean(kinds[KEY.exec(key)[1]](entry.v));
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

  /* A browser's storage with our entries in it, each an item of its own, so that two tabs never write over each other's. */
  class Shelf {
    constructor(storage, site) {
      this.storage = storage;
      this.prefix = `${site}:`;
    }

    keys() {
      return Object.keys(this.storage).filter((key) => key.startsWith(this.prefix));
    }

    /* {state: "none" | "newer" | "open", entries, trouble}. Nothing is there before the reader has asked for it. */
    read() {
      const raw = this.storage.getItem(`${this.prefix}meta`);
      if (raw === null) return { state: "none", entries: {}, trouble: "" };
      const meta = parse(raw);
      if (meta?.version > VERSION) return { state: "newer", entries: {}, trouble: "newer" };
      let trouble = "";
      if (meta?.version !== VERSION) {
        trouble = this.#keepAside(`${this.prefix}meta`, raw);
        this.begin();
      }
      const entries = {};
      for (const full of this.keys()) {
        const key = full.slice(this.prefix.length);
        if (!known(key)) continue;
        const text = this.storage.getItem(full);
        const entry = parse(text);
        if (valid(key, entry)) entries[key] = entry;
        else if (text !== null) trouble = this.#keepAside(full, text);
      }
      return { state: "open", entries, trouble };
    }

    /* From now on there is something to read. Returns "" or what is wrong. */
    begin() {
      const meta = { version: VERSION, since: new Date().toISOString().slice(0, 10) };
      if (this.storage.getItem(`${this.prefix}meta`) !== null) return "";
      return this.#put("meta", meta) ? "" : this.keys().length ? "full" : "refused";
    }

    /* Keep an entry, unless what is there is newer. Returns what is there now, and what is wrong. */
    put(key, entry) {
      const there = parse(this.storage.getItem(this.prefix + key) ?? "");
      const kept = newest(entry, valid(key, there) ? there : undefined);
      return { entry: kept, trouble: this.#put(key, kept) ? "" : "full" };
    }

    clear() {
      for (const key of this.keys()) this.storage.removeItem(key);
    }

    #put(key, value) {
      try {
        this.storage.setItem(this.prefix + key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    }

    /* What we cannot read is not ours to throw away. */
    #keepAside(full, raw) {
      try {
        this.storage.setItem(`${this.prefix}kept:${Date.now()}:${full.slice(this.prefix.length)}`, raw);
        this.storage.removeItem(full);
      } catch {
        /* full: then it stays where it is */
      }
      return "corrupt";
    }
  }

  /* A shelf in localStorage or sessionStorage, or null where the browser refuses. */
  const shelf = (name, site) => {
    try {
      const storage = window[name];
      storage.getItem(`${site}:meta`);
      return new Shelf(storage, site);
    } catch {
      return null;
    }
  };

  window.heja = { entries: { VERSION, valid, parse, newest, shelf } };
})();
