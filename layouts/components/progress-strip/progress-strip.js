/* What comes next, on the start page, for those who have begun: what heja.due() says that there is to follow up, else the
   program that goes on. */
heja.define("progress-strip", class extends heja.Element {
  start() {
    this.first = this.part("headline")?.textContent;
    this.part("tomorrow").addEventListener("click", () => this.putOff());
    /* What draws covers is loaded after this. */
    document.addEventListener("DOMContentLoaded", () => this.update());
  }

  putOff() {
    const day = heja.due.putOff(this.due.id);
    this.save();
    this.say("status", this.text("put-off", { day: heja.day(day) }));
    const heading = this.part("heading");
    heading.tabIndex = -1;
    heading.focus();
  }

  /* The cover of what is shown, where the page has what draws it. */
  picture(kind, id) {
    const entry = this.catalogue[kind][id];
    if (!entry?.cover || !heja.cover || this.pictured === id) return;
    this.pictured = id;
    this.part("art").replaceChildren(heja.cover(id, entry));
  }

  update() {
    const progress = heja.progress(this.catalogue);
    const due = heja.due().find(({ kind }) => kind === "follow");
    const program = progress.programs.find((entry) => entry.next) ?? progress.programs[0];
    const count = new Set(progress.done.map(({ id }) => id)).size;
    const known = Boolean(due || program || count);
    this.due = due;
    this.show("content", known);
    this.show("tomorrow", Boolean(due));
    for (const part of this.parts("[data-first]")) part.hidden = known;
    if (this.first) this.part("headline").textContent = known ? this.text("welcome") : this.first;
    if (!known) return;
    if (due || !program) this.picture("exercises", due?.id ?? progress.done[0].id);
    else this.picture("programs", program.id);
    const place = program && { ...program, total: program.items.length, week: program.next?.week };
    const words = program ? this.text(program.next ? "week" : "finished", place) : this.text(count === 1 ? "one" : "exercises", { count });
    this.say("kick", due ? this.text("since", { title: due.title, day: heja.day(due.base) }) : this.part("kick").textContent, false);
    this.part("heading").textContent = due ? this.text("ask") : words;
    this.show("plan", Boolean(due?.plan));
    if (due?.plan) for (const role of ["cue", "action"]) this.part(role).textContent = due.plan[role];
    this.say("written", due?.made ? this.text("written", { day: heja.day(due.made) }) : "", false);
    this.say("progress", !due && program?.next ? this.text("picture", place) : "", false);
    const { url, words: label } = due
      ? { url: due.url, words: this.text("follow") }
      : { url: program?.next?.url, words: program?.next && this.text("next", program.next) };
    const next = this.show("next", Boolean(url));
    if (url) Object.assign(next, { href: url, textContent: label });
    this.show("else", Boolean(due && program));
    if (due && program) Object.assign(this.part("program"), { href: program.url, textContent: words });
  }
});
