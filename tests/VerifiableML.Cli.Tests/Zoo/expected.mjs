// Runs models with onnxruntime, without graph optimizations (each operator as defined), one sample at a time:
//     node expected.mjs WORK_FOLDER
// make_zoo.py fills the folder: jobs.json and raw little-endian float32 samples; this script adds raw float32 outputs and results.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../../../models/package.json', import.meta.url));
const ort = require('onnxruntime-node');

async function outputs(folder, job) {
    const session = await ort.InferenceSession.create(join(folder, `${job.name}.onnx`), { graphOptimizationLevel: 'disabled', intraOpNumThreads: 1, logSeverityLevel: 3 });
    const bytes = readFileSync(join(folder, `${job.name}.input`));
    const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const size = job.shape.reduce((product, extent) => product * extent, 1);
    const values = [];
    let shape = null;
    for (let start = 0; start < samples.length; start += size * job.batch) {
        const input = new ort.Tensor('float32', samples.slice(start, start + size * job.batch), [job.batch, ...job.shape]);
        const result = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]];
        shape = result.dims;
        values.push(...Array.from(result.data, Number));
    }
    writeFileSync(join(folder, `${job.name}.output`), new Uint8Array(Float32Array.from(values).buffer));
    return { name: job.name, shape: shape.slice(1), input: session.inputNames[0], output: session.outputNames[0] };
}

const folder = process.argv[2];
const results = [];
for (const job of JSON.parse(readFileSync(join(folder, 'jobs.json')))) {
    results.push(await outputs(folder, job));
}
writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
