"""Draws an SVG as dots: what is stored runs no script, leads nowhere, and is a picture like all others.

Run as a program it draws one itself: in a process of its own, which has little time and memory, as a short
SVG can ask for hours of work. Typst, which sets the posting sheets too, is what draws.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Any, Final

import fontpkg
import typst

LONGEST_SIDE: Final = 2048
"""Dots: more than any page shows."""

SECONDS: Final = 10
MEMORY: Final = 2 * 1024**3

SOURCE: Final = """
#set text(font: "Noto Sans")
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {
  let own = measure(image("picture.svg"))
  let scale = SIDEpt / calc.max(own.width, own.height)
  image("picture.svg", width: own.width * scale, height: own.height * scale)
}
"""


def drawn(svg: bytes, side: int = LONGEST_SIDE) -> bytes:
    """Return an SVG as a PNG whose longer side has `side` dots, transparent where nothing is drawn.

    ValueError: it is no SVG, takes in other files, or asks for too much.
    """
    with TemporaryDirectory() as empty:  # all that it could take in
        command = [sys.executable, "-I", __file__, str(min(side, LONGEST_SIDE)), empty]
        try:
            done = subprocess.run(  # noqa: S603
                command, input=svg, capture_output=True, check=True, timeout=SECONDS, env={}
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise ValueError((error.stderr or b"").decode(errors="replace") or str(error)) from error
    return done.stdout


def _draw(side: str, root: str) -> None:
    """Draw what comes in, and give out the picture."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[fontpkg.path("Noto Sans").parent])
    files: Any = {"main.typ": SOURCE.replace("SIDE", side).encode(), "picture.svg": sys.stdin.buffer.read()}
    sys.stdout.buffer.write(typst.compile(files, root=root, font_paths=fonts, format="png", ppi=72))


if __name__ == "__main__":
    _draw(*sys.argv[1:])
