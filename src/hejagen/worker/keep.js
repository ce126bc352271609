/* Keeps the whole site on the reader's device, as the reader has asked. The generator writes `BUILD` above: version,
   bytes, fallback (language folder -> page to show when there is nothing else) and files (path -> [bytes, hash]).
   Why it is done so: docs/explanation/offline-hosted.md. */
const SCOPE = new URL(self.registration.scope);
const PREFIX = `heja-offline:${SCOPE.pathname}:`;
const NAME = PREFIX + BUILD.version;
const RECORD = "sw.js";
const HASHED = /[._/-][0-9a-f]{7,}\.\w+$/;
const PATIENCE = 3000;

const address = (path) => new URL(path, SCOPE).href;
const pathOf = (url) => url.pathname.slice(SCOPE.pathname.length).replace(/(^|\/)$/, "$1index.html");
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const kept = (path, name = NAME) => caches.match(address(path), { cacheName: name });
const windows = async (options) => (await clients.matchAll({ type: "window", ...options })).filter(({ url }) => url.startsWith(SCOPE.href));
const tell = async (news) => {
  for (const client of await windows({ includeUncontrolled: true })) client.postMessage({ scope: SCOPE.href, ...news });
};

/* This version's copy first, then those of versions that an open page may still be of. */
const anyVersion = async (path) => {
  const others = (await ours()).filter((name) => name !== NAME);
  for (const name of [NAME, ...others]) {
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
  const answer = await fetch(address(path.replace(/(^|\/)index\.html$/, "$1")), { cache: "no-cache", redirect: "error" });
  if (!answer.ok) throw new Error("network");
  const bytes = await answer.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw new Error("changed");
  return new Response(bytes, { headers: answer.headers });
};

/* All files or none. */
const install = async () => {
  const files = Object.entries(BUILD.files);
  const cache = await caches.open(NAME);
  let done = 0;
  const worker = async () => {
    for (let file = files.pop(); file; file = files.pop()) {
      const [path, [bytes, hash]] = file;
      await cache.put(address(path), await take(path, hash));
      done += bytes;
      await tell({ done, total: BUILD.bytes });
    }
  };
  try {
    await Promise.all(Array.from({ length: 6 }, worker));
    await cache.put(address(RECORD), Response.json({ saved: Date.now(), before: [], open: [] }));
    if (!(await caches.has(NAME))) throw new Error("removed meanwhile");
    await tell({ saved: true });
  } catch (error) {
    files.length = 0;
    await caches.delete(NAME);
    await tell({ failed: error.name === "QuotaExceededError" ? "full" : error.message === "changed" ? "changed" : "network" });
    throw error;
  }
  await self.skipWaiting();
};

/* Takes over at once, and notes which versions were before and which pages were open, that may be of them. */
const activate = async () => {
  await clients.claim();
  const record = await (await kept(RECORD)).json();
  const before = (await ours()).filter((name) => name !== NAME);
  const open = (await windows()).map(({ id }) => id);
  await (await caches.open(NAME)).put(address(RECORD), Response.json({ ...record, before, open }));
  await tidy();
};

/* The versions before go when the last page that was open is gone. Never while another version comes in. */
const tidy = async () => {
  const record = await kept(RECORD);
  if (!record || self.registration.installing || self.registration.waiting) return;
  const { before, open } = await record.json();
  const now = new Set((await windows()).map(({ id }) => id));
  if (!open.some((id) => now.has(id))) await Promise.all(before.map((name) => caches.delete(name)));
};

const rewritten = async (copy, change, status) => new Response(change(await copy.text()), { status, headers: copy.headers });
/* The component `kept` is hidden in every page; a kept copy shows it. */
const marked = (copy) => rewritten(copy, (html) => html.replace('data-role="kept" hidden', 'data-role="kept"'), 200);

/* For a page that is not kept: the page that says so. Its links are made to hold at any depth. */
const fallback = async (path) => {
  if (`${path}/index.html` in BUILD.files) return Response.redirect(address(`${path}/`));
  const page = Object.entries(BUILD.fallback).findLast(([folder]) => path.startsWith(folder))[1];
  const rooted = (html) => html.replaceAll(/="((?:\.\.\/)+)/g, (all, up) => `="${new URL(up, address(page)).pathname}`);
  return rewritten(await kept(page), rooted, 503);
};

/* The network, if it answers in time; else the kept copy. Only the install writes to the cache, so that it never
   holds pages of two versions. */
const networkFirst = async (request, path) => {
  const answer = fetch(request, { cache: "no-cache" });
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const soon = await Promise.race([answer, late]).catch(() => undefined);
  if (soon && soon.status < 500) return soon;
  const copy = await kept(path);
  const page = request.mode === "navigate";
  if (copy) return page ? marked(copy) : copy;
  return answer.catch(() => (page ? fallback(path) : Response.error()));
};

/* A page that shows a kept copy asks whether the network has the same, something newer or nothing to say. */
const compare = async (client) => {
  const copy = await kept(pathOf(new URL(client.url)));
  const answer = await fetch(client.url, { cache: "no-cache" }).catch(() => undefined);
  if (!copy || !answer?.ok) return;
  const same = (await answer.text()) === (await copy.text());
  client.postMessage({ scope: SCOPE.href, network: same ? "same" : "newer" });
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(event.data.keep ? install() : Promise.all([tidy(), event.data.kept && compare(event.source)])));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range") || !url.href.startsWith(SCOPE.href)) return;
  const path = pathOf(url);
  const page = request.mode === "navigate";
  if (!page && HASHED.test(`/${path}`)) event.respondWith(anyVersion(path).then((copy) => copy ?? fetch(request)));
  else if (page || path in BUILD.files) event.respondWith(networkFirst(request, path));
});
