/* What is said of saving, for the whole page: that it cannot be, and how to keep the words all the same; the words that
   other elements say; and what they show beside what is not saved yet. */
heja.define("save", class extends heja.Element {
  start() {
    const on = (role, act) => this.part(role).addEventListener("click", act);
    on("copy", () => this.copy());
    on("export", heja.export);
    on("close", () => this.show("trouble", false));
  }

  update() {
    const { trouble, saving, place } = heja.store;
    const told = trouble || (saving && place === "tab" ? "tab" : "");
    if (told === this.told) return;
    this.told = told;
    this.show("trouble", told !== "");
    this.show("rescue", told !== "corrupt");
    this.part("words").textContent = told && this.text(told);
  }

  /* A copy of the note "not saved yet", whose button does this. */
  offer(act) {
    const made = this.part("offer").content.cloneNode(true).firstElementChild;
    const button = made.querySelector("button");
    const hint = made.querySelector(".hint span");
    hint.id = `saves-${(heja.offers = (heja.offers ?? 0) + 1)}`;
    button.setAttribute("aria-describedby", hint.id);
    button.addEventListener("click", act);
    return made;
  }

  /* How it stands with an entry, in words. */
  state(key) {
    const { safe, place } = heja.store;
    const when = heja.store.when(key);
    if (!when || (!safe && place !== "tab")) return "";
    if (place === "tab") return this.text("kept");
    const day = heja.today(when);
    return this.text("saved", { when: day === heja.today() ? heja.time(when) : heja.day(day) });
  }

  async copy() {
    const text = heja.markdown();
    try {
      await navigator.clipboard.writeText(text);
      this.say("status", this.text("copied"));
    } catch {
      /* refused: show it marked, so that it can be copied by hand */
      this.show("by-hand");
      Object.assign(this.part("text"), { value: text }).select();
      this.part("text").focus();
      this.say("status", this.text("marked"));
    }
  }
});
