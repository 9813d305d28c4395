// Reads the code of a chosen photo on the device where the browser can, so that no photo is sent; else it is uploaded.
const form = document.querySelector("[data-check-code]");
const photo = form?.elements.namedItem("photo");
const text = form?.elements.namedItem("text");

async function readHere(file) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const picture = await createImageBitmap(file);
    const found = await detector.detect(picture);
    const values = [...new Set(found.map((one) => one.rawValue))];
    return values.find((value) => value.startsWith("0002")) ?? values[0] ?? "";
}

if (form && "BarcodeDetector" in window) {
    photo.addEventListener("change", async () => {
        if (!photo.files.length) return;
        let value = "";
        try {
            value = await readHere(photo.files[0]);
        } catch {
            return;
        }
        if (!value) return;
        text.value = value;
        photo.value = "";
        form.requestSubmit();
    });
}
