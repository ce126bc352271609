/* Builds the agenda of a workshop. The plan lies in the fragment of the address, so that it can be sent as a link. */
(() => {
  const { session } = heja;
  const { dataset: root, lang } = document.documentElement;
  const make = (name, words = "", more = {}) => Object.assign(document.createElement(name), { textContent: words }, more);
  const minutes = (number) => new Intl.NumberFormat(lang, { style: "unit", unit: "minute", unitDisplay: "long" }).format(number);
  const said = (time) => time.replace(":", ".");
  const START = { people: 12, length: 120, start: "13:00", day: "", place: "onsite", question: "", rows: [] };

  heja.define("agenda", class extends heja.Element {
    start() {
      this.exercises = this.catalogue.exercises;
      this.form = this.part("form");
      this.own = false;
      const on = (target, event, act) => target.addEventListener(event, act);
      on(this.form, "input", ({ target }) => this.fill(target));
      on(this.form, "submit", (event) => event.preventDefault());
      on(this, "click", ({ target }) => this.press(target.closest("[data-do]")));
      on(this, "change", ({ target }) => target.dataset.row && this.last(Number(target.dataset.row), target.value));
      on(this.part("invitation"), "input", () => this.write(true));
      on(window, "hashchange", () => this.read());
      for (const link of [this.part("run"), this.part("run-too")]) on(link, "click", () => this.pass());
      this.part("choices").append(...Object.entries(this.exercises).filter(([, { participation }]) => participation !== "individual").map(([id, { title, minutes: { active } }]) => new Option(`${title}, ${minutes(active)}`, id)));
      for (const role of ["builder", "rest", "go"]) this.show(role);
      this.show("calendar", Boolean(heja.calendar));
      this.classList.add("is-on");
      this.read();
    }

    /* In one page that holds the whole site the plan comes after the page's route. */
    get route() {
      const route = this.closest("[data-route]")?.dataset.route;
      return route === undefined ? "#" : `#/${route}?`;
    }

    read() {
      if (location.hash && location.hash === this.written) return;
      const there = location.hash.startsWith(this.route) ? location.hash.slice(this.route.length) : "";
      const plan = session.decode(there, (id) => Object.hasOwn(this.exercises, id));
      this.plan = plan ?? this.plan ?? session.decode(location.search, () => false) ?? START;
      if (!this.plan.rows.length) this.plan = { ...this.plan, rows: session.suggest(this.plan, this.exercises) };
      const { elements } = this.form;
      for (const name of ["people", "start", "day", "place", "question"]) elements[name].value = this.plan[name];
      this.render();
    }

    /* What the form says; with fewer or other people another agenda fits, until the reader has changed it. */
    fill({ name, value }) {
      const whole = ["people", "length"].includes(name);
      if (whole && !(Number(value) >= 1 && Number(value) <= session.MOST[name])) return;
      if (name === "start" && !value) return;
      const plan = { ...this.plan, [name]: whole ? Math.round(value) : value };
      const fresh = !this.own && (whole || name === "place");
      const before = this.part("sum").textContent;
      this.change(fresh ? { ...plan, rows: session.suggest(plan, this.exercises) } : plan, fresh || name === "question");
      const { textContent: now } = this.part("sum");
      this.tell(now === before ? "" : now);
    }

    /* How long a row lasts. The browser tells of it while Tab leaves the field, before the focus has come where it goes. */
    last(at, value) {
      const length = Math.min(session.MOST.minutes, Math.max(1, Math.round(value) || 1));
      const controls = () => [...this.part("rows").querySelectorAll("a, summary, input, button")];
      setTimeout(() => {
        const place = controls().indexOf(document.activeElement);
        this.change(session.change(this.plan, at, length));
        controls()[place]?.focus();
        this.tell(this.part("sum").textContent);
      });
    }

    /* Say what became of something, and when it made the plan too long. */
    tell(words = "") {
      const said = [words, this.late].filter(Boolean).map((text) => text.replace(/\.?$/, ".")); // each a sentence
      heja.announce(said.join(" ")); // without words what was said before, which is no longer so, is taken away
      this.late = "";
    }

    change(plan, suggested = false) {
      this.own ||= !suggested;
      this.plan = plan;
      this.render();
      this.written = `${this.route}${session.encode(plan)}`;
      try {
        history.replaceState(null, "", this.written);
      } catch {
        location.hash = this.written;
      }
      this.part("address-field").value = new URL(this.written, location.href).href;
      for (const role of ["status", "link-status"]) this.say(role, "");
    }

    titleOf({ kind, id }) {
      return kind === "exercise" ? this.exercises[id].title : this.text(kind);
    }

    /* Do what a button says; say what became of it; the focus stays on the button, or goes to the next row's. */
    press(button) {
      if (!button) return;
      const { do: way, at } = button.dataset;
      const number = Number(at);
      const { plan } = this;
      const row = plan.rows[number];
      const focus = (wanted) => {
        const [first] = this.parts(`[data-at="${wanted}"]`); // the first row cannot be earlier, nor the last one later
        (this.querySelector(`[data-do="${way}"][data-at="${wanted}"]`) ?? first).focus();
      };
      const tell = (words, at) => {
        const { rows, end } = session.times(this.plan);
        this.tell(this.text(words, { title: this.titleOf(at === undefined ? row : rows[at]), from: said(rows[at]?.from ?? ""), end: said(end) }));
      };
      const moved = (by) => {
        this.opened = number + by;
        this.change(session.move(plan, number, by));
        focus(number + by);
        tell("moved", number + by);
      };
      const added = (entry) => {
        this.change(session.add(this.plan, entry));
        tell("added", this.plan.rows.indexOf(entry));
      };
      const ways = {
        suggest: () => {
          this.own = false;
          this.change({ ...plan, rows: session.suggest(plan, this.exercises) }, true);
          this.part("sum").focus();
          this.tell();
        },
        earlier: () => moved(-1),
        lower: () => moved(1),
        remove: () => {
          this.opened = undefined;
          this.change(session.remove(plan, number));
          tell("removed");
          (this.parts(".agenda__edit summary")[Math.min(number, this.plan.rows.length - 1)] ?? this.part("sum")).focus();
        },
        other: () => this.other(number),
        add: () => {
          const id = this.part("choices").value;
          added({ kind: "exercise", id, minutes: this.exercises[id].minutes.active });
        },
        pause: () => added({ kind: "break", minutes: 10 }),
        repair: () => {
          this.change(this.ways[number].plan);
          this.part("sum").focus();
        },
        print: () => window.print(),
        copy: () => this.copy(this.part("invitation")),
        again: () => this.write(false),
        link: () => {
          this.show("address");
          this.written ??= `${this.route}${session.encode(plan)}`;
          this.part("address-field").value = new URL(this.written, location.href).href;
          this.copy(this.part("address-field"), "link-status");
        },
        calendar: () => this.download(),
      };
      ways[way]?.();
    }

    /* Another exercise that suits, of about the same length, in the place of one. */
    other(at) {
      const { plan } = this;
      const row = plan.rows[at];
      const used = new Set(plan.rows.map(({ id }) => id));
      const far = ({ minutes: { active }, mode }) => Math.abs(active - row.minutes) + (mode === this.exercises[row.id].mode ? 0 : 15);
      const [next] = Object.entries(this.exercises)
        .filter(([id, exercise]) => !used.has(id) && session.suits(exercise, plan))
        .sort(([, a], [, b]) => far(a) - far(b));
      if (!next) return;
      const [id, { minutes: { active } }] = next;
      this.change({ ...plan, rows: plan.rows.map((old, number) => (number === at ? { kind: "exercise", id, minutes: active } : old)) });
      this.querySelectorAll(".agenda__edit summary")[at].focus();
      this.tell(this.titleOf(this.plan.rows[at]));
    }

    async copy(field, status = "status") {
      let words = "copied";
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        field.focus();
        field.select();
        words = "refused";
      }
      this.say(status, this.text(words));
    }

    /* Notes below an exercise: whom it is for, and how so many do it. */
    notes(exercise) {
      const { people, place } = this.plan;
      const fit = session.groups(people, exercise.people);
      const values = { people, ...fit };
      return [
        this.text("for", { people: exercise.people.join("–") }),
        !fit ? this.text("unfit", values) : fit.groups > 1 ? this.text("groups", values) : "",
        exercise.formats.includes(place) ? "" : this.text("elsewhere", { place: this.text(place) }),
      ];
    }

    row(row, at) {
      const item = make("li", "", { className: `agenda__row agenda__row--${row.kind}${row.over ? " agenda__row--over" : ""}` });
      const exercise = row.kind === "exercise" ? this.exercises[row.id] : null;
      const title = this.titleOf(row);
      const head = make("h3", exercise ? "" : title);
      if (exercise) head.append(make("a", title, { href: exercise.url }));
      const time = make("p", "", { className: "agenda__time" });
      time.append(make("time", said(row.from), { dateTime: row.from }), ...(row.over ? [make("span", this.text("after"))] : []));
      const main = make("div", "", { className: "agenda__main" });
      const notes = exercise ? this.notes(exercise).filter(Boolean).join(" ") : this.text(`${row.kind}-note`);
      const mode = exercise ? ` · ${this.catalogue.modes[exercise.mode]}` : "";
      main.append(head, make("p", `${minutes(row.minutes)}${mode}`, { className: "meta" }), ...(notes ? [make("p", notes)] : []), this.edit(row, at, title, exercise));
      item.append(time, main);
      return item;
    }

    edit(row, at, title, exercise) {
      const edit = make("details", "", { className: "agenda__edit no-print", open: this.opened === at });
      edit.addEventListener("toggle", () => (this.opened = edit.open ? at : this.opened === at ? undefined : this.opened));
      const summary = make("summary", this.text("change"));
      summary.append(make("span", ` ${title}`, { className: "visually-hidden" }));
      const acts = make("div", "", { className: "acts" });
      const button = (way) => {
        const made = make("button", this.text(way), { className: "btn btn--alt", type: "button" });
        Object.assign(made.dataset, { do: way, at });
        return made;
      };
      const label = make("label", `${this.text("minutes")} `, { className: "agenda__minutes" });
      const field = make("input", "", { type: "number", inputMode: "numeric", min: 1, max: session.MOST.minutes, value: row.minutes, autocomplete: "off" });
      field.dataset.row = at;
      label.append(field);
      acts.append(...(at ? [button("earlier")] : []), ...(at < this.plan.rows.length - 1 ? [button("lower")] : []), label, ...(exercise ? [button("other")] : []), button("remove"));
      edit.append(summary, acts);
      return edit;
    }

    render() {
      const { plan, exercises } = this;
      const timed = session.times(plan);
      const own = timed.rows.filter(({ kind }) => kind === "exercise");
      const length = this.form.elements.namedItem("length"); // elements.length is their number
      if (![...length.options].some(({ value }) => Number(value) === plan.length)) length.append(new Option(minutes(plan.length), plan.length));
      length.value = plan.length;
      const count = own.length === 1 ? this.text("one") : this.text("many", { number: own.length });
      const first = timed.rows[0]?.from ?? plan.start;
      this.part("sum").textContent = this.text("sum", { from: said(first), to: said(timed.end), count });
      this.part("rows").replaceChildren(...timed.rows.map((row, at) => this.row(row, at)));
      this.bar(timed);
      this.warn(timed, own);
      this.bring(own);
      this.handouts(own);
      for (const role of ["run", "run-too"]) {
        this.show(role, own.length > 0);
        if (own.length) this.part(role).href = exercises[own[0].id].run_url;
      }
      this.write(this.edited ?? false);
    }

    bar({ rows, total }) {
      const whole = Math.max(total, this.plan.length, 1);
      let x = 0;
      this.part("bar").replaceChildren(...rows.map((row) => {
        const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const width = (row.minutes / whole) * 100;
        const kind = row.kind === "exercise" ? this.exercises[row.id].mode : row.kind;
        for (const [name, value] of Object.entries({ x: `${x}%`, y: 0, width: `${width}%`, height: 44, class: `${kind}${row.over ? " over" : ""}` })) part.setAttribute(name, value);
        x += width;
        return part;
      }));
    }

    warn(timed, own) {
      const { plan } = this;
      const spare = plan.length - timed.total;
      this.ways = session.repairs(plan, this.exercises);
      const state = timed.over ? "long" : !own.length ? "none" : spare >= 15 ? "short" : "";
      this.show("warn", state !== "");
      const values = { time: minutes(timed.over || spare), end: said(timed.end), meant: said(timed.meant) };
      this.part("warn-title").textContent = state ? this.text(state, values) : "";
      this.part("warn-text").textContent = state === "long" ? this.text("long-text", values) : "";
      this.part("warn-acts").replaceChildren(...this.ways.map(({ kind, at, minutes: length }, number) => {
        const words = this.text(kind, { title: at === undefined ? "" : this.titleOf(plan.rows[at]), time: minutes(length ?? 0), end: values.end });
        const made = make("button", words, { className: "btn btn--alt", type: "button" });
        Object.assign(made.dataset, { do: "repair", at: number });
        return made;
      }));
      this.late = state === "long" && this.told !== timed.over ? this.text("long", values) : "";
      this.told = timed.over;
    }

    /* Everything that is needed, each thing once. */
    bring(own) {
      const { place } = this.plan;
      const things = [...own.flatMap(({ id }) => this.exercises[id].materials ?? []), ...own.filter(({ id }) => this.papers(id).length > 0).map((row) => this.text("sheet", { title: this.titleOf(row) })), this.text("clock"), this.text("paper")];
      if (place !== "onsite") things.push(this.text("screen"));
      if (place === "hybrid") things.push(this.text("sound"));
      this.part("materials").replaceChildren(...[...new Set(things)].map((thing) => {
        const item = make("li");
        const label = make("label");
        label.append(make("input", "", { type: "checkbox", className: "check", autocomplete: "off" }), make("span", thing));
        item.append(label);
        return item;
      }));
    }

    /* What the groups of an exercise write on: a worksheet, and what its text has to print. In one page that holds the
       whole site they stand in their own parts. */
    papers(id) {
      const part = `[data-route^="${CSS.escape(this.exercises[id].path)}"]`;
      return [...(this.route === "#" ? this.part("sheets").content.querySelectorAll(`[data-sheet="${id}"]`) : document.querySelectorAll(`${part} .worksheet__desk, ${part} [data-paper]`))];
    }

    /* Each sheet once. What is written as text has no heading of its own, and begins a new page as worksheets do. */
    sheets(own) {
      return [...new Set(own.map(({ id }) => id))].flatMap((id) => this.papers(id).map((sheet) => {
        const copy = sheet.cloneNode(true);
        for (const field of copy.querySelectorAll("input")) field.name = "";
        for (const place of copy.querySelectorAll("[id]")) place.removeAttribute("id");
        if ("paper" in copy.dataset) copy.prepend(make("h2", this.exercises[id].title));
        return copy;
      }));
    }

    /* On paper each exercise follows the agenda with its steps, and then the worksheets. */
    handouts(own) {
      const leading = own.flatMap(({ id, from, to }) => {
        const { title, purpose, steps = [], url } = this.exercises[id];
        const list = make("ol");
        list.append(...steps.map((step) => make("li", `${step.title}, ${minutes(step.minutes)} · ${this.catalogue.modes[step.mode]}`)));
        return [make("h2", `${said(from)}–${said(to)} ${title}`), make("p", purpose), list, make("p", new URL(url, location.href).href.replace(/^file:.*/, ""), { className: "meta" })];
      });
      this.part("handouts").replaceChildren(...leading, ...this.sheets(own));
    }

    /* The invitation, until the reader has changed its words. */
    write(edited) {
      this.edited = edited;
      const field = this.part("invitation");
      this.show("again", edited);
      if (!edited) field.value = this.invitation();
      this.part("mail").href = `mailto:?subject=${encodeURIComponent(this.plan.question || this.text("title"))}&body=${encodeURIComponent(field.value).slice(0, 1800).replace(/%\w?$/, "")}`;
    }

    invitation() {
      const { plan } = this;
      const { rows, end } = session.times(plan);
      const when = plan.day ? heja.day(plan.day) : this.text("someday");
      const values = { when, from: said(plan.start), to: said(end), question: plan.question };
      const titles = rows.filter(({ kind }) => kind === "exercise").map((row) => this.titleOf(row)).join(", ");
      const rest = rows.find(({ kind }) => kind === "break");
      const lines = [this.text(plan.question ? "when-question" : "when", values), titles && this.text("do", { titles }), rest && this.text("pause", { from: said(rest.from) })];
      return [this.text("hello"), lines.filter(Boolean).join(" "), this.text("bring")].join("\n\n");
    }

    /* Run mode of one exercise leads on to the next: the tab remembers the plan. */
    pass() {
      const own = session.times(this.plan).rows.filter(({ kind }) => kind === "exercise");
      const rows = own.map((row) => ({ id: row.id, title: this.titleOf(row), at: said(row.from), url: new URL(this.exercises[row.id].run_url, location.href).href }));
      try {
        sessionStorage.setItem(`${root.site}:pass`, JSON.stringify(rows));
      } catch {
        /* refused: then each exercise is run by itself */
      }
    }

    download() {
      const { plan } = this;
      const { rows, total } = session.times(plan);
      const text = [this.part("invitation").value, rows.map((row) => `${said(row.from)} ${this.titleOf(row)}`).join("\n")].join("\n\n");
      const { day, start } = plan;
      const id = `workshop-${day || heja.today()}-${start.replace(":", "")}`;
      heja.calendar.download(id, [{ id, day: day || heja.today(), time: start, minutes: total, title: plan.question || this.text("title"), text, url: location.href, open: true }]);
    }
  });
})();
