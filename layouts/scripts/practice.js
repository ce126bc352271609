/* What has been practised and when, of events such as {kind: "done", id: "fredagsraden", date: "2026-11-24"}; and the file
   of counts. Pure functions, apart from the page. Days are ISO dates; a week is named as ISO 8601 does, such as 2026-W48. */
(() => {
  const DAY = 86400000; // milliseconds
  const count = (events) => ({
    done: events.filter(({ kind }) => kind === "done").length,
    returned: events.filter(({ kind }) => kind === "returned").length,
  });
  /* The week that a day lies in: that of its Thursday. */
  const week = (day) => {
    const thursday = new Date(Date.parse(day) + (3 - ((new Date(day).getUTCDay() + 6) % 7)) * DAY);
    const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    const number = Math.floor((thursday - first) / DAY / 7) + 1;
    return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, "0")}`;
  };
  const grouped = (events, name) => {
    const groups = Object.create(null); // an id may be a name that objects have, such as constructor
    for (const event of events) for (const key of name(event)) (groups[key] ??= []).push(event);
    return groups;
  };
  const sorted = (groups) => Object.fromEntries(Object.keys(groups).sort().map((key) => [key, count(groups[key])]));

  heja.practice = {
    week,

    /* {behaviour: {done, returned}} of those practised, in the order of the catalogue. */
    behaviours(events, catalogue) {
      const groups = grouped(events, ({ id }) => (Object.hasOwn(catalogue.exercises, id) ? catalogue.exercises[id].behaviours ?? [] : []));
      return Object.keys(catalogue.behaviours).filter((id) => groups[id]).map((id) => ({ id, ...count(groups[id]) }));
    },

    /* [{week, done, returned}] of so many weeks, of which the last has today in it. */
    weeks(events, today, number) {
      const groups = grouped(events, ({ date }) => [week(date)]);
      const names = Array.from({ length: number }, (_, back) => week(new Date(Date.parse(today) - (number - 1 - back) * 7 * DAY).toISOString().slice(0, 10)));
      return names.map((name) => ({ week: name, ...count(groups[name] ?? []) }));
    },

    /* The file of counts: docs/reference/counts.md. `check` is {instrument, version, rounds} or nothing. */
    file(events, site, today, check) {
      return {
        format: "heja-counts",
        version: 1,
        site,
        made: week(today),
        exercises: sorted(grouped(events, ({ id }) => [id])),
        weeks: sorted(grouped(events, ({ date }) => [week(date)])),
        ...(check ? { check } : {}),
      };
    },

    /* What is saved, as events. */
    events() {
      const kinds = { done: "done", follow: "returned" };
      const event = (kind, [, id, date]) => ({ kind, id, date });
      return Object.entries(kinds).flatMap(([start, kind]) => heja.store.list(`${start}:`).map(([key]) => event(kind, key.split(":"))));
    },
  };
})();
