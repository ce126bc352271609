/* A program is begun, its items are ticked, and "you are here" stands at the first week with something left. */
heja.define("program-tracker", class extends heja.Element {
  start() {
    this.id_ = this.dataset.program;
    this.boxes = this.parts("input[data-item]");
    this.show("days");
    this.part("start")?.addEventListener("click", () => {
      heja.store.set(`program:${this.id_}`, { started: heja.today() });
      this.save();
      heja.announce(this.count());
      this.querySelector("[data-week]")?.scrollIntoView({ block: "center" });
      this.boxes[0]?.focus();
    });
    this.addEventListener("change", (event) => {
      const box = event.target.closest("input[data-item]");
      if (!box) return;
      const { checked } = box; // the first set shows every box anew
      if (checked && !this.begun()) heja.store.set(`program:${this.id_}`, { started: heja.today() });
      heja.store.set(`item:${this.id_}:${box.dataset.item}`, checked || null);
      heja.announce(this.count());
    });
  }

  begun() {
    return heja.store.get(`program:${this.id_}`) !== null;
  }

  count() {
    return this.text("count", { done: this.boxes.filter((box) => box.checked).length, total: this.boxes.length });
  }

  update() {
    for (const box of this.boxes) box.checked = heja.store.get(`item:${this.id_}:${box.dataset.item}`) === true;
    const next = this.begun() ? this.boxes.find((box) => !box.checked) : null;
    this.show("start", !this.begun());
    this.show("yes", !this.begun() && !heja.store.saving);
    this.offer(this.part("count"), this.begun());
    const link = this.show("next", Boolean(next));
    if (next) {
      const session = next.parentElement.querySelector("a");
      link.href = session.href;
      link.textContent = this.text("next", { title: session.textContent });
    }
    this.say("count", this.begun() ? this.count() : "", false);
    for (const week of this.parts("[data-week]")) {
      const here = week.querySelector('[data-role="here"]');
      if (here) here.hidden = !week.contains(next);
    }
  }
});
