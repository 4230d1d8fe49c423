#!/usr/bin/env python3
"""Make the pictures of the screen, docs/*.svg, from the demo. Everybody in them is made up.

Run by hand, after a change of what the screen shows. It needs tmux, and rich from PyPI:

    cargo build --release && pip install rich && docs/picture.py
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

DOCS = Path(__file__).resolve().parent
PROGRAM = Path(os.environ.get("FIRSTBELL", DOCS.parent / "target/release/firstbell")).resolve()

# What rich puts around the lines of the screen, but with no font that is fetched from elsewhere.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; \
line-height: {line_height}px; font-variant-east-asian: full-width; white-space: pre; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def tmux(*words):
    """Run one command of a tmux of our own."""
    return subprocess.run(["tmux", "-L", "firstbell-picture", *words], check=True, capture_output=True, text=True).stdout


def wait_for(words):
    """Wait until the screen shows these words, then until nothing on it changes for a second."""
    before = None
    for _ in range(120):
        shown = tmux("capture-pane", "-e", "-p")
        if words in shown and shown == before:
            return shown
        before = shown
        time.sleep(1)
    raise SystemExit(f"the screen does not show “{words}”:\n{before}")


def take(name, title, columns, lines, at, presses, words):
    """Open the demo at a stopped clock, press the keys, and write what the screen shows."""
    with tempfile.TemporaryDirectory() as folder:
        demo = f"{PROGRAM} demo --still --at {at} --db {folder}/demo.db"
        officer = ["-e", "FIRSTBELL_OFFICER=S Marsh, attendance officer", "-e", "LANG=C.UTF-8"]
        tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), *officer, demo)
        try:
            wait_for("Harrington High")
            for press in presses:
                tmux("send-keys", press)
                time.sleep(1)
            shown = wait_for(words)
        finally:
            tmux("kill-server")
    console = Console(record=True, width=columns, file=open(os.devnull, "w"), color_system="standard")
    console.print(Text.from_ansi(shown.rstrip("\n"), no_wrap=True), soft_wrap=True)
    console.save_svg(str(DOCS / name), title=title, theme=SVG_EXPORT_THEME, code_format=FRAME, unique_id="firstbell")


take("screen.svg", "firstbell", 120, 34, "09:26", [], "Unexplained")
take("gate.svg", "firstbell gate", 80, 24, "09:12", ["f4", *"chan", "Enter", "b", *"byrne", "Enter", "t", *"mo"], "stamped")
take("figures.svg", "firstbell: figures", 120, 34, "10:40", ["F7"], "by week")
take("cases.svg", "firstbell: cases", 120, 30, "11:05", ["F8"], "Cases")
take("year.svg", "firstbell: a pupil's year", 120, 34, "09:26", ["2", "Y"], "PM")
