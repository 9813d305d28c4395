/** Name pages below a search field while somebody types. @param {Document} page */
export function offerSuggestions(page) {
    for (const input of page.querySelectorAll("[data-suggest]")) offer(input);
}

const WAIT = 150; // milliseconds without a key

function offer(input) {
    const list = input.nextElementSibling;
    const said = list.nextElementSibling;
    const set = (name, value) => input.setAttribute(`aria-${name}`, value);
    let asking, timer;
    let at = -1;

    const mark = (next) => {
        at = next;
        [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === at));
        list.children[at]?.scrollIntoView({ block: "nearest" });
        set("activedescendant", list.children[at]?.id ?? "");
    };
    const show = (open) => {
        list.hidden = !open;
        set("expanded", open);
        mark(-1);
    };
    const option = ({ title, kind, url }, n) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `suggestion-${n}`, className: "suggest__option", role: "option" });
        item.innerHTML = '<span class="suggest__title"></span> <span class="suggest__kind"></span>';
        item.firstChild.textContent = title;
        item.lastChild.textContent = kind;
        item.onclick = () => location.assign(url);
        return item;
    };
    // Who walks in the list keeps it: an answer still on its way would take the chosen line from under the finger.
    const stand = () => {
        clearTimeout(timer);
        asking?.abort();
    };
    const ask = async () => {
        asking?.abort();
        if (input.value.trim().length < 2) return show(false);
        asking = new AbortController();
        try {
            const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, { signal: asking.signal });
            const found = await answer.json();
            list.replaceChildren(...found.options.map(option));
            said.textContent = found.said;
            show(found.options.length > 0 && input === document.activeElement);
        } catch {
            // Typed on meanwhile, or offline: the form itself still searches.
        }
    };

    input.setAttribute("role", "combobox");
    list.setAttribute("role", "listbox");
    said.setAttribute("role", "status");
    set("autocomplete", "list");
    set("controls", list.id);
    show(false);
    input.oninput = () => {
        clearTimeout(timer);
        timer = setTimeout(ask, WAIT);
    };
    input.onblur = () => show(false);
    // A tap must not take the focus, and the list with it, away before it is a click.
    list.onpointerdown = (event) => event.preventDefault();
    input.onkeydown = (event) => {
        const many = list.hidden ? 0 : list.children.length;
        if (!many) return;
        // One place more than there are options: the field itself, where what was typed is searched.
        if (event.key === "ArrowDown") mark(at + 1 < many ? at + 1 : -1);
        else if (event.key === "ArrowUp") mark(at < 0 ? many - 1 : at - 1);
        else if (event.key === "Escape") show(false);
        else if (event.key === "Enter" && at >= 0) list.children[at].click();
        else return;
        stand();
        event.preventDefault();
    };
}
