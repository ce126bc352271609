/* Asks before anything is stored, says where it is, and says aloud when it cannot be. */
heja.define("save", class extends heja.Element {
  start() {
    this.part("start")?.addEventListener("click", () => {
      heja.store.start();
      if (heja.store.saving) {
        heja.announce(this.text("on"));
        this.part("on")?.focus();
      }
    });
  }

  update() {
    const { saving, trouble } = heja.store;
    this.show("offer", !saving && trouble !== "newer");
    this.show("on", saving);
    const words = trouble ? this.text(trouble) : "";
    if (this.part("trouble").textContent !== words) this.say("trouble", words, false);
  }
});
