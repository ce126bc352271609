/* Following up an exercise: how it went, what is remembered, what comes next. The address names the exercise after its
   last #; what differs between exercises stands in the catalogue. */
heja.define("follow-up", class extends heja.Element {
  start() {
    for (const item of this.parts("li[data-exercise]")) {
      const url = heja.catalogue.exercises[item.dataset.exercise]?.follow_up_url;
      if (url) item.firstElementChild.href = url.slice(url.indexOf("#")); // it is on this page
    }
    /* What was pressed in the list is gone: the focus goes to the heading, as on a page of its own. */
    window.addEventListener("hashchange", () => {
      this.begin();
      const heading = this.querySelector("h1");
      heading.tabIndex = -1;
      if (!this.closest("[hidden]")) heading.focus();
    });
    this.begin();
  }

  begin() {
    const { hash } = location;
    const named = Object.entries(heja.catalogue.exercises).find(([, { follow_up_url: url }]) => hash && url?.endsWith(hash));
    if (!named && this.closest("[hidden]")) return;
    const [id, exercise] = named ?? [];
    this.exercise = id;
    this.own = exercise?.plan;
    this.week = undefined;
    for (const role of ["choose", "intro"]) this.show(role, !named);
    this.show("lead", Boolean(named));
    this.part("one").replaceChildren();
    if (!named) return;
    const all = this.part("all").content.cloneNode(true);
    all.querySelector("heja-reflection").dataset.note = `${id}:follow-up`;
    this.part("one").append(all);
    this.part("art").replaceChildren(heja.cover(id, exercise));
    const link = Object.assign(document.createElement("a"), { textContent: exercise.title, href: exercise.url });
    this.part("exercise").replaceChildren(link);
    this.part("change").href = exercise.url + this.dataset.plan;
    this.part("after-1").textContent = exercise.follow_up.after_1_week;
    this.part("after-4").textContent = exercise.follow_up.after_4_weeks;
    const next = heja.catalogue.exercises[exercise.next?.[0]];
    if (this.show("next-row", Boolean(next)) && next) {
      this.part("next").href = next.url;
      this.part("next-words").textContent = this.text("next", next);
    }
    document.title = `${this.text("title")}: ${exercise.title}`;
    const on = (role, event, act) => this.part(role).addEventListener(event, act);
    on("choices", "change", ({ target }) => this.answer(target.value));
    on("keep", "click", () => this.keep());
    on("rest", "click", () => this.rest());
    on("file", "click", () => heja.calendar.download(`folj-upp-${id}-${this.later().day}`, [this.event()]));
    this.ask(exercise.questions);
    this.update();
  }

  /* Ask the questions that are due; all of them when none is. */
  ask(questions) {
    const base = heja.due.practised(this.exercise, heja.store);
    const all = questions.map((question, index) => ({ ...question, number: index + 1 }));
    const due = all.filter(({ number, due_weeks: weeks }) => (heja.due.asked(`${this.exercise}:${number}`, base, weeks, heja.store) || "9") <= heja.today());
    const wanted = due.length ? due : all;
    this.part("questions").replaceChildren(...wanted.map((question, index) => this.recall(question, index + 1, wanted.length)));
  }

  recall({ question, answer, number, due_weeks: weeks }, place, total) {
    const made = this.part("recall").content.cloneNode(true).firstElementChild;
    const find = (role) => made.querySelector(`[data-role="${role}"]`);
    find("number").textContent = this.text("number", { number: place, total });
    find("asked").textContent = made.ariaLabel = question;
    find("answer").textContent = answer;
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
    return made;
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
    if (!this.exercise) return;
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
