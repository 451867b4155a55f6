namespace Filecoin.Rpc;

/// <summary>What one wants to pay another through a channel.</summary>
/// <param name="From">Who pays.</param>
/// <param name="To">Who is paid.</param>
/// <param name="Amount">How much.</param>
/// <param name="IsReserved">
/// Whether it is for who asks alone, and taken from what the channel has, if that is enough; else
/// it comes on top, for anybody.
/// </param>
/// <param name="IsOffChain">Whether it may take no message.</param>
internal readonly record struct FundingRequest(
    Address From, Address To, TokenAmount Amount, bool IsReserved, bool IsOffChain);

/// <summary>Where what one pays another is, or will be.</summary>
/// <param name="Channel">The channel; null where it is still to be made.</param>
/// <param name="Message">Names the message that brings it; null if it is there.</param>
internal sealed record ChannelFunding(Address? Channel, Cid? Message);
