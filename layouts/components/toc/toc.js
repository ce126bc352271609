/* The contents list says where in the page the reader is. */
heja.define("toc", class extends heja.Element {
  start() {
    const links = this.parts('a[href^="#"]');
    const targets = links.map((link) => document.getElementById(link.hash.slice(1)));
    let waiting;
    const mark = () => {
      waiting = 0;
      if (!links[0]?.offsetParent) return;
      const line = innerHeight / 3;
      const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      const passed = targets.map((target) => target && (end || target.getBoundingClientRect().top <= line));
      const here = Math.max(0, passed.lastIndexOf(true));
      links.forEach((link, number) => (number === here ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
    };
    const soon = () => (waiting ||= requestAnimationFrame(mark));
    addEventListener("scroll", soon, { passive: true });
    addEventListener("hashchange", soon);
    soon();
  }
});
