"""`python -m tests.pictures OUT_DIR [SCENE...]`: pictures of what people see on Discord."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.pictures.photograph import messages_at, photograph, with_attachments
from tests.pictures.scenes import SCENES, play


async def take(folder: Path, scenes: Sequence[str]) -> None:
    """Plays scenes and leaves their pages and pictures in the folder."""
    for scene in scenes:
        async with (
            play(scene) as stage,
            stage.env.preview(stage.channel, viewers=[stage.person], layout="channel") as preview,
        ):
            messages = with_attachments(await messages_at(preview.url), stage.attachments)
        for picture in await photograph(messages, scene, folder):
            print(picture)


if __name__ == "__main__":
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "pictures").absolute()
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(out, sys.argv[2:] or tuple(SCENES)))
