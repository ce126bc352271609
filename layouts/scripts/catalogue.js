/* What scripts know of the site's exercises and programs, by language. Pages that need it load this before all other
   scripts; the data follow, as calls of heja.add. One page that holds the whole site has it in every language. */
window.heja ??= {
  catalogues: {},
  get catalogue() {
    return this.catalogues[document.documentElement.lang] ?? Object.values(this.catalogues)[0];
  },
  add(lang, data) {
    const known = (this.catalogues[lang] ??= {});
    for (const [kind, entries] of Object.entries(data)) {
      known[kind] ??= {};
      for (const [id, entry] of Object.entries(entries)) {
        const there = known[kind][id];
        known[kind][id] = typeof entry === "string" ? entry : { ...there, ...entry, ...this.addresses(entry) };
      }
    }
  },
  /* The address of each path, as links from this page: path becomes url, run_path becomes run_url. */
  addresses(entry) {
    const { pages } = document.documentElement.dataset;
    const paths = Object.entries(entry).filter(([name]) => name.endsWith("path"));
    return Object.fromEntries(paths.map(([name, path]) => [name.replace("path", "url"), path.replace(/^[^#]*/, (folder) => pages.replace("{path}", folder))]));
  },
};
