using System.Text.Json.Nodes;

namespace Filecoin.Rpc;

/// <summary>The types of the network's own methods.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(CidLink?))]
[JsonSerializable(typeof(AddressView?))]
[JsonSerializable(typeof(AmountView?))]
[JsonSerializable(typeof(SignedMessageView))]
[JsonSerializable(typeof(TipsetView))]
[JsonSerializable(typeof(MessageLookupView))]
[JsonSerializable(typeof(TipsetOutcomeView))]
[JsonSerializable(typeof(InvocationView))]
[JsonSerializable(typeof(ActorRecordView))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(MessageSendSpec))]
[JsonSerializable(typeof(IReadOnlyList<CidLink>))]
[JsonSerializable(typeof(IReadOnlyList<SignedMessageView>))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class FilecoinJson : JsonSerializerContext;
