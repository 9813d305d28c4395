// Answers where the network does not. It only reads: what is kept is written by the pages (kept.js), once asked to.
// The server writes SITE before this: {version, shell, lists: {language: address}, never: [prefixes], files: [prefixes]}.
/* global SITE */
const PATIENCE = 3000; // ms that a visitor waits for the network where a kept copy could be shown
const AGAIN = 500; // ms, where it has just let them wait
const JUST = 10000;
const SHELL = `shell-${SITE.version}`;
// What chat apps and search engines hang on an address that a visitor follows, and from which plaque it was opened.
const NO_MATTER = /^\?(utm_\w+|fbclid|gclid|zarsrc|at)=/;
let waitedAt = 0;

addEventListener("install", (event) => event.waitUntil(keepShell().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(forgetOldShells().then(() => clients.claim())));
addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    if (method !== "GET") return;
    if (mode === "navigate") {
        if (isPage(new URL(url))) event.respondWith(page(event));
    } else if (SITE.files.some((prefix) => url.startsWith(new URL(prefix, location.origin).href))) {
        event.respondWith(file(event.request));
    }
});

async function keepShell() {
    const shell = await caches.open(SHELL);
    await shell.addAll(SITE.shell.map((url) => new Request(url, { credentials: "omit" })));
}

async function forgetOldShells() {
    const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
}

function isPage({ pathname }) {
    const first = pathname.split("/")[1];
    return (first === "q" || first === "language" || Object.hasOwn(SITE.lists, first)) && !SITE.never.some((prefix) => pathname.startsWith(prefix));
}

/** The network's answer, which also counts a scan; the kept copy where it fails or lets the visitor wait too long. */
async function page(event) {
    const url = new URL(event.request.url);
    const kept = await keptAt(url);
    const live = fetch(event.request);
    event.waitUntil(live.catch(() => {}));
    if (!kept) return live.catch(() => wishedLanguage(url) ?? listOf(url));
    try {
        const answer = await Promise.race([live, patience()]);
        return answer.status < 500 ? answer : kept;
    } catch {
        waitedAt = Date.now();
        return kept;
    }
}

async function keptAt({ pathname, search }) {
    const kept = await caches.match(pathname + search, { ignoreVary: true });
    return kept ?? (NO_MATTER.test(search) ? caches.match(pathname, { ignoreVary: true }) : undefined);
}

/** Where the language switch leads to, which only the server could remember. */
function wishedLanguage(url) {
    if (!url.pathname.startsWith("/language/")) return undefined;
    const there = new URL(url.searchParams.get("next") ?? "/", url.origin);
    return there.origin === url.origin ? Response.redirect(there) : undefined;
}

function patience() {
    const wait = Date.now() - waitedAt < JUST ? AGAIN : PATIENCE;
    return new Promise((resolve, reject) => setTimeout(reject, wait));
}

/** What is kept, in the language of the address, else of the visitor. */
function listOf(url) {
    const wished = [url.pathname.split("/")[1], ...navigator.languages.map((one) => one.split("-")[0])];
    const language = wished.find((one) => Object.hasOwn(SITE.lists, one)) ?? Object.keys(SITE.lists)[0];
    return caches.match(SITE.lists[language], { ignoreVary: true });
}

/** Names hold what is in a file: a kept one never grows old. */
async function file(request) {
    const kept = await caches.match(request.url, { ignoreVary: true });
    if (kept) return request.headers.has("Range") ? part(request, kept) : kept;
    return fetch(request).catch(async (error) => (await sibling(request.url)) ?? Promise.reject(error));
}

/** The same photo in another size, for a telephone turned on its side. */
async function sibling(url) {
    const stem = url.replace(/\.(fill|width|max|min)-[^/]*$/, ".");
    if (stem === url) return undefined;
    const files = await caches.open("kept-files");
    const near = (await files.keys()).find((one) => one.url.startsWith(stem));
    return near && files.match(near);
}

/** One range of a kept recording (RFC 9110, 14.2): Safari plays nothing without it, and no player can seek. */
async function part(request, whole) {
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range")) ?? [];
    // What cannot be read, and several ranges at once, may be answered with the whole.
    if (!first && !last) return whole;
    const body = await whole.blob();
    const from = first ? Number(first) : Math.max(body.size - Number(last), 0);
    const to = first && last ? Math.min(Number(last), body.size - 1) : body.size - 1;
    if (from > to) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${body.size}` } });
    return new Response(body.slice(from, to + 1), {
        status: 206,
        headers: {
            "Content-Type": whole.headers.get("Content-Type"),
            "Content-Range": `bytes ${from}-${to}/${body.size}`,
            "Content-Length": to - from + 1,
            "Accept-Ranges": "bytes",
        },
    });
}
