#!/usr/bin/env node
// Lets forge use the compiler of the npm package "solc", which is a JavaScript module: forge wants a program that prints a version and reads standard JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");

if (process.argv.includes("--version")) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else if (process.argv.includes("--standard-json")) {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error("usage: solc.mjs --version | --standard-json");
  process.exitCode = 1;
}
