// The static site without its server: every file is kept when the site is first opened, and comes from there from then on.
// What only teaching needs is kept, all of it, when somebody first asks for some of it.
// The page and its files must be of one build. So a new build is kept beside the old one, and takes over once no tab shows
// the site any more.

// A module of its own, so that `self` can be declared as what it is here.
export {};

declare const self: ServiceWorkerGlobalScope;

/** Written into the built file: a digest of all files of the site, and their paths relative to it. */
declare const SITE_DIGEST: string;
declare const SITE_FILES: readonly string[];
declare const LESSON_FILES: readonly string[];

/** Other pages of the same origin may have caches, too. */
const PREFIX = 'inkcast-site-';
const NAME = PREFIX + SITE_DIGEST;
const PAGE = './';

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  event.respondWith(answer(request));
  if (LESSON_FILES.some((file) => new URL(file, self.registration.scope).href === request.url)) {
    // The page goes on with its server where they cannot be kept.
    event.waitUntil(keepLesson().catch(() => {}));
  }
});

const keepFiles = (): Promise<void> => keep([PAGE, ...SITE_FILES]);

async function keepLesson(): Promise<void> {
  const cache = await caches.open(NAME);
  // All are kept or none.
  if ((await cache.match(LESSON_FILES[0])) === undefined) await keep(LESSON_FILES);
}

async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(NAME);
  // A name without a digest may still be in the browser's own cache from an earlier build.
  await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })));
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request.mode === 'navigate' ? PAGE : request, { ignoreSearch: true });
  return kept ?? fetch(request);
}
