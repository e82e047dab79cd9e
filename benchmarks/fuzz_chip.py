"""Damaged chips by the hundred thousand: nothing but sentences may come out, none later than a second.

    python -m benchmarks.fuzz_chip [--cases 100000] [--first 0] [--json]

Each case is a chip with one or two files damaged, or (one in eight) a damaged certificate, master list or list of withdrawals.
A case is made from its number alone, so that one that fails can be looked at again with --first NUMBER --cases 1.
"""

import faulthandler
import json
import sys
import time
from collections import Counter

import click

from tests.chip_mutations import read_damaged

STUCK_AFTER = 60


@click.command()
@click.option("--cases", default=100_000)
@click.option("--first", default=0)
@click.option("--json", "as_json", is_flag=True)
def main(cases: int, first: int, as_json: bool) -> None:  # noqa: FBT001 - click
    came_of: Counter[str] = Counter()
    slowest = (0.0, 0.0, -1)
    crashed: list[str] = []
    begun = time.monotonic()
    for number in range(first, first + cases):
        faulthandler.dump_traceback_later(STUCK_AFTER, exit=True)
        wall, spent = time.monotonic(), time.process_time()
        try:
            came_of[read_damaged(number)] += 1
        except Exception as error:  # noqa: BLE001 - what must not happen is counted
            crashed.append(f"{number}: {type(error).__name__}: {error}"[:200])
        slowest = max(slowest, (time.process_time() - spent, time.monotonic() - wall, number))
    faulthandler.cancel_dump_traceback_later()
    answer = {
        "cases": cases,
        "first": first,
        "crashed": len(crashed),
        "slowest_cpu_s": round(slowest[0], 3),
        "slowest_wall_s": round(slowest[1], 3),
        "slowest_case": slowest[2],
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "came_of_it": dict(came_of.most_common()),
    }
    if as_json:
        click.echo(json.dumps(answer))
    else:
        for name, value in answer.items():
            click.echo(f"{name:16} {value}")
    for each in crashed[:20]:
        click.echo(each, err=True)
    sys.exit(bool(crashed))


if __name__ == "__main__":
    main()
