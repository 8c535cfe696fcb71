#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares two builds, or two records, figure by figure.

    compare.py OLD NEW [--rounds N] VERB [OPTION…]    OLD and NEW are folders of programs, such as build/bin
    compare.py OLD.json NEW.json                      two records of mtpool-bench --out

Builds run alternately, so that a machine whose speed drifts favours neither; the runner is NEW's for both. `change` is
new against old: below 1 is less. It is worth believing when it is larger than the spread of either side.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile


def measure(runner, programs, arguments):
    """One run; the values by figure."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "record.json")
        subprocess.run([runner, *arguments, "--runs", "1", "--bin", programs, "--out", out], check=True,
                       stdout=subprocess.DEVNULL)
        return read(out)


def read(path):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    return {figure["name"]: figure for figure in record["figures"]}


def merged(runs):
    """Many runs of one side as if they were one record."""
    return {name: {**first, "values": [value for run in runs for value in run[name]["values"]]}
            for name, first in runs[0].items()}


def spread(values):
    middle = statistics.median(values)
    return (max(values) - min(values)) / middle if middle else 0.0


def table(old, new):
    row = "{:<28} {:>12} {:>12} {:>12} {:>8} {:>8} {:>8}".format
    yield row("", "unit", "old", "new", "change", "± old", "± new")
    for name, figure in new.items():
        if name not in old:
            continue
        before, after = (statistics.median(side[name]["values"]) for side in (old, new))
        change = f"{after / before:.3f}" if before else "-"
        yield row(name, figure["unit"], f"{before:.2f}", f"{after:.2f}", change, f"{spread(old[name]['values']):.0%}",
                  f"{spread(figure['values']):.0%}")


def alternate(old, new, rounds, arguments):
    runner = os.path.join(new, "mtpool-bench")
    sides = {old: [], new: []}
    for number in range(rounds):
        # Whoever comes second may find warmer caches: take turns.
        for side in (old, new) if number % 2 == 0 else (new, old):
            sides[side].append(measure(runner, side, arguments))
        print(f"round {number + 1} of {rounds} done", file=sys.stderr)
    return merged(sides[old]), merged(sides[new])


def main():
    parser = argparse.ArgumentParser(description="Compares two builds, or two records, figure by figure.")
    parser.add_argument("old", help="a folder of programs, or a record")
    parser.add_argument("new", help="the other one")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="for mtpool-bench: ingest --profile chat …")
    options = parser.parse_args()
    if os.path.isfile(options.old) and os.path.isfile(options.new):
        old, new = read(options.old), read(options.new)
    elif os.path.realpath(options.old) == os.path.realpath(options.new):
        parser.error("OLD and NEW are the same folder")
    elif options.arguments:
        old, new = alternate(options.old, options.new, options.rounds, options.arguments)
    else:
        parser.error("say what to measure: ingest or idle")
    print("\n".join(table(old, new)))


if __name__ == "__main__":
    main()
