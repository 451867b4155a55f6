using System.Numerics;
using Filecoin.Actors.Datacap;
using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>The datacap actor as the registry calls it, by bytes.</summary>
/// <remarks>
/// Spec: actors/verifreg, sends to the datacap actor. Errors: each ends the registry as the
/// datacap actor ends.
/// </remarks>
internal static class DatacapToken
{
    private static readonly Address Actor = Address.FromId(WellKnownActors.DataCap);
    private static readonly Address Market = Address.FromId(WellKnownActors.StorageMarket);

    private static readonly MethodNumber BalanceMethod = MethodNumber.Exported("Balance");
    private static readonly MethodNumber MintMethod = MethodNumber.Exported("Mint");
    private static readonly MethodNumber BurnMethod = MethodNumber.Exported("Burn");
    private static readonly MethodNumber DestroyMethod = MethodNumber.Exported("Destroy");
    private static readonly MethodNumber TransferMethod = MethodNumber.Exported("Transfer");

    /// <summary>Bytes that tokens stand for, rounded towards 0.</summary>
    public static BigInteger ToBytes(TokenAmount tokens) =>
        BigInteger.Divide(tokens.ToBigInteger(), TokenLedger.Granularity);

    /// <summary>Bytes that somebody has.</summary>
    public static BigInteger BalanceOf(IRuntime runtime, Address owner)
    {
        SendResult result = runtime.Send(new()
        {
            To = Actor,
            Method = BalanceMethod,
            Parameters = ParameterCodec.Encode(owner),
            IsReadOnly = true,
        });
        return ToBytes(result.Require<TokenAmount>());
    }

    /// <summary>Gives bytes to a client, which the market may spend.</summary>
    public static void Mint(IRuntime runtime, Address client, BigInteger bytes) =>
        Call(runtime, MintMethod, new MintParams(client, ToTokens(bytes), [Market]));

    /// <summary>Destroys the registry's own, if there is anything to destroy.</summary>
    public static void Burn(IRuntime runtime, BigInteger bytes)
    {
        if (!bytes.IsZero)
        {
            Call(runtime, BurnMethod, new BurnParams(ToTokens(bytes)));
        }
    }

    /// <summary>Destroys somebody's, if there is anything to destroy.</summary>
    public static void Destroy(IRuntime runtime, Address owner, BigInteger bytes)
    {
        if (!bytes.IsZero)
        {
            Call(runtime, DestroyMethod, new DestroyParams(owner, ToTokens(bytes)));
        }
    }

    /// <summary>Gives the registry's own to a client, also if it is nothing.</summary>
    public static void Transfer(IRuntime runtime, ActorId client, BigInteger bytes) => Call(
        runtime,
        TransferMethod,
        new TransferParams(Address.FromId(client), ToTokens(bytes), default));

    private static TokenAmount ToTokens(BigInteger bytes) =>
        TokenAmount.FromAtto(bytes * TokenLedger.Granularity);

    private static void Call<T>(IRuntime runtime, MethodNumber method, T parameters)
        where T : ICbor<T> =>
        _ = runtime.Send(Actor, method, parameters, TokenAmount.Zero).Require();
}
