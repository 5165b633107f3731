using System.Diagnostics;
using Spectre.Console;

namespace VerifiableML.Cli.CommandLine;

/// <summary>
/// What a command may say: results on standard output, progress and warnings on standard error, so that results can be piped.
/// </summary>
internal sealed class Terminal
{
    private readonly TextWriter _output;
    private readonly IAnsiConsole _people;
    private readonly IAnsiConsole _progress;
    private readonly List<string> _warnings = [];
    private bool _isFinished;

    /// <summary>A terminal.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="json">True to print one JSON object as the result.</param>
    public Terminal(TextWriter output, TextWriter error, bool json)
    {
        _output = output;
        IsJson = json;
        _people = Create(json ? TextWriter.Null : output, Console.IsOutputRedirected);
        _progress = Create(error, Console.IsErrorRedirected);
        Report = new JsonReport();
    }

    /// <summary>True where the result is printed as JSON.</summary>
    public bool IsJson { get; }

    /// <summary>What <c>--json</c> prints when the command ends.</summary>
    public JsonReport Report { get; }

    /// <summary>Prints a line of the result for people.</summary>
    public void Line(string text = "") => _people.WriteLine(text);

    /// <summary>Prints a line of the result for people with Spectre markup. Text from files must be escaped by <see cref="Markup.Escape"/>.</summary>
    public void MarkupLine(string markup) => _people.MarkupLine(markup);

    /// <summary>Prints a table, or anything else that Spectre can lay out, for people.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable content) => _people.Write(content);

    /// <summary>Prints a line on standard error.</summary>
    public void Note(string text) => _progress.WriteLine(text);

    /// <summary>Prints a warning on standard error and keeps it for the JSON object. Each warning is said once.</summary>
    public void Warn(string text)
    {
        if (_warnings.Contains(text))
        {
            return;
        }

        _warnings.Add(text);
        _progress.MarkupLine($"[bold yellow]WARNING:[/] [yellow]{Markup.Escape(text)}[/]");
    }

    /// <summary>Runs a step of long work, showing that it is under way and how long it took.</summary>
    public T Step<T>(string title, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        T result = _progress.Profile.Capabilities.Interactive
            ? _progress.Status().Start(Markup.Escape(title) + " …", _ => work())
            : work();
        Note($"{title}: {Duration(watch.Elapsed)}");
        return result;
    }

    /// <summary>Runs a step of long work that says how far it is.</summary>
    public T Step<T>(string title, Func<IProgress<string>, T> work)
    {
        var watch = Stopwatch.StartNew();
        T result = _progress.Profile.Capabilities.Interactive
            ? _progress.Status().Start(Markup.Escape(title) + " …", status =>
                work(new Relay(text => status.Status(Markup.Escape($"{title}: {text} …")))))
            : work(new Relay(_ => { }));
        Note($"{title}: {Duration(watch.Elapsed)}");
        return result;
    }

    /// <inheritdoc cref="Step{T}(string, Func{T})"/>
    public void Step(string title, Action work) => Step(title, () =>
    {
        work();
        return true;
    });

    /// <summary>Prints the JSON object, if it was asked for; once.</summary>
    public void Finish()
    {
        if (IsJson && !_isFinished)
        {
            _isFinished = true;
            Report["warnings"] = _warnings;
            _output.WriteLine(Report);
        }
    }

    /// <summary>A time for people.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.00} s" : $"{time.TotalMilliseconds:0.0} ms";

    /// <summary>A length in bytes for people.</summary>
    public static string Bytes(long count) => count switch
    {
        < 10_000 => $"{count} B",
        < 10_000_000 => $"{count / 1e3:0.0} kB",
        _ => $"{count / 1e6:0.0} MB",
    };

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        bool plain = redirected || (writer != Console.Out && writer != Console.Error);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (plain)
        {
            // A pipe has no width: lines and tables must not be folded in it.
            console.Profile.Width = 240;
        }

        return console;
    }

    /// <summary>Passes progress on at once, on the reporting thread.</summary>
    private sealed class Relay(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
