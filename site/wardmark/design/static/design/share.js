/**
 * Show the share buttons where this browser can share or copy, and make them work.
 * @param {Document} page
 */
export function offerSharing(page) {
    const canShare = "share" in navigator;
    const canCopy = Boolean(navigator.clipboard);
    if (!canShare && !canCopy) return;

    for (const button of page.querySelectorAll("[data-share]")) {
        button.closest("[hidden]").hidden = false;
        button.addEventListener("click", async () => {
            const url = page.location.origin + page.location.pathname;
            try {
                if (canShare) {
                    await navigator.share({ title: button.dataset.share, url });
                } else {
                    await navigator.clipboard.writeText(url);
                    const label = button.querySelector("[data-share-label]");
                    label.textContent = label.dataset.copied;
                }
            } catch (error) {
                // Closing the share sheet is a choice, not a failure.
                if (error.name !== "AbortError") throw error;
            }
        });
    }
}
