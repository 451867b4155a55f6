using Filecoin.Evm;

namespace Filecoin.TestKit.Evm;

/// <summary>An account of a world in memory.</summary>
public sealed class EvmAccount
{
    public U256 Balance { get; set; }

    public ulong Nonce { get; set; }

    public byte[] Code { get; set; } = [];

    /// <summary>Whether it destroyed itself.</summary>
    public bool IsDead { get; set; }

    public Dictionary<U256, U256> Storage { get; private init; } = [];

    public Dictionary<U256, U256> Transient { get; private init; } = [];

    public EvmAccount Clone() => new()
    {
        Balance = Balance,
        Nonce = Nonce,
        Code = Code,
        IsDead = IsDead,
        Storage = new(Storage),
        Transient = new(Transient),
    };
}
