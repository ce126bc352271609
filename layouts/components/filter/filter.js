/* The styles filter by themselves; this keeps the choice in the address and says how many exercises fit. */
heja.define("filter", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.items = this.parts("li[data-time]");
    this.read();
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed();
    });
    this.form.addEventListener("reset", () => setTimeout(() => this.changed()));
    window.addEventListener("popstate", () => {
      this.read();
      this.count(false);
    });
    this.count(false);
  }

  choices() {
    return [...new FormData(this.form)].filter(([, value]) => value !== "");
  }

  read() {
    const asked = new URLSearchParams(location.search);
    for (const field of this.form.elements) {
      if (!field.name) continue;
      const value = asked.get(field.name) ?? "";
      if (field.type === "radio") field.checked = field.value === value;
      else if ([...(field.options ?? [])].some((option) => option.value === value)) field.value = value;
    }
  }

  changed() {
    const query = new URLSearchParams(this.choices()).toString();
    const address = (query ? `?${query}` : location.pathname) + location.hash;
    if (query !== location.search.slice(1)) history.replaceState(null, "", address);
    this.count(true);
  }

  count(aloud) {
    const wanted = this.choices();
    const fits = (item) => wanted.every(([name, value]) => (item.dataset[name] ?? "").split(" ").includes(value));
    let shown = 0;
    for (const item of this.items) {
      item.hidden = !fits(item);
      shown += item.hidden ? 0 : 1;
    }
    const words = this.text(shown === 0 ? "none" : shown === 1 ? "one" : "other", { count: shown, total: this.items.length });
    this.say("count", words, aloud);
    this.show("none", shown === 0);
  }
});
