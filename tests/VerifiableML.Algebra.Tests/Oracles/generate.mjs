// Writes noble-bn254.json: arithmetic of @noble/curves on inputs that are the digests of a counter, so that every run makes the same file.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { bn254 } from '@noble/curves/bn254.js';

const { Fr, Fp, Fp2, Fp12 } = bn254.fields;
const G1 = bn254.G1.Point;
const G2 = bn254.G2.Point;

let counter = 0;
function draw(field) {
  const digest = createHash('sha512').update(`VerifiableML ${counter++}`).digest('hex');
  return BigInt(`0x${digest}`) % field.ORDER;
}

const hex = (x) => x.toString(16).padStart(64, '0');
const fp2 = ({ c0, c1 }) => [hex(c0), hex(c1)];
const fp12 = ({ c0, c1 }) => [c0, c1].flatMap((c) => [c.c0, c.c1, c.c2].flatMap(fp2));
const g1 = (point) => { const { x, y } = point.toAffine(); return [hex(x), hex(y)]; };
const g2 = (point) => { const { x, y } = point.toAffine(); return [...fp2(x), ...fp2(y)]; };
const repeat = (count, make) => Array.from({ length: count }, make);

function fieldCase(field) {
  const a = draw(field), b = draw(field);
  return {
    a: hex(a), b: hex(b), sum: hex(field.add(a, b)), difference: hex(field.sub(a, b)), product: hex(field.mul(a, b)),
    square: hex(field.sqr(a)), inverse: hex(field.inv(a)), power: hex(field.pow(a, b)),
  };
}

function extensionCase(field, make, write) {
  const a = make(), b = make();
  return { a: write(a), b: write(b), product: write(field.mul(a, b)), square: write(field.sqr(a)), inverse: write(field.inv(a)) };
}

const drawFp2 = () => ({ c0: draw(Fp), c1: draw(Fp) });
const drawFp6 = () => ({ c0: drawFp2(), c1: drawFp2(), c2: drawFp2() });

function groupCase(Group, write) {
  const scalar = draw(Fr), other = draw(Fr);
  const p = Group.BASE.multiply(scalar), q = Group.BASE.multiply(other);
  return { scalar: hex(scalar), other: hex(other), multiple: write(p), sum: write(p.add(q)), double: write(p.double()) };
}

function pairingCase() {
  const scalar = draw(Fr), other = draw(Fr);
  return { scalar: hex(scalar), other: hex(other), value: fp12(bn254.pairing(G1.BASE.multiply(scalar), G2.BASE.multiply(other))) };
}

writeFileSync('noble-bn254.json', JSON.stringify({
  fr: repeat(8, () => fieldCase(Fr)),
  fq: repeat(8, () => fieldCase(Fp)),
  fq2: repeat(4, () => extensionCase(Fp2, drawFp2, fp2)),
  fq12: repeat(3, () => extensionCase(Fp12, () => ({ c0: drawFp6(), c1: drawFp6() }), fp12)),
  g1: repeat(5, () => groupCase(G1, g1)),
  g2: repeat(5, () => groupCase(G2, g2)),
  pairing: repeat(2, pairingCase),
}, null, 1) + '\n');
