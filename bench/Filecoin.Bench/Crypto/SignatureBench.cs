using BenchmarkDotNet.Attributes;
using Filecoin.Crypto;

namespace Filecoin.Bench.Crypto;

/// <summary>What a message's signature costs, by kind.</summary>
public class SignatureBench
{
    private readonly byte[] _message = new byte[38];
    private readonly byte[] _hash = new byte[32];
    private readonly byte[] _secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private readonly byte[] _blsKey = new byte[Bls.PublicKeyLength];
    private readonly byte[] _blsSignature = new byte[Bls.SignatureLength];
    private readonly byte[] _secpKey = new byte[Secp256k1.PublicKeyLength];
    private readonly byte[] _secpSignature = new byte[Secp256k1.SignatureLength];

    [GlobalSetup]
    public void Sign()
    {
        Bls.PublicKey(_secret, _blsKey);
        Bls.Sign(_secret, _message, _blsSignature);
        Secp256k1.PublicKey(_secret, _secpKey);
        Secp256k1.Sign(_hash, _secret, _secpSignature);
    }

    [Benchmark]
    public bool BlsVerify() => Bls.Verify(_blsSignature, _message, _blsKey);

    [Benchmark]
    public void BlsSign() => Bls.Sign(_secret, _message, _blsSignature);

    [Benchmark]
    public bool Secp256k1Recover() => Secp256k1.TryRecover(_hash, _secpSignature, _secpKey);
}
