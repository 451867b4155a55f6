namespace Filecoin.Chain;

/// <summary>Chooses the messages of a block: those that pay most, each sender's in order.</summary>
/// <remarks>
/// Spec: lotus chain/messagepool/selection.go. A sender's messages are cut into runs such that
/// each pays less for a unit of gas than the one before it: a message that pays well pulls those
/// that must come before it.
/// </remarks>
internal static class MessageSelection
{
    /// <summary>Messages of one sender that are taken together, as far as there is room.</summary>
    private sealed class Sequence(List<PoolEntry> entries, int start, int sender)
    {
        private TokenAmount reward;
        private long gas;
        private int count;

        public int Start => start;

        public int End => start + count;

        public int Sender => sender;

        public TokenAmount Rate { get; private set; }

        public List<PoolEntry> Entries => entries;

        public void Add(TokenAmount added, long addedGas, int addedCount)
        {
            reward += added;
            gas += addedGas;
            count += addedCount;
            Rate = reward.DivideFloor(gas);
        }

        public void Join(Sequence next) => Add(next.reward, next.gas, next.count);
    }

    /// <summary>Chooses messages.</summary>
    /// <param name="network">What a block may hold.</param>
    /// <param name="baseFee">What each of them must pay for a unit of gas at least.</param>
    /// <param name="senders">Each sender's messages that could run next, in order.</param>
    public static List<PoolEntry> Choose(
        NetworkParameters network, TokenAmount baseFee, List<List<PoolEntry>> senders)
    {
        List<Sequence> sequences = [];
        for (int sender = 0; sender < senders.Count; sender++)
        {
            Cut(senders[sender], sender, baseFee, sequences);
        }

        sequences.Sort(static (left, right) =>
        {
            int byRate = right.Rate.CompareTo(left.Rate);
            return byRate != 0
                ? byRate
                : left.Entries[left.Start].Arrival.CompareTo(right.Entries[right.Start].Arrival);
        });
        return Fill(network, sequences, senders.Count);
    }

    private static void Cut(
        List<PoolEntry> entries, int sender, TokenAmount baseFee, List<Sequence> sequences)
    {
        int first = sequences.Count;
        for (int i = 0; i < entries.Count; i++)
        {
            Message message = entries[i].Message.Message;
            Sequence last = new(entries, i, sender);
            long gas = (long)message.GasLimit;
            last.Add(BlockFees.EffectivePremium(message, baseFee) * gas, gas, 1);
            while (sequences.Count > first && last.Rate >= sequences[^1].Rate)
            {
                sequences[^1].Join(last);
                last = sequences[^1];
                sequences.RemoveAt(sequences.Count - 1);
            }

            sequences.Add(last);
        }
    }

    private static List<PoolEntry> Fill(
        NetworkParameters network, List<Sequence> sequences, int senderCount)
    {
        List<PoolEntry> chosen = [];
        bool[] isCut = new bool[senderCount];
        long gas = 0;
        int blsCount = 0;
        foreach (Sequence sequence in sequences)
        {
            for (int i = sequence.Start; i < sequence.End && !isCut[sequence.Sender]; i++)
            {
                PoolEntry entry = sequence.Entries[i];
                bool isBls = entry.Message.IsBls;
                long gasAfter = gas + (long)entry.Message.Message.GasLimit;
                int listed = isBls ? blsCount : chosen.Count - blsCount;
                if (gasAfter > network.BlockGasMax
                    || chosen.Count >= network.BlockMessagesMax
                    || listed >= network.BlockListMax)
                {
                    isCut[sequence.Sender] = true;
                    break;
                }

                chosen.Add(entry);
                gas = gasAfter;
                blsCount += isBls ? 1 : 0;
            }
        }

        return chosen;
    }
}
