/* What comes next, on the start page, for those who have begun. */
heja.define("strip", class extends heja.Element {
  start() {
    this.catalogue = JSON.parse(this.part("catalogue").textContent);
  }

  update() {
    const progress = heja.progress(this.catalogue);
    const program = progress.programs.find((entry) => entry.next) ?? progress.programs[0];
    const count = progress.done.length;
    this.show("content", Boolean(program || count));
    if (!program && !count) return;
    const words = program
      ? this.text("program", { done: program.done, total: program.items.length, title: program.title })
      : this.text(count === 1 ? "one" : "exercises", { count });
    this.part("heading").textContent = words;
    const next = this.part("next");
    next.hidden = !program?.next;
    if (!program?.next) return;
    next.href = program.next.url;
    next.textContent = this.text("next", { title: program.next.title });
  }
});
