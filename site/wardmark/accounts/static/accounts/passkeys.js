// Passkeys: the only part of signing in that needs a script. What needs one stays hidden without; a password is always
// possible. Words come from the page, so that they are in its language.
const supported = "credentials" in navigator && "PublicKeyCredential" in window;

for (const part of document.querySelectorAll("[data-passkey]")) {
    if (!supported) continue;
    part.hidden = false;
    const start = part.querySelector("[data-passkey-start]");
    const form = part.matches("form") ? part : start.form;
    const act = (event) => {
        event.preventDefault();
        run(part, start);
    };
    if (part.dataset.passkey === "add") form.addEventListener("submit", act);
    else start.addEventListener("click", act);
}
for (const lack of document.querySelectorAll("[data-passkey-lack]")) lack.hidden = supported;

async function run(part, start) {
    const said = part.querySelector("[data-passkey-said]");
    said.hidden = true;
    start.disabled = true;
    try {
        const options = await ask(part.dataset.options, {});
        const adds = part.dataset.passkey === "add";
        const credential = adds
            ? await navigator.credentials.create({ publicKey: decoded(options) })
            : await navigator.credentials.get({ publicKey: decoded(options) });
        const answer = encoded(credential);
        if (adds) answer.name = part.querySelector("[name=name]").value;
        const { next } = await ask(part.dataset.answer, answer);
        if (next) location.assign(next);
        else goOn(start);
    } catch (reason) {
        start.disabled = false;
        // Whoever closes the phone's own question wants no reproach.
        if (reason.name === "NotAllowedError" || reason.name === "AbortError") return;
        said.textContent = reason.said ?? document.querySelector("[data-passkey-failed]").content.textContent.trim();
        said.hidden = false;
    }
}

// The session is fresh now: the form goes on with everything that was typed.
function goOn(start) {
    start.disabled = false;
    const by = document.createElement("input");
    Object.assign(by, { type: "hidden", name: start.name, value: start.value });
    start.form.append(by);
    start.form.submit();
}

async function ask(address, body) {
    const answer = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
        },
        body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { said: said.message });
    return said;
}

const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

// By hand: parseCreationOptionsFromJSON and toJSON are younger than many phones here.
function decoded(options) {
    const ids = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));
    const ready = { ...options, challenge: bytes(options.challenge) };
    if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) ready.excludeCredentials = ids(options.excludeCredentials);
    if (options.allowCredentials) ready.allowCredentials = ids(options.allowCredentials);
    return ready;
}

function encoded(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
        if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        response,
        clientExtensionResults: credential.getClientExtensionResults(),
        authenticatorAttachment: credential.authenticatorAttachment ?? null,
    };
}
