using System.Numerics;
using System.Security.Cryptography;

namespace Filecoin.Vm;

/// <summary>The commitment to the data of a sector, out of those to its pieces.</summary>
/// <remarks>
/// Spec: syscalls 12; filecoin-proofs, compute_comm_d. Pieces stand where a binary tree of their
/// sizes has room for them; gaps are zeros. A node is SHA-256 of its two children with the two
/// highest bits cleared.
/// </remarks>
public static class UnsealedSector
{
    private const int NodeBytes = 32;
    private const ulong PieceBytesMin = 128;
    private const byte FieldMask = 0x3f;

    /// <summary>Commitments to zeros of 32, 64, 128, … bytes.</summary>
    private static readonly byte[][] ZeroNodes = ComputeZeroNodes();

    /// <summary>The CID of a sector with these pieces.</summary>
    /// <param name="sizeBytes">The sector's size, a power of two.</param>
    /// <param name="pieces">Its pieces in order.</param>
    /// <param name="cid">The result.</param>
    /// <returns>False if a piece is malformed or they do not fit.</returns>
    public static bool TryCompute(ulong sizeBytes, ValueList<PieceInfo> pieces, out Cid cid)
    {
        cid = default;
        List<(ulong Size, byte[] Node)> stack = [];
        ulong filled = 0;
        foreach (PieceInfo piece in pieces)
        {
            if (!IsPiece(piece, sizeBytes))
            {
                return false;
            }

            filled = Pad(stack, filled, piece.Size);
            Push(stack, piece.Size, piece.Piece.Digest.ToArray());
            filled += piece.Size;
            if (filled > sizeBytes)
            {
                return false;
            }
        }

        _ = Pad(stack, filled, sizeBytes);
        byte[] node = stack.Count == 0 ? ZeroNode(sizeBytes) : stack[0].Node;
        cid = Cid.Create(Codec.FilCommitmentUnsealed, Multihash.Sha2_256Trunc254Padded, node);
        return true;
    }

    /// <summary>The commitment to so many zeros.</summary>
    internal static byte[] ZeroNode(ulong sizeBytes) =>
        ZeroNodes[BitOperations.Log2(sizeBytes / NodeBytes)];

    private static bool IsPiece(PieceInfo piece, ulong sectorBytes) =>
        BitOperations.IsPow2(piece.Size)
        && piece.Size >= PieceBytesMin
        && piece.Size <= sectorBytes
        && piece.Piece.Codec == Codec.FilCommitmentUnsealed
        && piece.Piece.HashFunction == Multihash.Sha2_256Trunc254Padded
        && piece.Piece.Digest.Length == NodeBytes;

    /// <summary>Fills up with zeros to where something of a size may stand.</summary>
    private static ulong Pad(List<(ulong Size, byte[] Node)> stack, ulong filled, ulong size)
    {
        while (filled % size != 0)
        {
            ulong gap = unchecked(filled & (~filled + 1));
            Push(stack, gap, ZeroNode(gap));
            filled += gap;
        }

        return filled;
    }

    /// <summary>Adds a subtree, and joins those of equal size.</summary>
    private static void Push(List<(ulong Size, byte[] Node)> stack, ulong size, byte[] node)
    {
        while (stack.Count > 0 && stack[^1].Size == size)
        {
            node = Join(stack[^1].Node, node);
            size *= 2;
            stack.RemoveAt(stack.Count - 1);
        }

        stack.Add((size, node));
    }

    private static byte[] Join(byte[] left, byte[] right)
    {
        byte[] node = SHA256.HashData([.. left, .. right]);
        node[^1] &= FieldMask;
        return node;
    }

    private static byte[][] ComputeZeroNodes()
    {
        byte[][] nodes = new byte[48][];
        nodes[0] = new byte[NodeBytes];
        for (int i = 1; i < nodes.Length; i++)
        {
            nodes[i] = Join(nodes[i - 1], nodes[i - 1]);
        }

        return nodes;
    }
}
