using System.Collections.Immutable;

namespace VerifiableML.Model.Onnx;

/// <summary>Puts nodes in an order in which each reads only what came before, keeping the file's order where that does.</summary>
internal static class NodeOrder
{
    /// <summary>Sorts <paramref name="nodes"/>, which read each other's outputs and the tensors in <paramref name="given"/>.</summary>
    /// <exception cref="ModelFormatException">
    /// Two nodes make the same tensor, a tensor is made by nobody, an output besides a node's first is used, or there is a cycle.
    /// </exception>
    public static ImmutableArray<OnnxNode> Sort(ImmutableArray<OnnxNode> nodes, IReadOnlySet<string> given)
    {
        Dictionary<string, int> producers = Producers(nodes, given);
        List<int>[] readers = [.. nodes.Select(_ => new List<int>())];
        int[] missing = new int[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string tensor in nodes[i].Inputs.Where(tensor => tensor.Length > 0 && !given.Contains(tensor)))
            {
                if (!producers.TryGetValue(tensor, out int producer))
                {
                    throw nodes[i].Error($"its input '{tensor}' is neither made by a node nor given");
                }

                if (nodes[producer].Output != tensor)
                {
                    throw nodes[i].Error($"its input '{tensor}' is an extra output of node '{nodes[producer].Name}': not supported");
                }

                readers[producer].Add(i);
                missing[i]++;
            }
        }

        PriorityQueue<int, int> ready = new(Enumerable.Range(0, nodes.Length).Where(i => missing[i] == 0).Select(i => (i, i)));
        ImmutableArray<OnnxNode>.Builder sorted = ImmutableArray.CreateBuilder<OnnxNode>(nodes.Length);
        while (ready.TryDequeue(out int node, out _))
        {
            sorted.Add(nodes[node]);
            foreach (int reader in readers[node])
            {
                if (--missing[reader] == 0)
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }

        int stuck = Array.FindIndex(missing, count => count > 0);
        return stuck < 0 ? sorted.ToImmutable() : throw nodes[stuck].Error("it depends on its own output through a cycle");
    }

    /// <summary>The nodes, in order, whose outputs <paramref name="output"/> depends on.</summary>
    public static ImmutableArray<OnnxNode> Reaching(ImmutableArray<OnnxNode> sorted, string output)
    {
        HashSet<string> wanted = [output];
        Stack<OnnxNode> kept = [];
        foreach (OnnxNode node in sorted.Reverse())
        {
            if (wanted.Contains(node.Output))
            {
                kept.Push(node);
                wanted.UnionWith(node.Inputs);
            }
        }

        return [.. kept];
    }

    private static Dictionary<string, int> Producers(ImmutableArray<OnnxNode> nodes, IReadOnlySet<string> given)
    {
        Dictionary<string, int> producers = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string tensor in nodes[i].Outputs.Where(tensor => tensor.Length > 0))
            {
                if (given.Contains(tensor) || !producers.TryAdd(tensor, i))
                {
                    throw nodes[i].Error($"its output '{tensor}' exists already");
                }
            }
        }

        return producers;
    }
}
