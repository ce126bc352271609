/* What the reader has done, made of the saved entries and a catalogue of the site's exercises and programs. */
heja.progress = (catalogue) => {
  const { store } = heja;
  const programs = store.list("program:").flatMap(([key, { started }]) => {
    const id = key.slice("program:".length);
    const known = catalogue.programs[id];
    if (!known) return [];
    const ticked = (item) => store.get(`item:${id}:${item.key}`) === true;
    const items = known.items.map((item) => ({ ...item, done: ticked(item) }));
    const next = items.find((item) => !item.done);
    return [{ ...known, id, started, items, next, done: items.filter((item) => item.done).length }];
  });
  programs.sort((a, b) => (a.started < b.started ? 1 : -1));
  const done = store.list("done:").flatMap(([key]) => {
    const [, id, date] = key.split(":");
    return [{ id, date, ...(catalogue.exercises[id] ?? { title: id, url: "", minutes: 0 }) }];
  });
  done.sort((a, b) => (a.date < b.date ? 1 : -1));
  const plans = store.list("plan:").map(([key, plan]) => {
    const id = key.slice("plan:".length);
    return { id, ...plan, ...(catalogue.exercises[id] ?? { title: id, url: "" }) };
  });
  const begun = new Set(store.list("step:").map(([key]) => key.split(":")[1]));
  for (const { id } of done) begun.delete(id);
  return { programs, done, plans, begun: [...begun].map((id) => ({ id, ...catalogue.exercises[id] })).filter(({ title }) => title) };
};
