/* The styles filter by themselves; this keeps the choice in the address, says how many exercises fit, shows those just over
   the time, takes words, and marks what is done. */
heja.define("filter", class extends heja.Element {
  start() {
    const MORE = 10; // minutes over the time
    this.more = MORE;
    this.form = this.querySelector("form");
    this.form.dataset.ready = "";
    this.items = this.parts("li[data-time]");
    this.list = this.items[0]?.parentElement;
    this.read();
    for (const event of ["change", "input"]) this.form.addEventListener(event, () => this.changed());
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

  /* What the reader has done, when it is known. */
  update() {
    const latest = new Map();
    for (const [key] of heja.store.list("done:")) {
      const [, id, day] = key.split(":");
      if (day > (latest.get(id) ?? "")) latest.set(id, day);
    }
    for (const item of this.items) {
      const day = latest.get(item.dataset.id);
      const mark = item.querySelector(".filter__done") ?? Object.assign(document.createElement("p"), { className: "filter__done" });
      mark.textContent = day ? this.text("done", { day: heja.day(day) }) : "";
      if (day) item.querySelector(".card-grid__body").append(mark);
      else mark.remove();
    }
  }

  choices() {
    return [...new FormData(this.form)].filter(([, value]) => value.trim() !== "");
  }

  read() {
    const asked = new URLSearchParams(location.search);
    for (const field of this.form.elements) {
      if (!field.name) continue;
      const value = asked.get(field.name) ?? "";
      if (!field.options || [...field.options].some((option) => option.value === value)) field.value = value;
    }
    this.querySelector("details").open ||= [...this.querySelectorAll("details select")].some((field) => field.value);
  }

  changed() {
    const query = new URLSearchParams(this.choices()).toString();
    const address = (query ? `?${query}` : location.pathname) + location.hash;
    if (query !== location.search.slice(1)) history.replaceState(null, "", address);
    this.count(true);
  }

  /* Whether an exercise fits: yes, no, or just over the time. */
  fit(item, wanted) {
    const words = (wanted.find(([name]) => name === "q")?.[1] ?? "").toLowerCase().split(/\s+/);
    const text = `${item.textContent} ${item.dataset.search}`.toLowerCase();
    const misses = wanted.filter(([name, value]) => name !== "q" && !(item.dataset[name] ?? "").split(" ").includes(value));
    if (!words.every((word) => text.includes(word)) || misses.length > 1) return "no";
    if (!misses.length) return "yes";
    const [[name, value]] = misses;
    return name === "time" && Number(item.dataset.minutes) <= Number(value) + this.more ? "near" : "no";
  }

  count(aloud) {
    const wanted = this.choices();
    const fits = new Map(this.items.map((item) => [item, this.fit(item, wanted)]));
    const near = this.items.filter((item) => fits.get(item) === "near");
    for (const item of this.items) {
      item.hidden = fits.get(item) === "no";
      item.toggleAttribute("data-near", fits.get(item) === "near");
    }
    this.list?.append(...this.items.filter((item) => fits.get(item) !== "near"));
    this.part("near-list").replaceChildren(...near);
    this.show("near", near.length > 0);
    const total = this.items.length;
    const count = [...fits.values()].filter((fit) => fit === "yes").length;
    const words = this.text(!wanted.length ? "all" : ["none", "one"][count] ?? "other", { count, total });
    this.part("count").textContent = words;
    this.show("none", count === 0 && near.length === 0);
    this.tags(wanted);
    clearTimeout(this.waiting);
    if (aloud) this.waiting = setTimeout(() => heja.announce(words), 500);
  }

  /* A button for each choice, that takes it away. */
  tags(wanted) {
    const button = (words, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button" });
      made.append(words);
      made.addEventListener("click", act);
      const row = document.createElement("li");
      row.append(made);
      return made;
    };
    const tags = wanted.map(([name, value], number) => {
      const field = this.form.elements[name];
      const tag = button(field.options ? field.selectedOptions[0].text : `”${value}”`, () => {
        field.value = "";
        this.changed();
        (this.parts("[data-tag]")[number] ?? this.parts("[data-tag]").at(-1) ?? this.part("count")).focus();
      });
      tag.setAttribute("aria-label", `${tag.textContent}, ${this.text("remove")}`);
      tag.dataset.tag = name;
      return tag;
    });
    const clear = button(this.text("clear"), () => {
      this.form.reset();
      for (const field of this.form.elements) if (field.name) field.value = "";
      this.changed();
      this.part("count").focus();
    });
    clear.className = "filter__clear";
    this.part("tags").replaceChildren(...(wanted.length ? [...tags, clear] : []).map((tag) => tag.parentElement));
    this.show("tags", wanted.length > 0);
  }
});
