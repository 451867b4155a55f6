namespace Filecoin.ActorRuntime;

/// <summary>Runs a method on parameters as they came; null stands for no block.</summary>
public delegate IpldBlock? RawMethod(
    IRuntime runtime, MethodNumber method, IpldBlock? parameters);

/// <summary>One method of an actor: a row of its table.</summary>
/// <remarks>
/// Spec: actors/common 5; builtin-actors runtime/src/dispatch.rs. Errors of the decoding:
/// USR_ILLEGAL_ARGUMENT, there are parameters where none are expected, or the other way round.
/// USR_SERIALIZATION.
/// </remarks>
public sealed class ActorMethod
{
    private readonly RawMethod run;

    private ActorMethod(
        MethodNumber number, string name, CborType? parameters, CborType? result, RawMethod run)
    {
        (Number, Name, this.run) = (number, name, run);
        (ParametersType, ReturnType) = (parameters, result);
    }

    /// <summary>Its number.</summary>
    public MethodNumber Number { get; }

    /// <summary>Its name; exported ones have their number from it.</summary>
    public string Name { get; }

    /// <summary>What it takes; null for nothing.</summary>
    public CborType? ParametersType { get; }

    /// <summary>What it returns; null for nothing.</summary>
    public CborType? ReturnType { get; }

    /// <summary>The one codec of parameters that it takes; null for any.</summary>
    public ulong? ParametersCodec { get; private init; }

    /// <summary>The codec of what it returns.</summary>
    public ulong ReturnCodec { get; private init; } = Codec.Cbor;

    /// <summary>The same method that takes parameters of one codec alone.</summary>
    public ActorMethod Taking(ulong codec) => new(Number, Name, ParametersType, ReturnType, run)
    {
        ParametersCodec = codec,
        ReturnCodec = ReturnCodec,
    };

    /// <summary>The same method that returns another codec.</summary>
    public ActorMethod Giving(ulong codec) => new(Number, Name, ParametersType, ReturnType, run)
    {
        ParametersCodec = ParametersCodec,
        ReturnCodec = codec,
    };

    /// <summary>Decodes, runs and encodes.</summary>
    public IpldBlock? Invoke(IRuntime runtime, IpldBlock? parameters)
    {
        if (ParametersCodec is ulong codec && parameters is not null && parameters.Codec != codec)
        {
            throw Abort.IllegalArgument(
                $"method expects codec 0x{codec:x}, got 0x{parameters.Codec:x}");
        }

        IpldBlock? result = run(runtime, Number, parameters);
        return result is null || result.Codec == ReturnCodec || ReturnType is null
            ? result
            : new(ReturnCodec, result.Data);
    }

    /// <summary>A method without parameters and result.</summary>
    public static ActorMethod Of(ulong number, string name, Action<IRuntime> body) =>
        Make(new(number), name, body);

    /// <summary>A method with parameters.</summary>
    public static ActorMethod Of<TParameters>(
        ulong number, string name, Action<IRuntime, TParameters> body)
        where TParameters : ICbor<TParameters> => Make(new(number), name, body);

    /// <summary>A method with a result.</summary>
    public static ActorMethod Returning<TReturn>(
        ulong number, string name, Func<IRuntime, TReturn> body)
        where TReturn : ICbor<TReturn> => Make(new(number), name, body);

    /// <summary>A method with parameters and a result.</summary>
    public static ActorMethod Of<TParameters, TReturn>(
        ulong number, string name, Func<IRuntime, TParameters, TReturn> body)
        where TParameters : ICbor<TParameters>
        where TReturn : ICbor<TReturn> => Make(new(number), name, body);

    /// <summary>An exported method without parameters and result.</summary>
    public static ActorMethod Exported(string name, Action<IRuntime> body) =>
        Make(MethodNumber.Exported(name), name, body);

    /// <summary>An exported method with parameters.</summary>
    public static ActorMethod Exported<TParameters>(
        string name, Action<IRuntime, TParameters> body)
        where TParameters : ICbor<TParameters> =>
        Make(MethodNumber.Exported(name), name, body);

    /// <summary>An exported method with a result.</summary>
    public static ActorMethod ExportedReturning<TReturn>(
        string name, Func<IRuntime, TReturn> body)
        where TReturn : ICbor<TReturn> => Make(MethodNumber.Exported(name), name, body);

    /// <summary>An exported method with parameters and a result.</summary>
    public static ActorMethod Exported<TParameters, TReturn>(
        string name, Func<IRuntime, TParameters, TReturn> body)
        where TParameters : ICbor<TParameters>
        where TReturn : ICbor<TReturn> => Make(MethodNumber.Exported(name), name, body);

    /// <summary>A method whose parameters may be left out for their default.</summary>
    public static ActorMethod OrDefault<TParameters, TReturn>(
        ulong number, string name, Func<IRuntime, TParameters, TReturn> body)
        where TParameters : struct, ICbor<TParameters>
        where TReturn : ICbor<TReturn> => new(
            new(number),
            name,
            CborType.Of<TParameters>(),
            CborType.Of<TReturn>(),
            (runtime, _, parameters) => ParameterCodec.Encode(body(
                runtime,
                parameters is null ? default : ParameterCodec.Decode<TParameters>(parameters))));

    /// <summary>A method that takes and gives blocks as they are.</summary>
    public static ActorMethod Raw(MethodNumber number, string name, RawMethod body) =>
        new(number, name, null, null, body);

    private static ActorMethod Make(MethodNumber number, string name, Action<IRuntime> body) =>
        new(number, name, null, null, (runtime, _, parameters) =>
        {
            RefuseParameters(parameters);
            body(runtime);
            return null;
        });

    private static ActorMethod Make<TParameters>(
        MethodNumber number, string name, Action<IRuntime, TParameters> body)
        where TParameters : ICbor<TParameters> =>
        new(number, name, CborType.Of<TParameters>(), null, (runtime, _, parameters) =>
        {
            body(runtime, RequireParameters<TParameters>(parameters));
            return null;
        });

    private static ActorMethod Make<TReturn>(
        MethodNumber number, string name, Func<IRuntime, TReturn> body)
        where TReturn : ICbor<TReturn> =>
        new(number, name, null, CborType.Of<TReturn>(), (runtime, _, parameters) =>
        {
            RefuseParameters(parameters);
            return ParameterCodec.Encode(body(runtime));
        });

    private static ActorMethod Make<TParameters, TReturn>(
        MethodNumber number, string name, Func<IRuntime, TParameters, TReturn> body)
        where TParameters : ICbor<TParameters>
        where TReturn : ICbor<TReturn> =>
        new(
            number,
            name,
            CborType.Of<TParameters>(),
            CborType.Of<TReturn>(),
            (runtime, _, parameters) => ParameterCodec.Encode(
                body(runtime, RequireParameters<TParameters>(parameters))));

    private static void RefuseParameters(IpldBlock? parameters)
    {
        if (parameters is not null)
        {
            throw Abort.IllegalArgument("method expects no arguments");
        }
    }

    private static T RequireParameters<T>(IpldBlock? parameters)
        where T : ICbor<T> => parameters is null
            ? throw Abort.IllegalArgument("method expects arguments")
            : ParameterCodec.Decode<T>(parameters);
}
