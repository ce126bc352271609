/* What has been practised: a mark for each time, never scaled, at most eight in a row. */
heja.define("practice-picture", class extends heja.Element {
  update() {
    const events = heja.practice.events();
    this.hidden = !events.length;
    if (this.hidden) return;
    const { behaviours } = this.catalogue;
    const practised = heja.practice.behaviours(events, this.catalogue).map((row) => ({ ...behaviours[row.id], ...row }));
    const weeks = heja.practice.weeks(events, heja.today(), 10).map((row) => ({ ...row, title: this.text("week", { number: Number(row.week.slice(-2)) }) }));
    this.fill("behaviours", practised, (row) => this.behaviour(row));
    this.fill("weeks", weeks, (row) => this.week(row));
    const [first, last] = [weeks[0], weeks.at(-1)].map(({ title }) => title);
    this.part("behaviours-words").textContent = this.text("some", { count: practised.length, total: Object.keys(behaviours).length });
    this.part("weeks-words").textContent = this.text("span", { first, last });
    const count = weeks.filter(({ done, returned }) => done + returned).length;
    this.part("weeks-picture").setAttribute("aria-label", this.text("picture", { count }));
  }

  fill(name, rows, draw) {
    this.part(`${name}-picture`).replaceChildren(...rows.map(draw));
    this.part(`${name}-table`).replaceChildren(...rows.map(({ title, done, returned }) => {
      const line = document.createElement("tr");
      const head = Object.assign(document.createElement("th"), { scope: "row", textContent: title });
      line.append(head);
      for (const number of [done, returned]) line.insertCell().textContent = number;
      return line;
    }));
  }

  behaviour(row) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: row.url, textContent: row.title });
    const words = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: this.counts(row) });
    item.append(link, this.marks(row, false), words);
    return item;
  }

  counts(row) {
    const kinds = ["done", "returned"].filter((kind) => row[kind]);
    return kinds.map((kind) => this.text(row[kind] === 1 ? `${kind}-1` : kind, { count: row[kind] })).join(", ");
  }

  week(row) {
    const cell = document.createElement("span");
    const number = Object.assign(document.createElement("span"), { className: "practice__number", textContent: Number(row.week.slice(-2)) });
    cell.append(this.marks(row, true), number);
    return cell;
  }

  /* Squares first, then triangles, in a row or from below; more than eight become eight and a number. */
  marks({ done, returned }, upright) {
    const kinds = [...Array(done).fill("done"), ...Array(returned).fill("returned")];
    const drawn = kinds.slice(0, 8);
    const shapes = { done: "h18v18h-18Z", returned: "m0 18 9 -18 9 18Z" };
    const at = (index) => (upright ? [0, (drawn.length - 1 - index) * 23] : [index * 23, 0]);
    const long = Math.max(drawn.length * 23 - 5, 0);
    const [width, height] = upright ? [18, long] : [long, 18];
    const box = document.createElement("span");
    box.className = "practice__row";
    // Not one template in another: taking out blanks from the finished script would take those of the inner one too.
    const paths = drawn.map((kind, index) => `<path class="practice__${kind}" d="M${at(index).join(" ")}${shapes[kind]}"/>`).join("");
    box.innerHTML = `<svg class="practice__marks" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${paths}</svg>`;
    if (kinds.length > 8) box.append(`8+ (${kinds.length})`);
    return box;
  }
});
