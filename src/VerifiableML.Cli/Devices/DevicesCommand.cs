using System.CommandLine;
using Spectre.Console;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands;

namespace VerifiableML.Cli.Devices;

/// <summary><c>vml devices</c>: what <c>--device</c> can name on this machine.</summary>
internal sealed class DevicesCommand : VmlCommand
{
    public DevicesCommand()
        : base("devices", "Lists what --device can name on this machine, and says why a GPU cannot be used.", "vml devices", "vml devices --json")
    {
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        using var cpu = ComputeDevice.CreateCpu();
        ListedDevice[] devices = [new ListedDevice(cpu.Id, cpu.Description, "", 0, null), .. GpuSupport.Find(out string? problem)];
        terminal.Report["devices"] = devices;
        terminal.Report["gpuProblem"] = problem;
        Table table = new Table().Border(TableBorder.Simple).AddColumn("device").AddColumn("name").AddColumn("details");
        foreach (ListedDevice device in devices)
        {
            table.AddRow(device.Id, Markup.Escape(device.Name), Markup.Escape(device.Problem ?? device.Details));
        }

        terminal.Write(table);
        if (problem is not null)
        {
            terminal.Line(problem);
        }

        return ExitCode.Accepted;
    }
}
