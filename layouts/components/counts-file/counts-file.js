/* A file of counts, shown in full before it is made. What is shown is what is downloaded. */
heja.define("counts-file", class extends heja.Element {
  start() {
    this.places = JSON.parse(this.dataset.places);
    const toggle = this.part("show");
    toggle.addEventListener("click", () => {
      const open = this.part("contents").hidden;
      this.show("contents", open);
      toggle.setAttribute("aria-expanded", String(open));
    });
    this.part("answers").addEventListener("change", () => this.update());
    this.part("download").addEventListener("click", () => this.download());
  }

  /* The saved answers as places on their scales, by round; what is remembered of before is left out. */
  check() {
    const { instrument, version } = this.dataset;
    const rounds = {};
    for (const round of ["before", "after", "later"]) {
      const saved = heja.store.get(`check:${instrument}:${round}`);
      if (saved?.version !== version) continue;
      const known = Object.entries(saved.answers).filter(([item, option]) => Object.hasOwn(this.places[item] ?? {}, option));
      rounds[round] = Object.fromEntries(known.map(([item, option]) => [item, this.places[item][option]]));
    }
    return Object.keys(rounds).length ? { instrument, version, rounds } : null;
  }

  update() {
    const events = heja.practice.events();
    const check = this.check();
    this.hidden = !events.length && !check;
    this.part("answers").closest("p").hidden = !check;
    const { site } = document.documentElement.dataset;
    const file = heja.practice.file(events, site, heja.today(), this.part("answers").checked ? check : null);
    this.part("text").textContent = JSON.stringify(file, null, 1);
  }

  download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${this.part("text").textContent}\n`], { type: "application/json" }));
    link.download = `${document.documentElement.dataset.site}-${heja.practice.week(heja.today())}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.say("status", this.text("downloaded"), false);
  }
});
