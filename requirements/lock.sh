#!/bin/sh
# Writes the hashed locks that `make run`, `make test` and `make bench` install from, for Python 3.11 to 3.13.
# What is locked stays as it is unless pyproject.toml asks for more; `make lock UPGRADE=1` takes the newest of everything.
set -eu
cd "$(dirname "$0")/.."
for uv in uv .venv/bin/uv ""; do
    [ -n "$uv" ] && command -v "$uv" > /dev/null 2>&1 && break
done
if [ -z "$uv" ]; then
    echo "make lock needs uv, which resolves for every Python at once. Install it, for example: .venv/bin/pip install uv" >&2
    exit 2
fi
without=$(mktemp)
trap 'rm -f "$without"' EXIT
lock() { # name, what is left out, extra arguments
    name=$1
    : > "$without"
    for unwanted in $2; do
        echo "$unwanted ; python_version < '0'" >> "$without"
    done
    shift 2
    "$uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
        --custom-compile-command "make lock" --override "$without" --extra face_recognition "$@" ${UPGRADE:+--upgrade} \
        --output-file "requirements/$name.txt" --quiet
}
# face_recognition asks for dlib by name: dlib-bin is the same module from wheels. Of rapidocr only its model files are read:
# what its code would need stays away. usearch, a peer of the benchmark, imports tqdm.
others="dlib pyclipper shapely omegaconf pyyaml requests colorlog six"
lock run "$others tqdm"
lock develop "$others tqdm" --extra test --extra check
lock bench "$others" --extra test --extra check --extra bench
