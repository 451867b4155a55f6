namespace Filecoin.Actors.Placeholder;

/// <summary>An Ethereum address that has received something and has no code yet.</summary>
/// <remarks>Spec: actors/placeholder. Takes every call and does nothing.</remarks>
public static class PlaceholderActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(BuiltinType.Placeholder, [])
    {
        IsInert = true,
    };
}
