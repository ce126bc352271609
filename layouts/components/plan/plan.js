/* The reader's own if-then plan. It is kept when the button is pressed, and for as long as the page is open until then. */
heja.define("plan", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.key = `plan:${this.dataset.exercise}`;
    this.show("save");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { cue, action } = this.form.elements;
      heja.store.set(this.key, { cue: cue.value, action: action.value });
      this.say("status", this.text(heja.store.saving ? "saved" : "kept"));
    });
    const saved = heja.store.get(this.key);
    if (saved) this.fill(saved);
    heja.store.addEventListener("change", () => {
      const now = heja.store.get(this.key);
      if (now && !this.contains(document.activeElement)) this.fill(now);
    });
  }

  fill({ cue, action }) {
    this.form.elements.cue.value = cue;
    this.form.elements.action.value = action;
  }
});
