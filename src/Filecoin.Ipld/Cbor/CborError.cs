namespace Filecoin.Ipld;

/// <summary>What kept a CBOR item from being read.</summary>
public enum CborErrorKind
{
    /// <summary>Nothing went wrong.</summary>
    None,

    /// <summary>The input ends inside an item.</summary>
    UnexpectedEnd,

    /// <summary>The item is of another type than wanted.</summary>
    WrongType,

    /// <summary>The header has an indefinite length or a reserved form.</summary>
    IndefiniteLength,

    /// <summary>A length exceeds the input that is left.</summary>
    LengthOutOfRange,

    /// <summary>An integer does not fit the type wanted.</summary>
    IntegerOutOfRange,

    /// <summary>A text string is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A link holds no CID.</summary>
    InvalidCid,

    /// <summary>Items are nested too deeply.</summary>
    DepthExceeded,

    /// <summary>An array has another number of elements than wanted.</summary>
    WrongLength,

    /// <summary>The item is well formed, but its value is not allowed here.</summary>
    InvalidValue,

    /// <summary>Bytes follow the last item.</summary>
    TrailingBytes,
}

/// <summary>The first failure of a reader.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Offset">Where the item starts, in bytes from the start of the input.</param>
public readonly record struct CborError(CborErrorKind Kind, int Offset)
{
    /// <summary>One sentence for people.</summary>
    public override string ToString() => Kind switch
    {
        CborErrorKind.None => "no error",
        CborErrorKind.UnexpectedEnd => $"the input ends inside the item at offset {Offset}",
        CborErrorKind.WrongType => $"the item at offset {Offset} has the wrong type",
        CborErrorKind.IndefiniteLength =>
            $"the item at offset {Offset} has an indefinite or reserved length",
        CborErrorKind.LengthOutOfRange =>
            $"the length of the item at offset {Offset} exceeds the input",
        CborErrorKind.IntegerOutOfRange => $"the integer at offset {Offset} is out of range",
        CborErrorKind.InvalidUtf8 => $"the text at offset {Offset} is not UTF-8",
        CborErrorKind.InvalidCid => $"the link at offset {Offset} holds no CID",
        CborErrorKind.DepthExceeded => $"the items at offset {Offset} are nested too deeply",
        CborErrorKind.WrongLength =>
            $"the array at offset {Offset} has the wrong number of elements",
        CborErrorKind.InvalidValue => $"the value at offset {Offset} is not allowed",
        CborErrorKind.TrailingBytes => $"bytes follow the last item at offset {Offset}",
    };
}
