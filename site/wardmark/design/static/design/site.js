// Everything on the page works without this file; it only adds what a browser alone can do.
import { unfoldForPrint } from "./print.js";
import { offerSharing } from "./share.js";
import { offerSuggestions } from "./suggest.js";

offerSharing(document);
offerSuggestions(document);
unfoldForPrint(document);

const canKeep = "serviceWorker" in navigator && "caches" in window && "locks" in navigator;
const offer = document.querySelector("[data-keep]:not(form)");
if (canKeep && offer) import("./keep.js").then(({ offerKeeping }) => offerKeeping(offer));
// Only where somebody once asked to keep a page does a worker stand behind this one.
if (canKeep && (document.body.dataset.kept || navigator.serviceWorker.controller)) {
    import("./kept.js").then(({ goOnKeeping }) => goOnKeeping(document));
}

const drafts = document.querySelector("[data-drafts]");
if (drafts) import("./drafts.js").then(({ keepDrafts }) => keepDrafts(drafts));
