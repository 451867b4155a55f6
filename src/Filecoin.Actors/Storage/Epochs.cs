namespace Filecoin.Actors.Storage;

/// <summary>Spans of time in epochs, which actors take for 30 seconds on every network.</summary>
/// <remarks>Spec: actors/storage-policy 4; builtin-actors runtime/src/builtin/network.rs.</remarks>
public static class Epochs
{
    /// <summary>Epochs in an hour.</summary>
    public const long InHour = 120;

    /// <summary>Epochs in a day.</summary>
    public const long InDay = 2_880;

    /// <summary>Epochs in a year of 31,556,925 seconds, rounded down.</summary>
    public const long InYear = 1_051_897;

    /// <summary>Stands for no epoch.</summary>
    public const long Undefined = -1;
}
