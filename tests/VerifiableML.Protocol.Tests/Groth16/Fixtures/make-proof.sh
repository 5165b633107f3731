#!/usr/bin/env bash
# Makes proof.json, public.json and verification_key.json with snarkjs (npm package, version 0.7.6). Each run makes other secrets.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund snarkjs@0.7.6 >/dev/null
snarkjs() { node node_modules/snarkjs/build/cli.cjs "$@" >/dev/null; }
random() { head -c 32 /dev/urandom | base64; }
python3 "$here/make-circuit.py"
snarkjs powersoftau new bn128 4 first.ptau
snarkjs powersoftau contribute first.ptau second.ptau --name=fixture -e="$(random)"
snarkjs powersoftau prepare phase2 second.ptau final.ptau
snarkjs groth16 setup circuit.r1cs final.ptau first.zkey
snarkjs zkey contribute first.zkey final.zkey --name=fixture -e="$(random)"
snarkjs zkey export verificationkey final.zkey "$here/verification_key.json"
snarkjs groth16 prove final.zkey circuit.wtns "$here/proof.json" "$here/public.json"
