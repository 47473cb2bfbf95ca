"""Folders of made-up releases, the same for the same seed, some of them bad."""

from __future__ import annotations

import random
from pathlib import Path

FORCES = ("Dorset Police", "Humberside Police", "Merseyside Police", "West Midlands Police", "Gwent Police")
MONTHS = ("January", "March", "June", "October", "November")
SENTENCES = (
    "Officers arrested {n} people on suspicion of supplying Class A drugs.",
    "A total of {n} warrants were executed and {m} men were charged.",
    "They seized {n}kg of cannabis, {m} wraps of heroin and £{m},{n}00 in cash.",
    "More than {n} knives were handed in at {m} stations.",
    "Officers visited {n} addresses at risk of cuckooing and safeguarded {m} children.",
    "Police closed {n} county lines and recovered {m} mobile phones.",
    "A {n}-year-old man was jailed for {m} years at the crown court.",
    "To report a concern call 101 and quote reference {n}{m}.",
    "Neighbours had told the team of cars that came and went at night.",
    "The work goes on, and patrols will be seen in the town all month.",
)
BAD = (
    ("broken.txt", "Größe und Maß für alle: sieben Männer in Köln".encode() + b"\xff 3"),
    ("paper.rtf", rb"{\rtf1 twelve men were arrested}"),
    ("photo.jpg", b"\xff\xd8\xff\xe0 a picture"),
    ("script.js", b"var arrests = 12;"),
)


def release(seed: int, sentences: int = 4) -> str:
    """A short release with a title, a date and some figures."""
    chosen = random.Random(seed)
    force, month = chosen.choice(FORCES), chosen.choice(MONTHS)
    body = (chosen.choice(SENTENCES).format(n=chosen.randint(2, 90), m=chosen.randint(2, 60)) for _ in range(sentences))
    return f"{force} week of action\n\n{chosen.randint(1, 28)} {month} {chosen.randint(2019, 2025)}\n\n" + "\n\n".join(body) + "\n"


def write_releases(folder: Path, number: int, *, bad: bool = False, sentences: int = 4) -> None:
    """``number`` files in folders of a hundred; with ``bad`` every fiftieth is none that can be read, and some are hidden."""
    for place in range(number):
        inside = folder / f"{place // 100:03}"
        inside.mkdir(parents=True, exist_ok=True)
        name, data = BAD[place // 50 % len(BAD)] if bad and place % 50 == 7 else (".txt", release(place, sentences).encode())
        (inside / f"{place:06}{name}").write_bytes(data)
    if bad:
        (folder / ".hidden").mkdir()
        (folder / ".hidden" / "kept-out.txt").write_text(release(1))
