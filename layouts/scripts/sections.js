/* A mark beside the heading of each section: its link, which is copied when it is pressed. It is for pointers. At the
   keyboard the contents of the page and the address bar have the same links. */
(() => {
  const { linked = "" } = document.querySelector("[data-live]")?.dataset ?? {};
  for (const heading of document.querySelectorAll("main article h2[id]:not([data-role])")) {
    if (heading.querySelector("a") || heading.closest("[popover], summary, nav")) continue;
    const link = document.createElement("a");
    Object.assign(link, { className: "section-link no-print", href: `#${heading.id}`, textContent: "#", tabIndex: -1 });
    link.setAttribute("aria-hidden", "true");
    link.addEventListener("click", async () => {
      const page = document.querySelector("heja-share")?.address || location.href.replace(/#.*/, "");
      try {
        if (!heading.closest("[data-route]")) await navigator.clipboard.writeText(`${page}#${heading.id}`);
        heja.announce(linked);
        link.textContent = linked;
        setTimeout(() => (link.textContent = "#"), 2000);
      } catch {
        /* refused: the address bar has it */
      }
    });
    heading.append(link);
  }
})();
