#!/usr/bin/env node
// Gas of whole transactions, calldata included, from receipts of a local chain: node tools/gas.mjs. Needs the vectors that the tests in C# write, and `forge build`.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { binary } from "./foundry.mjs";

const folder = new URL("../artifacts/", import.meta.url);
const port = 18545 + (process.pid % 1000);
const account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

let id = 0;
async function rpc(method, params) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params });
  const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message} ${error.data ?? ""}`);
  return result;
}

async function send(transaction) {
  const hash = await rpc("eth_sendTransaction", [{ from: account, ...transaction }]);
  let receipt = null;
  while (receipt === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    receipt = await rpc("eth_getTransactionReceipt", [hash]);
  }
  if (receipt.status !== "0x1") throw new Error("the transaction was reverted");
  return receipt;
}

const artifact = (name) => JSON.parse(readFileSync(new URL(`out/${name}.sol/${name}.json`, folder)));
const vector = (name) => JSON.parse(readFileSync(new URL(`vectors/${name}.json`, folder)));
const word = (value) => BigInt(value).toString(16).padStart(64, "0");
const padded = (hex) => hex.slice(2).padEnd(Math.ceil((hex.length - 2) / 64) * 64, "0");

/** Arguments: numbers and addresses as "0x…" words, and byte strings as { bytes }. */
function encode(selector, values) {
  let head = "";
  let tail = "";
  for (const value of values) {
    if (value.bytes === undefined) {
      head += word(value);
    } else {
      head += word(values.length * 32 + tail.length / 2);
      tail += word((value.bytes.length - 2) / 2) + padded(value.bytes);
    }
  }
  return `0x${selector}${head}${tail}`;
}

function print(what, receipt, extra = "") {
  console.log(`${what.padEnd(44)} ${Number(receipt.gasUsed).toLocaleString("en").padStart(9)} gas${extra}`);
}

const anvil = spawn(binary("anvil"), ["--port", String(port), "--silent", "--hardfork", "osaka"], { stdio: "ignore" });
try {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await rpc("eth_chainId", []);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const verifier = artifact("InferenceVerifier");
  const deployed = await send({ data: verifier.bytecode.object });
  print("deploy InferenceVerifier", deployed, `, ${(verifier.deployedBytecode.object.length - 2) / 2} bytes`);
  const registry = artifact("ModelRegistry");
  const registered = await send({ data: registry.bytecode.object });
  print("deploy ModelRegistry", registered, `, ${(registry.deployedBytecode.object.length - 2) / 2} bytes`);
  for (const name of ["dense", "small", "nine-rows", "private", "committed", "wide", "pixels"]) {
    const v = vector(name);
    const register = Object.entries(registry.methodIdentifiers).find(([signature]) => signature.startsWith("register("))[1];
    const receipt = await send({
      to: registered.contractAddress,
      data: encode(register, [{ bytes: `0x${Buffer.from(name).toString("hex")}` }, { bytes: v.key }, { bytes: v.metadata }]),
    });
    print(`register "${name}"`, receipt);
    const key = `0x${receipt.logs[0].data.slice(2 + 3 * 64, 2 + 4 * 64)}`;
    const verify = Object.entries(artifact("IInferenceVerifier").methodIdentifiers).find(([signature]) => signature.startsWith("verify("))[1];
    const values = [key, v.requester, v.nonce, { bytes: v.input }, { bytes: v.output }, { bytes: v.proof }];
    print(
      `verify "${name}"`,
      await send({ to: deployed.contractAddress, data: encode(verify, values) }),
      `, ${(v.input.length - 2) / 2} bytes in, ${(v.output.length - 2) / 2} out, proof of ${(v.proof.length - 2) / 2}`,
    );
  }
} finally {
  anvil.kill();
}
