/* Reads a page aloud with the browser's own voices, and marks the sentence that is read. */
{
  /* The sentences that can be seen, as ranges in their order. */
  const sentences = (root, lang) => {
    const out = "nav, button, select, textarea, script, svg, [aria-hidden=true], heja-share, heja-save, .visually-hidden, .listen";
    const blocks = new Map();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest(out) || !parent.getClientRects().length) continue;
      const block = parent.closest("p, li, dt, dd, h1, h2, h3, h4, td, th, summary, label, div, section");
      blocks.set(block, [...(blocks.get(block) ?? []), node]);
    }
    const cut = window.Intl?.Segmenter && new Intl.Segmenter(lang, { granularity: "sentence" });
    const ranges = [];
    for (const nodes of blocks.values()) {
      const text = nodes.map(({ data }) => data).join("");
      const place = (at, node = nodes.find(({ length }) => at <= length || ((at -= length), false))) => [node, at];
      for (const { index, segment } of cut ? cut.segment(text) : [{ index: 0, segment: text }]) {
        if (!/[\p{L}\p{N}]/u.test(segment)) continue;
        const range = document.createRange();
        range.setStart(...place(index + segment.search(/\S/)));
        range.setEnd(...place(index + segment.trimEnd().length));
        ranges.push(range);
      }
    }
    return ranges;
  };

  heja.define("listen", class extends heja.Element {
    start() {
      const { speechSynthesis: speech } = window;
      this.player = this.part("player");
      this.status = this.part("status");
      this.rate = this.part("rate");
      this.halt = this.part("pause");
      this.scope = this.closest("[data-route]") ?? document;
      const buttons = "heja-listen [data-role=start], [data-listen]";
      for (const button of this.scope.querySelectorAll(buttons)) {
        const { listen } = button.dataset;
        if (listen) button.setAttribute("aria-label", `${button.textContent}: ${button.closest(listen).dataset.title}`);
        button.hidden = false;
      }
      this.scope.addEventListener("click", ({ target }) => {
        const button = target.closest(buttons);
        if (button) this.begin(button);
      });
      this.halt.addEventListener("click", () => (this.reading ? this.pause() : this.read()));
      this.part("back").addEventListener("click", () => this.read(Math.max(0, this.at - 1)));
      this.part("stop").addEventListener("click", () => this.stop());
      this.rate.addEventListener("change", () => this.reading && this.read());
      for (const event of ["pagehide", "hashchange"]) window.addEventListener(event, () => this.turn && this.stop(false));
      speech?.getVoices(); // asks some browsers to look for voices
      this.speech = speech;
    }

    /* A voice of the page's language, rather one on the device. */
    async voice() {
      const all = () => this.speech?.getVoices() ?? [];
      for (let wait = 10; this.speech && wait && !all().length; wait--) await new Promise((done) => setTimeout(done, 100));
      const fits = all().filter(({ lang }) => lang.slice(0, 2).toLowerCase() === this.lang);
      return fits.find(({ localService }) => localService) ?? fits[0];
    }

    /* Read what the button names: the page, or what it stands in. */
    async begin(button) {
      this.from = button;
      this.lang = this.closest("[lang]").lang.slice(0, 2);
      this.chosen = await this.voice();
      if (!this.chosen) return this.tell(this.text("none"));
      if (!this.chosen.localService && !this.agreed) {
        this.agreed = true;
        return this.tell(this.text("remote"));
      }
      this.tell("");
      const { listen } = button.dataset;
      const what = (listen && button.closest(listen)) ?? this.scope.querySelector(listen ?? this.dataset.what);
      this.sentences = sentences(what ?? this.scope, this.lang);
      document.body.append(this.player); // a fold around it may close
      this.player.hidden = false;
      this.halt.focus();
      this.read(0);
    }

    /* Beside the button, where it is seen. */
    tell(words) {
      this.status.textContent = words;
      this.status.hidden = !words;
      this.from.after(this.status);
      if (words) heja.announce(words);
    }

    read(at = this.at) {
      if (at >= this.sentences.length) return this.stop();
      this.at = at;
      const turn = (this.turn = {});
      const range = this.sentences[at];
      this.mark(range);
      const words = new SpeechSynthesisUtterance(String(range).replace(/\u00ad/g, ""));
      Object.assign(words, { voice: this.chosen, lang: this.chosen.lang, rate: +this.rate.value });
      words.onend = () => turn === this.turn && this.read(at + 1);
      words.onerror = ({ error }) => turn === this.turn && !/cancel|interrupt/.test(error) && this.pause();
      this.reading = true;
      this.halt.textContent = this.text("pause");
      this.speech.cancel();
      this.speech.speak(words);
    }

    /* Some browsers never end their own pause: the sentence begins again instead. */
    pause() {
      this.quiet();
      this.halt.textContent = this.text("on");
    }

    stop(focus = true) {
      this.quiet();
      this.mark();
      this.player.hidden = true;
      this.append(this.player);
      if (focus) this.from.focus();
    }

    quiet() {
      this.turn = undefined;
      this.reading = false;
      this.speech?.cancel();
    }

    /* Marked without changing the page; in older browsers as if it had been selected. */
    mark(range) {
      const painted = window.CSS?.highlights && window.Highlight;
      if (painted && range) CSS.highlights.set("listen", new Highlight(range));
      else if (painted) CSS.highlights.delete("listen");
      else {
        getSelection().removeAllRanges();
        if (range) getSelection().addRange(range);
      }
      const box = range?.getBoundingClientRect();
      if (box && (box.top < 0 || box.bottom > innerHeight - 120)) window.scrollBy(0, box.top - innerHeight / 3);
    }
  });
}
