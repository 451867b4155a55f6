namespace Filecoin.Rpc;

/// <summary>Why a call has no result.</summary>
/// <remarks>Spec: eth-compat 1.1.</remarks>
/// <param name="Code">What kind of error it is.</param>
/// <param name="Message">The error in words.</param>
/// <param name="Data">More of it; null for nothing.</param>
public sealed record RpcError(
    int Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Data = null)
{
    /// <summary>The text is no JSON.</summary>
    public const int ParseErrorCode = -32700;

    /// <summary>The JSON is no request.</summary>
    public const int InvalidRequestCode = -32600;

    /// <summary>There is no such method.</summary>
    public const int MethodNotFoundCode = -32601;

    /// <summary>The parameters are not those of the method.</summary>
    public const int InvalidParametersCode = -32602;

    /// <summary>A defect of this program.</summary>
    public const int InternalCode = -32603;

    /// <summary>More blocks or results than a call may ask for.</summary>
    public const int LimitCode = -32005;

    /// <summary>Any error that has no code of its own.</summary>
    public const int GeneralCode = 1;

    /// <summary>A transaction or a call that cannot be made, as Ethereum's nodes say it.</summary>
    public const int RejectedCode = -32000;

    /// <summary>The network has no fast finality.</summary>
    public const int FastFinalityCode = 4;

    /// <summary>A contract reverted; the data is what it returned.</summary>
    public const int RevertedCode = 3;

    /// <summary>There is no actor with an address.</summary>
    public const int ActorNotFoundCode = 11;

    /// <summary>An epoch has no tipset; the data is its number.</summary>
    public const int NullRoundCode = 12;
}

/// <summary>Ends a call with an error.</summary>
public sealed class RpcException : Exception
{
    /// <summary>Ends a call with an error.</summary>
    public RpcException(RpcError error)
        : base(error.Message) => Error = error;

    /// <summary>Ends a call with an error that has no code of its own.</summary>
    public RpcException(string message)
        : this(new RpcError(RpcError.GeneralCode, message))
    {
    }

    /// <summary>The error.</summary>
    public RpcError Error { get; }

    /// <summary>Parameters are not those of the method.</summary>
    public static RpcException BadParameters(string message) =>
        new(new RpcError(RpcError.InvalidParametersCode, message));
}
