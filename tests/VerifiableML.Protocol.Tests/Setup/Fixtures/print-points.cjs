// Prints points of a .ptau file as ffjavascript reads them: node print-points.cjs <node_modules> <file>
const [, , modules, file] = process.argv;
const { buildBn128 } = require(`${modules}/ffjavascript`);
const bytes = require("fs").readFileSync(file);
const G1_START = 12 + 12 + 44 + 12;

(async () => {
    const curve = await buildBn128(true);
    const g1 = (i) => curve.G1.toObject(bytes.subarray(G1_START + 64 * i, G1_START + 64 * (i + 1)));
    const g2Start = G1_START + 64 * 511 + 12;
    console.log("tauG1[1]", g1(1).slice(0, 2).join(" "));
    console.log("tauG1[300]", g1(300).slice(0, 2).join(" "));
    console.log("tauG2[1]", curve.G2.toObject(bytes.subarray(g2Start + 128, g2Start + 256)).slice(0, 2).flat().join(" "));
    process.exit(0);
})();
