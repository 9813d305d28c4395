// Without this file the browser loads page after page by itself. With it the change is smooth, and a screen that has
// lost the network goes on showing, in turn, what it has seen.
const WAIT_FOR_NETWORK_MS = 10_000;
const kept = new Map();

/** @param {Document} page */
const styleOf = (page) => page.querySelector("link[href*='screen']").getAttribute("href");

/**
 * Fetch the next page; null where there is no network or the site is not well.
 * @param {string} url
 * @returns {Promise<Document | null>}
 */
async function fetched(url) {
    try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(WAIT_FOR_NETWORK_MS) });
        if (!answer.ok) return null;
        return new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
        return null;
    }
}

/**
 * Wait until the photos of a slide can be drawn, or cannot; never longer than for the network.
 * @param {HTMLElement} slide
 */
function whenDrawable(slide) {
    const decoded = [...slide.querySelectorAll("img")].map((image) => image.decode());
    const patience = new Promise((done) => setTimeout(done, WAIT_FOR_NETWORK_MS));
    return Promise.race([Promise.allSettled(decoded), patience]);
}

/**
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
async function fade(from, to) {
    await whenDrawable(to);
    to.classList.add("slide--arriving");
    document.body.append(to);
    await Promise.allSettled(to.getAnimations().map((animation) => animation.finished));
    from.remove();
    to.classList.remove("slide--arriving");
}

/** @param {HTMLElement} slide */
async function change(slide) {
    const url = slide.dataset.next;
    const page = await fetched(url);
    if (page && styleOf(page) !== styleOf(document)) {
        // The site has a new version: start again with it.
        location.replace(url);
        return;
    }
    const arrived = page?.querySelector("main");
    if (arrived) kept.set(url, document.adoptNode(arrived));
    const next = kept.get(url) ?? slide;
    if (next !== slide) await fade(slide, next);
    wait(next);
}

/** @param {HTMLElement} slide */
function wait(slide) {
    setTimeout(change, Number(slide.dataset.seconds) * 1000, slide);
}

wait(document.querySelector("main"));
