"""Writes circuit.r1cs and circuit.wtns: x·x = y and (3x + y)·(a − 2y) = b + 5, with a and b public."""
import struct

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
WIRES = 5  # 1, a, b, x, y
CONSTRAINTS = [
    ([(3, 1)], [(3, 1)], [(4, 1)]),
    ([(3, 3), (4, 1)], [(1, 1), (4, -2)], [(0, 5), (2, 1)]),
]


def number(value):
    return (value % R).to_bytes(32, "little")


def section(kind, contents):
    return struct.pack("<IQ", kind, len(contents)) + contents


def combination(terms):
    return struct.pack("<I", len(terms)) + b"".join(struct.pack("<I", wire) + number(c) for wire, c in terms)


field = struct.pack("<I", 32) + R.to_bytes(32, "little")
header = field + struct.pack("<IIIIQI", WIRES, 0, 2, 1, WIRES, len(CONSTRAINTS))
rows = b"".join(combination(terms) for constraint in CONSTRAINTS for terms in constraint)
labels = b"".join(struct.pack("<Q", i) for i in range(WIRES))
with open("circuit.r1cs", "wb") as file:
    file.write(b"r1cs" + struct.pack("<II", 1, 3) + section(1, header) + section(2, rows) + section(3, labels))

x, a = 123456789012345678901234567890, 987654321
y = x * x % R
b = (3 * x + y) * (a - 2 * y) - 5
with open("circuit.wtns", "wb") as file:
    values = b"".join(number(value) for value in (1, a, b, x, y))
    file.write(b"wtns" + struct.pack("<II", 2, 2) + section(1, field + struct.pack("<I", WIRES)) + section(2, values))
