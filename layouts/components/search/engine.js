/* Runs Pagefind without a network: what it would fetch comes as classic scripts, which load from a disk as well.
   The build writes this file first in search/core.js, and Pagefind's program and data after it. */
(() => {
  const kept = new Map();
  const places = new Map();
  const loading = new Map();
  const own = document.currentScript?.src ?? "";
  const folder = own.slice(0, own.lastIndexOf("/") + 1);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "");

  const load = (file) => {
    if (!loading.has(file))
      loading.set(file, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = folder + file;
        script.addEventListener("load", () => done(script.remove()));
        script.addEventListener("error", () => {
          loading.delete(file);
          script.remove();
          failed(new Error(`cannot load ${file}`));
        });
        document.head.append(script);
      }));
    return loading.get(file);
  };

  /* Stands in for fetch inside Pagefind. */
  const fetch = async (address) => {
    const path = String(address).replace(/^\/kept\//, "").replace(/\?.*$/, "");
    if (!kept.has(path)) {
      const name = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
      if (path.startsWith("index/")) await load(`i/${name}.js`);
      else if (places.has(name)) await load(places.get(name));
    }
    if (!kept.has(path)) return new Response("", { status: 404 });
    const [data, packed] = kept.get(path);
    return new Response(packed ? bytes(data) : data);
  };

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const excerpt = (content, words) => {
    const text = fold(content);
    const at = words.map((word) => [text.indexOf(word), word.length]).find(([place]) => place >= 0);
    /* Folding keeps the length of Swedish text; where it does not, no words are better than the wrong ones. */
    if (!at || text.length !== content.length) return "";
    const [place, length] = at;
    const [before, hit, after] = [content.slice(Math.max(0, place - 70), place), content.slice(place, place + length), content.slice(place + length, place + 140)];
    return `${escape(before)}<mark>${escape(hit)}</mark>${escape(after)}`;
  };

  /* A word without its inflection, if at least four letters remain. */
  const ENDING = /^(.{4,}?)(?:ernas|ornas|arnas|erna|orna|arna|ens|ets|er|or|ar|en|et|n|t|s)$/;
  const stem = (word) => ENDING.exec(word)?.[1] ?? word;

  /* The pages with their texts: from the scripts of texts, or from the page that holds everything. */
  const pages = async () => {
    if (heja.index.pages) return heja.index.pages();
    await Promise.all([...new Set(places.values())].filter((file) => file.startsWith("f/")).map(load));
    const texts = [...kept].filter(([path]) => path.startsWith("fragment/"));
    return texts.map(([, [data]]) => JSON.parse(data.slice(data.indexOf("{")))).map((page) => ({ ...page, raw_url: page.url }));
  };

  /* Where there is no WebAssembly, or no index: read all the texts and count. Slower and plainer, but it finds. */
  const plain = async (query) => {
    const words = (fold(query).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
    const hits = [];
    for (const page of await pages()) {
      const [content, title, parts] = [page.content, page.meta.title, `${page.meta.delord} ${page.meta.code}`].map(fold);
      const counts = words.map((word) => Math.min(content.split(word).length - 1, 10) + (title.includes(word) ? 20 : 0) + (parts.includes(word) ? 1 : 0));
      if (!words.length || counts.includes(0)) continue;
      const weight = page.meta.minutes ? 2 : 1; // exercises and programs first, as with Pagefind
      hits.push({ score: weight * counts.reduce((sum, count) => sum + count), page: { ...page, excerpt: excerpt(page.content, words) } });
    }
    hits.sort((a, b) => b.score - a.score);
    return { results: hits.map(({ page }) => ({ data: async () => page })) };
  };

  heja.index = {
    put: (path, data, packed = false) => kept.set(path, [data, packed]),
    places: (files) => files.forEach(([file, names]) => names.forEach((name) => places.set(name, file))),
    /* Something with search(words) -> {results: [{data(): page}]}. */
    async open() {
      if (!heja.index.engine || typeof WebAssembly !== "object") return { search: plain };
      try {
        const instance = heja.index.engine(fetch).createInstance({
          basePath: "/kept/", baseUrl: "/", noWorker: true, ranking: { metaWeights: { delord: 0.2 } },
        });
        await instance.init();
        return instance;
      } catch (error) {
        if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.RuntimeError) return { search: plain };
        throw error;
      }
    },
  };
})();
