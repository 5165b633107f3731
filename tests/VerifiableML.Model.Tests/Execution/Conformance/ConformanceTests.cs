using VerifiableML.Model.Execution;

namespace VerifiableML.Model.Tests.Execution.Conformance;

/// <summary>The vectorised executor against the reference, on one thread and on two.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Names => [.. ConformanceCases.Operators.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_vectorised_executor_conforms(string name)
    {
        ConformanceCase conformance = ConformanceCases.Operators.Single(each => each.Name == name);
        conformance.Check(new VectorExecutor(1));
        conformance.Check(new VectorExecutor(2));
    }
}
