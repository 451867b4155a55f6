using System.CommandLine;
using System.CommandLine.Invocation;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The <c>fvm</c> command.</summary>
public static class FvmCommand
{
    /// <summary>Exit code: all is as expected.</summary>
    public const int Success = 0;

    /// <summary>Exit code: an outcome differs from what was expected.</summary>
    public const int Differs = 1;

    /// <summary>Exit code: the command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Exit code: an input is missing or malformed.</summary>
    public const int BadInput = 3;

    /// <summary>Exit code: a defect of this program.</summary>
    public const int Defect = 4;

    /// <summary>All commands.</summary>
    internal static RootCommand Tree() => new(
        "Runs a Filecoin network on this machine, talks to one, and runs its messages exactly.")
    {
        DevnetCommand.Create(),
        NodeCommand.Create(),
        WalletCommand.Create(),
        SendCommand.Create(),
        CallCommand.Create(),
        DeployCommand.Create(),
        StateCommand.Create(),
        ChainCommand.Create(),
        ReplayCommand.Create(),
        VectorsCommand.Create(),
        BundleCommand.Create(),
        InspectCommand.Create(),
        CompletionCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    public static int Run(string[] arguments)
    {
        ParseResult parsed = Tree().Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            return Fail(parsed.Errors[0].Message, WrongUsage);
        }

        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false };
            return ExecutorThread.Run(() => parsed.Invoke(configuration));
        }
        catch (Exception failure) when (failure is SequenceException or BundleMissingException
            or BundleImportException or InspectionException or FatalException or CarException
            or IpldException or FormatException or IOException or UnauthorizedAccessException
            or ChainStoreException or LeaderException or SnapshotException or ClientException)
        {
            return Fail(failure.Message, BadInput);
        }
        catch (BlockRefusedException disagreement)
        {
            return Fail(disagreement.Message, Differs);
        }
        catch (NodeException refusal)
        {
            return Fail(
                refusal.Message,
                refusal.Code == RpcError.RevertedCode ? Differs : BadInput);
        }
        catch (Exception defect)
        {
            return Fail($"a defect, {defect.GetType().Name}: {defect.Message}", Defect);
        }
    }

    private static int Fail(string reason, int exitCode)
    {
        Console.Error.WriteLine(Excerpt.OneLine($"fvm: {reason}"));
        return exitCode;
    }
}
