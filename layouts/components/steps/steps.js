/* Ticked steps are remembered. */
heja.define("steps", class extends heja.Element {
  start() {
    this.boxes = this.parts("input[data-step]");
    this.addEventListener("change", (event) => {
      const box = event.target.closest("input[data-step]");
      if (!box) return;
      heja.store.set(this.key(box), box.checked || null);
      heja.announce(this.count());
    });
  }

  key(box) {
    return `step:${this.dataset.exercise}:${box.dataset.step}`;
  }

  count() {
    return this.text("count", { done: this.boxes.filter((box) => box.checked).length, total: this.boxes.length });
  }

  update() {
    for (const box of this.boxes) box.checked = heja.store.get(this.key(box)) === true;
    this.say("status", this.count(), false);
    this.offer(this.part("status"), this.boxes.some((box) => box.checked));
  }
});
