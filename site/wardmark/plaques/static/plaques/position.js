/**
 * Let staff send where they stand, after a tap and only then. Nothing on the page needs it.
 * @param {Document} page
 */
function offerPosition(page) {
    if (!("geolocation" in navigator)) return;

    for (const offer of page.querySelectorAll("[data-position]")) {
        const form = offer.closest("form");
        const said = offer.querySelector("[role=status]");
        const goOn = offer.querySelector("[type=submit]");
        offer.hidden = false;
        offer.querySelector("[type=button]").addEventListener("click", () => {
            navigator.geolocation.getCurrentPosition(
                ({ coords }) => {
                    // A millionth of a degree is about a hand's breadth.
                    form.elements.latitude.value = coords.latitude.toFixed(6);
                    form.elements.longitude.value = coords.longitude.toFixed(6);
                    said.textContent = said.dataset.found;
                    if (goOn) form.requestSubmit(goOn);
                },
                () => {
                    said.textContent = said.dataset.refused;
                },
                { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
            );
        });
    }
}

offerPosition(document);
