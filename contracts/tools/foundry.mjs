#!/usr/bin/env node
// Runs a program of Foundry: node tools/foundry.mjs forge|anvil ARGUMENTS. The launchers of the npm packages always exit with zero, so that a failed test
// looks like a passed one; this one exits with what the program says.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The program's file in the package for this machine. */
export function binary(tool) {
  const machine = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const suffix = process.platform === "win32" ? ".exe" : "";
  return require.resolve(`@foundry-rs/${tool}-${machine}/bin/${tool}${suffix}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [tool, ...rest] = process.argv.slice(2);
  const { status } = spawnSync(binary(tool), rest, { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
