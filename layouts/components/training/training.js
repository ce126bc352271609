/* My training: what is done, what is next, and what to do with what is saved. */
const LARGEST = 40e6; // bytes of a copy: more than the 5 million characters that a browser stores come to
heja.define("training", class extends heja.Element {
  start() {
    this.show("data");
    const on = (role, event, act) => this.part(role).addEventListener(event, act);
    on("export", "click", () => this.export());
    on("import", "change", (event) => this.import(event.target));
    on("delete", "click", () => this.confirm(true));
    on("delete-no", "click", () => this.confirm(false));
    on("confirm", "keydown", ({ key }) => key === "Escape" && this.confirm(false));
    on("delete-yes", "click", async () => {
      await heja.store.forget();
      this.confirm(false);
      this.say("status", this.text("deleted"));
      this.part("status").focus();
    });
  }

  confirm(open) {
    this.show("confirm", open);
    this.part("delete").setAttribute("aria-expanded", String(open));
    this.part(open ? "delete-no" : "delete").focus();
  }

  export() {
    heja.export();
    this.say("status", this.text("exported"));
  }

  async import(field) {
    const [file] = field.files;
    if (!file) return;
    const result = file.size > LARGEST ? { error: "too-big" } : heja.store.import(await file.text());
    if (!result.error) await heja.store.start();
    field.value = "";
    const many = { 0: "imported-none", 1: "imported-one" }[result.added] ?? "imported";
    this.say("status", this.text(result.error ?? many, result) + (result.refused ? ` ${this.text("refused", result)}` : ""));
    this.part("status").focus();
  }

  update() {
    const progress = heja.progress(this.catalogue);
    const { programs, done, plans, begun } = progress;
    const current = programs.find((program) => program.next) ?? programs[0];
    this.hero(current, progress);
    this.fill("now", current?.next ? this.week(current) : []);
    this.fill("recall", this.due(current, done).slice(0, 3).map((asked) => this.clone(this.part("question"), asked, {})));
    this.fill("program", programs.filter((program) => program !== current).map((program) => this.program(program)));
    this.fill("begun", begun.map((entry) => this.row(entry, "")));
    this.fill("plan", plans.map((plan) => this.plan(plan)));
    this.fill("done", done.map((entry) => this.row(entry, heja.day(entry.date))));
  }

  /* Where the reader is: in a program, among exercises, or at the beginning. */
  hero(program, { done, plans, begun }) {
    const { next } = program ?? {};
    const count = new Set(done.map(({ id }) => id)).size;
    const place = program && { ...program, total: program.items.length, week: next?.week };
    const exercises = count ? this.text(count === 1 ? "one" : "some", { count }) : this.part("kick").textContent;
    this.part("heading").textContent = program ? this.text(next ? "week" : "finished", place) : exercises;
    this.say("progress", program ? this.text(next ? "picture" : "complete", place) : count ? this.text("fills") : "", false);
    this.show("kick", Boolean(program || count));
    this.show("lead", !program && !count);
    this.show("empty", !program && !count && !plans.length && !begun.length);
    this.show("ways", !next);
    this.show("onward", Boolean(next));
    this.show("facts", Boolean(program || count || plans.length));
    this.show("fact-program", Boolean(program));
    const words = { week: program ? this.text(next ? "number" : "ticked", place) : "", weeks: program ? this.text("weeks", place) : "" };
    const sums = { count: program?.done ?? count, total: program ? this.text("sessions", place) : this.text("exercises") };
    for (const [role, text] of Object.entries({ ...words, ...sums, "plan-count": plans.length })) this.part(role).textContent = text;
    if (next) Object.assign(this.part("next"), { href: next.url, textContent: this.text("next", next) });
    this.picture(this.part("art"), program);
  }

  /* Put a program's cover in a frame; the one that stands there from the start when there is no program. */
  picture(frame, program) {
    this.first ??= this.part("art").firstElementChild;
    const shown = frame.firstElementChild?.dataset.program;
    if (frame.firstElementChild && shown === program?.id) return;
    const template = program && this.querySelector(`template[data-program="${program.id}"]`);
    frame.replaceChildren(template ? template.content.cloneNode(true) : this.first);
  }

  week(program) {
    const { week } = program.next;
    const items = program.items.filter((item) => item.week === week);
    const asked = (program.touchpoints ?? []).filter((touch) => touch.week === week);
    const { item_roles: roles } = this.catalogue;
    const manager = asked.map(({ question }) => this.row({ title: question }, this.text("manager")));
    return [...items.map((item) => this.row(item, item.done ? this.text("ticked") : roles[item.role])), ...manager];
  }

  /* Questions to recall: of the program's weeks so far, the newest first; then of exercises done at least a week ago,
     a new one each week. */
  due(program, done) {
    const week = program?.next?.week ?? Infinity;
    const found = (program?.checks ?? []).filter((check) => check.week <= week).reverse();
    const latest = new Map([...done].reverse().map(({ id, date }) => [id, date]));
    for (const [id, date] of latest) {
      const weeks = Math.floor((Date.parse(heja.today()) - Date.parse(date)) / 604800000);
      const questions = this.catalogue.exercises[id]?.questions ?? [];
      if (weeks > 0 && questions.length) found.push(questions[weeks % questions.length]);
    }
    return found.map(({ question, answer }) => ({ asked: question, answer }));
  }

  fill(name, rows) {
    this.show({ program: "programs", plan: "plans" }[name] ?? name, rows.length > 0);
    this.part(`${name}-list`).replaceChildren(...rows);
  }

  clone(template, texts, links) {
    const made = template.content.cloneNode(true);
    const find = (role) => made.querySelector(`[data-role="${role}"]`);
    for (const [role, text] of Object.entries(texts)) find(role).textContent = text;
    for (const [role, url] of Object.entries(links)) url ? (find(role).href = url) : find(role).removeAttribute("href");
    return made;
  }

  row(entry, when) {
    const { preparation = 0, active = 0 } = entry.minutes ?? {};
    const minutes = active ? `${preparation + active} min` : "";
    return this.clone(this.part("row"), { when, link: entry.title, minutes }, { link: entry.url });
  }

  plan(plan) {
    const words = { link: plan.title, if: this.text("if"), cue: plan.cue, then: this.text("then"), action: plan.action };
    return this.clone(this.part("plan"), words, { link: plan.url });
  }

  program(program) {
    const count = this.text(program.next ? "picture" : "complete", { done: program.done, total: program.items.length });
    const next = program.next ? this.text("next", program.next) : "";
    const made = this.clone(this.part("program"), { link: program.title, count, next }, { link: program.url, next: program.next?.url });
    made.querySelector('[data-role="next"]').hidden = !program.next;
    this.picture(made.querySelector('[data-role="picture"]'), program);
    return made;
  }
});
