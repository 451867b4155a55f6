using System.Numerics;

namespace Filecoin;

/// <summary>Computes the commitment to a payload that arrives in parts (CommP).</summary>
/// <remarks>
/// Spec: crypto 8.1 and 8.2; filecoin-proofs, generate_piece_commitment. The payload is filled
/// with zeros to 127 bytes times a power of two and spread by <see cref="Fr32"/>; the commitment
/// is the root of the tree over that. It says nothing of how long the payload was.
/// </remarks>
public sealed class PieceHasher
{
    private readonly CommitmentTree tree = new();
    private readonly byte[] group = new byte[Fr32.GroupBytes];
    private readonly byte[] padded = new byte[Fr32.PaddedGroupBytes];
    private int filled;

    /// <summary>The piece that a payload is.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static PieceInfo Compute(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw new ArgumentException("a piece has at least one byte", nameof(payload));
        }

        PieceHasher hasher = new();
        hasher.Append(payload);
        return hasher.Finish();
    }

    /// <summary>Takes the next part of the payload, of any length.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            int taken = Math.Min(payload.Length, group.Length - filled);
            payload[..taken].CopyTo(group.AsSpan(filled));
            payload = payload[taken..];
            filled += taken;
            if (filled == group.Length)
            {
                AppendGroup();
            }
        }
    }

    /// <summary>Ends the payload and gives its padded size and commitment.</summary>
    /// <exception cref="InvalidOperationException">No payload came.</exception>
    public PieceInfo Finish()
    {
        if (filled > 0)
        {
            group.AsSpan(filled).Clear();
            AppendGroup();
        }

        if (tree.SizeBytes == 0)
        {
            throw new InvalidOperationException("a piece has at least one byte");
        }

        tree.AlignTo(BitOperations.RoundUpToPowerOf2(tree.SizeBytes));
        return new(tree.SizeBytes, ToCid(tree.Root));
    }

    internal static Cid ToCid(ReadOnlySpan<byte> commitment) => Cid.Create(
        Codec.FilCommitmentUnsealed, Multihash.Sha2_256Trunc254Padded, commitment);

    private void AppendGroup()
    {
        Fr32.Pad(group, padded);
        for (int i = 0; i < padded.Length; i += CommitmentTree.NodeBytes)
        {
            tree.Append(
                CommitmentTree.NodeBytes, padded.AsSpan(i, CommitmentTree.NodeBytes));
        }

        filled = 0;
    }
}
