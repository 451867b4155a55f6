using BenchmarkDotNet.Attributes;
using Filecoin.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Filecoin.Bench.Crypto;

/// <summary>Hashes of a small and of a large block; a copy is the floor for both.</summary>
public class HashBench
{
    private readonly byte[] _digest = new byte[32];
    private byte[] _data = [];
    private byte[] _copy = [];

    [Params(32, 100, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _data = new byte[Length];
        _copy = new byte[Length];
        new Random(1).NextBytes(_data);
    }

    [Benchmark(Baseline = true)]
    public void Blake2b256() => Blake2b.Hash256(_data, _digest);

    [Benchmark]
    public void Blake2bByBouncyCastle()
    {
        var hash = new Blake2bDigest(256);
        hash.BlockUpdate(_data);
        _ = hash.DoFinal(_digest);
    }

    [Benchmark]
    public void Keccak() => Keccak256.Hash(_data, _digest);

    [Benchmark]
    public void Sha2() => Sha256.Hash(_data, _digest);

    [Benchmark]
    public void Copy() => _data.CopyTo(_copy, 0);
}
