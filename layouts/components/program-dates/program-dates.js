/* The days of a program: its first day, from which all others follow, and a calendar file of them. The program is the one
   that My training shows, or that of the page around, where each session gets its date beside it. */
heja.define("program-dates", class extends heja.Element {
  start() {
    this.page = this.closest("heja-program-tracker");
    this.read = this.page && this.from(this.page);
    this.day = this.part("start-day");
    this.day.addEventListener("change", () => this.choose());
    this.part("program-file").addEventListener("click", () => heja.calendar.download(this.program.id, this.events()));
  }

  get program() {
    return this.read ?? this.closest("heja-training")?.program;
  }

  /* The program of a page, with what days need, as the catalogue has it. */
  from(page) {
    const items = page.boxes.map((box) => {
      const { textContent: title, href: url } = box.parentElement.querySelector("a");
      return { key: box.dataset.item, week: this.week(box), title, url, minutes: { preparation: 0, active: Number(box.dataset.minutes) } };
    });
    const touchpoints = page.parts("[data-role=talk]").map((talk) => ({ week: this.week(talk), question: talk.textContent }));
    const follow_ups = page.parts("[data-after]").map((part) => ({ weeks_after_end: Number(part.dataset.after), minutes: Number(part.dataset.minutes), question: part.querySelector("p").textContent }));
    return { id: page.dataset.program, title: this.dataset.title, url: this.dataset.url, weeks: Number(this.dataset.weeks), items, touchpoints, follow_ups };
  }

  week(part) {
    return Number(part.closest("[data-week]").dataset.week);
  }

  /* The sessions and returns with their days; null without a first day. */
  days() {
    const { program } = this;
    const days = program && heja.store.get(`program:${program.id}`) && heja.due.ofProgram(program.id, program, heja.store);
    return days?.calendar ? days : null;
  }

  /* A date that is half typed is none. Without a first day a program of which nothing is done is not begun any more. */
  choose() {
    const { id, items } = this.program;
    const { value, validity } = this.day;
    if (!validity.valid || !(value || this.page)) return;
    const { store } = heja;
    if (value) store.set(`program:${id}`, { started: value });
    else if (!items.some(({ key }) => store.get(`item:${id}:${key}`))) store.set(`program:${id}`, null);
    store.set(`pace:${id}`, value ? "calendar" : null);
    const { sessions = [] } = this.days() ?? {};
    this.say("status", value ? this.text("placed", { first: heja.date(value), last: heja.date(sessions.at(-1).day) }) : "");
  }

  update() {
    const days = this.days();
    const started = days?.started ?? "";
    if (this.day.value !== started && this.day.validity.valid) this.day.value = started;
    this.show("talks-label", Boolean(days && this.program.touchpoints?.length));
    this.show("acts", Boolean(days));
    if (!this.page) return;
    for (const [index, box] of this.page.boxes.entries()) this.mark(box.parentElement, days?.sessions[index]);
    for (const [index, part] of this.page.parts("[data-after]").entries()) this.mark(part, days?.after[index]);
  }

  /* Write a day below what it is the day of. */
  mark(place, entry) {
    const shown = place.querySelector(".program-dates__day");
    if (!entry) return shown?.remove();
    const day = shown ?? document.createElement("span");
    day.className = "program-dates__day program-week__note";
    day.textContent = [heja.date(entry.day), this.moved(entry)].filter(Boolean).join(", ");
    place.append(day);
  }

  moved({ day, from }) {
    return from && from !== day ? this.text("moved", { day: heja.date(from) }) : "";
  }

  /* All days, for a calendar: sessions, talks if they are wanted, and the returns. */
  events() {
    const { id, items, title, touchpoints = [], url } = this.program;
    const { sessions, after, started } = this.days();
    const place = (path) => heja.planEvent({ id, title, day: started, text: "", url: path });
    const event = (key, day, minutes, name, text, path) => ({ id: `${id}-${key}`, day, minutes, title: name, text: [text, place(path).text].filter(Boolean).join("\n\n"), url: place(path).url });
    const clock = {};
    const talks = this.part("talks").checked ? touchpoints : [];
    return [
      ...sessions.map((session, index) => {
        const { key, day } = session;
        const item = items[index];
        const minutes = item.minutes.preparation + item.minutes.active;
        const begins = clock[day] ?? 510; // minutes since midnight: half past eight, or after the session before
        clock[day] = begins + minutes;
        const time = `${String(Math.floor(begins / 60)).padStart(2, "0")}:${String(begins % 60).padStart(2, "0")}`;
        return { ...event(key, day, minutes, `${item.title} (${title})`, this.moved(session), item.url), time };
      }),
      ...talks.map(({ week, question }, number) => event(`talk-${number + 1}`, heja.calendar.free(heja.calendar.add(started, 7 * (week - 1))), 15, this.text("talk"), question, url)),
      ...after.map((entry) => event(`after-${entry.weeks}`, entry.day, entry.minutes, this.text("ended", { weeks: entry.weeks, title }), entry.question, this.dataset.training)),
    ];
  }
});
