namespace Filecoin.Node;

/// <summary>What was to be inspected is not what it should be; one line says why.</summary>
public sealed class InspectionException(string message) : Exception(message);
