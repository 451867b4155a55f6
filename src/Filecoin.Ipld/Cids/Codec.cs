namespace Filecoin.Ipld;

/// <summary>Multicodec numbers of the block formats a Filecoin chain links to.</summary>
public static class Codec
{
    /// <summary>CBOR whose bytes hold no links: parameters, return values, event values.</summary>
    public const ulong Cbor = 0x51;

    /// <summary>Opaque bytes without links: Wasm code, EVM bytecode.</summary>
    public const ulong Raw = 0x55;

    /// <summary>Protobuf DAG nodes; implied by a CIDv0 and used nowhere in state.</summary>
    public const ulong DagPb = 0x70;

    /// <summary>CBOR with links: all structured state.</summary>
    public const ulong DagCbor = 0x71;

    /// <summary>Commitment to unsealed sector or piece data (CommD, CommP).</summary>
    public const ulong FilCommitmentUnsealed = 0xf101;

    /// <summary>Commitment to a sealed replica (CommR).</summary>
    public const ulong FilCommitmentSealed = 0xf102;
}
