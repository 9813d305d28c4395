// The offer to keep a page, or a whole trail, for when there is no connection: design/components/keep.html.
import { inMegabytes, keep, listKept, when, within } from "./kept.js";

const MOST_TIME = 60_000; // ms until the worker must stand, its files included

/** @param {HTMLElement} offer what stands hidden in the page until this can work */
export function offerKeeping(offer) {
    const part = (name) => offer.querySelector(`[data-keep-${name}]`);
    const named = offer.dataset.keep.split(" ").filter(Boolean);
    const addresses = [...new Set([...named, location.href].map((one) => new URL(one, location.href).pathname))];
    const [start, cancel, audio, progress, status] = ["start", "cancel", "audio", "progress", "status"].map(part);
    let stop;

    const say = (words, detail = "") => (status.textContent = [status.dataset[words], detail].filter(Boolean).join(" "));
    const work = (isWorking) => {
        start.hidden = isWorking;
        cancel.hidden = progress.hidden = !isWorking;
        if (audio) audio.disabled = isWorking;
    };

    start.addEventListener("click", async () => {
        stop = new AbortController();
        const { signal } = stop;
        work(true);
        say("saving");
        progress.max = addresses.length;
        progress.value = 0;
        try {
            // Nothing stands behind this site on anybody's device before this tap.
            await workerAt(offer.dataset.worker, within(MOST_TIME, signal));
            await makeRoom(Number(offer.dataset.keepBytes) + (audio?.checked ? Number(audio.value) : 0));
            for (const address of addresses) {
                await keep(address, { asked: true, audio: audio?.checked, signal });
                progress.value += 1;
            }
            if (!(await showKept())) throw new Error("not all of it is there");
        } catch (error) {
            say(signal.aborted ? "cancelled" : error.name === "QuotaExceededError" ? "full" : "failed");
            start.textContent = start.dataset.again;
        }
        work(false);
        start.focus();
    });
    cancel.addEventListener("click", () => stop.abort());

    const showKept = async () => {
        const kept = (await listKept()).filter((page) => page.asked && addresses.includes(page.address));
        if (kept.length < addresses.length) return false;
        const bytes = kept.reduce((sum, page) => sum + page.bytes, 0);
        say("saved", `${when(kept.at(-1).at)} · ${inMegabytes(bytes)}`);
        if (audio) audio.checked = kept.some((page) => page.audio);
        return true;
    };
    showKept();
    offer.hidden = false;
}

/** Stand the worker behind the site; fails where it cannot be installed, for then nothing kept could be shown. */
function workerAt(address, signal) {
    return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        const watch = ({ active, waiting, installing }) => {
            const worker = active ?? waiting ?? installing;
            const look = () => {
                if (worker.state === "activated") resolve();
                if (worker.state === "redundant") reject(new Error("the worker was not installed"));
            };
            worker.addEventListener("statechange", look);
            look();
        };
        navigator.serviceWorker.register(address).then(watch).catch(reject);
    });
}

async function makeRoom(bytes) {
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    if (bytes > quota - usage) throw new DOMException("", "QuotaExceededError");
}
