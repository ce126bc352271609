/* Copies a text, such as an e-mail address, for those whose computer opens no mail program. */
heja.define("copy-button", class extends heja.Element {
  start() {
    if (!navigator.clipboard) return;
    const button = this.show("copy");
    button.addEventListener("click", async () => {
      const source = this.part("source");
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
        this.say("status", this.text("done"));
      } catch {
        /* refused: mark the text instead, so that it can be copied by hand */
        getSelection().selectAllChildren(source);
        this.say("status", this.text("failed"));
      }
    });
  }
});
