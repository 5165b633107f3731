#!/usr/bin/env bash
# Makes power8.ptau with snarkjs (npm package, version 0.7.6) and prints points of it, as another implementation reads them, for the tests.
# Each run makes another secret: after one, the values in PtauReaderTests.cs must be replaced by the printed ones.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund snarkjs@0.7.6 >/dev/null
snarkjs() { node node_modules/snarkjs/build/cli.cjs "$@"; }
snarkjs powersoftau new bn128 8 first.ptau >/dev/null
snarkjs powersoftau contribute first.ptau power8.ptau --name=fixture -e="$(head -c 32 /dev/urandom | base64)" >/dev/null
cp power8.ptau "$here/power8.ptau"
node "$here/print-points.cjs" "$work/node_modules" power8.ptau
