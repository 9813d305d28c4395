// A page that a browser kept, or that stays on a screen, must not say “open now” for ever: once the line is no longer
// true, it says where the hours stand, or nothing.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function retireWhenOver() {
    for (const line of document.querySelectorAll("[data-stale-from]")) {
        const left = Date.parse(line.dataset.staleFrom) - Date.now();
        if (left > 0) {
            if (left < LONGEST_TIMER_MS) setTimeout(retireWhenOver, left + 500);
            continue;
        }
        line.className = "opening";
        line.textContent = line.dataset.staleWords ?? "";
        line.hidden = !line.textContent;
        delete line.dataset.staleFrom;
    }
}

retireWhenOver();
// A sleeping phone's timers sleep too, and a page that comes back from the browser's memory runs nothing anew.
document.addEventListener("visibilitychange", retireWhenOver);
addEventListener("pageshow", retireWhenOver);
