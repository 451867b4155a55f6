using System.Diagnostics;
using Filecoin.TestKit;

namespace Filecoin.Chain.Tests.Stores;

/// <summary>
/// A process of another program that sends messages and mines them until it is killed. It writes a
/// line when a message was taken, and when a block was made: its epoch, and what it led to.
/// </summary>
internal static class ChainWriter
{
    internal static TestWallet Sender { get; } = TestWallet.Secp(1);

    internal static TestNetwork Network => new(Sender);

    /// <summary>The message with a nonce, which is always the same.</summary>
    internal static SignedMessage MessageOf(ulong nonce) => Sender.Sign(TestNetwork.Transfer(
        Sender, nonce, TestWallet.Secp((int)(nonce % 50) + 10).Address, gas: 20_000_000));

    /// <summary>Starts it on a store in a folder; its lines go to a file.</summary>
    internal static Process Start(string folder, string lines) => DotnetProcess.Start(
        AppContext.BaseDirectory, "Filecoin.ChainWriter.dll", folder, lines);
}
