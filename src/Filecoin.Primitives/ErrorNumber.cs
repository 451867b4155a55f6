namespace Filecoin;

/// <summary>Why a syscall was refused; the actor goes on.</summary>
/// <remarks>Spec: syscalls 2; ref-fvm shared/src/error/mod.rs, ErrorNumber.</remarks>
public enum ErrorNumber : uint
{
    /// <summary>It was not refused.</summary>
    None = 0,

    /// <summary>A bad parameter or pointer.</summary>
    IllegalArgument = 1,

    /// <summary>Not possible in the actor's state.</summary>
    IllegalOperation = 2,

    /// <summary>Too many or too large.</summary>
    LimitExceeded = 3,

    /// <summary>Never given to actors.</summary>
    AssertionFailed = 4,

    /// <summary>The sender has less than the value.</summary>
    InsufficientFunds = 5,

    /// <summary>No such actor, address or reachable block.</summary>
    NotFound = 6,

    /// <summary>No such block handle.</summary>
    InvalidHandle = 7,

    /// <summary>A hash that is not supported.</summary>
    IllegalCid = 8,

    /// <summary>A codec that is not supported.</summary>
    IllegalCodec = 9,

    /// <summary>A malformed block.</summary>
    Serialization = 10,

    /// <summary>Not allowed.</summary>
    Forbidden = 11,

    /// <summary>The output does not fit.</summary>
    BufferTooSmall = 12,

    /// <summary>Not allowed in a read-only call.</summary>
    ReadOnly = 13,
}
