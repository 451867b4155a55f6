namespace Filecoin;

/// <summary>The protocol's version, raised by network upgrades.</summary>
public enum NetworkVersion : uint
{
    /// <summary>Shark, actors v9.</summary>
    V17 = 17,

    /// <summary>Hygge, actors v10: the EVM.</summary>
    V18 = 18,

    /// <summary>Lightning, actors v11.</summary>
    V19 = 19,

    /// <summary>Thunder, actors v11.</summary>
    V20 = 20,

    /// <summary>Watermelon, actors v12.</summary>
    V21 = 21,

    /// <summary>Dragon, actors v13.</summary>
    V22 = 22,

    /// <summary>Waffle, actors v14.</summary>
    V23 = 23,

    /// <summary>TukTuk, actors v15.</summary>
    V24 = 24,

    /// <summary>Teep, actors v16.</summary>
    V25 = 25,

    /// <summary>Tock, actors v16.</summary>
    V26 = 26,

    /// <summary>Golden Week, actors v17.</summary>
    V27 = 27,

    /// <summary>Fire Horse, actors v18.</summary>
    V28 = 28,
}
