#!/usr/bin/env node
// Writes the creation code of the contracts that the C# client deploys into bytecode/, where it lies in git: a build of the client then needs no compiler.
// Run `node tools/foundry.mjs forge build` before; a test of VerifiableML.Contracts.Tests holds both equal.
import { readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../", import.meta.url);

for (const name of ["InferenceVerifier", "ModelRegistry", "InferenceInbox", "LendingGuard", "FeatureFeed", "DemoCoin"]) {
  const artifact = JSON.parse(readFileSync(new URL(`artifacts/out/${name}.sol/${name}.json`, folder)));
  writeFileSync(new URL(`bytecode/${name}.hex`, folder), `${artifact.bytecode.object}\n`);
  console.log(`bytecode/${name}.hex, ${(artifact.bytecode.object.length - 2) / 2} bytes`);
}
