// What is typed into a form marked `data-keep` outlives a lost connection, a closed tab and an empty battery: it stays on
// this device, for this person, until it is sent, thrown away or a week old, or until the person signs out.
// design/components/drafts.html carries the words. Nothing is kept of passwords, files, hidden fields, fields or parts
// of the page marked `data-keep-never`, and of what looks like an account number.
const PREFIX = "draft ";
const LONGEST = 7 * 24 * 3600 * 1000; // ms
const SOON = 300; // ms after a key
const PATIENCE = 8000; // ms for the line to show that it is there
const TYPES = new Set([
    ...["text", "search", "tel", "number", "date", "time", "url", "email", "checkbox", "radio"],
    ...["textarea", "select-one", "select-multiple"],
]);
const SECRET = /one-time-code|password|cc-/;
const ACCOUNT_NUMBER = /^[\s\d.-]*$/;

/** @param {HTMLTemplateElement} words what is said, and whose page this is: `data-of` */
export function keepDrafts(words) {
    forgetOthers(words.dataset.of);
    for (const form of document.querySelectorAll("form[data-keep]")) new Draft(form, words);
    document.addEventListener("submit", ({ target }) => {
        // Phones are shared: whoever comes next must not read on.
        if (new URL(target.action).pathname === words.dataset.signOut) forget(() => true);
    }, true);
}

class Draft {
    constructor(form, words) {
        this.form = form;
        this.words = words;
        this.key = `${PREFIX}${location.pathname} ${form.dataset.keep}`;
        this.kept = read(this.key);
        if (this.kept?.of !== words.dataset.of) this.kept = null;
        if (this.kept && wentThrough(this.kept, form)) this.drop();
        if (this.kept) this.restore();
        form.addEventListener("input", () => this.saveSoon());
        form.addEventListener("change", () => this.saveSoon());
        form.addEventListener("submit", (event) => this.send(event));
        addEventListener("pagehide", () => this.timer && this.save());
    }

    fields() {
        const counts = new Map();
        return [...this.form.elements].filter(mayBeKept).map((field) => {
            const name = field.dataset.keepAs ?? field.name;
            const nth = counts.get(name) ?? 0;
            counts.set(name, nth + 1);
            return [`${name} ${nth}`, field];
        });
    }

    saveSoon() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.save(), SOON);
    }

    save() {
        clearTimeout(this.timer);
        this.timer = undefined;
        const typed = { ...this.kept?.typed };
        for (const [name, field] of this.fields()) {
            if (looksSecret(field)) delete typed[name];
            else if (name in typed || !isAsGiven(field)) typed[name] = valueOf(field);
        }
        if (!Object.keys(typed).length) {
            if (this.kept) this.drop();
            return;
        }
        this.kept = { of: this.words.dataset.of, at: Date.now(), page: location.pathname, typed };
        write(this.key, this.kept);
    }

    restore() {
        let isDifferent = false;
        for (const [name, field] of this.fields()) {
            if (!(name in this.kept.typed) || same(valueOf(field), this.kept.typed[name])) continue;
            setValue(field, this.kept.typed[name]);
            field.dispatchEvent(new Event("change", { bubbles: true }));
            isDifferent = true;
        }
        if (isDifferent) this.say(this.words.dataset.restored.replace("{time}", inWords(this.kept.at)), true);
    }

    /** Send once the line is there; otherwise say so, with everything still in its place. */
    async send(event) {
        if (event.defaultPrevented || !this.form.requestSubmit) return;
        if (this.mayGo) {
            this.mayGo = false;
            return;
        }
        event.preventDefault();
        if (this.isAsking) return;
        this.save();
        this.isAsking = true;
        const isThere = await answers(this.words.dataset.probe);
        this.isAsking = false;
        if (!isThere) return this.say(this.words.dataset.offline, false, "alert");
        if (this.kept) write(this.key, (this.kept = { ...this.kept, sent: true }));
        this.mayGo = true;
        this.form.requestSubmit(event.submitter ?? undefined);
        // Stopped by the browser's own checks, it must be asked again.
        this.mayGo = false;
    }

    say(text, mayDiscard, role = "status") {
        this.note?.remove();
        this.note = document.createElement("div");
        this.note.className = "draft-note";
        this.note.setAttribute("role", role);
        const said = document.createElement("p");
        said.textContent = text;
        this.note.append(said);
        if (mayDiscard) this.note.append(this.discardButton());
        this.form.prepend(this.note);
        this.note.scrollIntoView({ block: "nearest" });
    }

    discardButton() {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button--quiet";
        button.textContent = this.words.dataset.discard;
        button.addEventListener("click", () => {
            this.drop();
            this.form.reset();
            for (const [, field] of this.fields()) field.dispatchEvent(new Event("change", { bubbles: true }));
            clearTimeout(this.timer);
            this.timer = undefined;
            this.note.remove();
        });
        return button;
    }

    drop() {
        this.kept = null;
        forget((key) => key === this.key);
    }
}

/** Whether what was sent has been taken: this page is where the form led to, and it complains of nothing. */
function wentThrough(draft, form) {
    const [way] = performance.getEntriesByType("navigation");
    if (!draft.sent || way?.type !== "navigate" || (way.responseStatus || 200) >= 400) return false;
    if (!document.referrer || new URL(document.referrer).pathname !== draft.page) return false;
    return !form?.querySelector("[aria-invalid=true]") && !document.querySelector("main [role=alert]");
}

/** Take away what other people left here, what is old, and what this page shows to have been sent. */
function forgetOthers(person) {
    forget((key) => {
        const draft = read(key);
        if (!draft || Date.now() - draft.at > LONGEST) return true;
        // Signed out by the clock, one comes back to one's own; somebody else who signs in does not.
        if (person && draft.of !== person) return true;
        return draft.page !== location.pathname && wentThrough(draft);
    });
}

function mayBeKept(field) {
    const isSecret = SECRET.test(field.autocomplete ?? "") || field.closest("[data-keep-never]");
    return Boolean(field.name || field.dataset.keepAs) && TYPES.has(field.type) && !isSecret;
}

function looksSecret(field) {
    if (field.type !== "text" && field.type !== "search" && field.type !== "textarea") return false;
    return ACCOUNT_NUMBER.test(field.value) && field.value.replace(/\D/g, "").length >= 8;
}

function isAsGiven(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked;
    if (field.options) return [...field.options].every((one) => one.selected === one.defaultSelected) || isUntouched(field);
    return field.value === field.defaultValue;
}

/** A list of which nothing is marked as chosen shows its first line. */
function isUntouched(field) {
    return field.type === "select-one" && field.selectedIndex === 0 && ![...field.options].some((one) => one.defaultSelected);
}

function valueOf(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.type === "select-multiple" ? [...field.selectedOptions].map((one) => one.value) : field.value;
}

function setValue(field, value) {
    if (typeof value === "boolean") field.checked = value;
    else if (Array.isArray(value)) for (const one of field.options) one.selected = value.includes(one.value);
    else field.value = value;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function inWords(at) {
    const day = new Date(at).toDateString() === new Date().toDateString() ? {} : { day: "2-digit", month: "2-digit" };
    return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", ...day }).format(at);
}

async function answers(address) {
    try {
        await fetch(address, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
        return true;
    } catch {
        return false;
    }
}

// ---- the device: full, forbidden or emptied, it costs the draft and nothing else ----------------------

function read(key) {
    try {
        const draft = JSON.parse(localStorage.getItem(key));
        return draft && typeof draft.typed === "object" ? draft : null;
    } catch {
        return null;
    }
}

function write(key, draft) {
    try {
        localStorage.setItem(key, JSON.stringify(draft));
    } catch {
        // As without this file.
    }
}

function forget(isToGo) {
    try {
        for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && isToGo(key)) localStorage.removeItem(key);
    } catch {
        // Nothing can be kept here either.
    }
}
