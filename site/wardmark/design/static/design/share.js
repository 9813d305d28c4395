/**
 * Show the share buttons and make them work in every browser: by its own sheet, else by copying, else by showing the
 * address to be copied by hand. Browsers inside chat apps often lack the first two, or refuse them when asked.
 * @param {Document} page
 */
export function offerSharing(page) {
    // Without what a chat app added to it: the page's own address and nothing else.
    const url = page.location.origin + page.location.pathname;
    for (const button of page.querySelectorAll("[data-share]")) {
        button.closest("[hidden]").hidden = false;
        button.addEventListener("click", async () => {
            if (await shared(button.dataset.share, url)) return;
            if (await copied(url)) {
                const label = button.querySelector("[data-share-label]");
                label.textContent = label.dataset.copied;
                return;
            }
            showAddress(page.querySelector("[data-share-address]"), url);
        });
    }
}

async function shared(title, url) {
    if (!navigator.share) return false;
    try {
        await navigator.share({ title, url });
        return true;
    } catch (error) {
        // Closing the share sheet is a choice, not a failure.
        return error.name === "AbortError";
    }
}

async function copied(url) {
    try {
        await navigator.clipboard.writeText(url);
        return true;
    } catch {
        return false;
    }
}

function showAddress(place, url) {
    const field = place.querySelector("input");
    place.hidden = false;
    field.value = url;
    const select = () => field.setSelectionRange(0, url.length, "backward");
    field.addEventListener("focus", select);
    field.addEventListener("click", select);
    field.focus();
}
