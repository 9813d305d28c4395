// The recordings play without this file. It lets chapters be tapped within the page, and tells the phone what plays,
// so that a recording goes on and can be steered with the screen locked (Media Session).

const STEP = 10; // seconds a tap on the lock screen moves

/**
 * @param {HTMLElement} guide one recording with its chapters
 * @param {HTMLAudioElement[]} all all recordings of the page
 */
function enhance(guide, all) {
    const audio = guide.querySelector("audio");
    const chapters = [...guide.querySelectorAll("[data-start]")];
    const starts = chapters.map((chapter) => Number(chapter.dataset.start));
    let current = -1;

    const playFrom = (seconds) => {
        audio.currentTime = seconds;
        audio.play();
    };
    const chapterAt = (seconds) => starts.findLastIndex((start) => start <= seconds + 0.25);
    const showChapter = () => {
        const now = chapterAt(audio.currentTime);
        if (now === current) return;
        chapters[current]?.removeAttribute("aria-current");
        chapters[now]?.setAttribute("aria-current", "true");
        current = now;
        describe();
    };
    const describe = () => {
        if (!("mediaSession" in navigator) || audio.paused) return;
        const picture = document.querySelector(".photo img")?.currentSrc || document.querySelector("link[rel=icon]").href;
        navigator.mediaSession.metadata = new MediaMetadata({
            title: chapters[current]?.querySelector("[data-chapter]").textContent || guide.dataset.title,
            artist: guide.dataset.ward,
            album: guide.dataset.title,
            artwork: [{ src: picture }],
        });
    };

    chapters.forEach((chapter, index) => {
        chapter.addEventListener("click", (event) => {
            event.preventDefault();
            playFrom(starts[index]);
        });
    });
    audio.addEventListener("timeupdate", () => {
        if (audio.currentTime > 0) showChapter();
        tellPosition(audio);
    });
    audio.addEventListener("play", () => {
        for (const other of all) if (other !== audio) other.pause();
        describe();
        steer({
            play: () => audio.play(),
            pause: () => audio.pause(),
            seekbackward: (wish) => (audio.currentTime = Math.max(0, audio.currentTime - (wish.seekOffset || STEP))),
            seekforward: (wish) => (audio.currentTime += wish.seekOffset || STEP),
            seekto: (wish) => (audio.currentTime = wish.seekTime),
            previoustrack: starts.length ? () => playFrom(starts[Math.max(0, chapterAt(audio.currentTime) - 1)]) : null,
            nexttrack: starts.length
                ? () => {
                      const next = starts[chapterAt(audio.currentTime) + 1];
                      if (next !== undefined) playFrom(next);
                  }
                : null,
        });
    });
}

function steer(handlers) {
    if (!("mediaSession" in navigator)) return;
    for (const [action, handler] of Object.entries(handlers)) {
        try {
            navigator.mediaSession.setActionHandler(action, handler);
        } catch {
            // An older browser does not know this action and steers without it.
        }
    }
}

function tellPosition(audio) {
    if (!navigator.mediaSession?.setPositionState || !Number.isFinite(audio.duration)) return;
    navigator.mediaSession.setPositionState({
        duration: audio.duration,
        playbackRate: audio.playbackRate,
        position: Math.min(audio.currentTime, audio.duration),
    });
}

const guides = [...document.querySelectorAll("[data-audio-guide]")];
const recordings = guides.map((guide) => guide.querySelector("audio"));
for (const guide of guides) enhance(guide, recordings);

// The bar at the foot leads to the recording, and with a script plays it at once.
document.querySelector("[data-listen]")?.addEventListener("click", () => recordings[0]?.play());
