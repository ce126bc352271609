/* Three exercises for a behaviour that the reader chooses. */
heja.define("suggestions", class extends heja.Element {
  start() {
    if (!Object.keys(this.catalogue.exercises).length) return;
    this.show("plain", false);
    this.show("choice");
    this.part("behaviour").addEventListener("change", ({ target }) => {
      const rows = heja.answers.suggest(this.catalogue.exercises, target.value).map((exercise) => this.row(exercise));
      this.show("list", rows.length > 0).replaceChildren(...rows);
      if (target.value) heja.announce(this.text(rows.length === 1 ? "one" : "count", { count: rows.length }));
    });
  }

  row({ title, url, purpose, minutes }) {
    const row = this.part("row").content.cloneNode(true);
    const [meta, heading, text] = row.querySelectorAll("p");
    meta.textContent = this.text("minutes", { minutes: minutes.preparation + minutes.active });
    Object.assign(heading.firstElementChild, { href: url, textContent: title });
    text.textContent = purpose;
    return row;
  }
});
