/* Ways to pass a page on. Nothing is sent by the page itself: the device, the mail program and the reader do that. */
heja.define("share", class extends heja.Element {
  start() {
    const ways = { copy: () => this.copy(), device: () => this.device(), print: () => window.print() };
    for (const [role, way] of Object.entries(ways)) this.part(role)?.addEventListener("click", way);
    this.show("print");
    this.part("mail").addEventListener("click", ({ currentTarget }) => this.fill(currentTarget.firstElementChild));
    this.offer();
  }

  /* The address on the web: what the site says, else the page's own where there is a server. Parts of a page are left out. */
  get address() {
    return this.dataset.address || (/^http/.test(location.protocol) ? location.href.replace(/#(?!\/).*/, "") : "");
  }

  /* Shows the ways that work here, and says so when there is nothing to pass on. */
  offer() {
    const there = this.address !== "";
    this.show("copy", there);
    this.show("mail", there);
    this.show("device", there && Boolean(navigator.share));
    this.show("nowhere", !there);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.address);
      this.show("field", false);
      this.say("status", this.text("copied"));
    } catch {
      /* refused, or not there: the address stands in the same place, marked, to be copied by hand */
      const field = this.show("field").querySelector("input");
      field.value = this.address;
      field.focus();
      field.select();
      this.say("status", this.text("failed"));
    }
  }

  device() {
    navigator.share({ title: this.dataset.title, url: this.address }).catch(() => {}); // the reader has changed her mind
  }

  fill(link) {
    if (link.href.includes(encodeURIComponent(this.address))) return;
    link.href += encodeURIComponent(`\n\n${this.address}`);
  }
});
