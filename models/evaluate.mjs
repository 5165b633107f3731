// Measures an exported model's accuracy on MNIST with onnxruntime:
//     node models/evaluate.mjs models/lenet5.onnx models/data [count]
// The model takes one input of (batch, 1, 28, 28) pixels in [0, 1]; its last axis holds the ten classes. Needs `npm ci` in models
// (with its development dependencies).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ort from 'onnxruntime-node';

const batch = 100;

async function main([model, folder, limit]) {
    const images = readFileSync(join(folder, 't10k-images-idx3-ubyte')).subarray(16);
    const labels = readFileSync(join(folder, 't10k-labels-idx1-ubyte')).subarray(8);
    const count = Math.min(Number(limit ?? labels.length), labels.length);
    const session = await ort.InferenceSession.create(model);

    let right = 0;
    for (let start = 0; start < count; start += batch) {
        const size = Math.min(batch, count - start);
        const pixels = Float32Array.from(images.subarray(start * 784, (start + size) * 784), value => value / 255);
        const outputs = await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', pixels, [size, 1, 28, 28]) });
        const logits = outputs[session.outputNames[0]].data;
        for (let i = 0; i < size; i++) {
            const row = Array.from(logits.subarray(i * 10, i * 10 + 10));
            right += row.indexOf(Math.max(...row)) === labels[start + i] ? 1 : 0;
        }
    }
    console.log(`${model}: ${(100 * right / count).toFixed(2)} % of ${count} test digits right`);
}

await main(process.argv.slice(2));
