using System.CommandLine;
using System.CommandLine.Help;
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
    internal static RootCommand Tree()
    {
        RootCommand root = new(
            "Runs a Filecoin network on this machine, talks to one, and runs its messages"
                + " exactly.")
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

        // Shells offer every name that help has, and these are of other systems.
        foreach (Option option in root.Options)
        {
            if (option is HelpOption)
            {
                option.Aliases.Clear();
                option.Aliases.Add("-h");
            }
        }

        return root;
    }

    /// <summary>Runs a command line.</summary>
    public static int Run(string[] arguments)
    {
        ParseResult parsed = Tree().Parse(arguments);
        bool asJson = ClientCommand.IsJsonAsked(parsed);
        if (parsed.Action is ParseErrorAction)
        {
            return Fail(UsageError.Of(parsed.Errors[0]), WrongUsage, asJson);
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
            return Fail(failure.Message, BadInput, asJson);
        }
        catch (BlockRefusedException disagreement)
        {
            return Fail(disagreement.Message, Differs, asJson);
        }
        catch (NodeException refusal)
        {
            return Fail(
                refusal.Message,
                refusal.Code == RpcError.RevertedCode ? Differs : BadInput,
                asJson);
        }
        catch (Exception defect)
        {
            return Fail($"a defect, {defect.GetType().Name}: {defect.Message}", Defect, asJson);
        }
    }

    private static int Fail(string reason, int exitCode, bool asJson)
    {
        Console.Error.WriteLine(asJson
            ? new Answer().Add("error", Excerpt.OneLine(reason)).ToLine()
            : Excerpt.OneLine($"fvm: {reason}"));
        return exitCode;
    }
}
