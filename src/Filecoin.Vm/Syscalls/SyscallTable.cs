using Filecoin.Wasm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>All syscalls, and which machine has which.</summary>
/// <remarks>
/// Spec: syscalls 3. A module that imports anything else cannot be linked. Results come first in
/// the Wasm signature, as a pointer; the rows leave it out.
/// </remarks>
internal sealed class SyscallTable
{
    private const ProtocolLine Shark = ProtocolLine.Shark;
    private const ProtocolLine Hygge = ProtocolLine.Hygge;
    private const ProtocolLine Watermelon = ProtocolLine.Watermelon;
    private const WasmType I32 = WasmType.I32;
    private const WasmType I64 = WasmType.I64;

    /// <summary>Every row, also those that only some machines have.</summary>
    public static readonly Syscall[] All =
    [
        Syscall.Of<uint, uint, uint, uint>("vm", "exit", VmSyscalls.Exit).Since(Hygge),
        Syscall.Of<uint, uint, uint>("vm", "abort", VmSyscalls.Abort).Until(Shark),
        Syscall.Valued<MessageContextData>("vm", "message_context", VmSyscalls.MessageContext).Since(Hygge),
        Syscall.Valued<InvocationContextData>("vm", "context", VmSyscalls.Context).Until(Shark),

        Syscall.Valued<NetworkContextData>("network", "context", NetworkSyscalls.Context).Since(Hygge),
        Syscall.Valued<AmountData>("network", "base_fee", NetworkSyscalls.BaseFee).Until(Shark),
        Syscall.Valued<AmountData>("network", "total_fil_circ_supply", NetworkSyscalls.CirculatingSupply),
        Syscall.Valued<long, uint, uint, uint>("network", "tipset_cid", NetworkSyscalls.TipsetCid).Since(Hygge),

        Syscall.Valued<uint, BlockOpenData>("ipld", "block_open", IpldSyscalls.BlockOpen),
        Syscall.Valued<ulong, uint, uint, uint>("ipld", "block_create", IpldSyscalls.BlockCreate),
        Syscall.Valued<uint, uint, uint, uint, int>("ipld", "block_read", IpldSyscalls.BlockRead),
        Syscall.Valued<uint, BlockStatData>("ipld", "block_stat", IpldSyscalls.BlockStat),
        Syscall.Valued<uint, ulong, uint, uint, uint, uint>("ipld", "block_link", IpldSyscalls.BlockLink),

        Syscall.Valued<uint, uint, uint>("self", "root", SelfSyscalls.Root),
        Syscall.Of<uint>("self", "set_root", SelfSyscalls.SetRoot),
        Syscall.Valued<AmountData>("self", "current_balance", SelfSyscalls.CurrentBalance),
        Syscall.Of<uint, uint>("self", "self_destruct", SelfSyscalls.SelfDestructTo).Until(Hygge),
        Syscall.Of<uint>("self", "self_destruct", SelfSyscalls.SelfDestruct).Since(Watermelon),

        Syscall.Valued<uint, uint, ulong>("actor", "resolve_address", ActorSyscalls.ResolveAddress),
        Syscall.Valued<ulong, uint, uint, uint>("actor", "lookup_delegated_address", ActorSyscalls.LookupDelegatedAddress).Since(Hygge),
        Syscall.Valued<ulong, uint, uint, uint>("actor", "get_actor_code_cid", ActorSyscalls.CodeOf),
        Syscall.Valued<uint, uint, uint>("actor", "new_actor_address", ActorSyscalls.NewActorAddress).Until(Shark),
        Syscall.Valued<uint, uint, uint>("actor", "next_actor_address", ActorSyscalls.NextActorAddress).Since(Hygge),
        Syscall.Of<ulong, uint>("actor", "create_actor", ActorSyscalls.CreateActorShark).Until(Shark),
        Syscall.Of<ulong, uint, uint, uint>("actor", "create_actor", ActorSyscalls.CreateActor).Since(Hygge),
        Syscall.Valued<uint, int>("actor", "get_builtin_actor_type", ActorSyscalls.BuiltinActorType),
        Syscall.Valued<int, uint, uint, uint>("actor", "get_code_cid_for_type", ActorSyscalls.CodeForType),
        Syscall.Valued<ulong, AmountData>("actor", "balance_of", ActorSyscalls.BalanceOf).Since(Hygge),

        Syscall.ValuedOf<SendData>("send", "send", [I32, I32, I64, I32, I64, I64], SendSyscalls.SendShark).Until(Shark),
        Syscall.ValuedOf<SendData>("send", "send", [I32, I32, I64, I32, I64, I64, I64, I64], SendSyscalls.Send).Since(Hygge),

        Syscall.ValuedOf<int>("crypto", "verify_signature", [I32, I32, I32, I32, I32, I32, I32], CryptoSyscalls.VerifySignature),
        Syscall.Valued<uint, uint, uint, uint, uint, int>("crypto", "verify_bls_aggregate", CryptoSyscalls.VerifyBlsAggregate).Since(Watermelon),
        Syscall.Valued<uint, uint, PublicKeyData>("crypto", "recover_secp_public_key", CryptoSyscalls.RecoverSecp256k1),
        Syscall.Valued<ulong, uint, uint, uint, uint, uint>("crypto", "hash", CryptoSyscalls.Hash),
        Syscall.Valued<long, uint, uint, uint, uint, uint>("crypto", "compute_unsealed_sector_cid", CryptoSyscalls.ComputeUnsealedSectorCid),
        Syscall.Valued<uint, uint, int>("crypto", "verify_seal", CryptoSyscalls.VerifySeal).Until(Shark),
        Syscall.Valued<uint, uint, int>("crypto", "verify_post", CryptoSyscalls.VerifyPost),
        Syscall.Valued<uint, uint, int>("crypto", "verify_aggregate_seals", CryptoSyscalls.VerifyAggregateSeals),
        Syscall.Valued<uint, uint, int>("crypto", "verify_replica_update", CryptoSyscalls.VerifyReplicaUpdate),
        Syscall.Of<uint, uint, uint>("crypto", "batch_verify_seals", CryptoSyscalls.BatchVerifySeals),
        Syscall.ValuedOf<ConsensusFaultData>("crypto", "verify_consensus_fault", [I32, I32, I32, I32, I32, I32], CryptoSyscalls.VerifyConsensusFault),

        Syscall.Of<uint, uint>("event", "emit_event", EventSyscalls.EmitEncoded).Since(Hygge).Until(Hygge),
        Syscall.OfWords("event", "emit_event", 6, EventSyscalls.Emit).Since(Watermelon),

        Syscall.Valued<long, long, uint, uint, RandomnessData>("rand", "get_chain_randomness", RandomnessSyscalls.ChainMixed).Until(Hygge),
        Syscall.Valued<long, long, uint, uint, RandomnessData>("rand", "get_beacon_randomness", RandomnessSyscalls.BeaconMixed).Until(Hygge),
        Syscall.Valued<long, RandomnessData>("rand", "get_chain_randomness", RandomnessSyscalls.Chain).Since(Watermelon),
        Syscall.Valued<long, RandomnessData>("rand", "get_beacon_randomness", RandomnessSyscalls.Beacon).Since(Watermelon),

        Syscall.Of<uint, uint, ulong>("gas", "charge", GasSyscalls.Charge),
        Syscall.Valued<ulong>("gas", "available", GasSyscalls.Available).Since(Hygge),

        Syscall.Valued<int>("debug", "enabled", DebugSyscalls.Enabled),
        Syscall.Of<uint, uint>("debug", "log", DebugSyscalls.Log),
        Syscall.Of<uint, uint, uint, uint>("debug", "store_artifact", DebugSyscalls.StoreArtifact),
    ];

    private static readonly Lazy<SyscallTable>[] Tables =
    [
        new(() => new(Shark)), new(() => new(Hygge)), new(() => new(Watermelon)),
    ];

    private SyscallTable(ProtocolLine line)
    {
        Rows = Array.FindAll(All, row => row.First <= line && line <= row.Last);
        Linker = new(Array.ConvertAll(Rows, row => row.Function));
    }

    /// <summary>The rows that a machine has; a function's index is its place here.</summary>
    public Syscall[] Rows { get; }

    /// <summary>What modules of that machine are linked with.</summary>
    public HostLinker Linker { get; }

    public static SyscallTable For(ProtocolLine line) => Tables[(int)line].Value;
}
