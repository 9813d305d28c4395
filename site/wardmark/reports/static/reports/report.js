// The form works without this file; it only counts, makes room for one photo after the other, and says it is sending.
const form = document.querySelector("[data-report]");
const text = form.querySelector("textarea");
const count = form.querySelector("[data-count]");

function tellCount() {
    count.textContent = `${count.dataset.count} ${text.maxLength - text.value.length}`;
    count.hidden = text.value.length < text.maxLength * 0.8;
}
text.addEventListener("input", tellCount);
tellCount();

const rows = [...form.querySelectorAll("[data-photo]")];
function offerNext() {
    const chosen = rows.map((row) => row.querySelector("input").files.length > 0);
    rows.forEach((row, number) => {
        row.hidden = number > 0 && !chosen[number] && !chosen[number - 1];
    });
}
rows.forEach((row) => row.addEventListener("change", offerNext));
offerNext();

const button = form.querySelector("[data-busy]");
const words = button.textContent;
form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
});
// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = words;
    offerNext();
});
