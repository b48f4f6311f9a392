"""Use the program without sense or mercy, for as long as you like, and say what came of it.

Random sequences of the real events, with hostile texts and damaged files, go through `update` and `view` of every
screen (tests/ayudas/azar.py). A fault is printed with its seed, its place and the last event. Nothing here passes or
fails: the same in small, tests/unit/tramite/test_azar.py, does.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("py", "tests", "tests/ayudas")]

from azar import Azar  # noqa: E402
from pantallas.declaradas import declared  # noqa: E402
from pantallas.update import _DE_TODAS  # noqa: E402
from tramite.pantallas import TODAS  # noqa: E402

SESSION = 1000  # events of one user


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--eventos", type=int, default=100_000, help="how many events in all")
    options.add_argument("--semilla", type=int, default=1000, help="the first seed")
    chosen = options.parse_args()
    faults: Counter[str] = Counter()
    names: Counter[str] = Counter()
    slowest = (0.0, "")
    began = time.monotonic()
    for session in range(chosen.eventos // SESSION):
        user = Azar(chosen.semilla + session)
        for _ in range(SESSION):
            start = time.monotonic()
            try:
                user.step()
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                fault = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
                faults[fault] += 1
                if faults[fault] == 1:
                    print(f"{fault}, seed {user.seed}: {str(user.done[-1])[:300]}", flush=True)
            names[user.done[-1]["name"]] += 1
            slowest = max(slowest, (time.monotonic() - start, user.done[-1]["name"]))
    known = {*_DE_TODAS, *(f"{screen}.{event}" for screen in TODAS for event in declared(screen).eventos)}
    print(f"{sum(names.values()):,} events in {time.monotonic() - began:.0f} s, {sum(faults.values())} faults")
    print(f"{len(known & names.keys())} of {len(known)} kinds of events; slowest {slowest[0]:.1f} s ({slowest[1]})")
    print(f"never sent: {', '.join(sorted(known - names.keys())) or 'none'}")


if __name__ == "__main__":
    main()
