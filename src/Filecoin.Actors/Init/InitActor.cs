namespace Filecoin.Actors.Init;

/// <summary>The init actor, f01: it gives ids to addresses and makes actors.</summary>
/// <remarks>Spec: actors/init. The machine writes the same state when it makes accounts.</remarks>
public static class InitActor
{
    private static readonly MethodNumber ConstructorOfOthers = new(1);

    /// <summary>The method that makes an actor.</summary>
    public static MethodNumber ExecMethod { get; } = new(2);

    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Init,
        [
            ActorMethod.Of<ConstructorParams>(1, nameof(Constructor), Constructor),
            ActorMethod.Of<ExecParams, ExecReturn>(ExecMethod.Value, nameof(Exec), Exec),
            ActorMethod.Of<Exec4Params, ExecReturn>(3, nameof(Exec4), Exec4),
        ]);

    private static void Constructor(IRuntime runtime, ConstructorParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);
        runtime.CreateState(InitState.Create(runtime, parameters.NetworkName));
    }

    private static ExecReturn Exec(IRuntime runtime, ExecParams parameters)
    {
        runtime.AcceptAnyCaller();
        if (!runtime.TryGetCode(runtime.Caller, out Cid caller))
        {
            throw Abort.IllegalState($"no code for caller f0{runtime.Caller}");
        }

        if (!MayMake(runtime, caller, parameters.CodeCid))
        {
            throw Abort.Forbidden($"{caller} cannot make an actor of code {parameters.CodeCid}");
        }

        Address robust = runtime.NextActorAddress();
        (ActorId id, _) = runtime.Transact(
            (ref InitState state) => state.Assign(runtime, robust, null));

        return Make(runtime, parameters.CodeCid, parameters.ConstructorParams, id, robust, null);
    }

    private static ExecReturn Exec4(IRuntime runtime, Exec4Params parameters)
    {
        runtime.RequireCaller(WellKnownActors.EthereumAddressManager);
        if (parameters.Subaddress.Length > Address.SubaddressLengthMax)
        {
            throw Abort.IllegalArgument("invalid delegated address: too long");
        }

        Address delegated = Address.FromDelegated(runtime.Caller, parameters.Subaddress.Span);
        Address robust = runtime.NextActorAddress();
        (ActorId id, bool hadIt) = runtime.Transact(
            (ref InitState state) => state.Assign(runtime, robust, delegated));
        if (hadIt)
        {
            RequirePlaceholder(runtime, id);
        }

        return Make(
            runtime, parameters.CodeCid, parameters.ConstructorParams, id, robust, delegated);
    }

    /// <summary>Everybody makes multisigs and payment channels, the power actor miners.</summary>
    private static bool MayMake(IRuntime runtime, Cid caller, Cid code) =>
        runtime.BuiltinTypeOf(code) switch
        {
            BuiltinType.Multisig or BuiltinType.PaymentChannel => true,
            BuiltinType.Miner => runtime.BuiltinTypeOf(caller) == BuiltinType.Power,
            _ => false,
        };

    private static void RequirePlaceholder(IRuntime runtime, ActorId id)
    {
        if (!runtime.TryGetCode(id, out Cid code))
        {
            throw Abort.Forbidden("cannot redeploy a deleted actor");
        }

        if (code != runtime.CodeOf(BuiltinType.Placeholder))
        {
            throw Abort.Forbidden($"cannot replace an actor of code {code}, no placeholder");
        }
    }

    private static ExecReturn Make(
        IRuntime runtime,
        Cid code,
        ReadOnlyMemory<byte> parameters,
        ActorId id,
        Address robust,
        Address? delegated)
    {
        runtime.CreateActor(code, id, delegated);

        Address address = Address.FromId(id);
        _ = runtime.Send(
            address,
            ConstructorOfOthers,
            parameters.IsEmpty ? null : new(Codec.Cbor, parameters),
            runtime.ValueReceived).Require();

        return new(address, robust);
    }
}
