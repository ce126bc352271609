/* A note is kept while it is written. What another tab has written since shows here, but never over words not yet kept. */
heja.define("reflection", class extends heja.Element {
  start() {
    this.field = this.querySelector("textarea");
    this.key = `note:${this.dataset.note}`;
    this.dirty = this.field.value !== "";
    const keep = () => {
      clearTimeout(this.waiting);
      if (!this.dirty) return;
      this.dirty = false;
      heja.store.set(this.key, this.field.value || null);
    };
    this.field.addEventListener("input", () => {
      this.dirty = true;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(keep, 400);
    });
    this.field.addEventListener("change", keep);
    /* The vault is gone when the page hides: it must be told before. */
    for (const event of ["beforeunload", "pagehide"]) window.addEventListener(event, keep);
  }

  update() {
    const saved = heja.store.get(this.key) ?? "";
    if (!this.dirty && this.field.value !== saved) this.field.value = saved;
  }
});
