// Stands in for the worker while OFFLINE_READING is off: takes itself and all it kept off every device that asks.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    await registration.unregister();
}
