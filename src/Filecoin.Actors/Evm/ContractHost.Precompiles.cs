using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <content>Filecoin's own precompiled contracts.</content>
/// <remarks>
/// Spec: actors/evm 13.2; builtin-actors actors/evm/src/interpreter/precompiles/fvm.rs.
/// </remarks>
internal sealed partial class ContractHost
{
    private const byte ResolveAddress = 1;
    private const byte LookupDelegatedAddress = 2;
    private const byte CallActor = 3;
    private const byte CallActorById = 5;
    private const byte GetRandomness = 6;

    private const ulong ReadOnlyFlag = 1;

    /// <inheritdoc/>
    public PrecompileOutcome RunFilecoinPrecompile(
        byte number, in EvmCall request, out ReadOnlyMemory<byte> output)
    {
        output = default;
        bool isDone = number switch
        {
            ResolveAddress => TryResolve(request.Input, out output),
            LookupDelegatedAddress => TryLookUp(request.Input, out output),
            CallActor => TryCallActor(request, byId: false, out output),
            CallActorById => TryCallActor(request, byId: true, out output),
            GetRandomness => TryGetRandomness(request.Input, out output),
            _ => true,
        };
        return isDone ? PrecompileOutcome.Done : PrecompileOutcome.Failed;
    }

    private static bool IsFilecoinPrecompile(EthAddress address) =>
        EvmPrecompiles.FilecoinNumber(address)
            is ResolveAddress or LookupDelegatedAddress or CallActor or CallActorById
            or GetRandomness;

    private bool TryResolve(ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = default;
        if (!Address.TryDecode(input, out Address address))
        {
            return false;
        }

        if (runtime.TryResolve(address, out ActorId id))
        {
            output = ((U256)id.Value).ToBigEndian();
        }

        return true;
    }

    private bool TryLookUp(ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = default;
        AbiReader reader = new(input);
        if (!reader.TryReadUInt64(out ulong id))
        {
            return false;
        }

        if (runtime.TryGetDelegatedAddress(new(id), out Address address))
        {
            output = address.ToBytes();
        }

        return true;
    }

    private bool TryGetRandomness(ReadOnlySpan<byte> input, out ReadOnlyMemory<byte> output)
    {
        output = default;
        AbiReader reader = new(input);
        if (!reader.TryReadUInt64(out ulong epoch))
        {
            return false;
        }

        byte[] drawn = new byte[RandomnessDraw.Length];
        output = drawn;
        return runtime.BeaconRandomness(new(unchecked((long)epoch)), drawn) == ErrorNumber.None;
    }

    private bool TryCallActor(in EvmCall request, bool byId, out ReadOnlyMemory<byte> output)
    {
        output = default;
        if (request.Kind != EvmCallKind.Delegate
            || !ActorCall.TryRead(request.Input, byId, out ActorCall call))
        {
            return false;
        }

        SendResult sent;
        try
        {
            sent = contract.Send(new()
            {
                To = call.Target,
                Method = call.Method,
                Parameters = call.Parameters,
                Value = call.Value.ToTokenAmount(),
                GasLimit = LimitOf(request.Gas),
                IsReadOnly = call.Flags == ReadOnlyFlag,
            });
        }
        catch (Exception failure) when (failure is ActorAbortException or IpldException)
        {
            return false;
        }

        output = ActorCall.WriteResult(sent);
        return true;
    }
}
