using System.Text;
using Filecoin.Crypto;
using Nethereum.ABI.Model;

namespace Filecoin.Node;

/// <summary>A contract's function as people write it: <c>balanceOf(address)(uint256)</c>.</summary>
/// <remarks>
/// Solidity's form is read as well: <c>function balanceOf(address) view returns (uint256)</c>.
/// </remarks>
/// <param name="Name">Its name; empty or <c>constructor</c> for a constructor.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it returns; null where the signature does not say.</param>
internal sealed record FunctionSignature(string Name, Parameter[] Inputs, Parameter[]? Outputs)
{
    private const int SelectorLength = 4;

    /// <summary>Whether a text is one, and not the name of a method.</summary>
    public static bool IsOne(string text) => text.Contains('(', StringComparison.Ordinal);

    /// <summary>Reads a signature.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static FunctionSignature Parse(string text)
    {
        string bare = text.Trim();
        bare = bare.StartsWith("function ", StringComparison.Ordinal) ? bare[9..].Trim() : bare;
        int open = bare.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !bare[..open].All(letter => char.IsAsciiLetterOrDigit(letter)
            || letter is '_' or '$'))
        {
            throw new ClientException(
                $"no signature: {Excerpt.Of(text)} (such as balanceOf(address)(uint256))");
        }

        int close = AbiText.CloseOf(bare, open);
        string rest = bare[(close + 1)..];
        int outputs = rest.IndexOf('(', StringComparison.Ordinal);
        return new(
            bare[..open],
            AbiParameters.Parse(bare[(open + 1)..close]),
            outputs < 0
                ? null
                : AbiParameters.Parse(rest[(outputs + 1)..AbiText.CloseOf(rest, outputs)]));
    }

    /// <summary>The input of a call.</summary>
    /// <exception cref="ClientException">The arguments do not fit.</exception>
    public byte[] Encode(IReadOnlyList<string> arguments)
    {
        byte[] hash = Keccak256.Hash(Encoding.UTF8.GetBytes(Name + AbiParameters.Text(Inputs)));
        return [.. hash[..SelectorLength], .. AbiValues.Encode(Inputs, arguments)];
    }
}
