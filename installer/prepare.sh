#!/bin/sh
# Makes or finishes .venv for `make run`, `make test` and the like: prepare.sh run|develop|bench
# Nothing is needed beforehand but a Python from 3.11 on with its venv module. An interrupted installation is finished at the next start.
set -eu
cd "$(dirname "$0")/.."
wanted=requirements/$1.txt

for python in python3 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        found=$python
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "Amaan needs Python 3.11, 3.12 or 3.13. Install one, for example: apt-get install python3.11 python3.11-venv" >&2
    exit 2
fi
"$found" installer/system_libraries.py "$1"

if [ ! -x .venv/bin/python ]; then
    "$found" -m venv .venv || {
        echo "The module venv is missing. Install it, for example: apt-get install python3-venv" >&2
        exit 2
    }
fi
exec .venv/bin/python installer/dependencies.py "$wanted"
