/* What the reader has to come back to. Pure functions of what is saved, the catalogue and today. */
(() => {
  const WEEKS = [1, 4]; // weeks after an exercise at which it is followed up
  const SILENT = 12; // weeks after which nothing is asked any more
  const { add, ends } = heja.calendar;
  const later = (from, weeks) => add(from, 7 * weeks);

  /* The day from which an exercise is followed up: when it was last done, else when its plan was made; or "". */
  const practised = (id, store) => {
    const done = store.list(`done:${id}:`).map(([key]) => key.split(":")[2]).sort();
    return done.at(-1) ?? (store.get(`plan:${id}`) ? heja.today(store.when(`plan:${id}`)) : "");
  };

  /* The week of the last follow-up since the exercise was done, or 0. */
  const answered = (id, base, store) => {
    const since = store.list(`follow:${id}:`).filter(([key]) => key.split(":")[2] >= base);
    return Math.max(0, ...since.map(([, { after }]) => after));
  };

  /* Which follow-up it is: {base, after, day}; when it is not due yet, the next one; null when nothing is left. */
  const followUp = (id, today, store) => {
    const base = practised(id, store);
    if (!base) return null;
    const left = WEEKS.filter((weeks) => weeks > answered(id, base, store));
    const passed = left.filter((weeks) => later(base, weeks) <= today);
    const after = passed.at(-1) ?? left[0];
    return after ? { base, after, day: later(base, after) } : null;
  };

  /* Until when the reader wants to hear nothing of an exercise or program. Doing it anew ends the silence. */
  const quiet = (id, base, store) => {
    const until = store.get(`quiet:${id}`)?.until ?? "";
    return until && base <= heja.today(store.when(`quiet:${id}`)) ? until : "";
  };

  /* When a question is asked next: after its first week, else on the day that the last answer set; "" = never. */
  const asked = (key, base, weeks, store) => store.get(`recall:${key}`)?.next ?? (base && later(base, Math.min(...weeks)));

  /* The day on which a question comes back: known, at the next of its weeks; nearly, in two weeks; else in one. */
  const again = (near, base, weeks, today) => {
    if (near !== "near") return later(today, near === "part" ? 2 : 1);
    const next = weeks.map((count) => later(base || today, count)).filter((day) => day > today);
    return next.sort()[0] ?? "";
  };

  /* Ask nothing of an exercise or program before a day; tomorrow, unless another is said. Returns the day. */
  const putOff = (id, until = add(heja.today(), 1)) => {
    heja.store.set(`quiet:${id}`, { until });
    return until;
  };

  const isDue = (day, today) => Boolean(day) && day <= today && today < later(day, SILENT);

  const ofExercise = (id, exercise, today, store) => {
    const base = practised(id, store);
    if (!base || quiet(id, base, store) > today) return [];
    const rows = [];
    const follow = followUp(id, today, store);
    if (follow && isDue(follow.day, today)) {
      const plan = store.get(`plan:${id}`);
      const notes = store.list(`note:${id}:`).map(([key, words]) => ({ words, day: heja.today(store.when(key)) }));
      const text = exercise.follow_up?.[`after_${follow.after}_week${follow.after > 1 ? "s" : ""}`] ?? "";
      const made = plan ? heja.today(store.when(`plan:${id}`)) : "";
      rows.push({ kind: "follow", id, title: exercise.title, url: exercise.follow_up_url ?? exercise.url, ...follow, plan, made, notes, text });
    }
    for (const [index, { question, answer, due_weeks: weeks }] of (exercise.questions ?? []).entries()) {
      const day = asked(`${id}:${index + 1}`, base, weeks, store);
      if (isDue(day, today)) rows.push({ kind: "recall", id, number: index + 1, title: exercise.title, url: exercise.follow_up_url ?? exercise.url, day, question, answer });
    }
    return rows;
  };

  /* The days of a program: {started, calendar, done (keys), sessions, end, after}. `end` is "" while it goes on by ticks. */
  const ofProgram = (id, program, store) => {
    const { started } = store.get(`program:${id}`);
    const calendar = store.get(`pace:${id}`) === "calendar";
    const done = new Set(program.items.map(({ key }) => key).filter((key) => store.get(`item:${id}:${key}`)));
    const ticked = [...done].map((key) => heja.today(store.when(`item:${id}:${key}`))).sort();
    const whole = done.size === program.items.length;
    const end = calendar ? ends(program.weeks, started) : whole ? ticked.at(-1) : "";
    const after = (program.follow_ups ?? []).map((entry) => ({
      ...entry,
      weeks: entry.weeks_after_end,
      day: end && heja.calendar.free(later(end, entry.weeks_after_end)),
      from: end && later(end, entry.weeks_after_end),
      done: Boolean(store.get(`item:${id}:after-${entry.weeks_after_end}`)),
    }));
    return { started, calendar, done, sessions: heja.calendar.sessions(program.items, started), end, after };
  };

  const returns = (id, program, today, store) => {
    const { after, started, calendar, done } = ofProgram(id, program, store);
    if (quiet(id, started, store) > today) return [];
    const reached = calendar ? 1 + Math.floor((Date.parse(today) - Date.parse(started)) / 604800000) : (program.items.find(({ key }) => !done.has(key))?.week ?? Infinity);
    const checks = (program.checks ?? []).filter(({ week }) => week <= reached);
    return [
      ...after.filter((entry) => !entry.done && isDue(entry.day, today)).map((entry) => ({ kind: "after", id, title: program.title, url: program.url, ...entry })),
      ...checks
        .map(({ week, ...check }) => ({ kind: "recall", id, number: `w${week}`, week, title: program.title, url: program.url, day: asked(`${id}:w${week}`, calendar ? later(started, week - 1) : today, [0], store), ...check }))
        .filter(({ day }) => isDue(day, today)),
    ];
  };

  const ORDER = ["follow", "after", "recall"];
  /* Everything that is due, the most important first: rows of the kinds "follow" (of an exercise, with plan, notes and the
     exercise's own text), "after" (of a program that has ended) and "recall" (a question). */
  heja.due = (today = heja.today(), store = heja.store, catalogue = heja.catalogue) => {
    const rows = [];
    for (const [id, exercise] of Object.entries(catalogue.exercises)) rows.push(...ofExercise(id, exercise, today, store));
    for (const [id, program] of Object.entries(catalogue.programs)) if (store.get(`program:${id}`)) rows.push(...returns(id, program, today, store));
    return rows.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.day < b.day ? 1 : -1));
  };
  Object.assign(heja.due, { practised, followUp, asked, again, putOff, ofProgram });
})();
