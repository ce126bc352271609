/* How the guide chooses, as src/hejagen/content/guide.py does: less is better. Returns the ids of the exercises that fit
   time and people, the best first, each with what it answers to. `chosen` has the ids of time, people, place and need. */
(() => {
  const LEVELS = ["foundation", "intermediate", "advanced"];
  const share = (some, others) => (some ?? []).some((one) => others.includes(one));
  const order = (list, id) => (list.includes(id) ? list.indexOf(id) : list.length);

  heja.chosen = (rules, { time, people, place, need }) => {
    const of = (list, id) => list.find((entry) => entry.id === id);
    return { time: of(rules.times, time), people: of(rules.people, people), place: of(rules.places, place), need: of(rules.needs, need) };
  };

  heja.recommend = (exercises, rules, chosen) => {
    const { time, people, place, need } = heja.chosen(rules, chosen);
    const fits = ([id, entry]) => {
      const { active, preparation } = entry.minutes;
      const minutes = time && active > time.minutes ? (entry.short_minutes ?? active) : active;
      const most = time?.minutes ?? active;
      const most_people = Math.max(entry.people[1], entry.large_group ?? 0);
      const together = !people || (entry.people[0] <= people.min && people.max <= most_people);
      if (minutes > most || !(together || rules.in_any_group.includes(id))) return [];
      const meets = !place || ((!place.place.length || !entry.place || share(entry.place, place.place)) && share(entry.formats, place.formats));
      const answers = !need || need.exercises.includes(id) || share(entry.behaviours, need.behaviours);
      const named = need ? order(need.exercises, id) + !answers : 0;
      const keys = [!together, !meets, named, order(rules.first, id), active > most, LEVELS.indexOf(entry.level), preparation, most - minutes];
      return [{ id, minutes, together, meets, answers, keys }];
    };
    const before = (a, b) => {
      const at = a.keys.findIndex((key, number) => key !== b.keys[number]);
      return at < 0 ? (a.id < b.id ? -1 : 1) : a.keys[at] - b.keys[at];
    };
    return Object.entries(exercises).flatMap(fits).sort(before);
  };

  /* What else: the exercise made for the need when the best is not and more time would do, else the next best. */
  heja.alternative = (exercises, rules, chosen, ranked) => {
    const { need } = heja.chosen(rules, chosen);
    const longer = need && !ranked[0]?.answers ? heja.recommend(exercises, rules, { ...chosen, time: "" }) : [];
    const [other] = [...longer.filter(({ answers, together }) => answers && together), ...ranked.slice(1)];
    return other ?? null;
  };
})();
