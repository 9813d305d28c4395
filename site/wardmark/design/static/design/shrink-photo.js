// A photo made smaller before it is sent: a phone's 12 megapixels are 4 MB, a page shows a tenth of them.
const LONGEST_SIDE = 2048; // pixels
const QUALITY = 0.85;

/**
 * The photo as a JPEG of at most 2048 pixels, upright; as it is where the browser cannot read it (HEIC) or would only
 * make it larger.
 * @param {File} file
 * @param {HTMLCanvasElement} [small] a square in which it is shown meanwhile
 */
export async function shrunk(file, small) {
    let picture;
    try {
        picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
        return file;
    }
    try {
        if (small) showIn(small, picture);
        const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        const pen = canvas.getContext("2d");
        // What a drawing leaves out is paper, not black.
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.imageSmoothingQuality = "high";
        pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
        return blob && (scale < 1 || blob.size < file.size) ? blob : file;
    } catch {
        return file;
    } finally {
        picture.close();
    }
}

function showIn(small, picture) {
    const side = Math.min(picture.width, picture.height);
    const from = [(picture.width - side) / 2, (picture.height - side) / 2];
    small.getContext("2d").drawImage(picture, ...from, side, side, 0, 0, small.width, small.height);
}
