/* The service worker shows this notice in a page that it has kept. Here it is read aloud, and goes when the network is back. */
heja.define("saved-copy-notice", class extends heja.Element {
  start() {
    const worker = navigator.serviceWorker;
    if (!worker?.controller) return;
    const shown = !this.part("kept").hidden;
    const ask = () => worker.controller?.postMessage({ kept: shown });
    ask();
    if (!shown) return;
    heja.announce(this.part("words").textContent);
    worker.addEventListener("message", ({ data }) => this.heard(data.network));
    window.addEventListener("online", ask);
    this.part("reload").addEventListener("click", () => location.reload());
  }

  heard(network) {
    if (network === "same") this.show("kept", false);
    if (network !== "newer") return;
    this.say("words", this.text("newer"));
    this.show("reload");
  }
});
