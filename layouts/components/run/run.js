/* Leads a group through an exercise: one step at a time, a clock that obeys, and a second window for the participants. */
(() => {
  const DECK = "heja-deck";
  const PLANES = 30; // most planes that time is drawn with
  const { dataset: root, lang } = document.documentElement;
  const { pace, store } = heja;
  const make = (name, words, more) => Object.assign(document.createElement(name), { textContent: words, ...more });
  const amount = (unit) => (number) => new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(Math.round(number));
  const [minutes, seconds] = ["minute", "second"].map(amount);
  const hour = (time) => new Intl.DateTimeFormat(heja.locale(), { hour: "2-digit", minute: "2-digit" }).format(time).replace(":", ".");
  const paths = (node) => [...node.querySelectorAll("path")];

  heja.define("run", class extends heja.Element {
    start() {
      this.deck = window.name === DECK && Boolean(window.opener);
      const toggle = (way) => () => this.press(way, !this[way]) || this.keep();
      this.ways = {
        next: () => this.turn(pace.next),
        back: () => this.turn(pace.back),
        pause: () => this.turn(pace.pause),
        more: () => this.turn(pace.more),
        later: () => this.answer(pace.later),
        leave: () => this.answer(pace.leave),
        shorten: () => this.answer((run, now) => pace.replan(run, now).run),
        big: () => this.press("big", this.classList.toggle("run--big")),
        off: toggle("off"),
        keys: toggle("keys"),
        deck: () => this.open(),
      };
      window.addEventListener("hashchange", () => this.follow());
      this.follow();
    }

    /* Run mode is open while the address of the page names it. */
    follow() {
      const asked = location.hash.split("#").at(-1) === this.dataset.view && !this.closest("[hidden]");
      if (asked && !this.steps) this.begin();
      if (!asked && this.steps) this.leave();
    }

    begin() {
      const page = this.closest("[data-route], main");
      const steps = [...page.querySelectorAll(".steps > li")];
      if (!steps.length) return;
      this.view ??= this.innerHTML.trim() || this.spoken.view;
      Object.assign(this, { page, steps, innerHTML: this.view, pageTitle: document.title, name: page.querySelector("h1").textContent });
      this.exercise = this.dataset.exercise;
      this.place = `${root.site}:run:${this.exercise}`;
      this.group = Boolean(page.querySelector(".steps[data-group]"));
      page.prepend(this);
      this.borrow();
      this.read();
      this.classList.add("is-on", "plane");
      this.classList.toggle("run--deck", this.deck);
      this.show("on");
      this.part("title").textContent = this.name;
      for (const role of this.deck ? ["pic", "beside"] : ["pic"]) this.part(role).prepend(this.part("art").firstElementChild.cloneNode(true));
      this.covers = this.parts(".run__on .cover").map((cover) => paths(cover).slice(1));
      this.listens = new AbortController();
      const on = (target, event, act) => target.addEventListener(event, act, this.listens);
      on(this, "click", ({ target }) => this.ways[target.closest("[data-do]")?.dataset.do]?.());
      on(document, "keydown", (event) => this.key(event));
      on(document, "visibilitychange", () => this.wake());
      on(window, "pagehide", () => this.keep());
      on(window, "message", ({ source, data }) => this.hear(source, data));
      this.timer = setInterval(() => this.tick(), 250);
      this.render();
      this.heading.focus();
      window.scrollTo(0, 0);
      if (this.deck) window.opener.postMessage("ask", "*");
    }

    /* Take what differs between exercises from the page. */
    borrow() {
      const { page } = this;
      this.heading = make("h1", "", { tabIndex: -1 });
      const art = page.querySelector(".cover").cloneNode(true);
      const drawn = art.querySelector("use");
      drawn?.replaceWith(...paths(document.querySelector(drawn.getAttribute("href"))).map((path) => path.cloneNode()));
      this.part("art").append(art);
      const { route } = page.dataset;
      for (const link of this.parts("a[data-role=leave]")) link.href = route === undefined ? "#" : `#/${route}`;
      const follow = page.querySelector("heja-plan")?.dataset.follow;
      this.show("follow", Boolean(follow)).firstElementChild.href = follow;
      const own = [...page.querySelectorAll("[data-rescue] .adaptations > div")].map(({ firstElementChild: label, lastElementChild: words }) => {
        const card = make("details", "", { className: "run__help", name: "rescue" });
        card.dataset.own = "";
        const inner = words.innerHTML.replace(/ (id|popovertarget)="/g, ' $1="run-'); // an id is there once
        card.append(make("summary", label.textContent), Object.assign(make("div", ""), { className: "run__card", innerHTML: inner }));
        return card;
      });
      this.part("cards").prepend(...own);
      for (const card of this.parts(".run__help:not([data-own])")) card.hidden = !this.group;
    }

    /* The page's plan, and its button for what is done, stand here at the end and in their places otherwise. */
    lend(wanted) {
      if (wanted === Boolean(this.lent)) return;
      for (const [node, place] of this.lent ?? []) place.replaceWith(node);
      const nodes = wanted && [...this.page.querySelectorAll("heja-plan, heja-mark-done")].reverse();
      this.lent = nodes && nodes.map((node) => {
        const place = document.createComment("");
        node.replaceWith(place);
        this.part("pass").before(node);
        return [node, place];
      });
    }

    /* The page is again as it was. */
    leave() {
      this.keep(this.run.phase === "end");
      this.listens.abort();
      clearInterval(this.timer);
      this.lock?.release();
      this.lend(false);
      this.className = "run";
      this.replaceChildren();
      this.steps = undefined;
      if (this.closest("[hidden]")) return;
      document.title = this.pageTitle;
      this.page.querySelector(`a[href$="#${this.dataset.view}"]`)?.focus();
    }

    /* Where we were when the page was reloaded, or the beginning. */
    read() {
      const lengths = this.steps.map(({ dataset }) => Number(dataset.minutes));
      let saved;
      try {
        saved = this.deck ? null : heja.entries.parse(sessionStorage.getItem(this.place));
      } catch {
        /* refused: then it is not remembered */
      }
      const known = pace.valid(saved?.run, lengths.length);
      this.run = known ? saved.run : pace.begin(lengths, Date.now());
      this.press("off", known && saved.off === true);
      this.press("keys", !known || saved.keys !== false);
    }

    /* For a reload, or for coming back; a run that was ended and left is over. */
    keep(over = false) {
      if (this.deck) return;
      const { run, off, keys } = this;
      const state = { run, off, keys };
      this.window?.postMessage(state, "*");
      try {
        if (over) sessionStorage.removeItem(this.place);
        else if (run.began) sessionStorage.setItem(this.place, JSON.stringify(state));
      } catch {
        /* refused */
      }
      this.tick();
    }

    press(way, on) {
      this[way] = on;
      this.querySelector(`[data-do="${way}"]`).setAttribute("aria-pressed", on);
    }

    /* Change the course; the focus follows to the heading of another step. */
    turn(change) {
      if (this.deck) return;
      const { at, phase } = this.run;
      this.run = change(this.run, Date.now());
      this.before = undefined;
      const another = at !== this.run.at || phase !== this.run.phase;
      if (phase === "run" && this.run.phase !== "run") this.done(at);
      this.render();
      this.keep();
      this.wake();
      if (!another) return;
      this.page.querySelector("heja-listen")?.stop(false);
      this.heading.focus();
    }

    answer(change) {
      this.turn(change);
      this.heading.focus();
    }

    /* What the reader saves already is saved here too; nobody is asked in the middle of a meeting. */
    done(at) {
      if (!store.saving || this.run.at !== at) return;
      store.set(`step:${this.exercise}:${at + 1}`, true);
      if (this.run.phase === "end") this.page.querySelector("heja-mark-done")?.mark();
    }

    key(event) {
      const { key, target } = event;
      const typing = target.closest("input, select, textarea, [contenteditable]") || event.ctrlKey || event.altKey || event.metaKey;
      if (!this.keys || typing) return;
      const way = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", p: "pause", P: "pause" }[key];
      const card = !this.part("rescue").hidden && this.parts(".run__help:not([hidden])")[Number(key) - 1];
      if (!way && !card) return;
      event.preventDefault();
      if (way) return this.ways[way]();
      card.open = !card.open;
      if (card.open) card.firstElementChild.focus();
    }

    open() {
      this.window = window.open(location.href, DECK, "popup,width=1280,height=720");
      this.say("trouble", this.window ? "" : this.text("blocked"));
    }

    /* The two windows know each other by reference: files have no origin that could be compared. */
    hear(source, data) {
      if (!source) return;
      if (!this.deck && source === this.window) this.keep();
      if (!this.deck || source !== window.opener || !pace.valid(data?.run, this.steps?.length)) return;
      this.run = data.run;
      this.press("off", data.off === true);
      this.render();
    }

    async wake() {
      if (document.hidden || this.run.phase !== "run" || this.lock?.released === false) return;
      try {
        this.lock = await navigator.wakeLock?.request("screen");
      } catch {
        /* the device decides */
      }
    }

    write(role, words) {
      for (const part of this.parts(`[data-role="${role}"]`)) if (part.textContent !== words) part.textContent = words;
    }

    copy(role, from) {
      const source = this.steps[this.run.at].querySelector(`[data-role="${from}"]`);
      this.part(role).replaceChildren(...(source?.cloneNode(true).childNodes ?? []));
    }

    render() {
      const { run, steps } = this;
      const { at, phase } = run;
      const running = phase === "run";
      const total = steps.length;
      const done = { rest: at + 1, run: at, end: total }[phase];
      const [here, next] = [steps[at]?.dataset, steps[at + 1]?.dataset];
      const values = { number: at + 1, total, done, step: here?.title };
      const coming = next && { step: next.title, minutes: minutes(run.minutes[at + 1]) };
      this.show("stage", running);
      this.show("fin", !running);
      this.show("foot", running && !this.deck);
      this.show("rescue", running && !this.deck && this.parts(".run__help:not([hidden])").length > 0);
      this.part(running ? "kick" : "fin-kick").after(this.heading);
      this.classList.toggle("run--end", phase === "end");
      this.write("count", this.text("count", values));
      this.lend(phase === "end" && !this.deck);
      for (const facets of this.covers) facets.forEach((facet, number) => facet.classList.toggle("t", number >= Math.round((done / total) * facets.length)));
      this.part("track").replaceChildren(...steps.map(({ dataset: { title } }, number) => {
        const row = make("li", number + 1, { className: number < done ? "is-done" : "" });
        const past = number < done ? ", " + this.text("last").toLowerCase() : "";
        row.append(make("span", ` ${title}${past}`, { className: "visually-hidden" }));
        if (number === at) row.setAttribute("aria-current", "step");
        return row;
      }));
      if (running) {
        this.heading.textContent = here.title;
        this.write("step", this.text("step", values));
        this.write("next", coming ? this.text("next", coming) : "");
        this.write("forward", coming ? this.text("done", coming) : this.text("last"));
        this.copy("mode-now", "mode");
        this.copy("now", "do");
        this.copy("tips", "tips");
        this.querySelector("[data-do=pause]").textContent = this.text(run.from === null ? "resume" : "pause");
      } else this.rest(values, coming);
      document.title = `${this.text("title")}: ${this.heading.textContent}`;
      this.tick();
    }

    /* Between the steps, before the first and after the last. */
    rest(values, coming) {
      const { at, minutes: lengths } = this.run;
      const ended = !coming;
      const state = ended ? "end" : at < 0 ? "first" : "next";
      const mode = (number) => this.steps[number].querySelector("[data-role=mode]").textContent.trim().toLowerCase();
      const switched = state === "next" && mode(at) !== mode(at + 1);
      const time = ended ? pace.taken(this.run, Date.now()) : lengths.reduce((sum, length) => sum + length);
      this.heading.textContent = { end: this.text(this.group ? "hooray" : "hooray-alone"), first: this.name, next: this.text("finished", values) }[state];
      this.write("fin-kick", this.text(`kick-${state}`, { ...values, minutes: minutes(time) }));
      this.write("fin-do", this.text(state, coming) + (switched ? ` ${this.text("switch", { from: mode(at), to: mode(at + 1) })}` : ""));
      this.show("close", ended && !this.deck);
      if (ended) this.pass();
      this.show("fin-acts", !ended && !this.deck);
      this.write("fin-next", coming ? this.text("start", coming) : "");
      this.write("fin-back", this.text("back-to", values));
      this.show("fin-back", at >= 0);
    }

    /* What follows in the agenda that this tab has begun. */
    pass() {
      let rows;
      try {
        rows = heja.entries.parse(sessionStorage.getItem(`${root.site}:pass`));
      } catch {
        /* refused */
      }
      const at = Array.isArray(rows) ? rows.findIndex(({ id }) => id === this.exercise) : -1;
      const next = at < 0 ? undefined : rows[at + 1];
      const link = this.show("pass", Boolean(next)).firstElementChild;
      if (next) Object.assign(link, { textContent: this.text("pass", next), href: next.url });
    }

    /* What changes by itself: the clock, its planes, the end, and whether it is late. */
    tick() {
      const now = Date.now();
      const run = (this.run = pace.adjust(this.run, now));
      const { at, phase, minutes: lengths } = run;
      if (phase !== "end") this.ended = null;
      else this.ended ??= now;
      this.write("until", this.text(this.ended ? "ended" : "until", { end: hour(this.ended ?? (run.began ? run.end : pace.ends(run, now))) }));
      for (const role of ["time", "planes"]) this.part(role).classList.toggle("is-off", this.off);
      if (phase !== "run") return;
      const left = pace.left(run, now);
      const [whole, rest] = pace.clock(left);
      const over = left <= 0;
      this.write("clock", `${whole}:${String(rest).padStart(2, "0")}`);
      this.part("clock").ariaLabel = this.text(over ? "past" : "left", { time: `${minutes(whole)} ${seconds(rest)}` });
      this.write("of", this.text(over ? "over" : "of", { minutes: minutes(lengths[at]) }));
      this.planes(left, lengths[at]);
      const quiet = this.off || this.deck;
      const mark = quiet ? "" : pace.milestone(this.before ?? left, left, lengths[at]);
      this.before = left;
      if (mark) heja.announce(this.text(mark, { minutes: minutes(left / pace.MINUTE) }));
      this.late(quiet ? 0 : pace.late(run, now), now);
    }

    planes(left, length) {
      const count = Math.min(PLANES, Math.ceil(length));
      const full = Math.ceil((left / (length * pace.MINUTE)) * count);
      const svg = this.part("planes");
      if (this.drawn === `${count}/${full}`) return;
      this.drawn = `${count}/${full}`;
      const width = 1200 / count;
      const lean = Math.min(14, width / 6);
      svg.replaceChildren(...Array.from({ length: count }, (_, number) => {
        const plane = document.createElementNS(svg.namespaceURI, "path");
        const x = number * width;
        plane.setAttribute("d", `M${x + lean} ${[0, 10, 4, 14][number % 4]}H${x + width - lean / 2}L${x + width - lean * 1.5} 60H${x}Z`);
        if (number >= full) plane.setAttribute("class", "is-out");
        return plane;
      }));
    }

    late(late, now) {
      const { run } = this;
      const asked = late >= run.ask;
      const opened = asked && this.part("late").hidden;
      this.show("late", asked);
      this.part("stage").classList.toggle("run__stage--late", asked);
      const behind = this.text("behind", { late: minutes(late) });
      if (!asked || (!opened && this.part("behind").textContent === behind)) return;
      const plan = pace.replan(run, now);
      const fitted = pace.ends(plan.run, now);
      const fits = fitted - run.end < pace.MINUTE;
      this.write("behind", behind);
      this.write("fit", this.text(fits ? "fits" : "unfits", { end: hour(fits ? run.end : fitted) }));
      this.part("rows").replaceChildren(...plan.rows.map(([at, before, after]) => {
        const row = make("tr", "");
        row.append(make("th", this.steps[at].dataset.title, { scope: "row" }), make("td", minutes(before)), make("td", minutes(after)));
        return row;
      }));
      this.show("shorten", plan.rows.length > 0);
      this.write("later", this.text("later", { end: hour(pace.ends(run, now)) }));
      if (opened) heja.announce(behind);
    }
  });
})();
