/* The self-assessment's arithmetic, apart from the page. Rounds are named by their ids; answers map items to options. */
(() => {
  const ROUNDS = ["before", "after", "later"];
  const FRESH = 14; // days during which a round that is saved can still be changed
  const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);

  heja.answers = {
    ROUNDS,

    /* The round to answer now, given the days of those that are saved, such as {before: "2026-08-24"}. */
    round(saved, today) {
      const last = ROUNDS.findLastIndex((id) => saved[id]);
      if (last < 0) return ROUNDS[0];
      const next = days(saved[ROUNDS[last]], today) < FRESH ? last : last + 1;
      return ROUNDS[Math.min(next, ROUNDS.length - 1)];
    },

    /* How an answer has changed, of its places on the scale in the order of rounds; null has no place. The last place of
       the scale decides which rule holds: short scales ask about one occasion, where a difference is no trend. */
    change(places, last) {
      const known = places.filter((place) => place !== null);
      if (known.length < 2) return places.length < 2 ? "" : "nothing";
      if (last < 3) return "occasions";
      const steps = Math.abs(known.at(-1) - known[0]);
      return ["same", "one"][steps] ?? "several";
    },

    /* Three exercises of a catalogue that train a behaviour, foundation first, else in the catalogue's order. */
    suggest(exercises, behaviour) {
      const levels = ["foundation", "intermediate", "advanced"];
      const trained = Object.values(exercises).filter(({ behaviours = [] }) => behaviours.includes(behaviour));
      return trained.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)).slice(0, 3);
    },
  };
})();
