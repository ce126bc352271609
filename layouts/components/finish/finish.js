/* The end of a program, when the last session is ticked. */
heja.define("finish", class extends heja.Element {
  update() {
    const { program } = this.dataset;
    const boxes = [...document.querySelectorAll(`heja-program-tracker[data-program="${program}"] input[data-item]`)];
    const done = boxes.length > 0 && boxes.every(({ dataset }) => heja.store.get(`item:${program}:${dataset.item}`) === true);
    const started = heja.store.get(`program:${program}`)?.started;
    this.part("since").textContent = started ? this.text("since", { day: heja.day(started) }) : "";
    if (done && this.hidden && this.seen) heja.announce(this.text("done"));
    this.hidden = !done;
    this.seen = true;
  }
});
