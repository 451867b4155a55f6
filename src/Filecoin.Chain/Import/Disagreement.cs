namespace Filecoin.Chain;

/// <summary>Where the executions of a tipset by two nodes differ first.</summary>
/// <param name="Tipset">The tipset.</param>
/// <param name="Index">The message's place in it; null if no message is to blame.</param>
/// <param name="Message">The message; null if none is to blame, or one of the two lacks it.</param>
/// <param name="Field">What differs.</param>
/// <param name="Own">What this node came to.</param>
/// <param name="Remote">What the other node came to.</param>
public sealed record Disagreement(
    Tipset Tipset, int? Index, Cid? Message, string Field, string Own, string Remote)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        $"epoch {Tipset.Epoch}{(Index is int index ? $", message {index} {Message}" : "")}:"
        + $" {Field} is {Own} here and {Remote} there";

    /// <summary>Compares receipt by receipt, then the state; null if all is the same.</summary>
    internal static Disagreement? Find(
        Tipset tipset,
        List<(Cid Message, Receipt Receipt)> own,
        (Cid State, Cid Receipts) ownRoots,
        RemoteOutcome remote) => ownRoots.Receipts == remote.ReceiptsRoot
            ? FindRoot(tipset, ownRoots, remote)
            : FindReceipt(tipset, own, remote.LoadReceipts())
                ?? FindRoot(tipset, ownRoots, remote);

    private static Disagreement? FindRoot(
        Tipset tipset, (Cid State, Cid Receipts) own, RemoteOutcome remote)
    {
        (string Field, Cid Own, Cid Remote) root = own.Receipts == remote.ReceiptsRoot
            ? ("state root", own.State, remote.StateRoot)
            : ("receipts root", own.Receipts, remote.ReceiptsRoot);
        return root.Own == root.Remote
            ? null
            : new(tipset, null, null, root.Field, $"{root.Own}", $"{root.Remote}");
    }

    private static Disagreement? FindReceipt(
        Tipset tipset, List<(Cid Message, Receipt Receipt)> own, IReadOnlyList<Receipt> remote)
    {
        for (int i = 0; i < int.Min(own.Count, remote.Count); i++)
        {
            (Cid message, Receipt receipt) = own[i];
            Receipt other = remote[i];
            (string Field, string Own, string Remote)? difference =
                receipt.ExitCode != other.ExitCode
                    ? ("exit code", $"{receipt.ExitCode}", $"{other.ExitCode}")
                : !receipt.Return.Span.SequenceEqual(other.Return.Span)
                    ? ("return", Hex(receipt.Return), Hex(other.Return))
                : receipt.GasUsed != other.GasUsed
                    ? ("gas used", $"{receipt.GasUsed}", $"{other.GasUsed}")
                : receipt.EventsRoot != other.EventsRoot
                    ? ("events root", Named(receipt.EventsRoot), Named(other.EventsRoot))
                : null;
            if (difference is (string field, string here, string there))
            {
                return new(tipset, i, message, field, here, there);
            }
        }

        int first = int.Min(own.Count, remote.Count);
        return own.Count == remote.Count ? null : new(
            tipset, first, first < own.Count ? own[first].Message : null,
            "count of receipts", $"{own.Count}", $"{remote.Count}");
    }

    private static string Named(Cid? cid) => cid is Cid some ? some.ToString() : "none";

    private static string Hex(ReadOnlyMemory<byte> bytes)
    {
        const int shownMax = 32;
        return bytes.Length <= shownMax
            ? $"0x{Convert.ToHexStringLower(bytes.Span)}"
            : $"0x{Convert.ToHexStringLower(bytes.Span[..shownMax])}… ({bytes.Length} bytes)";
    }
}
