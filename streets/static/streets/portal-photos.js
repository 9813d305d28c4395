// A shop's photos in the vendors' corner: made smaller on the phone, sent one after the other, put in order. Without this
// file the same two forms send what was chosen as it is, and take an order in numbers.
import { shrunk } from "../design/shrink-photo.js";

const LONGEST_PAUSE = 30_000; // ms between two attempts on a bad line
const MOST_TIME = 120_000; // ms that one photo may take

const upload = document.querySelector("[data-upload]");
const list = document.querySelector("[data-photos]");

// ---- sending -------------------------------------------------------------------------------------

/** The photos that are still to be sent. Each carries a key of its own: sent twice, it is the same photo. */
const queue = [];
let isSending = false;

function offerUpload() {
    upload.classList.add("photo-upload--live");
    upload.querySelector("[data-upload-plain]").hidden = true;
    for (const field of upload.querySelectorAll("[type=file]")) {
        field.addEventListener("change", () => {
            for (const file of field.files) queue.push(listed(file));
            field.value = "";
            goOn();
        });
    }
    addEventListener("online", goOn);
    addEventListener("beforeunload", (event) => {
        if (queue.length) event.preventDefault();
    });
}

function listed(file) {
    const row = document.createElement("li");
    row.className = "photo-queue__one";
    const picture = document.createElement("canvas");
    picture.width = picture.height = 128;
    picture.setAttribute("aria-hidden", "true");
    const said = document.createElement("p");
    said.textContent = upload.dataset.waiting;
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = 0;
    progress.setAttribute("aria-label", file.name);
    const buttons = document.createElement("p");
    buttons.className = "photo-queue__buttons";
    row.append(picture, said, progress, buttons);
    upload.querySelector("[data-upload-queue]").append(row);
    return { file, row, picture, said, progress, buttons, key: newKey(), blob: null, attempts: 0, isStuck: false };
}

/** A version 4 UUID; `crypto.randomUUID` is not there on a plain http address of a local network. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function goOn() {
    if (isSending) return;
    isSending = true;
    for (let one = next(); one; one = next()) await bring(one);
    isSending = false;
}

const next = () => queue.find((one) => !one.isStuck);

async function bring(one) {
    if (!one.blob) {
        one.said.textContent = upload.dataset.shrinking;
        one.blob = await shrunk(one.file, one.picture);
    }
    one.buttons.replaceChildren();
    one.said.textContent = upload.dataset.sending;
    one.attempts += 1;
    try {
        const { status, answer, isOurs } = await sent(one);
        if (status === 200 && answer) done(one, answer);
        else if (!isOurs) stuck(one, status >= 500 ? upload.dataset.failed : upload.dataset.signedOut);
        else stuck(one, answer?.message ?? upload.dataset.failed);
    } catch {
        one.said.textContent = upload.dataset.offline;
        offerTo(one);
        await pause(Math.min(1000 * 2 ** one.attempts, LONGEST_PAUSE));
    }
}

/** XMLHttpRequest, for it alone says how much of the photo has gone. Fails where the line does. */
function sent(one) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const body = new FormData();
        body.append("csrfmiddlewaretoken", upload.querySelector("[name=csrfmiddlewaretoken]").value);
        body.append("upload_key", one.key);
        body.append("photo", one.blob, one.blob === one.file ? one.file.name : "photo.jpg");
        request.open("POST", upload.action);
        request.setRequestHeader("Accept", "application/json");
        request.timeout = MOST_TIME;
        request.upload.addEventListener("progress", ({ loaded, total }) => (one.progress.value = total ? loaded / total : 0));
        request.addEventListener("load", () => {
            const isOurs = (request.getResponseHeader("Content-Type") ?? "").startsWith("application/json");
            resolve({ status: request.status, answer: isOurs ? JSON.parse(request.responseText) : null, isOurs });
        });
        for (const end of ["error", "timeout", "abort"]) request.addEventListener(end, () => reject(new Error(end)));
        request.send(body);
    });
}

let wake = () => {};

/** Until the time is over, the connection is back or the vendor taps. */
function pause(time) {
    return new Promise((resolve) => {
        const timer = setTimeout(() => wake(), time);
        wake = () => {
            clearTimeout(timer);
            removeEventListener("online", wake);
            resolve();
        };
        addEventListener("online", wake);
    });
}

function done(one, answer) {
    take(one);
    addRow(answer);
}

/** What the server refused is not tried again by itself: it would be refused again. */
function stuck(one, words) {
    one.isStuck = true;
    one.progress.hidden = true;
    one.said.textContent = words;
    offerTo(one);
}

function take(one) {
    queue.splice(queue.indexOf(one), 1);
    one.row.remove();
}

function offerTo(one) {
    const again = button(upload.dataset.again, () => {
        one.isStuck = false;
        one.progress.hidden = false;
        wake();
        goOn();
    });
    const leave = button(upload.dataset.cancel, () => {
        take(one);
        wake();
    });
    one.buttons.replaceChildren(again, leave);
}

function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button--quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
}

// ---- the list ------------------------------------------------------------------------------------

const rows = list.querySelector("[data-photos-rows]");

function addRow({ picture, row }) {
    // Sent twice, and answered twice: it stands there already.
    if (rows.querySelector(`input[name$="-picture"][value="${picture}"]`)) return;
    const total = list.querySelector("[name$=TOTAL_FORMS]");
    const made = document.createElement("template");
    made.innerHTML = row.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const added = made.content.querySelector("[data-photo]");
    rows.append(added);
    offerOrder(added);
    number();
    added.querySelector("[name$=-alt]").scrollIntoView({ block: "center" });
}

function offerOrder(row) {
    const part = (name) => row.querySelector(`[data-photo-${name}]`);
    const remove = row.querySelector("[name$=-remove]");
    part("plain").hidden = true;
    part("buttons").hidden = false;
    part("up").addEventListener("click", () => move(row, row.previousElementSibling, "before"));
    part("down").addEventListener("click", () => move(row, row.nextElementSibling, "after"));
    const show = () => {
        row.classList.toggle("photo-row--away", remove.checked);
        part("away").hidden = remove.checked;
        part("back").hidden = !remove.checked;
    };
    for (const [name, isAway] of [["away", true], ["back", false]]) {
        part(name).addEventListener("click", () => {
            remove.checked = isAway;
            remove.dispatchEvent(new Event("change", { bubbles: true }));
            show();
            number();
            part(isAway ? "back" : "away").focus();
        });
    }
    show();
}

function move(row, beside, where) {
    if (!beside) return;
    const focused = document.activeElement;
    beside[where](row);
    focused.focus();
    number();
    const said = list.querySelector("[data-photos-said]");
    said.textContent = said.dataset.moved;
}

function number() {
    const all = [...rows.querySelectorAll("[data-photo]")];
    const staying = all.filter((row) => !row.querySelector("[name$=-remove]").checked);
    all.forEach((row, index) => {
        row.querySelector("[name$=-position]").value = index + 1;
        row.querySelector("[data-photo-main]").hidden = row !== staying[0];
        row.querySelector("[data-photo-up]").disabled = index === 0;
        row.querySelector("[data-photo-down]").disabled = index === all.length - 1;
    });
    list.querySelector("[data-photos-none]").hidden = all.length > 0;
}

offerUpload();
for (const row of rows.querySelectorAll("[data-photo]")) offerOrder(row);
number();
