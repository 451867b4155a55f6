using Filecoin.Actors.Account;

namespace Filecoin.Actors.PaymentChannel;

/// <summary>A channel to be made.</summary>
/// <param name="From">Who pays.</param>
/// <param name="To">Who is paid.</param>
[CborTuple]
public sealed partial record ConstructorParams(Address From, Address To);

/// <summary>A call that must succeed for a voucher to be good.</summary>
/// <param name="Actor">Who is called.</param>
/// <param name="Method">Which method.</param>
/// <param name="Data">CBOR for it.</param>
[CborTuple]
public sealed partial record Verification(
    Address Actor, MethodNumber Method, ReadOnlyMemory<byte> Data);

/// <summary>A lane whose payments go over into another lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Nonce">The nonce that it has afterwards.</param>
[CborTuple]
public readonly partial record struct Merge(ulong Lane, ulong Nonce);

/// <summary>What has been paid in a lane.</summary>
/// <param name="Redeemed">How much.</param>
/// <param name="Nonce">Nonce of the last voucher.</param>
[CborTuple]
public readonly partial record struct LaneState(TokenAmount Redeemed, ulong Nonce);

/// <summary>A promise to pay, signed by one party for the other.</summary>
/// <param name="ChannelAddress">The channel.</param>
/// <param name="TimeLockMin">From when on it is good.</param>
/// <param name="TimeLockMax">Until when; 0 for ever.</param>
/// <param name="SecretPreImage">Hash of a secret that must be told; empty for none.</param>
/// <param name="Extra">A call that must succeed; null for none.</param>
/// <param name="Lane">The lane in which it counts.</param>
/// <param name="Nonce">Its number in the lane: higher ones take the place of lower ones.</param>
/// <param name="Amount">What has been paid in the lane with it, in all.</param>
/// <param name="MinSettleHeight">Before when the channel may not be collected; 0 for any.</param>
/// <param name="Merges">Lanes that go over into this one.</param>
/// <param name="Signature">The signature; null for none yet.</param>
[CborTuple]
public sealed partial record SignedVoucher(
    Address ChannelAddress,
    ChainEpoch TimeLockMin,
    ChainEpoch TimeLockMax,
    ReadOnlyMemory<byte> SecretPreImage,
    Verification? Extra,
    ulong Lane,
    ulong Nonce,
    TokenAmount Amount,
    ChainEpoch MinSettleHeight,
    ValueList<Merge> Merges,
    KeySignature? Signature)
{
    /// <summary>What is signed: the voucher without a signature.</summary>
    public byte[] ToSigningBytes() => Cbor.Encode(this with { Signature = null });
}

/// <summary>A voucher to be redeemed.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="Secret">The secret whose hash it has.</param>
[CborTuple]
public sealed partial record UpdateChannelStateParams(
    SignedVoucher Voucher, ReadOnlyMemory<byte> Secret);
