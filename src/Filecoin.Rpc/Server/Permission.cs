namespace Filecoin.Rpc;

/// <summary>What a caller must be allowed to do.</summary>
public enum Permission
{
    /// <summary>See what everybody may see.</summary>
    Read,

    /// <summary>Bring messages.</summary>
    Write,

    /// <summary>Have the node sign.</summary>
    Sign,

    /// <summary>Change the chain as only its owner may.</summary>
    Admin,
}
