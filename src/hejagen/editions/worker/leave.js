/* Takes an earlier worker's place at this address, removes what it kept and then itself. Pages load as without one. */
const PREFIX = `heja-offline:${new URL(self.registration.scope).pathname}:`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));
const leave = async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  await self.registration.unregister();
};
