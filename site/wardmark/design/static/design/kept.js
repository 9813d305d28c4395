// What is kept on this device: pages, each with a note of the files and codes that belong to it. The worker reads it.
const PAGES = "kept-pages";
const FILES = "kept-files";
const CODES = "kept-codes";
const NOTE = "X-Kept";
// Of the pages that were only visited; what somebody asked to keep stays until they remove it.
const MOST_VISITED = 30;
const MOST_BYTES = 40e6;
// ms, and how often: of a photo whose file a browser has not chosen by then, the one for every browser is kept.
const WAIT = 10;
const MOST_WAITS = 300;
// ms that one file may take: what never comes holds up nothing for ever. A recording weighs some megabytes.
const MOST_TIME = 30_000;
const MOST_TIME_RECORDING = 300_000;
// What a stylesheet or a script of ours names, always in double quotes.
const NAMED = /(?:url\(|from |import\()"([^"]+)"/g;

/** One change at a time, in all tabs: else a visit undoes what a tap asks for, and a sweep takes a file just kept. */
function alone(change, signal) {
    return navigator.locks.request("kept", { signal }, change);
}

/** @returns {AbortSignal} the visitor's, and aborted after so many ms besides */
export function within(time, signal) {
    const end = AbortSignal.timeout(time);
    return (signal && AbortSignal.any?.([signal, end])) ?? signal ?? end;
}

/**
 * Keep a page as a visitor sees it who is not signed in, with its photos, styles and fonts.
 * @param {string} address a path of this site
 * @param {{asked?: boolean, audio?: boolean, signal?: AbortSignal}} wishes asked: somebody wants just this page;
 *     audio: with its first recording
 * Throws what `fetch` and `Cache.put` throw (AbortError, TimeoutError, QuotaExceededError), and an Error for what may
 * not be kept.
 */
export function keep(address, wishes = {}) {
    return alone(() => keepPage(address, wishes), wishes.signal);
}

async function keepPage(address, { asked = false, audio = false, signal }) {
    const response = await fetch(address, { credentials: "omit", signal: within(MOST_TIME, signal) });
    const isPrivate = /no-store|private/.test(response.headers.get("Cache-Control") ?? "");
    if (!response.ok || response.redirected || isPrivate) throw new Error(`${address} cannot be kept`);
    const html = await response.text();
    const page = new DOMParser().parseFromString(html, "text/html");
    const before = await noteOf(await caches.match(address));
    const note = {
        title: (page.querySelector("h1") ?? page.querySelector("title")).textContent.trim(),
        at: new Date().toISOString(),
        asked: asked || Boolean(before?.asked),
        audio: false,
        bytes: new Blob([html]).size,
        files: [],
        codes: [...new Set([...page.querySelectorAll("[data-short-link]")].map((one) => one.dataset.shortLink))],
    };
    for (const part of page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")) {
        await keepParts(part.getAttribute("href") ?? part.getAttribute("src"), note, signal);
    }
    const photos = await Promise.all([...page.images].map((image) => chosen(image.closest("picture") ?? image, signal)));
    const sizes = [...new Set(photos.filter(Boolean))].map((url) => keepFile(url, note, signal, { mayLack: true }));
    for (const size of await Promise.all(sizes)) note.bytes += size;
    const recording = (audio || before?.audio) && page.querySelector("audio source[src], audio[src]");
    note.audio = Boolean(recording);
    if (recording) {
        note.bytes += await keepFile(recording.getAttribute("src"), note, signal, { time: MOST_TIME_RECORDING });
    }
    await store(address, html, response, note);
}

async function store(address, html, response, note) {
    const headers = new Headers(response.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    headers.set(NOTE, encodeURIComponent(JSON.stringify(note)));
    const body = html.replace("<body", `<body data-kept="${note.at}"`);
    await (await caches.open(PAGES)).put(address, new Response(body, { headers }));
    const codes = await caches.open(CODES);
    for (const code of note.codes) await codes.put(code, Response.redirect(address));
}

/** Which of a photo's files this browser takes on this screen: it knows best itself. */
async function chosen(picture, signal) {
    const copy = document.importNode(picture, true);
    const image = copy.matches("img") ? copy : copy.querySelector("img");
    image.loading = "eager";
    // It says so once it has chosen. Its `load` may never come: an image that stands in no page may be swept away.
    for (let waits = 0; !image.currentSrc && waits < MOST_WAITS; waits++) {
        signal?.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
    // Without a network the worker shows this one in place of its siblings.
    return image.currentSrc || image.src;
}

async function keepFile(url, note, signal, { mayLack = false, time = MOST_TIME } = {}) {
    const { href, origin } = new URL(url, location.origin);
    const isOurs = origin === location.origin;
    const files = await caches.open(FILES);
    let file = await files.match(href);
    if (!file) {
        const end = within(time, signal);
        try {
            // Another server's answer to an <img> carries no permission to read it: ask anew.
            file = await fetch(href, { credentials: "omit", cache: isOurs ? "default" : "reload", signal: end });
            if (file.ok) await files.put(href, file.clone());
        } catch (error) {
            // A photo that never comes, or lies in a bucket that lets no page read it, costs the kept page that photo.
            const isLate = end.aborted && !signal?.aborted;
            if (mayLack && (isLate || (!isOurs && error.name === "TypeError"))) return 0;
            throw error;
        }
        if (!file.ok && mayLack) return 0;
        if (!file.ok) throw new Error(`${href} cannot be kept`);
    }
    note.files.push(href);
    return (await file.blob()).size;
}

/** Keep a stylesheet or script and what it names in its turn. */
async function keepParts(url, note, signal) {
    const { href } = new URL(url, location.origin);
    if (note.files.includes(href)) return;
    await keepFile(href, note, signal);
    if (!/\.(css|js)$/.test(href)) return;
    const text = await (await caches.match(href)).text();
    for (const [, named] of text.matchAll(NAMED)) await keepParts(new URL(named, href).href, note, signal);
}

/** @returns {Promise<object[]>} what is kept, newest first: {address, title, at, asked, audio, bytes, files, codes} */
export async function listKept() {
    if (!(await caches.has(PAGES))) return [];
    const pages = await caches.open(PAGES);
    const kept = [];
    for (const request of await pages.keys()) {
        kept.push({ address: new URL(request.url).pathname, ...(await noteOf(await pages.match(request))) });
    }
    return kept.sort((one, other) => other.at.localeCompare(one.at));
}

function noteOf(response) {
    const note = response?.headers.get(NOTE);
    return note ? JSON.parse(decodeURIComponent(note)) : null;
}

/** Forget these pages, and every file and code that no other page needs. */
export function forget(addresses) {
    return alone(() => forgetPages(addresses));
}

async function forgetPages(addresses) {
    const pages = await caches.open(PAGES);
    for (const address of addresses) await pages.delete(address);
    const kept = await listKept();
    await sweep(FILES, kept.flatMap((page) => page.files));
    await sweep(CODES, kept.flatMap((page) => page.codes));
}

async function sweep(name, wanted) {
    const cache = await caches.open(name);
    const urls = new Set(wanted.map((one) => new URL(one, location.origin).href));
    for (const request of await cache.keys()) if (!urls.has(request.url)) await cache.delete(request);
}

/** Forget the oldest of the pages that were only visited, beyond so many and so much. */
function tidy() {
    return alone(forgetOldest);
}

async function forgetOldest() {
    let bytes = 0;
    const visited = (await listKept()).filter((page) => !page.asked);
    const tooMany = visited.filter((page, index) => (bytes += page.bytes) > MOST_BYTES || index >= MOST_VISITED);
    await forgetPages(tooMany.map((page) => page.address));
}

/** On every page of a visitor who once asked to keep one: keep this one too, or say how old the kept copy is. */
export async function goOnKeeping(page) {
    const at = page.body.dataset.kept;
    const { pathname, search } = page.location;
    if (at) {
        const note = page.querySelector("[data-kept-note]");
        note.querySelector("time").dateTime = at;
        note.querySelector("time").textContent = when(at);
        note.hidden = false;
    } else if (!search && pathname.startsWith(`/${page.documentElement.lang}/`) && !page.querySelector("[data-kept-list]")) {
        // Kept or not, this page is read: what cannot be kept (no room, no right) is no news to its reader.
        await keep(pathname).then(tidy, () => {});
    }
}

/** @param {string} at a moment, ISO 8601 */
export function when(at) {
    const format = { dateStyle: "medium", timeStyle: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date(at));
}

/** @param {number} bytes */
export function inMegabytes(bytes) {
    const format = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 };
    return new Intl.NumberFormat(document.documentElement.lang, format).format(Math.max(bytes / 1e6, 0.1));
}
