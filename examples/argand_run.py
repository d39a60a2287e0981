"""Argand from Python: a recipe is run as a process, its numbers come back as a dictionary.

    python3 argand_run.py RECIPE [PATH=VALUE ...]

Maps and spectra lie in the run folder as TIFF and CSV, and in its result.h5, which h5py reads.
Set ARGAND to the command if it is not ./argand.
"""

import json
import os
import subprocess
import sys


def run(recipe, *changes, out=None):
    """Runs a recipe and returns what `argand run --json` printed last."""
    command = [os.environ.get("ARGAND", "./argand"), "run", recipe, "--json"]
    for change in changes:
        command += ["--set", change]
    if out is not None:
        command += ["--out", out]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.returncode)  # the one sentence stands on stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    result = run(sys.argv[1], *sys.argv[2:])
    print(json.dumps(result, indent=1))
