/* What comes next, on the start page, for those who have begun. */
heja.define("progress-strip", class extends heja.Element {
  update() {
    const progress = heja.progress(this.catalogue);
    const program = progress.programs.find((entry) => entry.next) ?? progress.programs[0];
    const count = progress.done.length;
    this.show("content", Boolean(program || count));
    if (!program && !count) return;
    const place = program && { ...program, total: program.items.length, week: program.next?.week };
    this.part("heading").textContent = program
      ? this.text(program.next ? "week" : "finished", place)
      : this.text(count === 1 ? "one" : "exercises", { count });
    this.say("progress", program?.next ? this.text("picture", place) : "", false);
    const next = this.part("next");
    next.hidden = !program?.next;
    if (!program?.next) return;
    next.href = program.next.url;
    next.textContent = this.text("next", { title: program.next.title });
  }
});
