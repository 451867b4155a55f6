using Filecoin.Crypto;

namespace Filecoin.Evm;

/// <summary>Runs on the input.</summary>
internal delegate PrecompileOutcome PrecompileBody(
    IEvmHost host, ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output);

/// <summary>What Ethereum charges for an input.</summary>
internal delegate long PrecompileWork(ReadOnlySpan<byte> input);

/// <summary>One row of the table of precompiled contracts.</summary>
internal sealed record Precompile(
    int Address, string Name, PrecompileWork Work, PrecompileBody Body);

/// <summary>Ethereum's precompiled contracts, each declared once.</summary>
/// <remarks>
/// Spec: evm 13.1; builtin-actors actors/evm/src/interpreter/precompiles. The work: EIP-1108,
/// EIP-2565, EIP-2537 without the discounts for many terms, EIP-7951, and the yellow paper. The
/// FEVM does not charge it; it tells a host how much there is to do.
/// </remarks>
internal static class PrecompileTable
{
    /// <summary>The one whose address has more than one byte.</summary>
    internal const int P256Verify = 0x100;

    private static readonly Precompile[] Rows =
    [
        //    address  name               work                                    body
        new(0x01, "ECRECOVER", static _ => 3_000, HashPrecompiles.Recover),
        new(0x02, "SHA256", static input => 60 + (12 * Words(input)), HashPrecompiles.Sha256),
        new(0x03, "RIPEMD160", static input => 600 + (120 * Words(input)),
            HashPrecompiles.Ripemd160),
        new(0x04, "IDENTITY", static input => 15 + (3 * Words(input)), HashPrecompiles.Identity),
        new(0x05, "MODEXP", static input => new ModularPower(input).Work, ModularPower.Run),
        new(0x06, "BN254_ADD", static _ => 150, BnPrecompiles.Add),
        new(0x07, "BN254_MUL", BnPrecompiles.MultiplyWork, BnPrecompiles.Multiply),
        new(0x08, "BN254_PAIRING",
            static input => Terms(input, Bn.PairLength, 45_000, 34_000),
            BnPrecompiles.Pair),
        new(0x09, "BLAKE2F", HashPrecompiles.BlakeRounds, HashPrecompiles.Blake),
        new(0x0b, "BLS12_G1ADD",
            static input => Terms(input, 2 * BlsPoints.G1Length, 0, 375),
            BlsPrecompiles.AddG1),
        new(0x0c, "BLS12_G1MSM",
            static input => Terms(input, BlsPrecompiles.TermLengthG1, 12_000, 12_000),
            BlsPrecompiles.SumG1),
        new(0x0d, "BLS12_G2ADD",
            static input => Terms(input, 2 * BlsPoints.G2Length, 0, 600),
            BlsPrecompiles.AddG2),
        new(0x0e, "BLS12_G2MSM",
            static input => Terms(input, BlsPrecompiles.TermLengthG2, 22_500, 22_500),
            BlsPrecompiles.SumG2),
        new(0x0f, "BLS12_PAIRING_CHECK",
            static input => Terms(input, BlsPrecompiles.PairLength, 37_700, 32_600),
            BlsPrecompiles.Pair),
        new(0x10, "BLS12_MAP_FP_TO_G1",
            static input => Terms(input, BlsPoints.ElementLength, 0, 5_500),
            BlsPrecompiles.MapToG1),
        new(0x11, "BLS12_MAP_FP2_TO_G2",
            static input => Terms(input, 2 * BlsPoints.ElementLength, 0, 23_800),
            BlsPrecompiles.MapToG2),
        new(P256Verify, "P256VERIFY",
            static input => Terms(input, HashPrecompiles.VerifyLength, 0, 6_900),
            HashPrecompiles.Verify256),
    ];

    private static readonly Dictionary<EthAddress, Precompile> ByAddress = Index();

    /// <summary>The row of an address; null if none of Ethereum's is defined there.</summary>
    internal static Precompile? Find(EthAddress address) => ByAddress.GetValueOrDefault(address);

    /// <summary>Work by terms of one length; nothing for what is refused by its length.</summary>
    private static long Terms(ReadOnlySpan<byte> input, int length, long once, long each) =>
        !input.IsEmpty && input.Length % length == 0 ? once + (each * (input.Length / length)) : 0;

    private static long Words(ReadOnlySpan<byte> input) =>
        ((long)input.Length + U256.Length - 1) / U256.Length;

    private static Dictionary<EthAddress, Precompile> Index()
    {
        Dictionary<EthAddress, Precompile> index = [];
        foreach (Precompile row in Rows)
        {
            index.Add(EthAddress.FromWord((ulong)row.Address), row);
        }

        return index;
    }
}
