/* Progress is a picture that fills in: facets that are not reached yet are drawn in outline. */
heja.define("cover", class extends heja.Element {
  start() {
    this.facets = this.parts("svg path").slice(1);
    this.roles = this.facets.map((facet) => facet.getAttribute("class"));
  }

  update() {
    const id = this.dataset.program;
    const begun = heja.store.get(`program:${id}`) !== null;
    const done = heja.store.list(`item:${id}:`).length / Number(this.dataset.total || 1);
    const reached = begun ? Math.round(done * this.facets.length) : this.facets.length;
    this.facets.forEach((facet, number) => facet.setAttribute("class", number < reached ? this.roles[number] : "t"));
  }
});
