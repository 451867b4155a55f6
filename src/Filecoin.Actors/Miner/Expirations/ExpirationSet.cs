namespace Filecoin.Actors.Miner;

/// <summary>Sectors of a partition that end at one epoch.</summary>
/// <param name="OnTimeSectors">Those that end as promised.</param>
/// <param name="EarlySectors">Those that were faulty for too long.</param>
/// <param name="OnTimePledge">What is pledged for those that end as promised.</param>
/// <param name="ActivePower">Power of those that are not faulty.</param>
/// <param name="FaultyPower">Power of those that are.</param>
/// <param name="FeeDeduction">What all of them cost a day.</param>
/// <remarks>
/// Spec: actors/miner-state 1.4; builtin-actors actors/miner/src/expiration_queue.rs. CBOR: an
/// array of 6; one of 5, without fees, is read as well.
/// </remarks>
public record struct ExpirationSet(
    BitField OnTimeSectors,
    BitField EarlySectors,
    TokenAmount OnTimePledge,
    PowerPair ActivePower,
    PowerPair FaultyPower,
    TokenAmount FeeDeduction) : ICbor<ExpirationSet>
{
    private const int FieldsMin = 5;
    private const int Fields = 6;

    /// <summary>Whether there are no sectors.</summary>
    public readonly bool IsEmpty => OnTimeSectors.IsEmpty && EarlySectors.IsEmpty;

    /// <summary>How many sectors there are.</summary>
    public readonly ulong Count => OnTimeSectors.Count + EarlySectors.Count;

    /// <summary>Adds sectors.</summary>
    public void Add(in ExpirationSet other)
    {
        OnTimeSectors = OnTimeSectors.Union(other.OnTimeSectors);
        EarlySectors = EarlySectors.Union(other.EarlySectors);
        OnTimePledge += other.OnTimePledge;
        ActivePower += other.ActivePower;
        FaultyPower += other.FaultyPower;
        FeeDeduction += other.FeeDeduction;
    }

    /// <summary>Removes sectors, which must be there.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, they are not, or something would be below 0.
    /// </exception>
    public void Remove(in ExpirationSet other)
    {
        if (!OnTimeSectors.ContainsAll(other.OnTimeSectors)
            || !EarlySectors.ContainsAll(other.EarlySectors))
        {
            throw Abort.IllegalState("removing sectors that are not in the expiration set");
        }

        OnTimeSectors = OnTimeSectors.Except(other.OnTimeSectors);
        EarlySectors = EarlySectors.Except(other.EarlySectors);
        OnTimePledge -= other.OnTimePledge;
        ActivePower -= other.ActivePower;
        FaultyPower -= other.FaultyPower;
        FeeDeduction -= other.FeeDeduction;
        Require();
    }

    /// <summary>Nothing is below 0.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, something is.</exception>
    public readonly void Require()
    {
        if (OnTimePledge.IsNegative
            || ActivePower.IsNegative
            || FaultyPower.IsNegative
            || FeeDeduction.IsNegative)
        {
            throw Abort.IllegalState("an expiration set has a part below 0");
        }
    }

    /// <inheritdoc/>
    public readonly void WriteTo(ref CborWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        OnTimeSectors.WriteTo(ref writer);
        EarlySectors.WriteTo(ref writer);
        OnTimePledge.WriteTo(ref writer);
        ActivePower.WriteTo(ref writer);
        FaultyPower.WriteTo(ref writer);
        FeeDeduction.WriteTo(ref writer);
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ExpirationSet value)
    {
        value = default;
        int start = reader.Position;
        TokenAmount fee = default;
        if (!reader.TryReadArrayHeader(out int count))
        {
            return false;
        }

        if (count is not (FieldsMin or Fields))
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        if (!BitField.TryRead(ref reader, out BitField onTime)
            || !BitField.TryRead(ref reader, out BitField early)
            || !TokenAmount.TryRead(ref reader, out TokenAmount pledge)
            || !PowerPair.TryRead(ref reader, out PowerPair active)
            || !PowerPair.TryRead(ref reader, out PowerPair faulty)
            || (count == Fields && !TokenAmount.TryRead(ref reader, out fee)))
        {
            reader.Rewind(start);
            return false;
        }

        value = new(onTime, early, pledge, active, faulty, fee);
        return true;
    }
}
