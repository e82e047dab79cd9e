#!/bin/sh
# Every benchmark with the settings that README and MODEL_CARD tell, one after the other: benchmarks/all.sh FOLDER
# What was measured already stays: remove a file to measure it again. FACES is a folder of photographs per person, if there is one.
set -eu
cd "$(dirname "$0")/.."
into=$1
export PYTHONPATH=.
measure() { # name, program and its settings
    name=$1
    shift
    [ -s "$into/$name.json" ] && return
    echo "$name" >&2
    .venv/bin/python "$@" > "$into/$name.part"
    mv "$into/$name.part" "$into/$name.json"
}
measure screening benchmarks/screening.py --json
measure documents benchmarks/documents_at_counter.py --json
measure zones benchmarks/zones.py --first 5000 --pages 80 --misprints 60 --json
measure names benchmarks/names.py --json
measure corrections benchmarks/corrections.py --json
measure search benchmarks/search.py --json
measure search-512 benchmarks/search.py --dim 512 --peers faiss --json
measure search-memory benchmarks/search.py --memory --json
measure search-sweep benchmarks/search.py --sweep --most 10000000 --plot "$into/search.png" --json
if [ -n "${FACES:-}" ]; then
    measure evaluation -m workstation evaluate "$FACES" --cross-fit --json
    measure evaluation-2 -m workstation evaluate "$FACES" --cross-fit --fuse 2 --json
    measure budget benchmarks/budget.py "$FACES" --json
fi
