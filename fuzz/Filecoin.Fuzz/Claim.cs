using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Fuzz;

/// <summary>What must be so whatever the input is.</summary>
public static class Claim
{
    public static void Holds([DoesNotReturnIf(false)] bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new BrokenPropertyException(otherwise);
        }
    }
}

/// <summary>An input was taken, but what was made of it is wrong.</summary>
public sealed class BrokenPropertyException(string message) : Exception(message);
