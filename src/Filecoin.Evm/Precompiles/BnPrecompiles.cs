using Filecoin.Crypto;

namespace Filecoin.Evm;

/// <summary>The curve BN254.</summary>
/// <remarks>Spec: EIP-196 and EIP-197; builtin-actors …/precompiles/evm.rs.</remarks>
internal static class BnPrecompiles
{
    internal static PrecompileOutcome Add(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        Span<byte> points = stackalloc byte[2 * Bn.PointLength];
        new PaddedReader(input).Read(points);
        byte[] sum = new byte[Bn.PointLength];
        bool isDone = Bn.TryAdd(points[..Bn.PointLength], points[Bn.PointLength..], sum);
        return Answer(isDone, sum, out output);
    }

    /// <summary>The product is made bit by bit of the factor.</summary>
    internal static long MultiplyWork(ReadOnlySpan<byte> input)
    {
        PaddedReader reader = new(input);
        _ = reader.ReadWord();
        _ = reader.ReadWord();
        return 6_000L * reader.ReadWord().BitLength / U256.Bits;
    }

    internal static PrecompileOutcome Multiply(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        Span<byte> operands = stackalloc byte[Bn.PointLength + U256.Length];
        new PaddedReader(input).Read(operands);
        byte[] product = new byte[Bn.PointLength];
        bool isDone = Bn.TryMultiply(
            operands[..Bn.PointLength], operands[Bn.PointLength..], product);
        return Answer(isDone, product, out output);
    }

    /// <summary>Pairs of exact length: nothing is padded here.</summary>
    internal static PrecompileOutcome Pair(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        bool isDone = Bn.TryPair(input, out bool isOne);
        return Answer(isDone, (isOne ? U256.One : U256.Zero).ToBigEndian(), out output);
    }

    private static PrecompileOutcome Answer(
        bool isDone, byte[] result, out ReadOnlyMemory<byte> output)
    {
        output = isDone ? result : default(ReadOnlyMemory<byte>);
        return isDone ? PrecompileOutcome.Done : PrecompileOutcome.Failed;
    }
}
