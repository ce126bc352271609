/* Progress is a picture that fills in: facets that are not reached yet are drawn in outline. A program's cover shows its
   sessions and is whole until the program is begun; a cover without a program shows how many exercises are done. */
heja.define("cover", class extends heja.Element {
  start() {
    this.facets = this.parts("svg path").slice(1);
  }

  update() {
    const { program, total } = this.dataset;
    const begun = !program || heja.store.get(`program:${program}`) !== null;
    const keys = heja.store.list(program ? `item:${program}:` : "done:").map(([key]) => key.split(":")[program ? 2 : 1]);
    const reached = begun ? Math.round((new Set(keys).size / Number(total || 1)) * this.facets.length) : this.facets.length;
    this.facets.forEach((facet, number) => facet.classList.toggle("t", number >= reached));
  }
});
