using System.Numerics;

namespace Filecoin;

/// <summary>The commitment to the data of a sector, out of those to its pieces.</summary>
/// <remarks>
/// Spec: crypto 8.3; syscalls 12; filecoin-proofs, compute_comm_d. Pieces stand where a binary
/// tree of their sizes has room for them; gaps are zeros.
/// </remarks>
public static class UnsealedSector
{
    /// <summary>The CID of a sector with these pieces.</summary>
    /// <param name="sizeBytes">The sector's size, a power of two.</param>
    /// <param name="pieces">Its pieces in order.</param>
    /// <param name="cid">The result.</param>
    /// <returns>False if a piece is malformed or they do not fit.</returns>
    public static bool TryCompute(ulong sizeBytes, ValueList<PieceInfo> pieces, out Cid cid)
    {
        cid = default;
        CommitmentTree tree = new();
        foreach (PieceInfo piece in pieces)
        {
            if (!IsPiece(piece, sizeBytes))
            {
                return false;
            }

            tree.AlignTo(piece.Size);
            tree.Append(piece.Size, piece.Piece.Digest);
            if (tree.SizeBytes > sizeBytes)
            {
                return false;
            }
        }

        tree.AlignTo(sizeBytes);
        cid = PieceHasher.ToCid(
            tree.SizeBytes == 0 ? CommitmentTree.Zero(sizeBytes) : tree.Root);
        return true;
    }

    private static bool IsPiece(PieceInfo piece, ulong sectorBytes) =>
        BitOperations.IsPow2(piece.Size)
        && piece.Size >= Fr32.PaddedGroupBytes
        && piece.Size <= sectorBytes
        && piece.Piece.Codec == Codec.FilCommitmentUnsealed
        && piece.Piece.HashFunction == Multihash.Sha2_256Trunc254Padded
        && piece.Piece.Digest.Length == CommitmentTree.NodeBytes;
}
