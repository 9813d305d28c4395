#!/bin/sh
# Make sure a Chromium is here for the browser tests: the system's own, never a downloaded build.
set -eu
for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests …"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "The browser tests need Chromium. Install it, for example: sudo apt install chromium" >&2
echo "or run the others alone: make test PYTEST_ARGS='-m \"not browser\"'" >&2
exit 1
