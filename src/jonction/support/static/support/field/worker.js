/**
 * Open the field journal without network. It answers two things: the empty page of the journal,
 * when the server does not, and the files of the site that this page needs. Nothing else is kept,
 * and no answer of the server ever is. `KEPT` is written before this line by the server.
 */

const DRAWER = `terrain-${KEPT.version}`;
const PATIENCE = 5000;

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (pathname === KEPT.page) event.respondWith(page(event.request));
  } else if (KEPT.files.includes(pathname)) {
    event.respondWith(file(event.request, pathname));
  }
});

async function fill() {
  const drawer = await caches.open(DRAWER);
  // asked without a cookie: the empty page is nobody's
  const asked = [KEPT.shell, ...KEPT.files].map(
    (address) => new Request(address, { cache: "reload", credentials: "omit" }),
  );
  await drawer.addAll(asked);
  await skipWaiting();
}

async function tidy() {
  const names = (await caches.keys()).filter((n) => n.startsWith("terrain-") && n !== DRAWER);
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
}

/** The true page when the server answers in time, otherwise the empty one. */
async function page(request) {
  const kept = await (await caches.open(DRAWER)).match(KEPT.shell);
  if (!kept) return fetch(request);
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}

async function file(request, pathname) {
  const kept = await (await caches.open(DRAWER)).match(pathname);
  return kept ?? fetch(request);
}
