// The service worker: keeps the whole page, so that it works without a network after the first visit.
//
// One version is served until all pages that use it are gone or one of them asks for the next, so a page never gets
// files of two versions. The build puts in the version and the list of files.
const VERSION = "@VERSION@";
const FILES = ["@FILES@"];
// Other copies of the page may lie in other folders of the same origin.
const OURS = `rcc ${registration.scope} `;
const CACHE = OURS + VERSION;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
    }
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    // `?code=…` and the like are the page's own affair.
    const kept = await cache.match(request.mode === "navigate" ? "./" : request, { ignoreSearch: request.mode === "navigate" });
    return kept ?? fetch(request);
  };
  event.respondWith(answer());
});
