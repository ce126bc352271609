/* What may be saved, how two entries become one, and a shelf to keep them on. Shared by the store and the vault. */
(() => {
  const VERSION = 1;
  const LATEST = 4.32e15; // milliseconds: half of what a date can hold, so that a later change always has room
  const LONGEST = 20000; // characters of a text
  const KEY = /^([a-z]+):[a-z0-9-]+(?::([a-z0-9-]+))?$/;
  const none = (part) => part === undefined;
  const some = (part) => part !== undefined;
  /* 2026-02-30 is a date to some browsers, but comes back as another. */
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(Date.parse(text) || 0).toISOString().startsWith(text);
  const has = (value, ...names) => value && typeof value === "object" && Object.keys(value).sort().join() === names.join();
  const isText = (value) => typeof value === "string" && value.length <= LONGEST;
  const isFlag = (value) => value === true;
  const isPlan = (value) => has(value, "action", "cue") && isText(value.cue) && isText(value.action);
  const isName = (text) => /^[a-z0-9_]{1,60}$/.test(text);
  const isRound = (part) => ["before", "after", "later", "recalled"].includes(part);
  const isAnswers = (value) => value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length <= 100 && Object.entries(value).flat().every(isName);
  const isCheck = (value) => has(value, "answers", "day", "version") && isDay(value.day) && isText(value.version) && isAnswers(value.answers);
  const isStart = (value) => has(value, "started") && isDay(value.started);
  const isFollow = (value) => has(value, "after", "how") && Number.isInteger(value.after) && value.after > 0 && /^[a-z]*$/.test(value.how);
  const isDayOrNone = (text) => text === "" || (typeof text === "string" && isDay(text));
  const isRecall = (value) => has(value, "near", "next") && /^(near|part|no)$/.test(value.near) && isDayOrNone(value.next);
  const isQuiet = (value) => has(value, "until") && isDay(value.until);
  const isPace = (value) => value === "calendar" || value === "ticks";
  /* The one registry: kind of entry -> what its key's part and its value must be. A key is "kind:id" or "kind:id:part". */
  const kinds = {
    step: [some, isFlag], // step:<exercise>:<number>
    done: [isDay, isFlag], // done:<exercise>:<date>
    program: [none, isStart], // program:<program>
    item: [some, isFlag], // item:<program>:<item>
    note: [some, isText], // note:<exercise>:<which>
    plan: [none, isPlan], // plan:<exercise>
    follow: [isDay, isFollow], // follow:<exercise>:<date>
    recall: [some, isRecall], // recall:<exercise or program>:<question>
    quiet: [none, isQuiet], // quiet:<exercise or program>
    pace: [none, isPace], // pace:<program>
    check: [isRound, isCheck], // check:<self-assessment>:<round>
  };
  const rule = (key) => {
    const [, kind, part] = KEY.exec(key) ?? [];
    return Object.hasOwn(kinds, kind ?? "") && kinds[kind][0](part) ? kinds[kind][1] : null;
  };
  const valid = (key, entry) => {
    if (!rule(key) || !entry || !Number.isSafeInteger(entry.t) || entry.t < 0 || entry.t > LATEST) return false;
    return entry.v === null || Boolean(rule(key)(entry.v));
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

    /* {state: "none" | "newer" | "open", entries, trouble, root}. Nothing is there before the reader has asked for it. */
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
        if (!rule(key)) continue;
        const text = this.storage.getItem(full);
        const entry = parse(text);
        if (valid(key, entry)) entries[key] = entry;
        else if (text !== null) trouble = this.#keepAside(full, text);
      }
      return { state: "open", entries, trouble, root: meta?.root };
    }

    /* From now on there is something to read. Returns "" or what is wrong. */
    begin() {
      const meta = { version: VERSION, since: new Date().toISOString().slice(0, 10) };
      return this.storage.getItem(`${this.prefix}meta`) === null ? this.#put("meta", meta) : "";
    }

    /* Note the path of the site that saves here. */
    settle(root) {
      this.#put("meta", { ...parse(this.storage.getItem(`${this.prefix}meta`)), root });
    }

    /* Keep an entry, unless what is there is newer. Returns what is there now, and what is wrong; or that all is gone. */
    put(key, entry) {
      if (this.storage.getItem(`${this.prefix}meta`) === null) return { gone: true };
      const there = parse(this.storage.getItem(this.prefix + key) ?? "");
      const kept = newest(entry, valid(key, there) ? there : undefined);
      return { entry: kept, trouble: this.#put(key, kept) };
    }

    clear() {
      for (const key of this.keys()) this.storage.removeItem(key);
    }

    /* No room is no refusal, whoever has filled it; but a browser that gives no room at all refuses. */
    #put(key, value) {
      try {
        this.storage.setItem(this.prefix + key, JSON.stringify(value));
        return "";
      } catch ({ name }) {
        return /quota/i.test(name) && this.storage.length ? "full" : "refused";
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

  window.heja = Object.assign(window.heja ?? {}, { entries: { VERSION, LATEST, LONGEST, valid, parse, newest, shelf } });
})();
