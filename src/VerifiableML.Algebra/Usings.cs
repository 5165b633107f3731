// The projective forms of the two groups, under the names that the rest of the library knows them by.
global using G1Jacobian = VerifiableML.Algebra.JacobianPoint<VerifiableML.Algebra.Fq>;
global using G2Jacobian = VerifiableML.Algebra.JacobianPoint<VerifiableML.Algebra.Fq2>;
