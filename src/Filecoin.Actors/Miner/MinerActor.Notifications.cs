using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Telling actors of data that has come into sectors.</content>
public static partial class MinerActor
{
    /// <summary>Each actor is told once, by address; of its sectors in order.</summary>
    private static void NotifyConsumers(
        IRuntime runtime, List<ContentNotification> notifications, bool requireSuccess)
    {
        SortedDictionary<Address, SortedDictionary<ulong, List<PieceChange>>> byConsumer =
            new(new AddressOrder());
        Dictionary<ulong, long> expirations = [];
        foreach (ContentNotification notification in notifications)
        {
            expirations[notification.Sector] = notification.Expiration;
            foreach (PieceActivationManifest piece in notification.Pieces)
            {
                foreach (DataActivationNotification target in piece.Notify)
                {
                    ChangesOf(byConsumer, target.Address, notification.Sector)
                        .Add(new(piece.Cid, piece.Size, target.Payload));
                }
            }
        }

        foreach ((Address consumer, SortedDictionary<ulong, List<PieceChange>> sectors)
            in byConsumer)
        {
            List<SectorChanges> changes = [];
            foreach ((ulong sector, List<PieceChange> pieces) in sectors)
            {
                changes.Add(new(sector, expirations[sector], [.. pieces]));
            }

            SendResult result = runtime.Send(
                consumer,
                SectorContentChangedParams.Method,
                new SectorContentChangedParams([.. changes]),
                TokenAmount.Zero);
            if (requireSuccess)
            {
                RequireAccepted(result, changes);
            }
        }
    }

    private static List<PieceChange> ChangesOf(
        SortedDictionary<Address, SortedDictionary<ulong, List<PieceChange>>> byConsumer,
        Address consumer,
        ulong sector)
    {
        if (!byConsumer.TryGetValue(
            consumer, out SortedDictionary<ulong, List<PieceChange>>? sectors))
        {
            byConsumer.Add(consumer, sectors = []);
        }

        if (!sectors.TryGetValue(sector, out List<PieceChange>? changes))
        {
            sectors.Add(sector, changes = []);
        }

        return changes;
    }

    private static void RequireAccepted(SendResult result, List<SectorChanges> changes)
    {
        if (result.Error != ErrorNumber.None)
        {
            throw new ActorAbortException(
                MinerErrors.NotificationSendFailed, $"send error {result.Error}");
        }

        if (!result.ExitCode.IsSuccess)
        {
            throw new ActorAbortException(
                MinerErrors.NotificationReceiverAborted,
                $"receiver aborted with {result.ExitCode}");
        }

        SectorContentChangedReturn answer = AnswerOf(result);
        bool isComplete = answer.Sectors.Count == changes.Count;
        bool isAccepted = true;
        for (int i = 0; isComplete && isAccepted && i < changes.Count; i++)
        {
            ValueList<bool> accepted = answer.Sectors[i].Accepted;
            isComplete = accepted.Count == changes[i].Added.Count;
            isAccepted = !isComplete || !accepted.Span.Contains(false);
        }

        if (!isComplete)
        {
            throw new ActorAbortException(
                MinerErrors.NotificationResponseInvalid,
                "sector change response has other sectors or pieces");
        }

        if (!isAccepted)
        {
            throw new ActorAbortException(
                MinerErrors.NotificationRejected, "sector change rejected");
        }
    }

    private static SectorContentChangedReturn AnswerOf(SendResult result)
    {
        try
        {
            return result.Value is IpldBlock value
                ? ParameterCodec.Decode<SectorContentChangedReturn>(value)
                : throw Abort.Serialization("no return data");
        }
        catch (ActorAbortException failure)
        {
            throw new ActorAbortException(
                MinerErrors.NotificationResponseInvalid, failure.Message);
        }
    }

    /// <summary>A sector of whose pieces actors are told.</summary>
    private sealed record ContentNotification(
        ulong Sector, long Expiration, ValueList<PieceActivationManifest> Pieces);

    /// <summary>
    /// Addresses as the reference sorts them: by protocol, then ids as numbers, payloads as bytes,
    /// and delegated ones by namespace, length and bytes.
    /// </summary>
    private sealed class AddressOrder : IComparer<Address>
    {
        public int Compare(Address x, Address y)
        {
            int order = x.Protocol.CompareTo(y.Protocol);
            if (order != 0)
            {
                return order;
            }

            if (x.TryGetId(out ActorId left) && y.TryGetId(out ActorId right))
            {
                return left.Value.CompareTo(right.Value);
            }

            if (x.TryGetDelegated(out ulong leftSpace, out ReadOnlySpan<byte> leftBytes)
                && y.TryGetDelegated(out ulong rightSpace, out ReadOnlySpan<byte> rightBytes))
            {
                order = leftSpace.CompareTo(rightSpace);
                order = order != 0 ? order : leftBytes.Length.CompareTo(rightBytes.Length);
                return order != 0 ? order : leftBytes.SequenceCompareTo(rightBytes);
            }

            return x.Payload.SequenceCompareTo(y.Payload);
        }
    }
}
