/* Before, after and twelve weeks later: a row for each statement, as a picture and in words. */
heja.define("assessment-change", class extends heja.Element {
  start() {
    this.form = this.closest("article")?.querySelector("heja-assessment");
    if (!this.form) return;
    this.form.addEventListener("answers", () => this.draw());
    this.form.part("show").addEventListener("click", () => {
      this.asked = true;
      this.draw();
      this.part("heading").focus();
    });
    const on = (role, act) => this.part(role).addEventListener("click", act);
    on("look-back", () => {
      this.form.go("recalled");
      this.form.querySelector(".assessment__scale input").focus();
    });
    on("keep", () => this.confirm(null));
    on("remove", () => this.forget());
    this.escapes("confirm", () => this.confirm(null));
    this.draw();
  }

  /* The label of an option of the form. */
  option(item, id) {
    return this.form.querySelector(`[name="${item}"][value="${id}"]`);
  }

  draw() {
    const rounds = this.form.rounds();
    const there = heja.answers.ROUNDS.filter((id) => Object.keys(rounds[id]?.answers ?? {}).length);
    this.hidden = !this.asked && !there.some((id) => rounds[id].day);
    if (this.hidden) return;
    for (const key of this.parts("[data-key]")) {
      const id = key.dataset.key;
      key.hidden = !there.includes(id);
      if (!key.hidden) key.lastElementChild.textContent = this.named(key.lastElementChild.dataset.label, rounds[id].day);
    }
    for (const row of this.parts("[data-item]")) this.row(row, there, rounds);
    for (const part of this.parts("[data-part]")) part.querySelector("tbody").replaceChildren(...[...part.querySelectorAll("[data-item]")].map((row) => this.line(row)));
    const remembered = Object.entries(rounds.recalled?.answers ?? {}).map(([item, id]) => this.pair(item, id));
    this.show("remembered", remembered.length > 0);
    this.part("remembered-list").replaceChildren(...remembered);
    this.removals([...heja.answers.ROUNDS, "recalled"].filter((id) => rounds[id]?.day));
  }

  named(round, day) {
    return day ? this.text("day", { round, day: heja.day(day) }) : this.text("unsaved", { round });
  }

  row(row, there, rounds) {
    const { item, last } = row.dataset;
    const places = there.map((id) => {
      const option = this.option(item, rounds[id].answers[item]);
      return option?.dataset.place ? Number(option.dataset.place) : null;
    });
    for (const id of heja.answers.ROUNDS) {
      const place = places[there.indexOf(id)] ?? null;
      const mark = row.querySelector(`[data-mark="${id}"]`);
      mark.toggleAttribute("hidden", place === null);
      if (place !== null) mark.setAttribute("x", `${(100 * place) / last}%`);
      const words = row.querySelector(`[data-answer="${id}"]`);
      words.hidden = !there.includes(id);
      words.lastElementChild.textContent = there.includes(id) ? this.words(item, rounds[id].answers[item]) : "";
    }
    row.querySelector('[data-role="words"]').textContent = this.text(heja.answers.change(places, Number(last)) || "no-words");
  }

  words(item, id) {
    return this.option(item, id)?.nextElementSibling.textContent ?? this.text("unanswered");
  }

  line(row) {
    const line = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = row.querySelector(".change__text").textContent;
    line.append(head);
    for (const answer of row.querySelectorAll("dd")) line.insertCell().textContent = answer.textContent || "–";
    return line;
  }

  pair(item, id) {
    const pair = document.createElement("div");
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = this.querySelector(`[data-item="${item}"] .change__text`)?.textContent ?? item;
    words.textContent = this.words(item, id);
    pair.append(term, words);
    return pair;
  }

  removals(saved) {
    this.show("kept", saved.length > 0);
    const buttons = saved.map((id) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn--alt" });
      const label = this.querySelector(`[data-key="${id}"] span`)?.textContent ?? this.part("remembered").firstElementChild.textContent;
      button.textContent = this.text("remove", { round: label });
      button.addEventListener("click", () => this.confirm(id, button.textContent));
      return button;
    });
    this.part("removals").replaceChildren(...buttons);
  }

  confirm(id, words = "") {
    this.going = id;
    this.show("confirm", id !== null);
    this.part("asked").textContent = `${words}?`;
    (id === null ? this.part("removals").firstElementChild ?? this.part("heading") : this.part("keep")).focus();
  }

  forget() {
    heja.store.set(`check:${this.form.dataset.instrument}:${this.going}`, null);
    heja.announce(this.text("removed"));
    this.confirm(null);
  }
});
