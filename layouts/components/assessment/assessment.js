/* The statements: which round they are about, what is answered, and what the reader has asked to save of it. */
heja.define("assessment", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.drafts = {}; // answers that are not saved, by round
    this.round = this.part("bar") ? "" : "team";
    this.settled = !this.part("bar"); // the reader has chosen a round or answered
    this.show("print").addEventListener("click", () => window.print());
    this.show("show");
    const on = (role, act) => this.part(role)?.addEventListener("click", act);
    on("save", () => this.save());
    on("stop", () => this.stop());
    on("keep", () => this.confirm(false));
    on("confirmed", () => this.clear());
    this.escapes("confirm", () => this.confirm(false));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      if (Object.keys(this.answers()).length) this.confirm(true);
    });
    this.form.addEventListener("change", ({ target }) => (target.name === "round" ? this.go(target.value) : this.answered()));
  }

  get key() {
    return `check:${this.dataset.instrument}:${this.round}`;
  }

  /* {before: {day, version, answers}, …} of what is saved. */
  saved() {
    const start = `check:${this.dataset.instrument}:`;
    return Object.fromEntries(heja.store.list(start).map(([key, value]) => [key.slice(start.length), value]));
  }

  /* What is saved and what is not; that has no day. */
  rounds() {
    const drafts = Object.entries(this.drafts).map(([id, answers]) => [id, { day: "", answers }]);
    return { ...this.saved(), ...Object.fromEntries(drafts) };
  }

  answers() {
    return Object.fromEntries(this.parts(".assessment__scale :checked").map(({ name, value }) => [name, value]));
  }

  go(round) {
    this.round = round;
    this.settled = true;
    this.update();
    if (round === "recalled") heja.announce(this.text("looking-back"));
  }

  answered() {
    this.settled = true;
    this.drafts[this.round] = this.answers();
    if (heja.store.get(this.key)) this.write();
    this.update();
  }

  write() {
    const { version } = this.dataset;
    const day = heja.store.get(this.key)?.day ?? heja.today();
    const answers = this.answers();
    delete this.drafts[this.round];
    heja.store.set(this.key, { answers, day, version });
  }

  async save() {
    this.write();
    await heja.store.start();
    this.update();
    if (!this.part("stop").hidden) this.part("stop").focus();
    heja.announce(this.part("state").textContent);
  }

  stop() {
    this.drafts[this.round] = this.answers();
    heja.store.set(this.key, null);
    this.part("save").focus();
    heja.announce(this.text("stopped"));
  }

  confirm(open) {
    this.show("confirm", open);
    this.part(open ? "keep" : "clear").focus();
  }

  clear() {
    delete this.drafts[this.round];
    if (heja.store.get(this.key)) heja.store.set(this.key, null);
    this.update();
    this.confirm(false);
    heja.announce(this.text("cleared"));
  }

  update() {
    const saved = this.saved();
    const known = Object.fromEntries(Object.entries(saved).map(([id, { day }]) => [id, day]));
    if (!this.settled) this.round = heja.answers.round(known, heja.today());
    const answers = this.drafts[this.round] ?? saved[this.round]?.answers ?? {};
    for (const input of this.parts(".assessment__scale input")) input.checked = answers[input.name] === input.value;
    if (this.part("bar")) this.shown(Object.keys(answers).length);
    this.dispatchEvent(new Event("answers", { bubbles: true }));
  }

  /* The round that is chosen, and what the bar says. */
  shown(count) {
    for (const input of this.parts('[name="round"]')) input.checked = input.value === this.round;
    if (this.round === "recalled") this.show("recalled");
    for (const scale of this.parts("[data-last]")) scale.hidden = this.round === "recalled" && scale.dataset.last < 3;
    const { saving, place, trouble } = heja.store;
    const asked = heja.store.get(this.key) !== null;
    const saved = asked && saving && ["", "corrupt"].includes(trouble);
    const calm = !saved ? "memory" : place === "tab" ? "tab" : "saved";
    const state = trouble && (asked || trouble === "corrupt") ? trouble : calm;
    this.show("bar", count > 0 || state !== "memory");
    this.part("count").textContent = this.text("count", { count, total: this.parts("fieldset:has([data-place])").length });
    this.part("state").textContent = this.text(state);
    this.show("jump", Object.keys(this.saved()).length > 0);
    this.show("save", !saved);
    this.show("stop", saved);
  }
});
