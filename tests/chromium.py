"""How tests start Chromium: by which names it goes, and with which flags it stays quiet."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def find_chromium() -> str | None:
    """Where it lies, or None when this machine has none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
