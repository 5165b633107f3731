// The layout of a committed column; the model's type of the same name says how a tensor of the source model lay.
global using TensorLayout = VerifiableML.Circuits.Layout.TensorLayout;
