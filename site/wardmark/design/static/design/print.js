/**
 * Unfold a story's layers while it is printed: for browsers whose stylesheets cannot (`::details-content`).
 * @param {Document} page
 */
export function unfoldForPrint(page) {
    let unfolded = [];
    addEventListener("beforeprint", () => {
        unfolded = [...page.querySelectorAll(".layer:not([open])")];
        for (const layer of unfolded) layer.open = true;
    });
    addEventListener("afterprint", () => {
        for (const layer of unfolded) layer.open = false;
    });
}
