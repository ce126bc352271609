/* The guide answers in its place. The choices stand in the address's fragment, so that they can be shared and Back works. */
heja.define("guide", class extends heja.Element {
  start() {
    this.form = this.querySelector("form");
    this.rules = JSON.parse(this.part("rules").textContent);
    if (!this.part("answer")) return;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const hash = `#${new URLSearchParams(new FormData(this.form))}`;
      if (location.hash === hash) this.read();
      else location.hash = hash;
    });
    window.addEventListener("hashchange", () => this.read());
    this.read();
  }

  /* Take the choices from the address: the fragment, or the query of a form sent before the script was there. */
  read() {
    const asked = [location.hash, location.search].map((part) => new URLSearchParams(part.slice(1))).find((part) => part.has("need"));
    if (!asked) return;
    for (const field of this.form.querySelectorAll("select"))
      field.value = [...field.options].some(({ value }) => value === asked.get(field.name)) ? asked.get(field.name) : "";
    this.answer(Object.fromEntries(new FormData(this.form)));
  }

  answer(chosen) {
    const { exercises } = this.catalogue;
    const ranked = heja.recommend(exercises, this.rules, chosen);
    const [best] = ranked;
    this.show("card", Boolean(best));
    this.show("none", !best);
    this.show("else", false);
    if (!best) return this.part("answer").focus();
    const entry = exercises[best.id];
    const put = (role, words) => (this.part(role).textContent = words);
    const point = (role, url) => (this.part(role).href = url);
    put("kick", this.text("kick"));
    for (const role of ["title", "read"]) point(role, entry.url);
    put("title", entry.title);
    put("time", this.time(entry));
    put("people", this.people(entry));
    put("mode", this.catalogue.modes[entry.mode]);
    put("purpose", entry.purpose);
    this.part("cover").replaceChildren(heja.cover(best.id, entry));
    this.part("run").href = entry.run_url;
    const reasons = this.reasons(entry, best, heja.chosen(this.rules, chosen));
    this.part("reasons").replaceChildren(...reasons.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    const missed = !best.meets || !best.answers;
    this.say("miss", missed ? this.text("miss") : "", false);
    this.show("why", missed || reasons.length > 0);
    const other = heja.alternative(exercises, this.rules, chosen, ranked);
    if (other) {
      this.show("else");
      const another = exercises[other.id];
      point("other", another.url);
      put("other", another.title);
      put("other-facts", `${this.time(another)}, ${this.people(another)}. ${another.purpose}`);
    }
    this.part("answer").focus();
  }

  /* At most three reasons, in the words of what was chosen. */
  reasons({ minutes }, best, { time, people, place, need }) {
    const most = time?.minutes;
    const exact = best.minutes === most ? "whole" : "time";
    const known = this.catalogue.exercises[best.id];
    return [
      need && best.answers && this.text("need", { need: need.label }),
      time && this.text(best.minutes < minutes.active ? "short" : exact, { minutes: best.minutes, most }),
      people && this.text(!best.together ? "alone" : people.max > known.people[1] ? "large" : "people", { people: this.people(known), most: known.large_group }),
      place && best.meets && this.text("place", { place: place.label }),
      !minutes.preparation && this.text("ready"),
    ].filter(Boolean).slice(0, 3);
  }

  time({ minutes }) {
    return this.text(minutes.preparation ? "before" : "minutes", minutes);
  }

  people({ people: [least, most] }) {
    return most === 1 ? this.text("person") : this.text("group", { people: least === most ? most : `${least}–${most}` });
  }
});
