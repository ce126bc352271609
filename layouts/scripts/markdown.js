/* The reader's plans and notes as Markdown, under the title that `title` gives an exercise's or program's id. */
heja.markdown = (title = (id) => id, parts = ["plan", "note"]) => {
  const { store } = heja;
  const kinds = {
    plan: ({ cue, action }) => `> ${heja.saver()?.text("plan", { cue, action }) ?? [cue, action].join(", ")}`,
    note: (text) => text,
  };
  const under = {};
  for (const kind of parts)
    for (const [key, value] of store.list(`${kind}:`))
      (under[key.split(":")[1]] ??= []).push(`${kinds[kind](value)}\n\n*${heja.day(heja.today(store.when(key)))}*`);
  const blocks = Object.entries(under).map(([id, texts]) => [`## ${title(id)}`, ...texts].join("\n\n"));
  return `${blocks.join("\n\n")}\n`;
};
