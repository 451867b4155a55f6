using System.Buffers.Binary;
using Filecoin.Crypto;

namespace Filecoin.Chain;

/// <summary>
/// What stands for a replica and for the proof of it on a developer network: hashes of all that a
/// real one is bound to, which anybody can make who has the commitment to the data.
/// </summary>
/// <remarks>Spec: storage-devnet 4.2, 4.3. Not secure: whoever makes one need not store.</remarks>
public static class SimulatedSeal
{
    /// <summary>Bytes of a proof: six times the same hash.</summary>
    public const int ProofLength = 6 * Sha256.DigestLength;

    private const byte FieldMask = 0x3f;

    /// <summary>The commitment to the replica of a sector.</summary>
    /// <param name="miner">Whose it is.</param>
    /// <param name="sector">Its number.</param>
    /// <param name="ticket">32 bytes; of an updated sector, what its old commitment holds.</param>
    /// <param name="unsealed">The commitment to its data.</param>
    public static Cid Commit(
        ActorId miner, ulong sector, ReadOnlySpan<byte> ticket, Cid unsealed)
    {
        Transcript transcript = new("sim-commr-v1"u8);
        transcript.Add(miner.Value);
        transcript.Add(sector);
        transcript.Add(ticket);
        transcript.Add(unsealed.Digest);
        byte[] digest = transcript.Hash();
        digest[^1] &= FieldMask;
        return Cid.Create(
            Codec.FilCommitmentSealed, Multihash.PoseidonBls12381A2Fc1, digest);
    }

    /// <summary>
    /// The commitment to the replica of a sector of zeros that a chain begins with.
    /// </summary>
    public static Cid OfGenesis(ActorId miner, ulong sector, long sealProof)
    {
        _ = RegisteredSealProof.TryGetSectorSize(sealProof, out ulong sizeBytes);
        _ = UnsealedSector.TryCompute(sizeBytes, [], out Cid zeros);
        return Commit(miner, sector, new byte[Sha256.DigestLength], zeros);
    }

    /// <summary>The proof of a seal, whatever proof it carries.</summary>
    public static byte[] Prove(SealVerifyInfo seal) => Repeat(HashOf(
        seal.SealProof,
        seal.Sector,
        seal.Randomness,
        seal.InteractiveRandomness,
        seal.SealedCid,
        seal.UnsealedCid));

    /// <summary>The proof of several seals.</summary>
    public static byte[] Prove(AggregateSealVerifyProofAndInfos aggregate)
    {
        Transcript all = new([]);
        foreach (AggregateSealVerifyInfo info in aggregate.Infos)
        {
            all.Add(HashOf(
                aggregate.SealProof,
                new(aggregate.Miner, info.SectorNumber),
                info.Randomness,
                info.InteractiveRandomness,
                info.SealedCid,
                info.UnsealedCid));
        }

        return Repeat(all.Hash());
    }

    /// <summary>The proof of a replica update.</summary>
    public static byte[] Prove(ReplicaUpdateInfo update)
    {
        Transcript transcript = new("sim-update-v1"u8);
        transcript.Add((ulong)update.UpdateProof);
        transcript.Add(update.OldSealedCid.Digest);
        transcript.Add(update.NewSealedCid.Digest);
        transcript.Add(update.NewUnsealedCid.Digest);
        return Repeat(transcript.Hash());
    }

    private static byte[] HashOf(
        long sealProof,
        SectorId sector,
        ReadOnlyMemory<byte> ticket,
        ReadOnlyMemory<byte> seed,
        Cid sealedCid,
        Cid unsealedCid)
    {
        Transcript transcript = new("sim-porep-v1"u8);
        transcript.Add((ulong)sealProof);
        transcript.Add(sector.Miner.Value);
        transcript.Add(sector.Number);
        transcript.Add(ticket.Span);
        transcript.Add(seed.Span);
        transcript.Add(sealedCid.Digest);
        transcript.Add(unsealedCid.Digest);
        return transcript.Hash();
    }

    private static byte[] Repeat(ReadOnlySpan<byte> hash)
    {
        byte[] proof = new byte[ProofLength];
        for (int i = 0; i < ProofLength; i += hash.Length)
        {
            hash.CopyTo(proof.AsSpan(i));
        }

        return proof;
    }

    /// <summary>What is hashed, after a label; numbers are big-endian.</summary>
    private sealed class Transcript(ReadOnlySpan<byte> label)
    {
        private readonly List<byte> bytes = [.. label];

        public void Add(ReadOnlySpan<byte> part) => bytes.AddRange(part);

        public void Add(ulong number)
        {
            Span<byte> part = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(part, number);
            bytes.AddRange(part);
        }

        public byte[] Hash()
        {
            byte[] digest = new byte[Sha256.DigestLength];
            Sha256.Hash(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes), digest);
            return digest;
        }
    }
}
