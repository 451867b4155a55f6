namespace Filecoin.Vm;

/// <summary>A price that an operation pays, under the name that traces show.</summary>
/// <param name="Name">The reference's name of the charge.</param>
/// <param name="Compute">The part that pays for time.</param>
/// <param name="Other">The part that pays for storage and deferred work.</param>
/// <remarks>Spec: ref-fvm fvm/src/gas/charge.rs. Only the sum matters for consensus.</remarks>
public readonly record struct GasCharge(string Name, Gas Compute, Gas Other)
{
    /// <summary>What is paid.</summary>
    public Gas Total => Compute + Other;
}
