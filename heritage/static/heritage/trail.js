// The stamps of a trail stay in this browser: nothing is ever sent. Without this file no stamp is offered.
const NAME = "wardmark-stamps";

/** @returns {?Object<string, string[]>} stamped stops by trail; null where this browser lets nothing be kept */
function kept() {
    try {
        return Object(JSON.parse(localStorage.getItem(NAME)));
    } catch (error) {
        return error instanceof SyntaxError ? {} : null;
    }
}

function keep(stamps) {
    try {
        localStorage.setItem(NAME, JSON.stringify(stamps));
        return true;
    } catch {
        return false;
    }
}

function show(trail) {
    const stamps = kept();
    if (!stamps) return;
    const stops = trail.dataset.stops.split(" ");
    const mine = stops.filter((stop) => [stamps[trail.dataset.trail]].flat().includes(stop));
    const hide = (part, hidden) => {
        for (const one of trail.querySelectorAll(`[data-stamp-${part}]`)) one.hidden = hidden;
    };
    for (const mark of trail.querySelectorAll("[data-stamp-mark]")) {
        mark.hidden = !mine.includes(mark.closest("[data-stop]").dataset.stop);
    }
    const count = trail.querySelector("[data-stamp-count]");
    count.textContent = count.dataset.stampCount.replace("{n}", mine.length).replace("{total}", stops.length);
    hide("card", false);
    hide("here", mine.includes(trail.dataset.stop));
    hide("forget", !mine.length);
    hide("done", mine.length < stops.length);
}

for (const trail of document.querySelectorAll("[data-trail]")) {
    const { trail: name, stop } = trail.dataset;
    const onClick = (part, change) =>
        trail.querySelector(`[data-stamp-${part}]`)?.addEventListener("click", () => {
            const done = keep({ ...kept(), [name]: change(kept()?.[name] ?? []) });
            if (part === "here") trail.querySelector("[data-stamp-refused]").hidden = done;
            show(trail);
        });
    onClick("here", (stamped) => [...stamped, stop]);
    onClick("forget", () => undefined);
    show(trail);
}
