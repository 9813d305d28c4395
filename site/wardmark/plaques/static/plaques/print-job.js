// Keeps the progress of an open print job up to date; without it the page is looked at again by its link.
const POLL_MS = 1500;
const section = document.querySelector("[data-progress]");

async function look() {
    try {
        const answer = await fetch(section.dataset.progress, {
            headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        });
        if (answer.ok) show(await answer.json());
    } catch {
        // Away from the network: the next look may reach it.
    }
    window.setTimeout(look, POLL_MS);
}

function show(progress) {
    if (!progress.isOpen) {
        window.location.reload();
        return;
    }
    section.querySelector("progress").value = progress.percent;
    const words = section.querySelector(".print-job__words");
    if (words.textContent !== progress.words) words.textContent = progress.words;
}

if (section) {
    section.querySelector("[data-reload]").hidden = true;
    window.setTimeout(look, POLL_MS);
}
