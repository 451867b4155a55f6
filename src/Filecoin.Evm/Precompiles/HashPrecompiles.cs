using System.Buffers.Binary;
using Filecoin.Crypto;

namespace Filecoin.Evm;

/// <summary>Hashes, signatures and the copy.</summary>
/// <remarks>
/// Spec: builtin-actors actors/evm/src/interpreter/precompiles/evm.rs and secp256r1.rs; EIP-152.
/// </remarks>
internal static class HashPrecompiles
{
    private const int BlakeLength = 213;
    /// <summary>Length of what P256VERIFY takes.</summary>
    internal const int VerifyLength = 160;

    /// <summary>The order of secp256k1.</summary>
    private static readonly U256 Order =
        U256.ParseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    /// <summary>ECRECOVER: always succeeds; without output if there is no key.</summary>
    internal static PrecompileOutcome Recover(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = default;
        PaddedReader reader = new(input);
        Span<byte> hash = stackalloc byte[Secp256k1.ScalarLength];
        reader.Read(hash);
        U256 v = reader.ReadWord();
        U256 r = reader.ReadWord();
        U256 s = reader.ReadWord();
        if (v < 27 || v > 28 || r.IsZero || r >= Order || s.IsZero || s >= Order)
        {
            return PrecompileOutcome.Done;
        }

        Span<byte> signature = stackalloc byte[Secp256k1.SignatureLength];
        r.WriteBigEndian(signature);
        s.WriteBigEndian(signature[Secp256k1.ScalarLength..]);
        signature[^1] = (byte)(v.Low - 27);
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        if (!host.TryRecoverPublicKey(hash, signature, key))
        {
            return PrecompileOutcome.Done;
        }

        byte[] address = new byte[U256.Length];
        host.Hash(EvmHash.Keccak256, key[1..], address);
        address.AsSpan(0, U256.Length - EthAddress.Length).Clear();
        output = address;
        return PrecompileOutcome.Done;
    }

    internal static PrecompileOutcome Sha256(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] digest = new byte[U256.Length];
        host.Hash(EvmHash.Sha256, input, digest);
        output = digest;
        return PrecompileOutcome.Done;
    }

    internal static PrecompileOutcome Ripemd160(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        byte[] digest = new byte[U256.Length];
        host.Hash(EvmHash.Ripemd160, input, digest.AsSpan(U256.Length - EthAddress.Length));
        output = digest;
        return PrecompileOutcome.Done;
    }

    internal static PrecompileOutcome Identity(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = input.ToArray();
        return PrecompileOutcome.Done;
    }

    internal static long BlakeRounds(ReadOnlySpan<byte> input) =>
        input.Length == BlakeLength && input[^1] <= 1
            ? BinaryPrimitives.ReadUInt32BigEndian(input)
            : 0;

    /// <summary>BLAKE2F: rounds, state, block, counter, flag, of exactly this length.</summary>
    internal static PrecompileOutcome Blake(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = default;
        if (input.Length != BlakeLength || input[^1] > 1)
        {
            return PrecompileOutcome.Failed;
        }

        ReadOnlySpan<byte> words = input[4..^1];
        Span<ulong> state = stackalloc ulong[Blake2b.StateWords];
        Span<ulong> block = stackalloc ulong[Blake2b.BlockWords];
        ReadWords(words, state);
        ReadWords(words[(8 * Blake2b.StateWords)..], block);
        UInt128 counter = BinaryPrimitives.ReadUInt128LittleEndian(words[^16..]);
        Blake2b.Compress(
            BinaryPrimitives.ReadUInt32BigEndian(input), state, block, counter, input[^1] == 1);
        byte[] result = new byte[8 * Blake2b.StateWords];
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(result.AsSpan(8 * i), state[i]);
        }

        output = result;
        return PrecompileOutcome.Done;
    }

    /// <summary>P256VERIFY: always succeeds; without output unless it is valid.</summary>
    internal static PrecompileOutcome Verify256(
        IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        bool isValid = input.Length == VerifyLength
            && P256.Verify(input[..32], input[32..96], input[96..]);
        output = isValid ? U256.One.ToBigEndian() : default(ReadOnlyMemory<byte>);
        return PrecompileOutcome.Done;
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
    }
}
