"""Lighthouse's mobile figures for one page of each kind, as `make demo` serves them.

    python tests/bench/lighthouse.py [runs]

Lighthouse comes from npm, which Node brings; its browser is the one the tests drive. The phone and its network are
simulated, so a busy machine still moves the performance figure: the median of the runs is printed, with the range.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import demo_site
from tests.browser.conftest import CHROMIUM
from tests.browser.places import LANGUAGES, PAGES

LIGHTHOUSE = "lighthouse@12.8.2"  # the last one for Node 20
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
TRIES = 3


def measure(url: str, report: Path, chromium: str) -> dict[str, float]:
    """Return the score of each category, 0 to 100. Raises CalledProcessError when Lighthouse gives up thrice."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    for left in reversed(range(TRIES)):
        # On a busy machine Chromium now and then loses its own trace, and Lighthouse asks to be run again.
        done = subprocess.run(command, check=not left, timeout=300, env=os.environ | {"CHROME_PATH": chromium})
        if done.returncode == 0:
            break
    result = json.loads(report.read_text())
    for audit in _lost(result):
        say(f"    {audit}")
    return {name: 100 * (result["categories"][name]["score"] or 0) for name in CATEGORIES}


def _lost(result: dict) -> list[str]:
    """Return what cost a category other than performance its points."""
    lost = []
    for name in CATEGORIES[1:]:
        for part in result["categories"][name]["auditRefs"]:
            audit = result["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                lost.append(f"{name}: {audit['title']}")
    return lost


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(runs: int) -> None:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium or not shutil.which("npx"):
        raise SystemExit("Lighthouse needs Chromium and Node's npx.")
    with tempfile.TemporaryDirectory(prefix="wardmark-lighthouse-") as folder:
        site, processes = demo_site.start(Path(folder) / "var", Path(folder) / "server.log")
        try:
            say(f"{'page':<16}" + "".join(f"{name:>24}" for name in CATEGORIES))
            for page in PAGES:
                for language in LANGUAGES:
                    measured = [
                        measure(site.url + page.paths[language], Path(folder) / "report.json", chromium)
                        for _ in range(runs)
                    ]
                    cells = []
                    for name in CATEGORIES:
                        scores = [scored[name] for scored in measured]
                        median = statistics.median(scores)
                        mark = " " if median >= LEAST else "!"
                        cells.append(f"{median:.0f}{mark} ({min(scores):.0f}-{max(scores):.0f})")
                    say(f"{page.kind + ' ' + language:<16}" + "".join(f"{cell:>24}" for cell in cells))
        finally:
            demo_site.end(processes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
