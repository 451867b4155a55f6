using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;
using Nethereum.Contracts;

namespace Filecoin.Clients.Tests;

/// <summary>The contract Counter as Nethereum's users write it down.</summary>
public sealed class CounterContract(Contract contract)
{
    public string Address => contract.Address;

    public Function<IncreaseFunction> Increase => contract.GetFunction<IncreaseFunction>();

    public Function OwnerOnly => contract.GetFunction("ownerOnly");

    public Event<IncreasedEvent> Increased => contract.GetEvent<IncreasedEvent>();

    public Task<BigInteger> CountAsync() => contract.GetFunction("count").CallAsync<BigInteger>();

    public Task<BigInteger> TimeAsync() => contract.GetFunction("time").CallAsync<BigInteger>();
}

[Function("increase", "uint256")]
public sealed class IncreaseFunction : FunctionMessage
{
    [Parameter("uint256", "step", 1)]
    public BigInteger Step { get; set; }
}

[Event("Increased")]
public sealed class IncreasedEvent : IEventDTO
{
    [Parameter("address", "by", 1, true)]
    public string By { get; set; } = "";

    [Parameter("uint256", "step", 2, true)]
    public BigInteger Step { get; set; }

    [Parameter("uint256", "count", 3, false)]
    public BigInteger Count { get; set; }
}

[Error("TooLarge")]
public sealed class TooLargeError : IErrorDTO
{
    [Parameter("uint256", "step", 1)]
    public BigInteger Step { get; set; }

    [Parameter("uint256", "most", 2)]
    public BigInteger Most { get; set; }
}
