/* Keeps the whole site on the device when the reader asks, and removes it again. Nothing is registered before. */
heja.define("offline", class extends heja.Element {
  async start() {
    if (location.protocol === "file:") return;
    this.show("box");
    this.root = new URL(document.documentElement.dataset.root || "./", location.href);
    if (!navigator.serviceWorker || !window.caches) return this.say("trouble", this.text("unable"), false);
    this.part("keep").addEventListener("click", () => this.keep());
    this.part("remove").addEventListener("click", () => this.discard());
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.scope === this.root.href && this.heard(data));
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.look();
    this.size();
  }

  /* Only this site's own registration: another may lie above or below it. */
  async registration() {
    const found = await navigator.serviceWorker.getRegistration(this.root);
    return found?.scope === this.root.href ? found : undefined;
  }

  async names() {
    return (await caches.keys()).filter((name) => name.startsWith(`heja-offline:${this.root.pathname}:`));
  }

  /* When the site was saved, or undefined. */
  async saved() {
    if (!(await this.registration())?.active) return undefined;
    const found = (await this.names()).map((cacheName) => caches.match(new URL("sw.js", this.root), { cacheName }));
    const records = await Promise.all((await Promise.all(found)).map((record) => record?.json()));
    return Math.max(0, ...records.map((record) => record?.saved ?? 0)) || undefined;
  }

  async look(aloud = false) {
    if (this.busy) return;
    try {
      const saved = await this.saved();
      const date = saved && new Date(saved).toLocaleDateString(heja.locale(), { day: "numeric", month: "long" });
      this.say("state", date ? this.text("on", { date }) : "", aloud);
      this.show("keep", !saved);
      this.show("remove", Boolean(saved));
    } catch {
      this.say("trouble", this.text("unable"), aloud);
    }
  }

  async size() {
    const answer = await fetch(new URL("sw.json", this.root)).catch(() => undefined);
    if (!answer?.ok) return;
    const { bytes } = await answer.json();
    const number = (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    this.part("keep").textContent = this.text("size", { size: `${number} MB` });
  }

  async keep() {
    this.busy = true;
    this.say("trouble", "");
    this.share(0);
    this.show("keep", false);
    this.part("state").focus();
    try {
      await this.register();
    } catch (error) {
      this.say("trouble", this.text(error.name === "SecurityError" ? "unable" : error.message) || this.text("network"), false);
    }
    this.busy = false;
    this.show("bar", false);
    await this.look(true);
    this.part(this.part("keep").hidden ? "state" : "keep").focus();
  }

  /* Ends when the worker has kept everything and is at work; fails with the reason. A worker that was removed while
     this page was open comes back as it was, without its copy: it is asked to fetch it anew. */
  async register() {
    const options = { scope: this.root.href, updateViaCache: "none" };
    const registration = await navigator.serviceWorker.register(new URL("sw.js", this.root), options);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((done, fail) => {
      this.ended = (reason) => (reason ? fail(new Error(reason)) : this.saved().then((saved) => saved && done()));
      const look = () => {
        /* The worker's own word on what went wrong may come a moment later. */
        if (worker.state === "redundant") setTimeout(this.ended, 500, "network");
        if (worker.state === "activated") this.saved().then((saved) => (saved ? done() : worker.postMessage({ keep: true })));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  heard({ done, total, saved, failed }) {
    if (!this.busy) return;
    if (total) this.share(Math.floor((100 * done) / total));
    if (saved || failed) this.ended?.(failed);
  }

  /* Read aloud at every quarter. */
  share(share) {
    const before = this.show("bar").value;
    this.part("bar").value = share;
    this.say("state", this.text("busy", { share }), Math.floor(share / 25) > Math.floor(before / 25));
  }

  async discard() {
    await (await this.registration())?.unregister();
    for (const name of await this.names()) await caches.delete(name);
    await this.look();
    this.say("state", this.text("off"));
    this.part("state").focus();
  }
});
