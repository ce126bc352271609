/* The key / moves to the search field, unless the reader writes somewhere or has turned it off (WCAG 2.2, 2.1.4). */
(() => {
  const name = `${document.documentElement.dataset.site}:slash`;
  heja.slash = {
    get on() {
      try {
        return localStorage.getItem(name) !== "off";
      } catch {
        return true;
      }
    },
    set on(on) {
      try {
        if (on) localStorage.removeItem(name);
        else localStorage.setItem(name, "off");
      } catch {
        /* refused: then it is on again on the next page */
      }
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !heja.slash.on) return;
    if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, [popover]")) return;
    const fields = ["main", "header"].flatMap((place) => [...document.querySelectorAll(`${place} input[type=search]`)]);
    const field = fields.find((one) => one.getClientRects().length);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
