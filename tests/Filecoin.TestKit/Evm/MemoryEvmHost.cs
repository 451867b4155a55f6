using Filecoin.Crypto;
using Filecoin.Evm;

namespace Filecoin.TestKit.Evm;

/// <summary>The host of one run in a world in memory.</summary>
public sealed class MemoryEvmHost(EvmWorld world, EvmInvocation invocation) : IEvmHost
{
    // So that nested runs see nearly all of what is left.
    private const long WorkPerGrant = 100_000;

    // A world is copied for each run, so that runs must not be free.
    private const long WorkPerCall = 100;

    private EvmAccount Self => world.At(invocation.Receiver);

    public EvmPrices Prices => world.Prices;

    public IEvmObserver? Observer => world.Observer;

    public ulong GasAvailable => (ulong)Math.Max(0, world.WorkLeft);

    public EthAddress Origin => world.Origin;

    public U256 GasPrice => world.GasPrice;

    public U256 BaseFee => world.BaseFee;

    public ChainEpoch Epoch => world.Epoch;

    public ulong Timestamp => world.Timestamp;

    public ulong ChainId => world.ChainId;

    public U256 SelfBalance => Self.Balance;

    public long Charge(long work)
    {
        world.WorkLeft -= work;
        return Math.Min(world.WorkLeft, WorkPerGrant);
    }

    public bool TryChargePrecompile(int address, long work)
    {
        world.WorkLeft -= Math.Min(work, long.MaxValue / 4);
        return world.WorkLeft >= 0;
    }

    public U256 BlockHash(ChainEpoch epoch)
    {
        Span<byte> digest = stackalloc byte[32];
        Keccak256.Hash(((U256)(ulong)epoch.Value).ToBigEndian(), digest);
        return U256.FromBigEndian(digest);
    }

    public ExitCode PrevRandao(out U256 value)
    {
        value = world.Randomness;
        return ExitCode.Ok;
    }

    public U256 Balance(EthAddress address) =>
        world.Accounts.TryGetValue(address, out EvmAccount? account) ? account.Balance : 0;

    public ExitCode CodeSize(EthAddress address, out int size)
    {
        size = CodeOf(address).Length;
        return ExitCode.Ok;
    }

    public ExitCode LoadCode(EthAddress address, out ReadOnlyMemory<byte> code)
    {
        code = CodeOf(address);
        return ExitCode.Ok;
    }

    public ExitCode CodeHash(EthAddress address, out U256 hash)
    {
        Span<byte> digest = stackalloc byte[32];
        Keccak256.Hash(CodeOf(address), digest);
        bool exists = world.Accounts.ContainsKey(address) || EvmPrecompiles.IsEthereum(address);
        hash = exists ? U256.FromBigEndian(digest) : 0;
        return ExitCode.Ok;
    }

    public ExitCode LoadStorage(in U256 key, out U256 value)
    {
        value = Self.Storage.GetValueOrDefault(key);
        return ExitCode.Ok;
    }

    public ExitCode StoreStorage(in U256 key, in U256 value) => Store(Self.Storage, key, value);

    public ExitCode LoadTransient(in U256 key, out U256 value)
    {
        value = Self.Transient.GetValueOrDefault(key);
        return ExitCode.Ok;
    }

    public ExitCode StoreTransient(in U256 key, in U256 value) =>
        Store(Self.Transient, key, value);

    public ExitCode CallAccount(in EvmCall request, out EvmCallResult result)
    {
        bool isDelegate = request.Kind == EvmCallKind.Delegate;
        world.WorkLeft -= WorkPerCall;
        result = EvmCallResult.Failure;
        if (!isDelegate
            && !world.TryTransfer(invocation.Receiver, request.Target, request.Value))
        {
            return ExitCode.Ok;
        }

        EvmInvocation called = new(
            new(CodeOf(request.Target)),
            request.Input.ToArray(),
            isDelegate ? invocation.Receiver : request.Target,
            isDelegate ? invocation.Caller : invocation.Receiver,
            isDelegate ? invocation.Value : request.Value,
            invocation.IsReadOnly || request.Kind == EvmCallKind.Static);
        EvmResult ended = world.Run(called);
        if (!ended.ExitCode.IsSuccess && !isDelegate)
        {
            _ = world.TryTransfer(request.Target, invocation.Receiver, request.Value);
        }

        result = new(ended.ExitCode.IsSuccess ? 1UL : 0, ended.Output);
        return ExitCode.Ok;
    }

    public PrecompileOutcome RunFilecoinPrecompile(
        byte number, in EvmCall request, out ReadOnlyMemory<byte> output)
    {
        output = default;
        return PrecompileOutcome.Done;
    }

    public bool TryTransfer(EthAddress target, in U256 value) =>
        world.TryTransfer(invocation.Receiver, target, value);

    public ExitCode CreateContract(in EvmCreation request, out EvmCallResult result)
    {
        result = EvmCallResult.Failure;
        world.WorkLeft -= WorkPerCall;
        Self.Nonce++;
        EthAddress address = AddressOfNew(request);
        if (!world.TryTransfer(invocation.Receiver, address, request.Value))
        {
            return ExitCode.Ok;
        }

        EvmResult ended = world.Run(new(
            new(request.InitCode), default, address, invocation.Receiver, request.Value, false));
        if (!ended.ExitCode.IsSuccess)
        {
            _ = world.TryTransfer(address, invocation.Receiver, request.Value);
            result = new(0, ended.Output);
            return ExitCode.Ok;
        }

        world.At(address).Code = ended.Output.ToArray();
        result = new(address.ToWord(), default);
        return ExitCode.Ok;
    }

    public bool TrySelfDestruct(EthAddress beneficiary)
    {
        Self.IsDead = true;
        return world.TryTransfer(invocation.Receiver, beneficiary, Self.Balance);
    }

    public ExitCode Log(ReadOnlySpan<U256> topics, ReadOnlySpan<byte> data)
    {
        world.Emit(new(invocation.Receiver, topics.ToArray(), data.ToArray()));
        return ExitCode.Ok;
    }

    public void Hash(EvmHash algorithm, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        switch (algorithm)
        {
            case EvmHash.Keccak256:
                Keccak256.Hash(data, digest);
                break;
            case EvmHash.Sha256:
                Sha256.Hash(data, digest);
                break;
            case EvmHash.Ripemd160:
                Ripemd160.Hash(data, digest);
                break;
        }
    }

    public bool TryRecoverPublicKey(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature65, Span<byte> key65) =>
        Secp256k1.TryRecover(hash32, signature65, key65);

    private static ExitCode Store(Dictionary<U256, U256> slots, in U256 key, in U256 value)
    {
        if (value.IsZero)
        {
            _ = slots.Remove(key);
        }
        else
        {
            slots[key] = value;
        }

        return ExitCode.Ok;
    }

    private byte[] CodeOf(EthAddress address) =>
        world.Accounts.TryGetValue(address, out EvmAccount? account) ? account.Code : [];

    // Not Ethereum's rule, which takes RLP, but as different for different creators and nonces.
    private EthAddress AddressOfNew(in EvmCreation request)
    {
        Span<byte> digest = stackalloc byte[32];
        U256 distinction = request.Salt is U256 salt ? salt : Self.Nonce;
        Keccak256.Hash(
            [
                .. invocation.Receiver.ToBytes(),
                .. distinction.ToBigEndian(),
                .. request.Salt is null ? default : request.InitCode,
            ],
            digest);
        return EthAddress.FromWord(U256.FromBigEndian(digest));
    }
}
