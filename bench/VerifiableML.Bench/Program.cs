using BenchmarkDotNet.Running;
using VerifiableML.Bench.Proving;

if (args is ["rounds"])
{
    RoundTable.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
