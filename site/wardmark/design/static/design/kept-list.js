// The list of what is kept on this device, which the worker also shows in place of a page that is not.
import { forget, inMegabytes, listKept, when } from "./kept.js";

const part = (name) => document.querySelector(`[data-kept-${name}]`);
const list = part("list");

part("missing").hidden = location.pathname === list.dataset.keptList;

async function show() {
    const kept = "caches" in window ? await listKept() : [];
    list.replaceChildren(...kept.map(asItem));
    part("none").hidden = kept.length > 0;
    part("clear").hidden = kept.length === 0;
    part("total").textContent = kept.length ? inMegabytes(kept.reduce((sum, page) => sum + page.bytes, 0)) : "";
}

function asItem(page) {
    const item = part("item").content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = page.address;
    link.textContent = page.title;
    link.lang = page.address.split("/")[1];
    item.querySelector("[data-kept-about]").textContent = `${when(page.at)} · ${inMegabytes(page.bytes)}`;
    item.querySelector("[data-kept-audio]").hidden = !page.audio;
    const remove = item.querySelector("button");
    remove.setAttribute("aria-label", `${remove.textContent.trim()}: ${page.title}`);
    remove.addEventListener("click", () => forgetAndShow([page.address]));
    return item;
}

async function forgetAndShow(addresses) {
    await forget(addresses);
    await show();
    document.querySelector("h1").focus();
}

part("clear").addEventListener("click", async () => {
    await forgetAndShow((await listKept()).map((page) => page.address));
});
show();
