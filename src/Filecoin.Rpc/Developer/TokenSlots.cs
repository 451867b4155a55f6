using System.Numerics;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Finds where a token keeps a balance or an allowance, and sets it.</summary>
/// <remarks>
/// Spec: Solidity's and Vyper's layouts of mappings, ERC-7201 as OpenZeppelin's upgradeable tokens
/// have it. A slot is taken for the right one if the token says the value when it is set there.
/// </remarks>
internal sealed class TokenSlots(RpcNode node, EthereumAddress token)
{
    private const int SlotsMax = 64;

    /// <summary>Where OpenZeppelin's upgradeable tokens begin.</summary>
    private static readonly BigInteger Namespace = BigInteger.Parse(
        "052c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00",
        System.Globalization.NumberStyles.AllowHexSpecifier);

    private static readonly byte[] BalanceOf = [0x70, 0xa0, 0x82, 0x31];
    private static readonly byte[] Allowance = [0xdd, 0x62, 0xed, 0x3e];

    /// <summary>Gives an owner a balance.</summary>
    /// <exception cref="RpcException">No slot of the token is the one.</exception>
    public void SetBalance(EthereumAddress owner, BigInteger balance) => Set(
        balance,
        [.. BalanceOf, .. Word(owner)],
        slot => [Hash(Word(owner), slot), Hash(slot, Word(owner))]);

    /// <summary>Gives an owner's spender an allowance.</summary>
    /// <exception cref="RpcException">No slot of the token is the one.</exception>
    public void SetAllowance(EthereumAddress owner, EthereumAddress spender, BigInteger amount) =>
        Set(
            amount,
            [.. Allowance, .. Word(owner), .. Word(spender)],
            slot =>
            [
                Hash(Word(spender), Hash(Word(owner), slot)),
                Hash(Hash(slot, Word(owner)), Word(spender)),
            ]);

    private void Set(BigInteger value, byte[] question, Func<byte[], byte[][]> placesOf)
    {
        // A token may say a value by chance, such as 0: it must follow the slot.
        BigInteger other = value.IsZero ? BigInteger.One : value - 1;
        foreach (byte[] slot in Slots())
        {
            foreach (byte[] place in placesOf(slot))
            {
                if (Says(place, value, question) && Says(place, other, question))
                {
                    new StateAmendment(node).SetSlot(token.ToAddress(), place, value);
                    return;
                }
            }
        }

        throw new RpcException(
            $"no slot of {Hex.OfBytes(token.Bytes.Span)} found that holds the value");
    }

    /// <summary>Whether the token says a value when a slot has it.</summary>
    private bool Says(byte[] place, BigInteger value, byte[] question)
    {
        Tipset head = node.Chain.Head;
        MachineContext context = node.Chain.ContextAfter(head);
        BatchBlockstore blocks = new(node.Chain.Store.Blocks);
        ActorView view = new(blocks, context.StateRoot, node.Line);
        if (!view.TryGet(token.ToAddress(), out ActorId id, out ActorState actor)
            || StateAmendment.WithSlot(view, actor, blocks, place, value) is not ActorState with)
        {
            throw new RpcException($"{Hex.OfBytes(token.Bytes.Span)} is no contract");
        }

        view.State.SetActor(id, with);
        CallRequest request = new() { To = token, Data = new(question) };
        ApplyResult result = node.Calls.Run(
            EthereumCalls.MessageOf(request, node.Chain.Network.BlockGasMax),
            context with { StateRoot = view.State.Flush() },
            head,
            blocks);
        return result.Receipt.ExitCode.IsSuccess
            && EthereumCalls.BytesOf(result.Receipt.Return).Span
                .SequenceEqual(new Word(value).ToBytes());
    }

    private static IEnumerable<byte[]> Slots()
    {
        for (int i = 0; i < SlotsMax; i++)
        {
            yield return new Word(i).ToBytes();
        }

        yield return new Word(Namespace).ToBytes();
        yield return new Word(Namespace + 1).ToBytes();
    }

    private static byte[] Word(EthereumAddress address) =>
        [.. new byte[ContractRecord.WordLength - address.Bytes.Length], .. address.Bytes.Span];

    private static byte[] Hash(byte[] first, byte[] second) =>
        Keccak256.Hash([.. first, .. second]);
}
