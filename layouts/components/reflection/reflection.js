/* A note is kept while it is written, and says whether it is saved. What another tab has written since shows here, but
   never over words not yet kept. */
heja.define("reflection", class extends heja.Element {
  start() {
    this.field = this.querySelector("textarea");
    this.key = `note:${this.dataset.note}`;
    this.dirty = this.field.value !== "";
    const keep = () => {
      clearTimeout(this.waiting);
      if (!this.dirty || this.long()) return;
      this.dirty = false;
      heja.store.set(this.key, this.field.value || null);
    };
    this.field.addEventListener("input", () => {
      this.dirty = true;
      this.guard();
      this.update();
      clearTimeout(this.waiting);
      this.waiting = setTimeout(keep, 400);
    });
    this.field.addEventListener("change", keep);
    this.keep = keep;
    /* The vault is gone when the page hides: it must be told before. A phone may end a page that is not seen. */
    for (const event of ["beforeunload", "pagehide", "visibilitychange"]) window.addEventListener(event, keep);
  }

  /* By how many characters the note is too long. */
  long() {
    return Math.max(0, this.field.value.length - heja.entries.LONGEST);
  }

  losing() {
    return this.field.value !== "" && (this.long() > 0 || (!heja.store.saving && heja.store.when(this.key) !== null) || heja.store.trouble === "full");
  }

  async save() {
    this.keep();
    if (await super.save()) {
      this.update();
      this.part("status").focus();
    }
  }

  update() {
    const saved = heja.store.get(this.key) ?? "";
    if (!this.dirty && this.field.value !== saved) this.field.value = saved;
    const long = this.long();
    const written = this.field.value !== "";
    this.offer(this.part("status"), written && !long);
    const words = long ? heja.saver()?.text("long", { count: long }) : written && !this.dirty ? heja.saver()?.state(this.key) : "";
    this.field.setAttribute("aria-invalid", long > 0);
    if (this.part("status").textContent !== (words ?? "")) this.say("status", words ?? "", long > 0);
  }
});
