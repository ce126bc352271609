/* A note is kept while it is written. */
heja.define("note", class extends heja.Element {
  start() {
    this.field = this.querySelector("textarea");
    this.key = `note:${this.dataset.note}`;
    const keep = () => {
      clearTimeout(this.waiting);
      heja.store.set(this.key, this.field.value || null);
    };
    this.field.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(keep, 400);
    });
    this.field.addEventListener("change", keep);
    window.addEventListener("pagehide", keep);
  }

  update() {
    const saved = heja.store.get(this.key);
    if (document.activeElement !== this.field && saved !== null) this.field.value = saved;
  }
});
