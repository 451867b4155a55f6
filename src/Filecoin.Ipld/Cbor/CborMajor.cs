namespace Filecoin.Ipld;

/// <summary>The major types of CBOR.</summary>
public enum CborMajor
{
    /// <summary>Unsigned integer.</summary>
    Unsigned = 0,

    /// <summary>Negative integer.</summary>
    Negative = 1,

    /// <summary>Byte string.</summary>
    Bytes = 2,

    /// <summary>Text string.</summary>
    Text = 3,

    /// <summary>Array.</summary>
    Array = 4,

    /// <summary>Map.</summary>
    Map = 5,

    /// <summary>Tagged item; a link when the tag is 42.</summary>
    Tag = 6,

    /// <summary>Booleans, null, floating point.</summary>
    Simple = 7,
}
