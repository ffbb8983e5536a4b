"""`audience`: all stages, or some, over a crowd that is kept."""

from collections.abc import Sequence
from pathlib import Path

from siyu.bench.audience.ground import Figures, ground, say
from siyu.bench.audience.stages import STAGES, sizes


async def audience(
    *, customers: int, folder: Path, only: Sequence[str] = (), seed: int = 2026
) -> Figures:
    """Measure over so many customers, made in `folder` where they are not there yet.

    `only` names stages; without it all are run. Figures of a stage that were measured stay also
    when a later one fails: the error is told beside them.
    """
    wanted = only or tuple(STAGES)
    if unknown := set(wanted) - STAGES.keys():
        raise SystemExit(f"siyu: 没有这些步骤：{', '.join(sorted(unknown))}")
    async with ground(customers, folder, seed) as place:
        figures: Figures = {"benchmark": "audience", **sizes(place)}
        for name in wanted:
            say(f"stage {name}")
            try:
                figures |= await STAGES[name](place)
            except Exception as error:  # noqa: BLE001 - an hour's figures must not be lost
                say(f"stage {name} failed: {error!r}")
                figures[f"{name}_failed"] = repr(error)
        return figures
