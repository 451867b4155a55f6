using CsCheck;

namespace Filecoin.Chain.Tests.Pool;

/// <summary>Random use of a pool against a plain list of what it must hold.</summary>
public sealed class PoolModelTests
{
    private const int NonceCount = 6;

    private static readonly TestWallet[] Wallets = [TestWallet.Secp(1), TestWallet.Secp(2)];

    /// <summary>A premium of 0 means to drop, of -1 to mine, of -2 to take a block back.</summary>
    private static readonly Gen<(int Sender, ulong Nonce, int Premium)> Step = Gen.Select(
        Gen.Int[0, 1], Gen.ULong[0, NonceCount - 1], Gen.Int[-2, 8]);

    [Fact]
    public void It_holds_what_a_plain_model_holds() =>
        Step.List[1, 40].Sample(Run, iter: 60, threads: 1);

    private static void Run(List<(int Sender, ulong Nonce, int Premium)> steps)
    {
        (Blockchain chain, BlockProducer producer) = new TestNetwork(Wallets).StartManual();
        Model model = new();
        foreach ((int sender, ulong nonce, int premium) in steps)
        {
            switch (premium)
            {
                case -2 when chain.Head.Epoch.Value > 0:
                    Assert.True(chain.Store.TryGetTipset(chain.Head.Parents, out Tipset? back));
                    chain.MoveHead(back);
                    model.TakeBack();
                    break;
                case < 0:
                    Assert.Equal(model.Mine(), producer.Mine().Messages.Count);
                    break;
                case 0:
                    Assert.Equal(
                        model.Drop(sender, nonce), Find(chain, sender, nonce) is PoolEntry entry
                            && chain.Pool.Drop(entry.Message.Cid));
                    break;
                default:
                    SignedMessage signed = Wallets[sender].Sign(TestNetwork.Transfer(
                        Wallets[sender], nonce, premium: 1_000 * premium));
                    Assert.Equal(
                        model.Add(sender, nonce, premium), chain.Pool.Add(signed).Refusal);
                    break;
            }

            model.Compare(chain);
        }
    }

    private static PoolEntry? Find(Blockchain chain, int sender, ulong nonce) =>
        chain.Pool.Pending.FirstOrDefault(entry =>
            entry.Message.Message.From == Wallets[sender].Address
            && entry.Message.Message.Nonce == nonce);

    private sealed class Model
    {
        private readonly SortedDictionary<(int Sender, ulong Nonce), int> waiting = [];
        private readonly Stack<Dictionary<(int Sender, ulong Nonce), int>> mined = new();
        private readonly ulong[] used = new ulong[Wallets.Length];

        public PoolRefusal Add(int sender, ulong nonce, int premium)
        {
            if (nonce < used[sender])
            {
                return PoolRefusal.NonceTooLow;
            }

            if (waiting.TryGetValue((sender, nonce), out int before) && premium <= before)
            {
                return premium == before ? PoolRefusal.AlreadyKnown : PoolRefusal.PremiumTooLow;
            }

            waiting[(sender, nonce)] = premium;
            return PoolRefusal.None;
        }

        public bool Drop(int sender, ulong nonce) => waiting.Remove((sender, nonce));

        public int Mine()
        {
            Dictionary<(int, ulong), int> block = [];
            for (int sender = 0; sender < used.Length; sender++)
            {
                while (waiting.Remove((sender, used[sender]), out int premium))
                {
                    block.Add((sender, used[sender]), premium);
                    used[sender]++;
                }
            }

            mined.Push(block);
            return block.Count;
        }

        public void TakeBack()
        {
            foreach (((int sender, ulong nonce), int premium) in mined.Pop())
            {
                used[sender] = ulong.Min(used[sender], nonce);
                waiting.Add((sender, nonce), premium);
            }
        }

        public void Compare(Blockchain chain)
        {
            Assert.Equal(
                waiting.Select(entry => (entry.Key.Sender, entry.Key.Nonce, entry.Value)),
                chain.Pool.Pending.Select(entry => (
                    Array.FindIndex(
                        Wallets, wallet => wallet.Address == entry.Message.Message.From),
                    entry.Message.Message.Nonce,
                    (int)(entry.Message.Message.GasPremium.ToBigInteger() / 1_000))).Order());
            for (int sender = 0; sender < used.Length; sender++)
            {
                ulong next = used[sender];
                while (waiting.ContainsKey((sender, next)))
                {
                    next++;
                }

                Assert.Equal(next, chain.Pool.NextNonce(Wallets[sender].Address));
            }
        }
    }
}
