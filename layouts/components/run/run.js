/* Leads a group through an exercise: one step at a time, a clock that obeys, and a second window for the participants. */
(() => {
  const DECK = "heja-deck";
  const PLANES = 30; // most planes that time is drawn with
  const { site } = document.documentElement.dataset;
  const { pace } = heja;

  heja.define("run", class extends heja.Element {
    start() {
      this.deck = window.name === DECK && Boolean(window.opener);
      this.keys = true;
      this.heading = this.part("head");
      this.ways = {
        next: () => this.turn(pace.next),
        back: () => this.turn(pace.back),
        pause: () => this.turn(pace.pause),
        more: () => this.turn(pace.more) || heja.announce(this.text("added")),
        later: () => this.answer(pace.later),
        "leave-it": () => this.answer(pace.leave),
        shorten: () => this.answer((run, now) => pace.replan(run, now).run),
        big: () => this.press("big", this.classList.toggle("run--big")),
        off: () => this.press("off", (this.off = !this.off)) || this.keep(),
        keys: () => this.press("keys", (this.keys = !this.keys)) || this.keep(),
        deck: () => this.open(),
      };
      this.addEventListener("click", ({ target }) => this.ways[target.closest("[data-do]")?.dataset.do]?.());
      document.addEventListener("keydown", (event) => this.key(event));
      document.addEventListener("visibilitychange", () => document.hidden || this.wake());
      window.addEventListener("pagehide", () => this.keep());
      window.addEventListener("message", ({ source, data }) => this.hear(source, data));
      if ("one" in this.dataset) window.addEventListener("hashchange", () => this.begin());
      this.begin();
      setInterval(() => this.shown && this.tick(), 250);
    }

    get shown() {
      return Boolean(this.steps) && !this.closest("[hidden]");
    }

    /* The exercise's steps stand in this page; in one that holds the whole site, in the part of the exercise. */
    begin() {
      let source = this;
      if ("one" in this.dataset) {
        if (this.closest("[hidden]")) return;
        const [, route] = /^#\/(.+\/)[^/]+\/$/.exec(decodeURIComponent(location.hash)) ?? [];
        source = [...document.querySelectorAll("[data-route]")].find((part) => part.dataset.route === route && part.querySelector("li[data-minutes]"));
        if (!source) return;
        this.borrow(source, route);
      }
      this.source = source;
      this.id = source.querySelector("[data-exercise]")?.dataset.exercise ?? this.dataset.exercise;
      this.steps = [...source.querySelectorAll("li[data-minutes]")];
      this.name = source.querySelector("h1").textContent;
      this.group = Boolean(source.closest("[data-group]") ?? source.querySelector("[data-group]"));
      this.read();
      this.classList.add("is-on");
      this.classList.toggle("run--deck", this.deck);
      this.show("on");
      this.part("title").textContent = this.name;
      this.picture();
      this.render();
      if (this.deck) window.opener.postMessage({ heja: "ask" }, "*");
    }

    /* Take what differs between exercises from an exercise's part. */
    borrow(source, route) {
      const art = source.querySelector(".cover").cloneNode(true);
      const drawn = art.querySelector("use");
      if (drawn) drawn.replaceWith(...[...document.querySelector(drawn.getAttribute("href")).querySelectorAll("path")].map((path) => path.cloneNode()));
      this.part("art").replaceChildren(art);
      for (const link of this.parts("[data-role=leave]")) link.href = `#/${route}`;
      const plan = source.querySelector("heja-plan")?.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
      if (plan) this.part("plan-link").href = `#${plan}`;
      for (const card of this.parts("[data-own]")) card.remove();
      for (const card of this.parts(".run__help")) card.hidden = !source.querySelector("[data-group]");
      const cards = [...source.querySelectorAll("[data-rescue]")].map((item) => {
        const card = document.createElement("details");
        const label = document.createElement("summary");
        const words = item.cloneNode(true);
        label.textContent = item.dataset.rescue;
        words.className = "run__card";
        card.append(label, words);
        card.className = "run__help";
        card.dataset.own = "";
        card.name = "rescue";
        return card;
      });
      this.part("cards").prepend(...cards);
    }

    picture() {
      const art = this.querySelector("[data-role=art] .cover");
      for (const old of this.parts("[data-role=pic] .cover, [data-role=stage] .cover")) old.remove();
      this.part("pic").prepend(art.cloneNode(true));
      if (this.deck) this.querySelector(".run__time").append(art.cloneNode(true));
      this.covers = this.parts(".run__on .cover").map((cover) => [...cover.querySelectorAll("path")].slice(1));
    }

    /* Where we were when the page was reloaded, or the beginning. */
    read() {
      const minutes = this.steps.map(({ dataset }) => Number(dataset.minutes));
      let saved;
      try {
        saved = this.deck ? null : heja.entries.parse(sessionStorage.getItem(`${site}:run:${this.id}`));
      } catch {
        /* refused: then it is not remembered */
      }
      const known = pace.valid(saved?.run, minutes.length);
      this.run = known ? pace.adjust(saved.run, Date.now()) : pace.begin(minutes, Date.now());
      this.press("off", (this.off = known && Boolean(saved.off)));
      this.press("keys", (this.keys = !known || saved.keys !== false));
    }

    keep() {
      if (this.deck || !this.steps) return;
      const state = { run: this.run, off: this.off, keys: this.keys };
      this.window?.postMessage({ heja: "run", ...state }, "*");
      try {
        if (this.run.began) sessionStorage.setItem(`${site}:run:${this.id}`, JSON.stringify(state));
      } catch {
        /* refused */
      }
      this.tick();
    }

    press(way, on) {
      this.querySelector(`[data-do="${way}"]`).setAttribute("aria-pressed", String(on));
    }

    /* Change the course; the focus follows to the heading of another step. */
    turn(change) {
      if (this.deck) return;
      const { at, phase } = this.run;
      this.run = change(this.run, Date.now());
      this.before = undefined;
      const another = at !== this.run.at || phase !== this.run.phase;
      if (another && phase === "run" && this.run.phase !== "run") this.tickOff();
      this.render();
      this.keep();
      this.wake();
      if (another) this.heading.focus();
    }

    answer(change) {
      this.turn(change);
      this.heading.focus();
    }

    /* What the reader saves already is saved here too; nobody is asked in the middle of a meeting. */
    tickOff() {
      if (!heja.store.saving) return;
      if (this.run.at >= 0) heja.store.set(`step:${this.id}:${this.run.at + 1}`, true);
      if (this.run.phase === "end") this.source.querySelector("heja-mark-done")?.mark();
    }

    key(event) {
      const { key, target, ctrlKey, altKey, metaKey } = event;
      const typing = target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
      if (!this.keys || !this.shown || this.deck || typing || ctrlKey || altKey || metaKey) return;
      const ways = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", p: "pause", P: "pause" };
      const card = this.part("rescue").hidden ? null : this.parts(".run__help:not([hidden])")[Number(key) - 1];
      if (!card && !Object.hasOwn(ways, key)) return;
      event.preventDefault();
      if (!card) return this.ways[ways[key]]();
      card.open = !card.open;
      if (card.open) card.querySelector("summary").focus();
    }

    open() {
      this.window = window.open(location.href, DECK, "popup,width=1280,height=720");
      if (!this.window) heja.announce(this.text("blocked"));
      this.say("trouble", this.window ? "" : this.text("blocked"), false);
    }

    /* The two windows know each other by reference: files have no origin that could be compared. */
    hear(source, data) {
      if (!source || !data) return;
      if (this.deck && source === window.opener && data.heja === "run" && pace.valid(data.run, this.steps?.length)) {
        this.run = data.run;
        this.off = data.off === true;
        this.render();
      } else if (!this.deck && source === this.window && data.heja === "ask") this.keep();
    }

    async wake() {
      if (this.run?.phase !== "run" || (this.lock && !this.lock.released) || !this.shown) return;
      try {
        this.lock = await navigator.wakeLock?.request("screen");
      } catch {
        /* the device decides */
      }
    }

    amount(number, unit = "minute") {
      return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
    }

    hour(time) {
      return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(time).replace(":", ".");
    }

    title(at) {
      return this.steps[at].dataset.title;
    }

    render() {
      const { run, steps } = this;
      const { at, phase } = run;
      const running = phase === "run";
      const total = steps.length;
      const done = phase === "rest" ? at + 1 : phase === "end" ? total : at;
      const values = { number: at + 1, total, done, step: at < 0 ? "" : this.title(at) };
      this.show("stage", running);
      this.show("fin", !running);
      this.show("foot", running && !this.deck);
      this.show("rescue", running && !this.deck && this.parts(".run__help:not([hidden])").length > 0);
      this.part(running ? "kick" : "fin-kick").after(this.heading);
      this.classList.toggle("run--end", phase === "end");
      for (const count of this.parts("[data-role=count]")) count.textContent = this.text("count", values);
      for (const facets of this.covers) facets.forEach((facet, number) => facet.classList.toggle("t", number >= Math.round((done / total) * facets.length)));
      this.track(done, at, running);
      const following = steps[at + 1];
      const minutes = (number) => this.amount(Math.round(run.minutes[number]));
      const next = following ? { step: this.title(at + 1), minutes: minutes(at + 1) } : null;
      this.part("next").textContent = next ? this.text("next", next) : "";
      if (running) {
        this.heading.textContent = values.step;
        this.part("step").textContent = this.text("step", values);
        this.part("mode-now").replaceChildren(...this.copy(steps[at], "mode"));
        this.part("now").replaceChildren(...this.copy(steps[at], "do"));
        for (const tip of ["say", "watch"]) {
          const words = steps[at].dataset[tip] ?? "";
          const place = this.show(tip, words !== "").querySelector("dd");
          place.textContent = (place.dataset.words ?? "{words}").replace("{words}", () => words);
        }
        this.part("forward").textContent = next ? this.text("done", next) : this.text("last");
        this.querySelector("[data-do=pause]").textContent = this.text(run.from === null ? "resume" : "pause");
        this.press("pause", run.from === null);
      } else this.rest(values, next);
      document.title = `${this.text("title")}: ${this.heading.textContent}`;
      this.tick();
    }

    /* Between the steps, before the first and after the last. */
    rest(values, next) {
      const { run, steps } = this;
      const { at, phase } = run;
      const ended = phase === "end";
      const words = ended ? { ...values, minutes: this.amount(pace.taken(run, Date.now())) } : { ...values, minutes: this.amount(Math.round(run.minutes.reduce((a, b) => a + b))) };
      this.heading.textContent = ended ? this.text(this.group ? "hooray" : "hooray-alone") : at < 0 ? this.name : this.text("finished", values);
      this.part("fin-kick").textContent = this.text(ended ? "summary" : at < 0 ? "overview" : "still", words);
      const changes = !ended && at >= 0 && this.mode(at) !== this.mode(at + 1);
      const line = ended ? this.text("end") : this.text(at < 0 ? "first" : "next", next);
      this.part("fin-do").textContent = changes ? `${line} ${this.text("switch", { from: this.mode(at), to: this.mode(at + 1) })}` : line;
      this.show("close", ended && !this.deck);
      this.show("plan-link", "one" in this.dataset);
      this.show("fin-acts", !ended && !this.deck);
      this.show("fin-next", !ended).textContent = ended ? "" : this.text("start", { step: this.title(at + 1) });
      this.show("fin-back", at >= 0).textContent = this.text("back-to", values);
    }

    mode(at) {
      return this.steps[at].querySelector("[data-role=mode]").textContent.trim().toLowerCase();
    }

    copy(step, role) {
      return [...step.querySelector(`[data-role="${role}"]`).cloneNode(true).childNodes];
    }

    track(done, at, running) {
      this.part("track").replaceChildren(...this.steps.map((_, number) => {
        const row = document.createElement("li");
        const words = document.createElement("span");
        words.className = "visually-hidden";
        words.textContent = ` ${this.title(number)}${number < done ? `, ${this.text("last").toLowerCase()}` : ""}`;
        row.className = number < done ? "is-done" : "";
        row.append(String(number + 1), words);
        if (running && number === at) row.setAttribute("aria-current", "step");
        return row;
      }));
    }

    /* What changes by itself: the clock, its planes, the end, and whether it is late. */
    tick() {
      const now = Date.now();
      const run = (this.run = pace.adjust(this.run, now));
      const ended = run.phase === "end";
      const end = run.began === null ? pace.ends(run, now) : run.end;
      this.write("until", this.text(ended ? "ended" : "until", { end: this.hour(ended ? (this.ended ??= now) : end) }));
      if (!ended) this.ended = undefined;
      for (const role of ["time", "planes"]) this.part(role).classList.toggle("is-off", this.off);
      if (run.phase !== "run") return;
      const left = pace.left(run, now);
      const minutes = run.minutes[run.at];
      const [whole, seconds] = pace.clock(left);
      const over = left <= 0;
      this.write("clock", `${whole}:${String(seconds).padStart(2, "0")}`);
      this.part("clock").setAttribute("aria-label", this.text(over ? "past" : "left", { time: `${this.amount(whole)} ${this.amount(seconds, "second")}` }));
      this.write("of", this.text(over ? "over" : "of", { minutes: this.amount(Math.round(minutes)) }));
      this.planes(left, minutes);
      if (this.off || this.deck) return void this.show("late", false);
      const mark = pace.milestone(this.before ?? left, left, minutes);
      this.before = left;
      if (mark) heja.announce(this.text(mark, { minutes: this.amount(Math.round(left / pace.MINUTE)) }));
      this.late(now);
    }

    write(role, words) {
      const part = this.part(role);
      if (part.textContent !== words) part.textContent = words;
    }

    planes(left, minutes) {
      const count = Math.min(PLANES, Math.max(1, Math.ceil(minutes)));
      const full = Math.max(0, Math.ceil((left / (minutes * pace.MINUTE)) * count));
      const svg = this.part("planes");
      if (svg.dataset.drawn === `${count}/${full}`) return;
      svg.dataset.drawn = `${count}/${full}`;
      const width = 1200 / count;
      svg.replaceChildren(...Array.from({ length: count }, (_, number) => {
        const plane = document.createElementNS(svg.namespaceURI, "path");
        const [x, top] = [number * width, [0, 10, 4, 14][number % 4]];
        plane.setAttribute("d", `M${x + width * 0.12} ${top}H${x + width * 0.97}L${x + width * 0.85} 60H${x}Z`);
        if (number >= full) plane.setAttribute("class", "is-out");
        return plane;
      }));
    }

    late(now) {
      const { run } = this;
      const late = pace.late(run, now);
      const panel = this.part("late");
      const asked = late >= run.ask;
      this.part("stage").classList.toggle("run__stage--late", asked);
      if (panel.hidden === !asked && panel.dataset.late === String(late)) return;
      const opened = asked && panel.hidden;
      panel.hidden = !asked;
      panel.dataset.late = late;
      if (!asked) return;
      const behind = this.text("behind", { late: this.amount(late) });
      const plan = pace.replan(run, now);
      const fitted = pace.ends(plan.run, now);
      const fits = fitted - run.end < pace.MINUTE;
      this.part("behind").textContent = behind;
      this.part("fit").textContent = this.text(fits ? "fits" : "unfits", { end: this.hour(fits ? run.end : fitted) });
      this.part("rows").replaceChildren(...plan.rows.map(([at, before, after]) => {
        const row = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = this.title(at);
        row.append(head);
        for (const number of [before, after]) row.insertCell().textContent = this.amount(number);
        return row;
      }));
      this.querySelector("[data-do=shorten]").hidden = plan.rows.length === 0;
      this.querySelector("[data-do=later]").textContent = this.text("later", { end: this.hour(pace.ends(run, now)) });
      if (opened) heja.announce(behind);
    }
  });
})();
