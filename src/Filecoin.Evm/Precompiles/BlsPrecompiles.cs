using Filecoin.Crypto;

namespace Filecoin.Evm;

/// <summary>The curve BLS12-381. Every input has its exact length.</summary>
/// <remarks>
/// Spec: EIP-2537; FIP-0105; builtin-actors …/precompiles/bls12_381 and bls_util.rs.
/// </remarks>
internal static class BlsPrecompiles
{
    internal const int TermLengthG1 = BlsPoints.G1Length + BlsPoints.ScalarLength;
    internal const int TermLengthG2 = BlsPoints.G2Length + BlsPoints.ScalarLength;
    internal const int PairLength = BlsPoints.G1Length + BlsPoints.G2Length;

    internal static PrecompileOutcome AddG1(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] sum = new byte[BlsPoints.G1Length];
        bool isDone = input.Length == 2 * BlsPoints.G1Length
            && BlsPoints.TryAddG1(
                input[..BlsPoints.G1Length], input[BlsPoints.G1Length..], sum);
        return Answer(isDone, sum, out output);
    }

    internal static PrecompileOutcome AddG2(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] sum = new byte[BlsPoints.G2Length];
        bool isDone = input.Length == 2 * BlsPoints.G2Length
            && BlsPoints.TryAddG2(
                input[..BlsPoints.G2Length], input[BlsPoints.G2Length..], sum);
        return Answer(isDone, sum, out output);
    }

    internal static PrecompileOutcome SumG1(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] sum = new byte[BlsPoints.G1Length];
        bool isDone = IsMultiple(input, TermLengthG1) && BlsPoints.TrySumG1(input, sum);
        return Answer(isDone, sum, out output);
    }

    internal static PrecompileOutcome SumG2(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] sum = new byte[BlsPoints.G2Length];
        bool isDone = IsMultiple(input, TermLengthG2) && BlsPoints.TrySumG2(input, sum);
        return Answer(isDone, sum, out output);
    }

    internal static PrecompileOutcome Pair(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        bool isOne = false;
        bool isDone = IsMultiple(input, PairLength) && BlsPoints.TryPair(input, out isOne);
        return Answer(isDone, (isOne ? U256.One : U256.Zero).ToBigEndian(), out output);
    }

    internal static PrecompileOutcome MapToG1(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] point = new byte[BlsPoints.G1Length];
        bool isDone = input.Length == BlsPoints.ElementLength
            && BlsPoints.TryMapToG1(input, point);
        return Answer(isDone, point, out output);
    }

    internal static PrecompileOutcome MapToG2(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] point = new byte[BlsPoints.G2Length];
        bool isDone = input.Length == 2 * BlsPoints.ElementLength
            && BlsPoints.TryMapToG2(input, point);
        return Answer(isDone, point, out output);
    }

    private static bool IsMultiple(ReadOnlySpan<byte> input, int length) =>
        !input.IsEmpty && input.Length % length == 0;

    private static PrecompileOutcome Answer(
        bool isDone, byte[] result, out ReadOnlyMemory<byte> output)
    {
        output = isDone ? result : default(ReadOnlyMemory<byte>);
        return isDone ? PrecompileOutcome.Done : PrecompileOutcome.Failed;
    }
}
