/* What is written on a worksheet is kept with the notes of its exercise, and asks to be saved as they do. */
heja.define("worksheet", class extends heja.Element {
  start() {
    this.fields = this.parts("[data-field]");
    this.written = false;
    const keep = (event) => {
      const field = event.target.closest("[data-field]");
      if (!field) return;
      this.written = true;
      this.guard();
      heja.store.set(this.key(field), field.value || null);
    };
    this.addEventListener("change", keep);
    this.addEventListener("input", () => ((this.written = true), this.update()));
    this.show("print").addEventListener("click", () => print());
  }

  key(field) {
    return `note:${this.dataset.exercise}:${field.dataset.field}`;
  }

  losing() {
    return this.written && !heja.store.saving;
  }

  async save() {
    if (await super.save()) {
      this.update();
      this.part("status").focus();
    }
  }

  update() {
    for (const field of this.fields) {
      const saved = heja.store.get(this.key(field)) ?? "";
      if (field === document.activeElement) continue;
      if (field.type === "radio") field.checked = field.value === saved || (field.checked && saved === "");
      else field.value = saved;
    }
    this.offer(this.part("status"), this.written);
    if (this.written) this.say("status", heja.store.safe ? this.text("kept") : "", false);
  }
});
