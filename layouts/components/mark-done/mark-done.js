/* An exercise is marked as done, perhaps on several days, and with it the next unticked item of it in each program that
   the reader has begun. */
heja.define("mark-done", class extends heja.Element {
  start() {
    const listed = this.part("catalogue");
    this.programs = listed ? JSON.parse(listed.textContent) : this.catalogued();
    const on = (role, act, words) => this.part(role).addEventListener("click", () => {
      act();
      heja.announce(words());
    });
    on("mark", () => this.mark(), () => this.text("done"));
    on("undo", () => this.undo(), () => (this.days().length ? this.text("left", { day: this.latest() }) : this.text("undone")));
  }

  /* The programs with this exercise, in one page with the whole site, where the catalogue is at hand. */
  catalogued() {
    const { exercises, programs } = this.catalogue;
    const all = Object.entries(programs).map(([id, { title, url, items }]) => ({
      id,
      title,
      url,
      own: items.filter(({ exercise }) => exercise === this.dataset.exercise).map(({ key }) => key),
      items: items.map(({ key, week, exercise }) => ({ ...exercises[exercise], key, week })),
    }));
    return all.filter(({ own }) => own.length);
  }

  days() {
    return heja.store.list(`done:${this.dataset.exercise}:`).map(([key]) => key.split(":")[2]).sort();
  }

  latest() {
    return heja.day(this.days().at(-1));
  }

  mark() {
    heja.store.set(`done:${this.dataset.exercise}:${heja.today()}`, true);
    for (const keys of this.items()) {
      const next = keys.find((key) => !heja.store.get(key));
      if (next) heja.store.set(next, true);
    }
    this.part("undo").focus();
    this.save();
  }

  undo() {
    heja.store.set(`done:${this.dataset.exercise}:${this.days().at(-1)}`, null);
    for (const keys of this.items()) {
      const last = keys.filter((key) => heja.store.get(key)).at(-1);
      if (last) heja.store.set(last, null);
    }
    this.part("mark").focus();
  }

  begun() {
    return this.programs.filter(({ id }) => heja.store.get(`program:${id}`));
  }

  items() {
    return this.begun().map(({ id, own }) => own.map((key) => `item:${id}:${key}`));
  }

  update() {
    const days = this.days();
    const done = days.length > 0;
    const today = days.includes(heja.today());
    this.show("mark", !today).textContent = this.text(done ? "again" : "do");
    this.show("undo", done).textContent = this.text(days.length > 1 ? "undo-latest" : "undo");
    this.show("yes", !today && !heja.store.saving);
    this.show("see", done && heja.store.saving);
    this.offer(this.part("status"), done);
    this.say("status", done ? this.text(today ? "done" : "earlier", { day: done && this.latest() }) : "", false);
    this.part("next").replaceChildren(...(done ? this.begun().flatMap((program) => this.next(program)) : []));
  }

  /* What comes next in a program; when it is this exercise once more, the program shows when. */
  next({ id, title, url, own, items }) {
    const next = items.find(({ key }) => !heja.store.get(`item:${id}:${key}`));
    if (!next) return [];
    const row = document.createElement("p");
    const link = document.createElement("a");
    link.href = own.includes(next.key) ? url : next.url;
    link.textContent = this.text("next", { program: title, title: next.title, week: next.week });
    row.append(link);
    return [row];
  }
});
