#!/bin/sh
# Makes or finishes .venv for `make run`, `make test` and the like: prepare.sh run|develop|bench
# Nothing is needed beforehand but a Python from 3.11 on with its venv module. An interrupted installation, or an environment
# that lost a file, is made anew at the next start, and says so.
set -eu
cd "$(dirname "$0")/.."
PYTHONUTF8=1
export PYTHONUTF8

say() { printf '%s\n' "$*" >&2; }
fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

# A finished environment is used as it is: also one that somebody else set up, and that may only be read.
if [ -e .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python installer/dependencies.py --finished "$1"; then
    exec .venv/bin/python installer/system_libraries.py "$1"
fi

owner=$(stat -c %U . 2>/dev/null || echo somebody)
if [ ! -w . ] || { [ -e .venv ] && [ ! -w .venv ]; }; then
    [ ! -e .venv ] || owner=$(stat -c %U .venv 2>/dev/null || echo somebody)
    say "Amaan's environment, $(pwd)/.venv, is not finished, and you cannot write there: it belongs to $owner."
    say "Run the same command as $owner, or make a copy of your own: git clone \"$(pwd)\" ~/amaan"
    exit 2
fi

for python in ${AMAAN_PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if fits "$python"; then
        found=$python
        break
    fi
done
if [ -z "${found:-}" ]; then
    say "Amaan needs Python 3.11, 3.12 or 3.13. Install one, for example: apt-get install python3.11 python3.11-venv"
    exit 2
fi
"$found" installer/system_libraries.py "$1"

if [ -e .venv ] && ! { fits .venv/bin/python && .venv/bin/python installer/dependencies.py --sound; }; then
    say "The environment .venv was left unfinished, or lost a part: it is made anew."
    rm -rf .venv
fi
if [ ! -e .venv ]; then
    if ! "$found" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        say "Python's module venv is not whole. Install it, for example: apt-get install python$version-venv"
        exit 2
    fi
    if ! "$found" -m venv .venv; then
        rm -rf .venv
        say "The environment $(pwd)/.venv could not be made. Python says why above; mend that, then run the same command again."
        exit 2
    fi
fi
exec .venv/bin/python installer/dependencies.py "requirements/$1.txt"
