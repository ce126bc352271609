/* An exercise is marked as done, and with it the next unticked item of it in each program that the reader has started. */
heja.define("done", class extends heja.Element {
  start() {
    this.button = this.show("toggle");
    this.programs = JSON.parse(this.dataset.programs || "[]");
    this.button.addEventListener("click", () => {
      const undo = this.times().length > 0;
      if (undo) this.unmark();
      else this.mark();
      heja.announce(this.text(undo ? "undone" : "done"));
    });
  }

  times() {
    return heja.store.list(`done:${this.dataset.exercise}:`).map(([key]) => key).sort();
  }

  mark() {
    heja.store.set(`done:${this.dataset.exercise}:${heja.today()}`, true);
    for (const item of this.items()) {
      const next = item.keys.find((key) => !heja.store.get(key));
      if (next) heja.store.set(next, true);
    }
  }

  unmark() {
    heja.store.set(this.times().at(-1), null);
    for (const item of this.items()) {
      const last = item.keys.filter((key) => heja.store.get(key)).at(-1);
      if (last) heja.store.set(last, null);
    }
  }

  items() {
    const started = this.programs.filter(({ id }) => heja.store.get(`program:${id}`));
    return started.map(({ id, items }) => ({ keys: items.map((item) => `item:${id}:${item}`) }));
  }

  update() {
    const done = this.times().length > 0;
    this.button.textContent = this.text(done ? "undo" : "do");
    this.say("status", done ? this.text("done") : "", false);
    this.classList.toggle("is-done", done);
  }
});
