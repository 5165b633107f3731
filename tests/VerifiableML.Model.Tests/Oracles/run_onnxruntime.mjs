// Runs every model of a folder on its input and writes what onnxruntime computes, each operator as defined (no graph optimizations):
//     node run_onnxruntime.mjs FOLDER
// For each NAME.onnx it reads NAME.input (raw little-endian float32) and writes NAME.output (raw) and NAME.shape (JSON: type and extents).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../../../models/package.json', import.meta.url));
const ort = require(process.env.ONNXRUNTIME ?? 'onnxruntime-node');
const folder = process.argv[2];

for (const file of readdirSync(folder).filter(name => name.endsWith('.onnx')).sort()) {
    const path = join(folder, file.slice(0, -'.onnx'.length));
    try {
        const session = await ort.InferenceSession.create(`${path}.onnx`, { graphOptimizationLevel: 'disabled', intraOpNumThreads: 1, logSeverityLevel: 4 });
        const bytes = readFileSync(`${path}.input`);
        const shape = JSON.parse(readFileSync(`${path}.extents`));
        const input = new ort.Tensor('float32', new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), shape);
        const result = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]];
        writeFileSync(`${path}.output`, new Uint8Array(Float64Array.from(result.data, Number).buffer));
        writeFileSync(`${path}.shape`, JSON.stringify({ type: result.type, dims: result.dims }));
    } catch (problem) {
        console.log(`${file}: ${String(problem.message).slice(0, 300)}`);
    }
}
