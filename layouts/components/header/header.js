/* The menu closes when it has been used, when the reader goes on, and by Escape, which gives the focus back. */
heja.define("menu", class extends heja.Element {
  start() {
    const menu = this.querySelector("details");
    const close = () => (menu.open = false);
    this.addEventListener("click", ({ target }) => target.closest("a") && close());
    this.addEventListener("focusout", ({ relatedTarget: next }) => next && !this.contains(next) && close());
    this.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return;
      close();
      menu.firstElementChild.focus();
    });
    document.addEventListener("click", ({ target }) => this.contains(target) || close());
  }
});
