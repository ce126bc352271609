/* Codes in, counts out. Nothing is sent, nothing is saved. */
heja.define("team-counts", class extends heja.Element {
  start() {
    this.show("counting");
    this.form = this.closest("article")?.querySelector("heja-assessment");
    if (!this.form) return;
    const { instrument, version } = this.form.dataset;
    this.items = [...this.form.querySelectorAll(".assessment__scale")].map((scale) => [...scale.querySelectorAll("input")]);
    this.kind = { name: `${instrument} ${version}`, sizes: this.items.map((options) => options.length) };
    this.form.part("show").addEventListener("click", () => this.mine());
    this.form.addEventListener("answers", () => this.show("mine", false));
    this.part("codes").addEventListener("input", () => this.read());
    this.part("count").addEventListener("click", () => this.count());
    this.part("print").addEventListener("click", () => window.print());
  }

  /* The code of what is answered on this page. */
  mine() {
    const code = heja.codes.encode(this.kind, this.items.map((options) => options.findIndex(({ checked }) => checked)));
    this.show("mine");
    this.part("code").textContent = code;
    this.part("code").focus();
  }

  read() {
    const { people, faults } = heja.codes.read(this.kind, this.part("codes").value);
    const all = people.length + faults.length;
    const few = people.length < heja.codes.FEWEST;
    const words = [all ? this.text("read", { right: people.length, all }) : this.text("none"), ...(few ? [this.text("few")] : [])];
    this.part("state").textContent = words.join(" ");
    this.part("codes").setAttribute("aria-invalid", String(faults.length > 0));
    this.part("faults").replaceChildren(...faults.map((fault) => {
      const row = document.createElement("li");
      row.textContent = this.text(fault.error, fault);
      return row;
    }));
    /* Counts of other codes than these are no longer true. */
    this.show("counts", false);
    this.show("print", false);
    return people;
  }

  count() {
    const people = this.read();
    const enough = people.length >= heja.codes.FEWEST;
    this.show("counts", enough);
    this.show("print", enough);
    if (!enough) {
      heja.announce(this.part("state").textContent);
      return this.part("codes").focus();
    }
    this.items.forEach((options, index) => this.row(options, people.map((answers) => answers[index])));
    heja.announce(this.text("shown", { count: people.length }));
    this.part("counts").querySelector("h2").focus();
  }

  row(options, answers) {
    const row = this.querySelector(`[data-counts="${options[0].name}"]`);
    const part = (role) => row.querySelector(`[data-role="${role}"]`);
    const { counts, hidden } = heja.codes.counted(answers, options.map(({ dataset }) => "place" in dataset));
    Object.assign(part("hidden"), { hidden: !hidden, textContent: hidden ? this.text(`hidden-${hidden}`) : "" });
    part("picture").hidden = Boolean(hidden);
    part("besides").textContent = "";
    if (hidden) return;
    const besides = [];
    options.forEach((option, index) => {
      const cell = row.querySelector(`[data-option="${option.value}"]`);
      if (!("place" in option.dataset)) {
        if (counts[index]) besides.push(`${cell.firstElementChild.textContent}: ${counts[index]}`);
        return;
      }
      const marks = Array.from({ length: Math.min(counts[index], 8) }, () => Object.assign(document.createElement("i"), { className: "counts__mark" }));
      const number = document.createElement("b");
      number.textContent = counts[index] > 8 ? `8+ (${counts[index]})` : counts[index];
      cell.lastElementChild.replaceChildren(...marks, number);
    });
    part("besides").textContent = besides.join(", ");
  }
});
