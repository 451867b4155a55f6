using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>The binary tree over 32-byte leaves whose root commits to data.</summary>
/// <remarks>
/// Spec: crypto 8.2. A node is SHA-256 of its two children with the two highest bits cleared, so
/// that it is a number of the proofs' field. What is kept is one node for each bit that is set in
/// the size so far: a fixed size for data of any length.
/// </remarks>
internal sealed class CommitmentTree
{
    /// <summary>Bytes of a leaf and of a commitment.</summary>
    public const int NodeBytes = 32;

    private const byte FieldMask = 0x3f;
    private const int LevelCount = 64 - 5;

    /// <summary>Commitments to zeros of 32, 64, 128, … bytes.</summary>
    private static readonly byte[] ZeroNodes = ComputeZeroNodes();

    private readonly byte[] nodes = new byte[LevelCount * NodeBytes];

    /// <summary>Bytes of what was appended.</summary>
    public ulong SizeBytes { get; private set; }

    /// <summary>The commitment to all, once the size is a power of two.</summary>
    public ReadOnlySpan<byte> Root => Node(nodes, Level(SizeBytes));

    /// <summary>The commitment to so many zeros.</summary>
    /// <param name="sizeBytes">A power of two, at least 32.</param>
    public static ReadOnlySpan<byte> Zero(ulong sizeBytes) => Node(ZeroNodes, Level(sizeBytes));

    /// <summary>Appends a subtree; the size so far must be a multiple of its size.</summary>
    public void Append(ulong sizeBytes, ReadOnlySpan<byte> commitment)
    {
        Span<byte> pair = stackalloc byte[2 * NodeBytes];
        Span<byte> node = pair[NodeBytes..];
        commitment.CopyTo(node);
        int level = Level(sizeBytes);
        for (ulong size = sizeBytes; (SizeBytes & size) != 0; size <<= 1)
        {
            Node(nodes, level++).CopyTo(pair);
            Join(pair, node);
        }

        node.CopyTo(Node(nodes, level));
        SizeBytes += sizeBytes;
    }

    /// <summary>Appends zeros up to a multiple of this power of two.</summary>
    public void AlignTo(ulong sizeBytes)
    {
        while (SizeBytes % sizeBytes != 0)
        {
            ulong gap = 1UL << BitOperations.TrailingZeroCount(SizeBytes);
            Append(gap, Zero(gap));
        }
    }

    private static int Level(ulong sizeBytes) => BitOperations.Log2(sizeBytes / NodeBytes);

    private static Span<byte> Node(byte[] nodes, int level) =>
        nodes.AsSpan(level * NodeBytes, NodeBytes);

    private static void Join(ReadOnlySpan<byte> pair, Span<byte> node)
    {
        Sha256.Hash(pair, node);
        node[NodeBytes - 1] &= FieldMask;
    }

    private static byte[] ComputeZeroNodes()
    {
        byte[] nodes = new byte[LevelCount * NodeBytes];
        for (int level = 1; level < LevelCount; level++)
        {
            ReadOnlySpan<byte> child = Node(nodes, level - 1);
            Join([.. child, .. child], Node(nodes, level));
        }

        return nodes;
    }
}
