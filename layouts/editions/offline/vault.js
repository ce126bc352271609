/* The vault: one page that keeps the progress of a copy opened from a disk. Firefox gives each file a store of its own;
   the site's pages show this one in a hidden frame and ask it. It answers only on a disk, only the page around it, and
   only for entries in the registry. The hosted site does not have it. */
(() => {
  if (location.protocol !== "file:" || window.parent === window) return;
  const { valid, shelf } = heja.entries;
  const kept = shelf("localStorage", document.documentElement.dataset.site);
  const tell = (message) => window.parent.postMessage(message, "*");
  const answers = {
    read: () => kept.read(),
    begin: () => kept.begin(),
    put: ({ key, entry }) => (valid(key, entry) ? kept.put(key, { v: entry.v, t: entry.t }) : undefined),
    clear: () => kept.clear(),
  };
  window.addEventListener("message", (event) => {
    const { id, ask } = event.data ?? {};
    if (event.source !== window.parent || !kept || !Object.hasOwn(answers, ask ?? "")) return;
    tell({ id, answer: answers[ask](event.data) });
  });
  window.addEventListener("storage", () => tell({ changed: true }));
  tell({ ready: Boolean(kept) });
})();
