/* The reader's own if-then plan. It is kept when the button is pressed, and for as long as the page is open until then. */
heja.define("plan", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.key = `plan:${this.dataset.exercise}`;
    this.show("save");
    this.form.addEventListener("input", () => (this.dirty = true));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { cue, action } = this.form.elements;
      this.dirty = false;
      heja.store.set(this.key, { cue: cue.value, action: action.value });
      this.say("status", this.text(heja.store.saving ? "saved" : "kept"));
    });
  }

  /* Without a plan of the reader's own the form shows the site's. */
  update() {
    const plan = heja.store.get(this.key);
    for (const name of this.dirty ? [] : ["cue", "action"]) {
      const field = this.form.elements[name];
      const words = plan?.[name] ?? field.defaultValue;
      if (field.value !== words) field.value = words;
    }
  }
});
