/* Asks before anything is stored, says where it is, and says aloud when it cannot be. */
heja.define("save", class extends heja.Element {
  start() {
    this.part("start")?.addEventListener("click", async () => {
      await heja.store.start();
      const { saving, place } = heja.store;
      if (!saving || place !== "browser") return;
      heja.announce(this.text("on"));
      this.part("on")?.focus();
    });
  }

  update() {
    const { saving, place } = heja.store;
    const trouble = heja.store.trouble || (saving && place === "tab" ? "tab" : "");
    this.show("offer", !saving && trouble !== "newer");
    this.show("on", saving && place === "browser");
    const words = trouble ? this.text(trouble) : "";
    if (this.part("trouble").textContent !== words) this.say("trouble", words, false);
  }
});
