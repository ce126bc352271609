/* The course of a run: which step, what each has taken, and when it ends. Every function takes a course and the time now
   in milliseconds, and returns a new course or a fact about it. A course is kept as JSON:
   {at: step that runs or was last done, phase: "rest" | "run" | "end", minutes: of each step, spent: milliseconds of each,
   from: since when the clock runs or null, began, end: the promised end, seen: the latest time known, ask: lateness in
   minutes that is told next}. */
heja.pace = (() => {
  const MINUTE = 60000;
  const AWAY = 360 * MINUTE; // a longer gap is another day, or a clock that was set
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const put = (list, at, value) => list.map((old, number) => (number === at ? value : old));

  const begin = (minutes, now) => ({ at: -1, phase: "rest", minutes, spent: minutes.map(() => 0), from: null, began: null, end: now, seen: now, ask: 2 });
  /* Whether what was stored or sent is a course of so many steps. */
  const valid = (run, count) =>
    Boolean(run) &&
    ["rest", "run", "end"].includes(run.phase) &&
    Number.isInteger(run.at) && run.at >= (run.phase === "rest" ? -1 : 0) && run.at < count &&
    [run.minutes, run.spent].every((list) => Array.isArray(list) && list.length === count && list.every(Number.isFinite)) &&
    [run.end, run.seen, run.ask].every(Number.isFinite) && [run.from, run.began].every((time) => time === null || Number.isFinite(time));
  /* After sleep the time has passed; a clock that was set, back or by hours, changes nothing. */
  const adjust = (run, now) => {
    const gap = now - run.seen;
    const moved = (time) => (time === null ? null : time + gap);
    const set = gap < 0 || gap > AWAY;
    return { ...run, seen: now, ...(set && { from: moved(run.from), began: moved(run.began), end: moved(run.end) }) };
  };

  const spent = (run, now, at) => run.spent[at] + (at === run.at && run.from !== null ? now - run.from : 0);
  /* Milliseconds left of a step; below zero when it is over its time. */
  const left = (run, now, at = run.at) => run.minutes[at] * MINUTE - spent(run, now, at);
  const coming = (run) => run.minutes.map((_, at) => at).filter((at) => at > run.at || (at === run.at && run.phase === "run"));
  /* When it ends if the rest takes its time. */
  const ends = (run, now) => now + sum(coming(run).map((at) => Math.max(0, left(run, now, at))));
  const late = (run, now) => (run.began === null ? 0 : Math.max(0, Math.round((ends(run, now) - run.end) / MINUTE)));
  const taken = (run, now) => Math.round(sum(run.minutes.map((_, at) => spent(run, now, at))) / MINUTE);

  const stop = (run, now) => (run.from === null ? run : { ...run, spent: put(run.spent, run.at, spent(run, now, run.at)), from: null });
  const go = (run, now, at) => ({ ...stop(run, now), at, phase: "run", from: now, ...(run.began === null && { began: now, end: ends(run, now) }) });
  const next = (run, now) => {
    const last = run.at === run.minutes.length - 1;
    if (run.phase === "rest" && !last) return go(run, now, run.at + 1);
    return { ...stop(run, now), phase: last ? "end" : "rest" };
  };
  const back = (run, now) => {
    if (run.phase !== "run") return run.at < 0 ? run : go(run, now, run.at);
    return run.at ? go(run, now, run.at - 1) : { ...stop(run, now), at: -1, phase: "rest" };
  };
  const pause = (run, now) => (run.phase !== "run" ? run : run.from === null ? { ...run, from: now } : stop(run, now));
  const more = (run) => (run.phase === "run" ? { ...run, minutes: put(run.minutes, run.at, run.minutes[run.at] + 2) } : run);
  const later = (run, now) => ({ ...run, end: ends(run, now), ask: 2 });
  const leave = (run, now) => ({ ...run, ask: late(run, now) + 5 });

  /* Whole minutes for steps that have `minutes` left, so that they take `late` less: shares by length, each at least one. */
  const shorten = (minutes, late) => {
    const goal = Math.max(minutes.length, Math.round(sum(minutes)) - late);
    const shares = minutes.map((length) => (length * goal) / sum(minutes));
    const whole = shares.map((share) => Math.max(1, Math.floor(share)));
    while (sum(whole) !== goal) {
      const sign = Math.sign(goal - sum(whole));
      const wants = whole.map((number, at) => (sign < 0 && number === 1 ? -Infinity : sign * (shares[at] - number)));
      whole[wants.indexOf(Math.max(...wants))] += sign;
    }
    return whole;
  };
  /* The course with its rest shortened, and rows of [step, minutes before, minutes after]. */
  const replan = (run, now) => {
    const steps = coming(run).filter((at) => left(run, now, at) >= MINUTE);
    const before = steps.map((at) => left(run, now, at) / MINUTE);
    const after = steps.length ? shorten(before, late(run, now)) : [];
    const minutes = steps.reduce((list, at, number) => put(list, at, after[number] + spent(run, now, at) / MINUTE), run.minutes);
    return { run: { ...run, minutes, ask: 2 }, rows: steps.map((at, number) => [at, Math.round(before[number]), after[number]]) };
  };

  /* 6:12, and as much over the time without a sign. */
  const clock = (time) => {
    const seconds = time > 0 ? Math.ceil(time / 1000) : Math.floor(-time / 1000);
    return [Math.floor(seconds / 60), seconds % 60];
  };
  /* What is worth saying when the time left goes from one to another: the latest that was passed. */
  const milestone = (before, after, minutes) => {
    const half = (minutes * MINUTE) / 2;
    const marks = [["zero", 0], ["minute", MINUTE], ["half", half > MINUTE ? half : -Infinity]];
    return marks.find(([, mark]) => before > mark && after <= mark)?.[0] ?? "";
  };
  return { MINUTE, begin, valid, adjust, left, ends, late, taken, next, back, pause, more, later, leave, shorten, replan, clock, milestone };
})();
