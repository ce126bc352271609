/* The reader's own if-then plan: a form until it is saved, then the plan as it was said. One press saves it. */
heja.define("plan", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.key = `plan:${this.dataset.exercise}`;
    this.show("save");
    this.form.addEventListener("input", () => {
      this.dirty = true;
      this.guard();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
  }

  async save() {
    const { cue, action } = this.form.elements;
    this.dirty = this.editing = this.deleted = false;
    heja.store.set(this.key, { cue: cue.value, action: action.value });
    this.guard();
    await super.save();
    heja.announce(""); // a plan that was deleted is back
    this.part(this.kept && !this.kept.hidden ? "status" : "lost").focus(); // which is read: it needs no live message
  }

  losing() {
    return this.dirty || (heja.store.get(this.key) !== null && (!heja.store.saving || heja.store.trouble === "full"));
  }

  /* What is shown of a saved plan. */
  card() {
    const template = document.querySelector('template[data-shared="plan"]');
    if (!template) return null;
    const kept = template.content.cloneNode(true).firstElementChild;
    const on = (role, act) => kept.querySelector(`[data-role="${role}"]`).addEventListener("click", act);
    on("print", () => heja.printCard(kept));
    on("edit", () => {
      this.editing = true;
      this.update();
      this.form.elements.cue.focus();
    });
    on("delete", () => {
      this.deleted = true; // its words stay in the form, and can be saved again
      heja.store.set(this.key, null);
      heja.announce(this.text("deleted"));
      this.form.elements.cue.focus();
    });
    for (const weeks of [1, 4]) on(`week-${weeks}`, () => this.remind(weeks));
    this.append(kept);
    return kept;
  }

  /* The day of the follow-up this many weeks after the exercise; not one that has passed. */
  dayAfter(weeks) {
    const base = heja.due.practised(this.dataset.exercise, heja.store) || heja.today();
    const day = heja.calendar.add(base, 7 * weeks);
    return heja.calendar.free(day > heja.today() ? day : heja.calendar.add(heja.today(), 7 * weeks));
  }

  remind(weeks) {
    const { exercise, follow } = this.dataset;
    const [day, plan] = [this.dayAfter(weeks), heja.store.get(this.key)];
    const event = heja.planEvent({ id: exercise, title: this.text("event"), day, plan, text: this.getAttribute(`data-after-${weeks}`), url: follow });
    heja.calendar.download(`${exercise}-${day}`, [event]);
  }

  /* Without a plan of the reader's own the form shows the site's. */
  update() {
    const { store } = heja;
    const plan = store.get(this.key);
    for (const name of this.dirty || this.deleted ? [] : ["cue", "action"]) {
      const field = this.form.elements[name];
      const words = plan?.[name] ?? field.defaultValue;
      if (field.value !== words) field.value = words;
    }
    const state = plan && !this.dirty && !this.editing ? heja.saver()?.state(this.key) : "";
    if (state) this.kept ??= this.card();
    const shown = Boolean(state && this.kept);
    this.form.hidden = shown;
    if (this.kept) this.kept.hidden = !shown;
    this.say("lost", this.deleted ? this.text("deleted") : plan && !this.dirty && !store.safe && store.place !== "tab" ? this.text("kept") : "", false);
    if (!shown) return;
    for (const [role, words] of Object.entries({ status: state, ...plan })) this.part(role).textContent = words;
    if (!this.show("remind", Boolean(this.dataset.follow)) || !this.dataset.follow) return;
    this.part("follow").href = this.dataset.follow;
    for (const weeks of [1, 4]) {
      this.part(`week-${weeks}`).textContent = `${heja.date(this.dayAfter(weeks))} (.ics)`;
      this.part(`after-${weeks}`).textContent = this.getAttribute(`data-after-${weeks}`);
    }
  }
});

/* Print one card and nothing else of the page. */
heja.printCard = (card) => {
  const root = document.documentElement;
  root.classList.add("prints-card");
  card.classList.add("is-card");
  window.print();
  root.classList.remove("prints-card");
  card.classList.remove("is-card");
};

/* An event that asks how it went, with the plan and where to follow it up: an address, or in words where the file is. */
heja.planEvent = ({ id, title, day, plan, text, url }) => {
  const { protocol, pathname, hash, href } = new URL(url, location);
  const file = decodeURIComponent(pathname).replace(/^\/(?=\w:)/, "");
  const place = protocol === "file:" ? heja.saver()?.text("file", { file: file + decodeURIComponent(hash) }) : href;
  const lines = [plan && heja.saver()?.text("plan", plan), text, place];
  return { id: `follow-up-${id}-${day}`, day, minutes: 5, title, text: lines.filter(Boolean).join("\n\n"), url: href };
};
