namespace Filecoin.Fuzz.Driving;

/// <summary>Reads an input; returns, or throws what is a finding.</summary>
public delegate Outcome TargetBody(ReadOnlySpan<byte> input);

/// <summary>One row of the table of targets.</summary>
/// <param name="Name">Its name, which is its folder in the corpus.</param>
/// <param name="Run">The function.</param>
/// <param name="Seeds">Inputs of our own encoders to begin with.</param>
public sealed record FuzzTarget(string Name, TargetBody Run, Func<IEnumerable<byte[]>> Seeds);
