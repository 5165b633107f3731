global using G1Jacobian = VerifiableML.Algebra.JacobianPoint<VerifiableML.Algebra.Fq>;
global using G2Jacobian = VerifiableML.Algebra.JacobianPoint<VerifiableML.Algebra.Fq2>;
