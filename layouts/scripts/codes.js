/* A person's answers as a short code, to be typed by somebody else: pure functions, apart from the page.
   A code is digits in base 23: one for the questionnaire, then the answers as one number in a mixed base, then one that
   makes the weighted sum divisible by 23. 23 is a prime and all weights differ from each other and from 0, so a wrong sign
   and two that have changed places always give another sum (Verhoeff 1969, on weighted codes with a prime modulus). */
(() => {
  const SIGNS = "23456789CDFHJKMNPRTVWXY"; // no vowels, and none of 0 1 B G L Q S U Z, which look like others
  const BASE = SIGNS.length;
  const FEWEST = 6; // answers below which nobody's are shown
  const weight = (index) => (index % (BASE - 1)) + 1;
  const sum = (digits) => digits.reduce((total, digit, index) => (total + weight(index) * digit) % BASE, 0);

  /* A questionnaire is {name, sizes}: what it is called, with its version, and how many options each item has. An answer
     is the number of an option, or -1 for none. */
  const mark = ({ name, sizes }) => [...`1 ${name} ${sizes}`].reduce((total, sign) => (total * 31 + sign.codePointAt(0)) % 9973, 7) % BASE;
  const most = ({ sizes }) => sizes.reduce((product, size) => product * BigInt(size + 1), 1n);
  const payload = (form) => {
    let length = 1;
    for (let room = BigInt(BASE); room < most(form); room *= BigInt(BASE)) length += 1;
    return length;
  };

  const encode = (form, answers) => {
    let value = form.sizes.reduce((number, size, index) => number * BigInt(size + 1) + BigInt(answers[index] + 1), 0n);
    const digits = Array.from({ length: payload(form) }, () => {
      const digit = Number(value % BigInt(BASE));
      value /= BigInt(BASE);
      return digit;
    });
    const all = [mark(form), ...digits];
    all.push([...SIGNS].findIndex((_, check) => sum([...all, check]) === 0));
    return all.map((digit) => SIGNS[digit]).join("").match(/.{1,4}/g).join("-");
  };

  /* {answers}, or {error: "short" | "long" | "sign" | "check" | "form", detail} when the code cannot be right. */
  const decode = (form, text) => {
    const signs = [...text.toUpperCase().replace(/[\s.·–-]/g, "")];
    const length = payload(form) + 2;
    const strange = signs.find((sign) => !SIGNS.includes(sign));
    if (strange) return { error: "sign", detail: strange };
    if (signs.length !== length) return { error: signs.length < length ? "short" : "long", detail: Math.abs(signs.length - length) };
    const digits = signs.map((sign) => SIGNS.indexOf(sign));
    if (sum(digits)) return { error: "check" };
    if (digits[0] !== mark(form)) return { error: "form" };
    let value = digits.slice(1, -1).reduceRight((number, digit) => number * BigInt(BASE) + BigInt(digit), 0n);
    if (value >= most(form)) return { error: "check" };
    const answers = form.sizes.map((size) => BigInt(size + 1)).reverse().map((size) => {
      const answer = Number(value % size) - 1;
      value /= size;
      return answer;
    });
    return { answers: answers.reverse() };
  };

  /* All codes of a text, one a line: {people: [answers, …], faults: [{line, code, error, detail}, …]}. A code that has been
     read already is a fault, and counted once. */
  const read = (form, text) => {
    const [people, faults, seen] = [[], [], new Map()];
    text.split(/\r?\n/).forEach((row, index) => {
      const code = row.trim();
      if (!code) return;
      const { answers, ...fault } = decode(form, code);
      const key = String(answers);
      if (answers && seen.has(key)) Object.assign(fault, { error: "same", detail: seen.get(key) });
      if (fault.error) return void faults.push({ line: index + 1, code, ...fault });
      seen.set(key, index + 1);
      people.push(answers);
    });
    return { people, faults };
  };

  /* What a group may see of an item whose answers are these. `places` tells which options have a place on the scale.
     {counts} by option, or {hidden: "few" | "alike"}: fewer than six with a place, or everybody alike, tells who said what. */
  const counted = (answers, places) => {
    const counts = places.map((_, option) => answers.filter((answer) => answer === option).length);
    const placed = counts.filter((_, option) => places[option]);
    if (placed.reduce((total, count) => total + count, 0) < FEWEST) return { hidden: "few" };
    return placed.filter(Boolean).length < 2 ? { hidden: "alike" } : { counts };
  };

  heja.codes = { SIGNS, FEWEST, encode, decode, read, counted };
})();
