/* My training: what is done, what is next, and what to do with what is saved. */
heja.define("training", class extends heja.Element {
  start() {
    this.catalogue = JSON.parse(this.part("catalogue").textContent);
    this.show("data");
    const on = (role, event, act) => this.part(role).addEventListener(event, act);
    on("export", "click", () => this.export());
    on("import", "change", (event) => this.import(event.target));
    on("delete", "click", () => this.confirm(true));
    on("delete-no", "click", () => this.confirm(false));
    on("confirm", "keydown", ({ key }) => key === "Escape" && this.confirm(false));
    on("delete-yes", "click", () => {
      heja.store.forget();
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
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([heja.store.export()], { type: "application/json" }));
    link.download = `${document.documentElement.dataset.site}-${heja.today()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.say("status", this.text("exported"));
  }

  async import(field) {
    const [file] = field.files;
    if (!file) return;
    const result = heja.store.import(file.size > 5000000 ? "" : await file.text());
    if (!result.error) await heja.store.start();
    field.value = "";
    this.say("status", this.text(result.error ?? "imported", result));
    this.part("status").focus();
  }

  update() {
    const { programs, done, plans, begun } = heja.progress(this.catalogue);
    this.show("empty", !programs.length && !done.length && !plans.length && !begun.length);
    this.fill("program", programs.map((program) => this.program(program)));
    this.fill("begun", begun.map((entry) => this.row(entry, "")));
    this.fill("plan", plans.map((plan) => this.plan(plan)));
    this.fill("done", done.map((entry) => this.row(entry, heja.day(entry.date))));
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
    const minutes = entry.minutes ? `${entry.minutes} min` : "";
    return this.clone(this.part("row"), { when, link: entry.title, minutes }, { link: entry.url });
  }

  plan(plan) {
    const words = { link: plan.title, if: this.text("if"), cue: plan.cue, then: this.text("then"), action: plan.action };
    return this.clone(this.part("plan"), words, { link: plan.url });
  }

  program(program) {
    const template = this.querySelector(`template[data-program="${program.id}"]`);
    const count = program.next ? this.text("done", { done: program.done, total: program.items.length }) : this.text("complete");
    const next = program.next ? this.text("next", program.next) : "";
    const made = this.clone(template, { link: program.title, count, next }, { link: program.url, next: program.next?.url });
    made.querySelector('[data-role="next"]').hidden = !program.next;
    return made;
  }
});
