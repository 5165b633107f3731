global using G1Jacobian = VerifiableML.Algebra.JacobianPoint<VerifiableML.Algebra.Fq>;
