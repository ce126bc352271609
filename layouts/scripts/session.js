/* The plan of a meeting: what is done in it, when, and whether it fits. Pure functions: a plan is
   {people, length, start: "13:00", day: "" or "2026-12-03", place: "onsite" | "remote" | "hybrid", question, rows}, and a row
   is {kind: "open" | "break" | "exercise" | "close", id: of the exercise, minutes}. */
heja.session = (() => {
  const KINDS = { o: "open", b: "break", x: "exercise", c: "close" };
  const PLACES = ["onsite", "remote", "hybrid"];
  const MOST = { people: 200, length: 600, rows: 30, minutes: 240, question: 300 };
  const PAUSE = 50; // minutes without a break
  const sum = (rows) => rows.reduce((total, { minutes }) => total + minutes, 0);
  const number = (text, least, most, other) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= least && value <= most ? value : other;
  };

  /* A plan as the fragment of an address, and back; what is not a plan becomes null, and what is unknown is left out. */
  const encode = ({ people, length, start, day, place, question, rows }) => {
    const list = rows.map(({ kind, id, minutes }) => [kind === "exercise" ? `x.${id}.` : kind[0], minutes].join("")).join("_");
    return new URLSearchParams({ p: people, l: length, s: start.replace(":", ""), v: place, ...(day && { d: day }), ...(question && { q: question }), r: list }).toString();
  };
  const decode = (fragment, known) => {
    const values = new URLSearchParams(fragment);
    if (!values.has("p")) return null;
    const [, hours, minutes] = /^([01]\d|2[0-3])([0-5]\d)$/.exec(values.get("s") ?? "") ?? [0, "13", "00"];
    const day = values.get("d") ?? "";
    const rows = (values.get("r") ?? "").split("_").slice(0, MOST.rows).flatMap((part) => {
      const [, sign, id, length] = /^([obcx])(?:\.([a-z0-9-]+)\.)?(\d+)$/.exec(part) ?? [];
      const lasting = number(length, 1, MOST.minutes, 0);
      if (!lasting || (sign === "x") !== Boolean(id) || (id && !known(id))) return [];
      return [{ kind: KINDS[sign], ...(id && { id }), minutes: lasting }];
    });
    return {
      people: number(values.get("p"), 1, MOST.people, 8),
      length: number(values.get("l"), 15, MOST.length, 120),
      start: `${hours}:${minutes}`,
      day: /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "",
      place: PLACES.includes(values.get("v")) ? values.get("v") : "onsite",
      question: (values.get("q") ?? "").slice(0, MOST.question),
      rows,
    };
  };

  /* How people do an exercise for so many: {groups, size}, or null when it does not suit them. */
  const groups = (people, [least, most]) => {
    const count = Math.ceil(people / most);
    return Math.floor(people / count) >= least ? { groups: count, size: Math.ceil(people / count) } : null;
  };
  const suits = (exercise, { people, place }) => exercise.formats.includes(place) && exercise.participation !== "individual" && Boolean(groups(people, exercise.people));

  /* Breaks so that nobody sits longer than PAUSE minutes, put before what would make it longer. */
  const paused = (rows) => {
    let sat = 0;
    return rows.flatMap((row) => {
      const late = sat > 0 && row.kind === "exercise" && sat + row.minutes > PAUSE;
      sat = late ? row.minutes : sat + row.minutes;
      return late ? [{ kind: "break", minutes: 10 }, row] : [row];
    });
  };
  /* Rows for a plan: first what widens, last what gathers; as many exercises as find room, the fullest first. */
  const suggest = (plan, exercises) => {
    const edge = plan.length < 60 ? 5 : 10;
    const frame = (inner) => paused([{ kind: "open", minutes: edge }, ...inner, { kind: "close", minutes: edge }]);
    const free = Object.entries(exercises).filter(([, exercise]) => suits(exercise, plan));
    free.sort(([a, one], [b, other]) => other.minutes.active - one.minutes.active || (a < b ? -1 : 1));
    let chosen = [];
    for (const mode of ["gather", "widen", "widen", "switch", "widen"]) {
      const fits = ([id, exercise]) => {
        const row = { kind: "exercise", id, minutes: exercise.minutes.active };
        const rows = [row, ...chosen];
        return exercise.mode === mode && !chosen.some((other) => other.id === id) && sum(frame(rows)) <= plan.length && (mode !== "gather" || row.minutes <= plan.length / 2) && rows;
      };
      chosen = free.map(fits).find(Boolean) || chosen;
    }
    return frame(chosen);
  };

  const clock = (minutes) => [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  /* Each row with when it begins and ends, and whether it ends after the meeting should; and the whole. */
  const times = ({ start, length, rows }) => {
    const [hours, minutes] = start.split(":").map(Number);
    const first = hours * 60 + minutes;
    let at = first;
    const timed = rows.map((row) => {
      const from = at;
      at += row.minutes;
      return { ...row, from: clock(from), to: clock(at), over: at > first + length };
    });
    return { rows: timed, total: at - first, end: clock(at), meant: clock(first + length), over: Math.max(0, at - first - length) };
  };

  const change = (plan, at, minutes) => ({ ...plan, rows: plan.rows.map((row, number) => (number === at ? { ...row, minutes } : row)) });
  const move = (plan, at, by) => {
    const rows = [...plan.rows];
    if (at + by < 0 || at + by >= rows.length) return plan;
    [rows[at], rows[at + by]] = [rows[at + by], rows[at]];
    return { ...plan, rows };
  };
  const remove = (plan, at) => ({ ...plan, rows: plan.rows.filter((_, number) => number !== at) });
  const add = (plan, row) => {
    const last = plan.rows.at(-1)?.kind === "close" ? plan.rows.length - 1 : plan.rows.length;
    return plan.rows.length < MOST.rows ? { ...plan, rows: [...plan.rows.slice(0, last), row, ...plan.rows.slice(last)] } : plan;
  };

  /* Ways to end in time, each {kind, at, minutes, plan}: the longest exercise shorter by at most a third, or to its shorter
     way; frame and breaks shorter; without the shortest exercise that is long enough; a later end. */
  const repairs = (plan, exercises) => {
    const { over, total } = times(plan);
    if (!over) return [];
    const own = plan.rows.map((row, at) => ({ ...row, at })).filter(({ kind }) => kind === "exercise").sort((a, b) => b.minutes - a.minutes);
    const ways = [];
    const longest = own[0];
    const enough = own.findLast(({ minutes }) => minutes >= over) ?? longest;
    const shorter = longest && longest.minutes - over;
    if (longest && (shorter >= (longest.minutes * 2) / 3 || shorter >= (exercises[longest.id].short_minutes ?? Infinity)))
      ways.push({ kind: "shorten", at: longest.at, minutes: shorter, plan: change(plan, longest.at, shorter) });
    const tight = { ...plan, rows: plan.rows.map((row) => (row.kind === "exercise" ? row : { ...row, minutes: Math.min(row.minutes, 5) })) };
    if (sum(tight.rows) <= plan.length) ways.push({ kind: "frame", plan: tight });
    if (own.length > 1 && !ways.length) ways.push({ kind: "without", at: enough.at, plan: remove(plan, enough.at) });
    ways.push({ kind: "later", plan: { ...plan, length: total } });
    return ways;
  };
  return { encode, decode, groups, suits, suggest, times, change, move, remove, add, repairs, MOST };
})();
