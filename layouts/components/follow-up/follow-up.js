/* Following up an exercise: how it went, what is remembered, what comes next. On the page of one exercise, or in the file
   with all pages in one, where this part stands for all of them and is filled from the catalogue. */
heja.define("follow-up", class extends heja.Element {
  start() {
    this.exercise = this.dataset.exercise;
    this.querySelector("[data-role=choices]").addEventListener("change", ({ target }) => this.answer(target.value));
    const on = (role, act) => this.part(role).addEventListener("click", act);
    on("keep", () => this.keep());
    on("rest", () => this.rest());
    on("file", () => heja.calendar.download(`folj-upp-${this.exercise}-${this.later().day}`, [this.event()]));
    for (const role of ["rest-row", "calendar"]) this.show(role);
    this.note = this.querySelector("heja-reflection");
    if (!("one" in this.dataset)) return this.ask();
    window.addEventListener("hashchange", () => this.borrow());
    this.borrow();
  }

  /* In one page with the whole site: become the page of the exercise that the address names. */
  borrow() {
    const named = Object.entries(heja.catalogue.exercises).find(([, { follow_up_url: url }]) => url === location.hash);
    if (!named) return;
    const [id, exercise] = named;
    this.exercise = this.dataset.exercise = id;
    this.note.dataset.note = `${id}:follow-up`;
    this.note.dirty = false;
    this.own = exercise.plan;
    this.part("exercise").textContent = exercise.title;
    this.part("exercise").href = exercise.url;
    this.part("change").href = exercise.url;
    this.part("after-1").textContent = exercise.follow_up.after_1_week;
    this.part("after-4").textContent = exercise.follow_up.after_4_weeks;
    const next = heja.catalogue.exercises[exercise.next?.[0]];
    this.show("next-row", Boolean(next));
    if (next) {
      this.part("next").href = next.url;
      this.part("next-words").textContent = this.text("next", next);
    }
    const made = exercise.questions.map(({ question, answer, due_weeks: weeks }) => {
      const details = document.createElement("details");
      const [summary, words] = [document.createElement("summary"), document.createElement("p")];
      [summary.textContent, words.textContent] = [question, answer];
      details.dataset.weeks = weeks.join(" ");
      details.append(summary, words);
      return details;
    });
    this.part("questions").replaceChildren(...made);
    this.say("status", "", false);
    for (const radio of this.parts("[data-role=choices] input")) radio.checked = false;
    this.ask();
    this.update();
    this.note.update();
  }

  /* Turn each question with its answer into one to try first. Those of later days stay as they are. */
  ask() {
    this.own ??= { cue: this.part("cue").textContent, action: this.part("action").textContent };
    const base = heja.due.practised(this.exercise, heja.store);
    const found = this.parts("[data-weeks]").map((details, index) => ({ details, number: index + 1, weeks: details.dataset.weeks.split(" ").map(Number) }));
    const due = found.filter(({ number, weeks }) => (heja.due.asked(`${this.exercise}:${number}`, base, weeks, heja.store) || "9") <= heja.today());
    const wanted = due.length ? due : found;
    for (const [index, question] of wanted.entries()) this.recall(question, index + 1, wanted.length);
  }

  recall({ details, number, weeks }, place, total) {
    const made = this.part("recall").content.cloneNode(true).firstElementChild;
    const find = (role) => made.querySelector(`[data-role="${role}"]`);
    find("number").textContent = this.text("number", { number: place, total });
    find("asked").textContent = details.querySelector("summary").textContent;
    find("answer").textContent = details.querySelector("p").textContent;
    const reveal = () => {
      const words = find("attempt").value.trim();
      find("mine").hidden = !words;
      find("mine").textContent = this.text("mine", { words });
      find("try").hidden = true;
      find("shown").hidden = false;
      find("fact").focus();
    };
    find("aloud").addEventListener("click", reveal);
    find("reveal").addEventListener("click", () => {
      if (find("attempt").value.trim()) return reveal();
      heja.announce(find("hint").textContent);
      find("attempt").focus();
    });
    for (const radio of find("near").querySelectorAll("input")) radio.name += `-${number}`;
    find("near").addEventListener("change", ({ target }) => {
      const next = heja.due.again(target.value, heja.due.practised(this.exercise, heja.store), weeks, heja.today());
      heja.store.set(`recall:${this.exercise}:${number}`, { near: target.value, next });
      find("back").textContent = next ? this.text("back", { day: heja.day(next) }) : this.text("never");
      this.offer(find("back"), true);
    });
    details.replaceWith(made);
  }

  /* The week that is followed up now: {base, after}; without anything saved it is the first. */
  now() {
    const follow = heja.due.followUp(this.exercise, heja.today(), heja.store);
    this.week ??= follow?.after ?? (heja.due.practised(this.exercise, heja.store) ? 4 : 1);
    return { base: heja.due.practised(this.exercise, heja.store) || heja.today(), after: this.week };
  }

  answer(how) {
    const { after } = this.now();
    heja.store.set(`follow:${this.exercise}:${heja.today()}`, { after, how });
    this.offer(this.part("answers"), true);
  }

  /* When the next follow-up is: four weeks after the exercise, or from now. */
  later() {
    const { base, after } = this.now();
    const four = heja.calendar.add(base, 28);
    const day = after === 1 && four > heja.today() ? four : heja.calendar.add(heja.today(), 28);
    return { day: heja.calendar.free(day) };
  }

  keep() {
    const key = `follow:${this.exercise}:${heja.today()}`;
    const { after } = this.now();
    if (!heja.store.get(key)) heja.store.set(key, { after, how: "" });
    this.done(this.text("kept", { day: heja.day(this.later().day) }));
  }

  rest() {
    heja.due.putOff(this.exercise, "9999-12-31");
    this.done(this.text("rest"));
  }

  async done(words) {
    await this.save();
    this.say("status", words);
    this.part("status").focus();
  }

  event() {
    const title = this.part("exercise").textContent;
    return heja.planEvent({ id: this.exercise, title: this.text("event", { title }), day: this.later().day, plan: heja.store.get(`plan:${this.exercise}`) ?? this.own, text: this.part("after-4").textContent, url: location.href });
  }

  update() {
    const { store } = heja;
    if (!this.exercise || !this.own) return;
    const { after } = this.now();
    const plan = store.get(`plan:${this.exercise}`);
    for (const [role, words] of Object.entries(plan ?? this.own)) if (this.part(role)) this.part(role).textContent = words;
    this.part("written").textContent = plan ? this.text("written", { day: heja.day(heja.today(store.when(`plan:${this.exercise}`))) }) : this.text("suggested");
    const [, note] = store.list(`note:${this.exercise}:reflect-`)[0] ?? [];
    this.say("noted", note ?? "", false);
    this.show("week-1", after === 1);
    this.show("week-4", after !== 1);
    this.show("keep-row", after === 1);
    const day = heja.day(this.later().day);
    this.part("keep-words").textContent = this.text("keep", { day });
    this.part("file").textContent = this.text("file", { day });
    const today = store.get(`follow:${this.exercise}:${heja.today()}`);
    for (const radio of this.parts("[data-role=choices] input")) if (today) radio.checked = radio.value === today.how;
    this.offer(this.part("answers"), Boolean(today));
  }
});
