namespace Filecoin.Ipld;

/// <summary>Why bytes are no bit field.</summary>
public enum BitFieldError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The same numbers have a shorter encoding.</summary>
    NotMinimal,

    /// <summary>The version bits are not zero.</summary>
    UnsupportedVersion,

    /// <summary>The runs are longer than 2^64 - 1 numbers together.</summary>
    Overflow,

    /// <summary>A length is cut, padded or greater than 64 bits.</summary>
    InvalidVarint,
}
