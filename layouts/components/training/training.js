/* My training: what is done, what is next, and what to do with what is saved. */
const LARGEST = 40e6; // bytes of a copy: more than the 5 million characters that a browser stores come to
const MOST = 4; // things that wait at a time
heja.define("training", class extends heja.Element {
  start() {
    this.show("data");
    const on = (role, event, act) => this.part(role).addEventListener(event, act);
    on("export", "click", () => this.export());
    on("import", "change", (event) => this.import(event.target));
    on("delete", "click", () => this.confirm(true));
    on("delete-no", "click", () => this.confirm(false));
    this.escapes("confirm", () => this.confirm(false));
    on("delete-copy", "click", () => {
      heja.export();
      this.part("delete-yes").click();
    });
    on("markdown", "click", () => heja.download(`${document.documentElement.dataset.site}-${heja.today()}.md`, this.markdown(), "text/markdown"));
    on("notes-delete", "click", () => this.drop(heja.store.list("note:").map(([key]) => key)));
    on("partner-copy", "click", () => this.copy());
    for (const radio of this.parts(".training__pace input")) radio.addEventListener("change", () => heja.store.set(`pace:${this.program.id}`, radio.value));
    on("same-site", "click", () => this.isSame());
    this.neighbour();
    on("delete-yes", "click", async () => {
      await heja.store.forget();
      this.confirm(false);
      this.say("status", this.text("deleted"));
      this.part("status").focus();
    });
  }

  /* Storage belongs to a host. When what is saved was noted as that of a site below another path, either the site has moved
     or two sites have one id: as long as the other address answers, the reader and the console are told. */
  async neighbour() {
    const { site, root } = document.documentElement.dataset;
    this.root = new URL(`${root}.`, location).pathname;
    const { store } = heja;
    await store.ready;
    if (!location.protocol.startsWith("http") || !store.saving || store.root === this.root) return;
    if (store.root) {
      const answer = await fetch(store.root, { method: "HEAD", redirect: "manual" }).catch(() => null);
      const gone = answer && (answer.type === "opaqueredirect" || [404, 410].includes(answer.status));
      if (answer?.ok) {
        this.part("neighbour-where").textContent = location.host + store.root;
        this.show("neighbour");
        console.warn(`Two sites have the id "${site}" on this host: ${store.root} and ${this.root} share what readers save. Give one of them an id of its own in site.yaml.`);
      }
      if (!gone) return;
    }
    store.settle(this.root);
  }

  isSame() {
    heja.store.settle(this.root);
    this.show("neighbour", false);
    this.part("data-heading").tabIndex = -1;
    this.part("data-heading").focus();
  }

  confirm(open) {
    this.show("confirm", open);
    this.part("delete").setAttribute("aria-expanded", String(open));
    this.part(open ? "delete-no" : "delete").focus();
  }

  export() {
    heja.export();
    this.say("status", this.text("exported"));
  }

  async import(field) {
    const [file] = field.files;
    if (!file) return;
    const result = file.size > LARGEST ? { error: "too-big" } : heja.store.import(await file.text());
    if (!result.error) await heja.store.start();
    field.value = "";
    const many = { 0: "imported-none", 1: "imported-one" }[result.added] ?? "imported";
    this.say("status", this.text(result.error ?? many, result) + (result.refused ? ` ${this.text("refused", result)}` : ""));
    this.part("status").focus();
  }

  update() {
    const progress = heja.progress(this.catalogue);
    const { programs, done, plans, notes, begun } = progress;
    this.waiting = heja.due().slice(0, MOST);
    const current = programs.find((program) => program.next) ?? programs[0];
    this.hero(current, progress);
    this.fill("now", current?.next ? this.week(current) : []);
    this.fill("due", this.waiting.map((row, place) => this.due(row, place)));
    this.dates(current);
    this.fill("program", programs.filter((program) => program !== current).map((program) => this.other(program)));
    this.fill("begun", begun.map((entry) => this.row(entry, "")));
    this.fill("plan", plans.map((plan) => this.plan(plan)));
    this.fill("note", notes.map((note) => this.note(note)));
    this.part("erase-counts").textContent = this.text("counts", { plans: plans.length, notes: notes.length, done: done.length });
    this.fill("done", done.map((entry) => this.row(entry, heja.day(entry.date))));
    const { store } = heja;
    const any = store.saving || store.list("").length > 0;
    for (const role of ["kept", "keeping"]) this.show(role, any);
    this.show("before", !any);
    this.part("data-heading").textContent = this.text(any ? "data" : "before");
  }

  /* Where the reader is: in a program, among exercises, or at the beginning. */
  hero(program, { done, plans, begun }) {
    const { next } = program ?? {};
    const count = new Set(done.map(({ id }) => id)).size;
    const place = program && { ...program, total: program.items.length, week: next?.week };
    const exercises = count ? this.text(count === 1 ? "one" : "some", { count }) : this.part("kick").textContent;
    this.part("heading").textContent = program ? this.text(next ? "week" : "finished", place) : exercises;
    this.say("progress", program ? this.text(next ? "picture" : "complete", place) : count ? this.text("fills") : "", false);
    this.show("lead", !program && !count);
    this.beginning(!program && !count && !plans.length && !begun.length);
    this.show("kick", this.part("heading").textContent !== this.part("kick").textContent);
    this.show("ways", !next);
    this.show("onward", Boolean(next));
    this.show("facts", Boolean(program || count || plans.length));
    this.show("fact-program", Boolean(program));
    const words = { week: program ? this.text(next ? "number" : "ticked", place) : "", weeks: program ? this.text("weeks", place) : "" };
    const sums = { count: program?.done ?? count, total: program ? this.text("sessions", place) : this.text(count === 1 ? "exercise" : "exercises") };
    for (const [role, text] of Object.entries({ ...words, ...sums, "plan-count": plans.length })) this.part(role).textContent = text;
    if (next) Object.assign(this.part("next"), { href: next.url, textContent: this.text("next", next) });
    this.picture(this.part("art"), program);
    const [first] = this.waiting;
    if (!first || first.kind === "recall") return;
    const { length } = this.waiting;
    this.part("heading").textContent = this.text(length === 1 ? "waiting-one" : "waiting", { count: length });
    this.show("kick");
    this.beginning(false);
    if (first.kind !== "follow") return;
    this.say("progress", this.text("first"), false);
    this.show("onward");
    this.show("ways", false);
    Object.assign(this.part("next"), { href: first.url, textContent: this.text("follow") });
  }

  /* Before anything is done: ways to begin, and how it may look in a month. */
  beginning(empty) {
    this.show("empty", empty);
    if (!this.show("ways-to-begin", empty)) return;
    this.show("example", empty);
    this.show("begin", empty);
    this.part("choose").classList.toggle("btn--alt", empty);
    if (empty) this.part("heading").textContent = this.text("beginning");
  }

  /* Put a program's cover in a frame; the one that stands there from the start when there is no program. */
  picture(frame, program) {
    this.first ??= this.part("art").firstElementChild;
    const shown = frame.firstElementChild?.dataset.program;
    if (frame.firstElementChild && shown === program?.id) return;
    const template = program && this.querySelector(`template[data-program="${program.id}"]`);
    frame.replaceChildren(template ? template.content.cloneNode(true) : this.first);
  }

  week(program) {
    const { week } = program.next;
    const items = program.items.filter((item) => item.week === week);
    const asked = (program.touchpoints ?? []).filter((touch) => touch.week === week);
    const { item_roles: roles } = this.catalogue;
    const manager = asked.map(({ question }) => this.row({ title: question }, this.text("manager")));
    return [...items.map((item) => this.row(item, item.done ? this.text("ticked") : roles[item.role])), ...manager];
  }

  /* What is due, as a card: a follow-up, the return of a program, or a question. */
  due(row, place) {
    const { kind, id, title, url, day } = row;
    const name = { follow: "due-follow", after: "due-after", recall: "question" }[kind];
    const made = this.clone(this.part(name), { when: heja.day(day) }, {});
    const find = (role) => made.querySelector(`[data-role="${role}"]`);
    const say = (texts) => Object.entries(texts).forEach(([role, words]) => (find(role).textContent = words));
    const on = (role, act) => find(role).addEventListener("click", act);
    if (kind === "follow") {
      if (place) made.firstElementChild.className = "training__second";
      const { plan, after, notes, text } = row;
      const [note] = notes;
      find("planned").hidden = !plan;
      find("noted").hidden = !note;
      say({ title, when: this.text(`ago-${after}`), "text-when": this.text(`after-${after}`), text, ...plan });
      if (plan) say({ made: this.text("made", { day: heja.day(row.made) }) });
      if (note) say({ note: note.words, "noted-when": this.text("noted", { day: heja.day(note.day) }) });
      find("go").href = url;
      const monday = heja.calendar.add(heja.today(), 7 - heja.calendar.weekday(heja.today()));
      find("later").hidden = monday === heja.calendar.add(heja.today(), 1);
      on("later", () => this.putOff(id, monday));
    } else if (kind === "after") {
      say({ title: this.text("ended", row), text: row.question });
      on("mark", () => this.settle(`item:${id}:after-${row.weeks}`, true, this.text("ticked")));
    } else {
      say({ when: this.text("recall", { title }), asked: row.question, answer: row.answer });
      const { store } = heja;
      const weeks = this.catalogue.exercises[id]?.questions[row.number - 1].due_weeks ?? [0];
      for (const near of ["near", "no"])
        on(near, () => {
          const next = heja.due.again(near, heja.due.practised(id, store), weeks, heja.today());
          this.settle(`recall:${id}:${row.number}`, { near, next }, next ? this.text("back", { day: heja.day(next) }) : this.text("never"));
        });
    }
    on("tomorrow", () => this.putOff(id));
    return made;
  }

  putOff(id, until) {
    this.settled(this.text("put-off", { day: heja.day(heja.due.putOff(id, until)) }));
  }

  settle(key, value, words) {
    heja.store.set(key, value);
    this.settled(words);
  }

  /* Save what has been answered; the card goes, so the focus moves to the heading of what is left. */
  settled(words) {
    this.save();
    this.say("settled", words);
    this.toHeading("due");
  }

  toHeading(role) {
    const section = this.part(role);
    const heading = section.hidden ? this.part("heading") : section.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  }

  /* A program by weeks: with dates, or only what is done and what is left; and its returns. */
  dates(program) {
    this.show("dates", Boolean(program));
    this.program = program;
    if (!program) return;
    const { calendar, sessions, started, after } = heja.due.ofProgram(program.id, program, heja.store);
    const today = heja.today();
    const [monday, sunday] = [0, 6].map((n) => heja.calendar.add(today, n - heja.calendar.weekday(today)));
    const total = program.items.length;
    this.part("dates-lead").textContent = this.text("pace", { ...program, total });
    for (const radio of this.parts(".training__pace input")) radio.checked = (radio.value === "calendar") === calendar;
    this.show("calendar", calendar);
    const numbers = [...new Set(program.items.map(({ week }) => week))];
    this.part("weeks-list").replaceChildren(...numbers.map((number) => {
      const first = heja.calendar.add(started, 7 * (number - 1) - heja.calendar.weekday(started));
      const here = calendar ? first === monday : program.next?.week === number;
      const iso = calendar ? this.text("iso", { week: heja.calendar.week(first), day: heja.day(first) }) : "";
      const made = this.clone(this.part("week-block"), { number: this.text("number", { week: number }), iso }, {});
      made.querySelector('[data-role="here"]').hidden = !here;
      if (here) made.firstElementChild.setAttribute("aria-current", calendar ? "date" : "step");
      made.querySelector('[data-role="items"]').append(...sessions.filter(({ week }) => week === number).map((session) => {
        const item = program.items.find(({ key }) => key === session.key);
        const missed = calendar && !item.done && session.day < monday;
        const { preparation = 0, active = 0 } = item.minutes ?? {};
        const about = [
          `${preparation + active} min`,
          item.done ? this.text("ticked") : missed ? this.text("missed") : calendar ? heja.date(session.day) : "",
          calendar && session.from && !item.done ? this.text("moved", { day: heja.date(session.from) }) : "",
        ];
        const row = this.clone(this.part("session"), { link: item.title, about: about.filter(Boolean).join(" · ") }, { link: item.url });
        const state = item.done ? "done" : missed ? "missed" : session.day <= sunday && here ? "now" : "next";
        row.firstElementChild.classList.add(`training__session--${state}`);
        return row;
      }));
      return made;
    }));
    this.part("returns-list").replaceChildren(...after.map((entry) => {
      const li = document.createElement("li");
      const [day, about] = [document.createElement("b"), document.createElement("span")];
      const moved = entry.day !== entry.from ? ` ${this.text("moved", { day: heja.date(entry.from) })}` : "";
      day.textContent = entry.day ? heja.day(entry.day) : "";
      about.textContent = (entry.done ? this.text("ticked") : this.text("returns", entry)) + moved;
      li.append(day, about);
      return li;
    }));
    const url = new URL(program.url, location).href;
    const invite = this.text("invite", { title: program.title, weeks: program.weeks, goal: program.goal, url: url.startsWith("http") ? url : "" });
    this.part("partner-how").textContent = program.peer_support ?? "";
    if (!this.part("partner-text").value) this.part("partner-text").value = invite.trim();
    this.part("partner-mail").href = `mailto:?subject=${encodeURIComponent(this.text("subject"))}&body=${encodeURIComponent(this.part("partner-text").value)}`;
  }

  async copy() {
    const field = this.part("partner-text");
    try {
      await navigator.clipboard.writeText(field.value);
      this.say("partner-status", this.text("copied"));
    } catch {
      field.select();
      this.say("partner-status", this.text("marked"));
    }
  }

  markdown() {
    return heja.markdown((id) => this.catalogue.exercises[id]?.title ?? id);
  }

  note(note) {
    const made = this.clone(this.part("note"), { day: heja.day(note.day), link: note.title, words: note.words }, { link: note.url });
    const button = made.querySelector('[data-role="drop"]');
    button.setAttribute("aria-label", `${button.textContent}: ${note.title}, ${heja.day(note.day)}`);
    button.addEventListener("click", () => this.drop([note.key], "notes"));
    return made;
  }

  drop(keys, role = "notes") {
    for (const key of keys) heja.store.set(key, null);
    heja.announce(this.text("dropped"));
    this.toHeading(role);
  }

  fill(name, rows) {
    this.show({ program: "programs", plan: "plans", note: "notes" }[name] ?? name, rows.length > 0);
    this.part(`${name}-list`).replaceChildren(...rows);
  }

  clone(template, texts, links) {
    const made = template.content.cloneNode(true);
    const find = (role) => made.querySelector(`[data-role="${role}"]`);
    for (const [role, text] of Object.entries(texts)) find(role).textContent = text;
    for (const [role, url] of Object.entries(links)) url ? (find(role).href = url) : find(role).removeAttribute("href");
    return made;
  }

  row(entry, when) {
    const { preparation = 0, active = 0 } = entry.minutes ?? {};
    const minutes = active ? `${preparation + active} min` : "";
    return this.clone(this.part("row"), { when, link: entry.title, minutes }, { link: entry.url });
  }

  plan(plan) {
    const made = this.clone(this.part("plan"), { day: heja.day(plan.day), link: plan.title, cue: plan.cue, action: plan.action }, { link: plan.url, edit: plan.url && plan.url + this.dataset.plan });
    const card = made.firstElementChild;
    for (const role of ["edit", "print", "drop"]) {
      const button = made.querySelector(`[data-role="${role}"]`);
      button.setAttribute("aria-label", `${button.textContent}: ${plan.title}`);
    }
    made.querySelector('[data-role="print"]').addEventListener("click", () => heja.printCard(card));
    made.querySelector('[data-role="drop"]').addEventListener("click", () => this.drop([plan.key], "plans"));
    return made;
  }

  other(program) {
    const count = this.text(program.next ? "picture" : "complete", { done: program.done, total: program.items.length });
    const next = program.next ? this.text("next", program.next) : "";
    const made = this.clone(this.part("program"), { link: program.title, count, next }, { link: program.url, next: program.next?.url });
    made.querySelector('[data-role="next"]').hidden = !program.next;
    this.picture(made.querySelector('[data-role="picture"]'), program);
    return made;
  }
});
