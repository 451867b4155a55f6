namespace Filecoin.Ipld;

/// <summary>
/// Has the generator write <see cref="ICbor{T}"/> for a positional partial record: an array of
/// its parameters in order, of exactly that length.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class CborTupleAttribute : Attribute;
