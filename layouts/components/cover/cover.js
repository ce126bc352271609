/* Progress is a picture that fills in: facets that are not reached yet are drawn in outline. A program's cover shows its
   sessions and is whole until the program is begun; a cover without a program shows how many exercises are done, and has its
   first third from the beginning. */
heja.define("cover", class extends heja.Element {
  start() {
    /* In a page that holds everything the drawing is a symbol, in which facets are out of reach. */
    const use = this.querySelector("use");
    use?.replaceWith(...document.querySelector(use.getAttribute("href")).firstElementChild.cloneNode(true).children);
    this.facets = this.parts("svg path").slice(1);
  }

  update() {
    const { program, total } = this.dataset;
    const begun = !program || heja.store.get(`program:${program}`) !== null;
    const keys = heja.store.list(program ? `item:${program}:` : "done:").map(([key]) => key.split(":")[program ? 2 : 1]);
    const { length } = this.facets;
    const first = program ? 0 : Math.ceil(length / 3);
    const reached = begun ? first + Math.round((new Set(keys).size / Number(total || 1)) * (length - first)) : length;
    this.facets.forEach((facet, number) => facet.classList.toggle("t", number >= reached));
  }
});
