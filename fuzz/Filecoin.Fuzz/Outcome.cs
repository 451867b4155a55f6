namespace Filecoin.Fuzz;

/// <summary>What a target made of an input.</summary>
/// <param name="IsAccepted">Whether the bytes were taken; if not, they were refused.</param>
/// <param name="Line">
/// What was taken, or why it was refused: a few words. Inputs with a line of their own are kept
/// for further mutation.
/// </param>
public readonly record struct Outcome(bool IsAccepted, string Line)
{
    private const int LineLengthMax = 100;

    public static Outcome Accepted(string line = "accepted") => new(true, line);

    /// <summary>A refusal; numbers in its reason do not make another line.</summary>
    public static Outcome Refused(string reason)
    {
        int length = Math.Min(reason.Length, LineLengthMax);
        Span<char> line = stackalloc char[length];
        int count = 0;
        for (int i = 0; i < length; i++)
        {
            char letter = char.IsAsciiDigit(reason[i]) ? '#' : reason[i];
            if (letter != '#' || count == 0 || line[count - 1] != '#')
            {
                line[count++] = letter;
            }
        }

        return new(false, line[..count].ToString());
    }

    /// <summary>A number's size, for a line: how many bits it has.</summary>
    public static int Size(long number) => 64 - System.Numerics.BitOperations.LeadingZeroCount(
        unchecked((ulong)number));
}
