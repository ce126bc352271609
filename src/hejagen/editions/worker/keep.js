/* Keeps the whole site on the reader's device, as the reader has asked. The generator writes `BUILD` above: version,
   bytes, fallback (language folder -> page to show when there is nothing else), immutable (folders of files that have
   their hash in the name) and files (path -> [bytes, hash]). Why it is so: docs/explanation/offline-hosted.md. */
const SCOPE = new URL(self.registration.scope);
const PREFIX = `heja-offline:${SCOPE.pathname}:`;
const NAME = PREFIX + BUILD.version;
const RECORD = "sw.js";
const PATIENCE = 3000;

const address = (path) => new URL(path, SCOPE).href;
const pathOf = (url) => new URL(url).pathname.slice(SCOPE.pathname.length).replace(/(^|\/)$/, "$1index.html");
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const kept = (path, cacheName = NAME) => caches.match(address(path), { cacheName });
const record = async () => (await kept(RECORD))?.json();
const note = async (facts) => (await caches.open(NAME)).put(address(RECORD), Response.json(facts));
const windows = async (options) => {
  const every = await clients.matchAll({ type: "window", ...options });
  return every.filter(({ url }) => url.startsWith(SCOPE.href));
};
const tell = async (news) => {
  for (const client of await windows({ includeUncontrolled: true })) client.postMessage({ scope: SCOPE.href, ...news });
};

/* This version's copy first, then those of versions that an open page may still be of. */
const anyVersion = async (path) => {
  for (const name of new Set([NAME, ...(await ours())])) {
    const copy = await kept(path, name);
    if (copy) return copy;
  }
};

const hashOf = async (bytes) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/* A file of exactly this version: what an earlier version had, if it is the same, or else from the server. */
const take = async (path, hash) => {
  const old = await anyVersion(path);
  if (old && (await hashOf(await old.clone().arrayBuffer())) === hash) return old;
  const folder = path.replace(/(^|\/)index\.html$/, "$1");
  const answer = await fetch(address(folder), { cache: "no-cache", redirect: "error" });
  if (!answer.ok) throw new Error("network");
  const bytes = await answer.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw new Error("changed");
  return new Response(bytes, { headers: answer.headers });
};

/* All files or none. Then this version takes over at once. */
const install = async () => {
  const files = Object.entries(BUILD.files);
  const cache = await caches.open(NAME);
  let done = 0;
  const work = async () => {
    for (let file = files.pop(); file; file = files.pop()) {
      const [path, [bytes, hash]] = file;
      await cache.put(address(path), await take(path, hash));
      done += bytes;
      await tell({ done, total: BUILD.bytes });
    }
  };
  try {
    await Promise.all(Array.from({ length: 6 }, work));
    await cache.put(address(RECORD), Response.json({ saved: Date.now(), before: [], open: [] }));
    if (!(await caches.has(NAME))) throw new Error("removed meanwhile");
  } catch (error) {
    files.length = 0;
    await caches.delete(NAME);
    const reason = error.name === "QuotaExceededError" ? "full" : error.message;
    await tell({ failed: ["full", "changed"].includes(reason) ? reason : "network" });
    throw error;
  }
  await tell({ saved: true });
  await self.skipWaiting();
};

/* Notes which versions were before, and which pages are open now: they may be of them. */
const activate = async () => {
  await clients.claim();
  const before = (await ours()).filter((name) => name !== NAME);
  await note({ ...(await record()), before, open: (await windows()).map(({ id }) => id) });
  await tidy();
};

/* The versions before go when the last page that was open is gone. Never while another version comes in. */
const tidy = async () => {
  const { before = [], open = [] } = (await record()) ?? {};
  if (self.registration.installing || self.registration.waiting) return;
  const now = new Set((await windows()).map(({ id }) => id));
  if (!open.some((id) => now.has(id))) for (const name of before) await caches.delete(name);
};

const rewritten = async (copy, status, change) =>
  new Response(change(await copy.text()), { status, headers: copy.headers });

/* For a page that is not kept: the page that says so. Its links are made to hold at any depth. */
const fallback = async (path) => {
  if (`${path}/index.html` in BUILD.files) return Response.redirect(address(`${path}/`));
  const page = Object.entries(BUILD.fallback).findLast(([folder]) => path.startsWith(folder))[1];
  const rooted = (all, up) => `="${new URL(up, address(page)).pathname}`;
  return rewritten(await kept(page), 503, (html) => html.replaceAll(/="((?:\.\.\/)+)/g, rooted));
};

/* The network, if it answers in time; else the kept copy, in which the component `saved-copy-notice` shows. Nothing is
   written to the cache: it holds one version, as it was installed. */
const networkFirst = async (request, path) => {
  const page = request.mode === "navigate";
  const answer = fetch(request, { cache: "no-cache" });
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const soon = await Promise.race([answer, late]).catch(() => undefined);
  if (soon && soon.status < 500) return soon;
  const copy = await kept(path);
  if (copy && page) return rewritten(copy, 200, (html) => html.replace('data-role="kept" hidden', 'data-role="kept"'));
  return copy ?? answer.catch(() => (page ? fallback(path) : Response.error()));
};

/* A page that shows a kept copy asks: does the network have the same, something newer, or nothing to say? */
const compare = async (client) => {
  const copy = await kept(pathOf(client.url));
  const answer = await fetch(client.url, { cache: "no-cache" }).catch(() => undefined);
  if (!copy || !answer?.ok) return;
  const same = (await answer.text()) === (await copy.text());
  client.postMessage({ scope: SCOPE.href, network: same ? "same" : "newer" });
};

const heard = ({ data, source }) => (data.keep ? install() : Promise.all([tidy(), data.kept && compare(source)]));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(heard(event)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range") || !request.url.startsWith(SCOPE.href)) return;
  const path = pathOf(request.url);
  const page = request.mode === "navigate";
  if (!page && BUILD.immutable.some((folder) => path.startsWith(`${folder}/`)))
    event.respondWith(anyVersion(path).then((copy) => copy ?? fetch(request)));
  else if (page || path in BUILD.files) event.respondWith(networkFirst(request, path));
});
