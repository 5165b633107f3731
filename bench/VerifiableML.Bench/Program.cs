using BenchmarkDotNet.Running;
using VerifiableML.Bench.Groth16;
using VerifiableML.Bench.Proving;

if (args is ["rounds"])
{
    RoundTable.Print();
    return;
}

if (args is ["wrap"])
{
    WrapTable.Print();
    return;
}

if (args is ["groth16"])
{
    StageTable.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
