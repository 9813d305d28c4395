// The form works without this file; it only counts, makes room for one photo after the other, makes each smaller before
// it is sent, and says it is sending.
import { shrunk } from "../design/shrink-photo.js";

const LONGEST_WAIT = 10_000; // ms that an old phone may take over its photos
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

/** By field, the photo that is being made smaller; the form waits for them. */
const inWork = new Map();
for (const row of rows) {
    const field = row.querySelector("input");
    field.addEventListener("change", () => inWork.set(field, putSmaller(field, field.files[0])));
}

/** Where anything fails, the photo stays as it was chosen. */
async function putSmaller(field, file) {
    if (!file) return;
    const small = await shrunk(file);
    // Another was chosen meanwhile.
    if (small === file || field.files[0] !== file) return;
    try {
        const chosen = new DataTransfer();
        chosen.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
        field.files = chosen.files;
    } catch {
        // A browser that lets no script choose: it is sent as it is.
    }
}

const button = form.querySelector("[data-busy]");
const words = button.textContent;
form.addEventListener("submit", async (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
        event.preventDefault();
        return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
    if (!inWork.size) return;
    event.preventDefault();
    await Promise.race([Promise.all(inWork.values()), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT))]);
    form.submit();
});
// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = words;
    offerNext();
});
