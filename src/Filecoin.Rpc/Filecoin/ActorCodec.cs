using System.Reflection;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Market;

namespace Filecoin.Rpc;

/// <summary>Values of actors from CBOR and JSON, by a type known at run time.</summary>
public static class ActorCodec
{
    private const int RunsMax = 4_096;

    /// <summary>The value that CBOR is.</summary>
    /// <exception cref="RpcException">It is none of the type.</exception>
    public static object Decode(CborType type, ReadOnlySpan<byte> cbor) =>
        type.TryDecode(cbor, out object? value, out CborError error)
            ? value
            : throw new RpcException($"no {type.Type.Name}: {error}");

    /// <summary>The value that CBOR is; nothing if it is none of the type.</summary>
    public static ActorValue DecodeOrNull(CborType type, ReadOnlySpan<byte> cbor)
    {
        try
        {
            return new(Decode(type, cbor));
        }
        catch (RpcException)
        {
            return default;
        }
    }

    /// <summary>The value that JSON is; what it does not mention is zero.</summary>
    /// <exception cref="RpcException">It is none of the type.</exception>
    public static object Parse(Type type, JsonElement json)
    {
        try
        {
            return Read(type, json)!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException)
        {
            throw RpcException.BadParameters($"no {type.Name}: {failure.Message}");
        }
    }

    private static object? Read(Type type, JsonElement json)
    {
        if (Nullable.GetUnderlyingType(type) is Type bare)
        {
            return json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
                ? null
                : Read(bare, json);
        }

        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return ZeroOf(type, json);
        }

        return ReadPlain(type, json)
            ?? (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>)
                ? ReadList(type, json)
                : ReadMembers(type, json));
    }

    private static object? ZeroOf(Type type, JsonElement json) =>
        type == typeof(string) ? ""
        : type.IsValueType ? ActorShape.Create(type)
        : json.ValueKind == JsonValueKind.Null ? null
        : type == typeof(DealLabel) ? DealLabel.Of("")
        : ReadMembers(type, default);

    private static object? ReadPlain(Type type, JsonElement json) => type switch
    {
        _ when type == typeof(bool) => json.GetBoolean(),
        _ when type == typeof(string) => json.GetString(),
        _ when type == typeof(byte) => json.GetByte(),
        _ when type == typeof(uint) => json.GetUInt32(),
        _ when type == typeof(ulong) => json.GetUInt64(),
        _ when type == typeof(long) => json.GetInt64(),
        _ when type.IsEnum => Enum.ToObject(type, json.GetInt64()),
        _ when type == typeof(ActorId) => new ActorId(json.GetUInt64()),
        _ when type == typeof(ChainEpoch) => new ChainEpoch(json.GetInt64()),
        _ when type == typeof(MethodNumber) => new MethodNumber(json.GetUInt64()),
        _ when type == typeof(ExitCode) => new ExitCode(json.GetUInt32()),
        _ when type == typeof(Address) => RpcJson.Read<AddressView>(json).Address,
        _ when type == typeof(TokenAmount) => RpcJson.Read<AmountView>(json).Amount,
        _ when type == typeof(BigInt) =>
            (BigInt)RpcJson.Read<AmountView>(json).Amount.ToBigInteger(),
        _ when type == typeof(Cid) => RpcJson.Read<CidLink>(json).Cid,
        _ when type == typeof(BitField) => ReadBits(json),
        _ when type == typeof(ReadOnlyMemory<byte>) =>
            (ReadOnlyMemory<byte>)json.GetBytesFromBase64(),
        _ when type == typeof(RawCbor) => new RawCbor(json.GetBytesFromBase64()),
        _ when type == typeof(DealLabel) => DealLabel.Of(json.GetString()!),
        _ when type == typeof(ClientSignature) => new ClientSignature(
            (SignatureType)json.GetProperty("Type").GetByte(),
            json.GetProperty("Data").GetBytesFromBase64()),
        _ when type == typeof(EthAddressBytes) => ReadNumbers<EthAddressBytes>(json),
        _ when type == typeof(WholeWord) => ReadNumbers<WholeWord>(json),
        _ when type == typeof(StorageWord) => ReadNumbers<StorageWord>(json),
        _ => null,
    };

    private static BitField ReadBits(JsonElement json)
    {
        if (json.GetArrayLength() > RunsMax)
        {
            throw new JsonException($"more than {RunsMax} runs of bits");
        }

        BitField bits = default;
        ulong end = 0;
        bool isSet = false;
        foreach (JsonElement run in json.EnumerateArray())
        {
            ulong length = run.GetUInt64();
            bits = isSet ? bits.Union(BitField.OfRange(end, length)) : bits;
            end += length;
            isSet = !isSet;
        }

        return bits;
    }

    private static object ReadNumbers<T>(JsonElement json)
        where T : ICbor<T>
    {
        List<byte> bytes = [];
        foreach (JsonElement item in json.EnumerateArray())
        {
            bytes.Add(item.GetByte());
        }

        return Decode(CborType.Of<T>(), Cbor.EncodeBytes([.. bytes]));
    }

    private static IValueList ReadList(Type type, JsonElement json)
    {
        Type item = type.GenericTypeArguments[0];
        object?[] items = new object?[json.GetArrayLength()];
        int count = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            items[count++] = Read(item, element);
        }

        return ((IValueList)ActorShape.Create(type)).OfElements(items);
    }

    private static object ReadMembers(Type type, JsonElement json)
    {
        ActorShape shape = ActorShape.Of(type);
        object value = ActorShape.Create(type);
        foreach ((string name, PropertyInfo property) in shape.Members)
        {
            property.SetValue(
                value,
                Read(property.PropertyType, shape.IsTransparent ? json : Member(json, name)));
        }

        return value;
    }

    private static JsonElement Member(JsonElement json, string name)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            return default;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return default;
    }
}
