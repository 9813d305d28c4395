// Copies the account number without leaving the page; without this file the link opens a page that tells it.
for (const link of document.querySelectorAll("[data-copy-number]")) {
    if (!navigator.clipboard) continue;
    link.addEventListener("click", async (event) => {
        event.preventDefault();
        try {
            const answer = await fetch(`${link.href}?as=text`, { cache: "no-store" });
            if (!answer.ok) throw new Error(String(answer.status));
            await navigator.clipboard.writeText(await answer.text());
            link.textContent = link.dataset.copied;
            link.setAttribute("role", "status");
        } catch {
            location.assign(link.href);
        }
    });
}
