pragma circom 2.0.0;

// Two public inputs, a public output, private inputs and a few hundred constraints, among them linear ones and constants.
template Cubic(n) {
    signal input a;
    signal input b;
    signal input secret[n];
    signal output out;
    signal square[n];
    signal sum[n + 1];
    sum[0] <== a - 3;
    for (var i = 0; i < n; i++) {
        square[i] <== secret[i] * secret[i];
        sum[i + 1] <== sum[i] + (i + 2) * square[i] * b;
    }
    out <== sum[n] * sum[n] + 5 * a;
}

component main {public [a, b]} = Cubic(40);
