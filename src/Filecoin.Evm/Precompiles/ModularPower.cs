using System.Numerics;

namespace Filecoin.Evm;

/// <summary>MODEXP: three lengths, then base, exponent and modulus of these lengths.</summary>
/// <remarks>
/// Spec: EIP-198; builtin-actors …/precompiles/evm.rs, modexp, and reader.rs, read_biguint.
/// </remarks>
internal readonly ref struct ModularPower
{
    // Zeros that are not there are appended by a shift, whose count of bits has 32 bits.
    private const long MissingMax = (uint.MaxValue / 8) + 1L;

    // The reference holds a few copies of an operand; of a larger one they do not fit.
    private const long OperandLengthMax = EvmMemory.LengthMax / 4;

    private const long WorkMin = 200;

    private readonly Operand number;
    private readonly Operand exponent;
    private readonly Operand modulus;
    private readonly bool isReadable;

    internal ModularPower(ReadOnlySpan<byte> input)
    {
        PaddedReader reader = new(input);
        U256 numberLength = reader.ReadWord();
        U256 exponentLength = reader.ReadWord();
        U256 modulusLength = reader.ReadWord();
        isReadable = numberLength.IsUInt32 && exponentLength.IsUInt32 && modulusLength.IsUInt32;
        number = new(ref reader, (uint)(numberLength.Low & uint.MaxValue));
        exponent = new(ref reader, (uint)(exponentLength.Low & uint.MaxValue));
        modulus = new(ref reader, (uint)(modulusLength.Low & uint.MaxValue));
    }

    /// <summary>What EIP-2565 charges, by the operands' size without leading zeros.</summary>
    internal long Work
    {
        get
        {
            Int128 words = (Math.Max(number.Significant, modulus.Significant) + 7) / 8;
            Int128 work = words * words * Math.Max(8 * exponent.Significant, 1) / 3;
            Int128 written = ((long)modulus.Length + U256.Length - 1) / U256.Length;
            return isReadable
                ? (long)Int128.Min(Int128.Max(work, WorkMin) + written, long.MaxValue / 4)
                : WorkMin;
        }
    }

    internal static PrecompileOutcome Run(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output) =>
        new ModularPower(input).Run(out output);

    private PrecompileOutcome Run(out ReadOnlyMemory<byte> output)
    {
        output = default;
        if (!isReadable)
        {
            return PrecompileOutcome.Failed;
        }

        if (number.Length == 0 && modulus.Length == 0)
        {
            return PrecompileOutcome.Done;
        }

        if (number.Missing >= MissingMax
            || exponent.Missing >= MissingMax
            || modulus.Missing >= MissingMax)
        {
            return PrecompileOutcome.Panicked;
        }

        if (number.Significant > OperandLengthMax
            || exponent.Significant > OperandLengthMax
            || modulus.Significant > OperandLengthMax
            || modulus.Length > EvmMemory.LengthMax)
        {
            return PrecompileOutcome.OutOfMemory;
        }

        byte[] result = new byte[modulus.Length];
        BigInteger divisor = modulus.ToBigInteger();
        if (divisor > 1)
        {
            Write(
                BigInteger.ModPow(number.ToBigInteger(), exponent.ToBigInteger(), divisor),
                result);
        }

        output = result;
        return PrecompileOutcome.Done;
    }

    private static void Write(BigInteger value, Span<byte> bytes)
    {
        int length = value.GetByteCount(isUnsigned: true);
        _ = value.TryWriteBytes(bytes[^length..], out _, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>A number of which the input has the first bytes; the others are zero.</summary>
    private readonly ref struct Operand
    {
        private readonly ReadOnlySpan<byte> bytes;

        internal Operand(scoped ref PaddedReader reader, uint length)
        {
            Length = length;
            ReadOnlySpan<byte> taken = reader.Take((int)Math.Min(length, int.MaxValue));
            Missing = length - taken.Length;
            bytes = taken.TrimStart((byte)0);
        }

        internal uint Length { get; }

        /// <summary>Zeros behind what the input has.</summary>
        internal long Missing { get; }

        /// <summary>Bytes without leading zeros.</summary>
        internal long Significant => bytes.IsEmpty ? 0 : bytes.Length + Missing;

        internal BigInteger ToBigInteger() => bytes.IsEmpty
            ? BigInteger.Zero
            : new BigInteger(bytes, isUnsigned: true, isBigEndian: true) << (int)(8 * Missing);
    }
}
