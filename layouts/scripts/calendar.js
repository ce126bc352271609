/* Calendar files (RFC 5545), weeks and holidays. Pure functions: a day is text such as 2026-12-03, and what comes out
   depends only on what goes in. A file is made of events:
   {id, day, time: "08:30", minutes, title, text, url, open}: `id` is the same when the same thing is downloaded again, so
   that the calendar changes it instead of having it twice; `text`, `url` and `open` (others may read it) may be left out. */
(() => {
  const DAY = 86400000;
  const LINE = 75; // octets of a line, RFC 5545 section 3.1
  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  const add = (from, days) => day(Date.parse(from) + days * DAY);
  /* 0 = Monday. */
  const weekday = (one) => (new Date(one).getUTCDay() + 6) % 7;
  const week = (one) => {
    const thursday = add(one, 3 - weekday(one));
    return Math.ceil((1 + (Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / DAY) / 7);
  };

  /* Easter Sunday of a year: the anonymous Gregorian algorithm, as in Meeus, Astronomical Algorithms, chapter 8. */
  const easter = (year) => {
    const a = year % 19;
    const b = Math.floor(year / 100);
    const c = year % 100;
    const h = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
    const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7;
    const m = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
    return day(Date.UTC(year, Math.floor(m / 31) - 1, (m % 31) + 1));
  };
  /* The first day with this weekday from a date on. */
  const on = (date, wanted) => add(date, (wanted - weekday(date) + 7) % 7);
  const FIXED = ["01-01", "01-06", "05-01", "06-06", "12-24", "12-25", "12-26", "12-31"];
  /* Swedish public holidays (lag 1989:253), and the eves that work places keep as such. */
  const holidays = (year) => {
    const sunday = easter(year);
    const moving = [-2, 0, 1, 39, 49].map((days) => add(sunday, days));
    const midsummer = on(`${year}-06-19`, 4);
    return new Set([...FIXED.map((date) => `${year}-${date}`), ...moving, midsummer, add(midsummer, 1), on(`${year}-10-31`, 5)]);
  };
  const isHoliday = (one) => holidays(Number(one.slice(0, 4))).has(one);
  /* The day itself, or the next working day when it is a holiday. */
  const free = (one) => {
    let moved = one;
    while (isHoliday(moved) || (moved !== one && weekday(moved) > 4)) moved = add(moved, 1);
    return moved;
  };

  /* The sessions of a program with its first day: each `{...item, day, from}`; `from` is the day that was a holiday.
     Two in a week lie two days apart, but within the working week. */
  const sessions = (items, start) =>
    items.map((item, index) => {
      const before = items.slice(0, index).filter(({ week: other }) => other === item.week).length;
      const first = add(start, 7 * (item.week - 1));
      const wanted = add(first, Math.max(0, Math.min(2 * before, 4 - weekday(first))));
      const moved = free(wanted);
      return { ...item, day: moved, from: moved === wanted ? "" : wanted };
    });
  /* When a program ends that is done by the calendar. */
  const ends = (weeks, start) => add(start, 7 * (weeks - 1));

  const text = (words) =>
    words
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\r\n|\r|\n/g, "\\n");
  const encoder = new TextEncoder();
  const fold = (line) => {
    let folded = "";
    let octets = 0;
    for (const letter of line) {
      const more = encoder.encode(letter).length;
      if (octets + more > LINE) {
        folded += "\r\n ";
        octets = 1;
      }
      folded += letter;
      octets += more;
    }
    return folded;
  };
  /* The rules of the European Union for summer time: directive 2000/84/EC. */
  const ZONE = [
    "BEGIN:VTIMEZONE", "TZID:Europe/Stockholm",
    "BEGIN:DAYLIGHT", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD",
    "END:VTIMEZONE",
  ];
  const event = (entry, site, stamp) => [
    "BEGIN:VEVENT",
    `UID:${text(entry.id)}@${site}`,
    `DTSTAMP:${stamp.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `SEQUENCE:${Math.floor(stamp / 60000)}`,
    `DTSTART;TZID=Europe/Stockholm:${entry.day.replaceAll("-", "")}T${(entry.time ?? "08:30").replace(":", "")}00`,
    `DURATION:PT${entry.minutes}M`,
    `SUMMARY:${text(entry.title)}`,
    ...(entry.text ? [`DESCRIPTION:${text(entry.text)}`] : []),
    ...(/^https?:/.test(entry.url ?? "") ? [`URL:${entry.url}`] : []),
    ...(entry.open ? [] : ["CLASS:PRIVATE"]),
    "END:VEVENT",
  ];
  const file = (events, site = document.documentElement.dataset.site, stamp = new Date()) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${site}//hejagen//SV`, "CALSCALE:GREGORIAN", "METHOD:PUBLISH", ...ZONE, ...events.flatMap((entry) => event(entry, site, stamp)), "END:VCALENDAR"]
      .map((line) => `${fold(line)}\r\n`)
      .join("");
  const download = (name, events) => heja.download(`${name}.ics`, file(events), "text/calendar;charset=utf-8");

  heja.calendar = { add, weekday, week, easter, holidays, free, sessions, ends, file, download };
})();
