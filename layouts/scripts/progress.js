/* What the reader has done, made of the saved entries and a catalogue of the site's exercises and programs. What this
   site does not have, such as what comes with a copy from another, is named by its id and has no link. */
heja.progress = (catalogue) => {
  const { store } = heja;
  const none = { preparation: 0, active: 0 };
  const known = (kind, id) => (Object.hasOwn(catalogue[kind], id) ? catalogue[kind][id] : null);
  const exercise = (id) => ({ id, ...(known("exercises", id) ?? { title: id, url: "", minutes: none }) });
  const started = store.list("program:").map(([key, entry]) => ({ id: key.split(":")[1], started: entry.started }));
  const programs = started.filter(({ id }) => known("programs", id)).map((program) => {
    const { id } = program;
    const ticked = (item) => store.get(`item:${id}:${item.key}`) === true;
    const items = known("programs", id).items.map((item) => ({ ...exercise(item.exercise), ...item, done: ticked(item) }));
    const next = items.find((item) => !item.done);
    return { ...known("programs", id), ...program, items, next, done: items.filter((item) => item.done).length };
  });
  programs.sort((a, b) => (a.started < b.started ? 1 : -1));
  /* What is ticked in a program is done as well, on the day of the tick. */
  const ticked = programs.flatMap(({ id, items }) => items.filter((item) => item.done).map((item) => [item.exercise, heja.today(store.when(`item:${id}:${item.key}`))].join(":")));
  const done = [...new Set([...store.list("done:").map(([key]) => key.slice(5)), ...ticked])].map((row) => {
    const [id, date] = row.split(":");
    return { ...exercise(id), date };
  });
  done.sort((a, b) => (a.date < b.date ? 1 : -1));
  const plans = store.list("plan:").map(([key, { cue, action }]) => ({ ...exercise(key.split(":")[1]), cue, action, key, day: heja.today(store.when(key)) }));
  plans.sort((a, b) => (a.day < b.day ? 1 : -1));
  const notes = store.list("note:").map(([key, words]) => ({ ...exercise(key.split(":")[1]), words, key, day: heja.today(store.when(key)) }));
  notes.sort((a, b) => (a.day < b.day ? 1 : -1));
  const begun = new Set(store.list("step:").map(([key]) => key.split(":")[1]));
  for (const { id } of done) begun.delete(id);
  const foreign = started.filter(({ id }) => !known("programs", id)).map(({ id }) => ({ id, title: id, url: "", minutes: none }));
  return { programs, done, plans, notes, begun: [...[...begun].map(exercise), ...foreign] };
};
