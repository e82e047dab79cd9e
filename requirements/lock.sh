#!/bin/sh
# Writes the hashed locks that `make run`, `make test` and `make bench` install from, for Python 3.11 to 3.13.
# dlib has no wheel and takes minutes to compile, so the lock takes dlib-bin, the same module from wheels, in its place.
set -eu
cd "$(dirname "$0")/.."
override=$(mktemp)
trap 'rm -f "$override"' EXIT
# Of rapidocr only its model files are read: what its code would need stays away.
for unwanted in dlib pyclipper shapely omegaconf pyyaml requests tqdm colorlog six; do
    echo "$unwanted ; python_version < '0'" >> "$override"
done
lock() { # name, extra arguments
    name=$1
    shift
    echo "dlib-bin==20.0.1" | uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --custom-compile-command "make lock" --override "$override" "$@" \
        --output-file "requirements/$name.txt" --quiet
}
lock run --extra face_recognition
lock develop --extra face_recognition --extra test --extra check
lock bench --extra face_recognition --extra test --extra check --extra bench
