using System.Collections.Concurrent;
using System.Reflection;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Market;

namespace Filecoin.Rpc;

/// <summary>Values of actors from CBOR and JSON, by a type known at run time.</summary>
public static class ActorCodec
{
    private const int RunsMax = 4_096;

    private static readonly ConcurrentDictionary<Type, Func<ReadOnlyMemory<byte>, object>>
        Decoders = [];

    private static readonly ConcurrentDictionary<Type, Func<object, byte[]>> Encoders = [];

    /// <summary>The value that CBOR is.</summary>
    /// <exception cref="RpcException">It is none of the type.</exception>
    public static object Decode(Type type, ReadOnlyMemory<byte> cbor) => Decoders.GetOrAdd(
        type,
        static type => Bind<Func<ReadOnlyMemory<byte>, object>>(nameof(DecodeAs), type))(cbor);

    /// <summary>The value that CBOR is; nothing if it is none of the type.</summary>
    public static ActorValue DecodeOrNull(Type type, ReadOnlyMemory<byte> cbor)
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

    /// <summary>The CBOR of a value.</summary>
    public static byte[] Encode(object value) => Encoders.GetOrAdd(
        value.GetType(), type => Bind<Func<object, byte[]>>(nameof(EncodeAs), type))(value);

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

    private static T Bind<T>(string name, Type type)
        where T : Delegate => typeof(ActorCodec)
            .GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type)
            .CreateDelegate<T>();

    private static object DecodeAs<T>(ReadOnlyMemory<byte> cbor)
        where T : ICbor<T> => Cbor.TryDecode<T>(cbor.Span, out T? value, out CborError error)
            ? value
            : throw new RpcException($"no {typeof(T).Name}: {error}");

    private static byte[] EncodeAs<T>(object value)
        where T : ICbor<T> => Cbor.Encode((T)value);

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "", "CA1859", Justification = "It is called by a delegate that gives objects.")]
    private static object ListOf<T>(object?[] items)
    {
        T[] typed = new T[items.Length];
        for (int i = 0; i < typed.Length; i++)
        {
            typed[i] = (T)items[i]!;
        }

        return ValueList.TakeOver(typed);
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
                ? ReadList(type.GenericTypeArguments[0], json)
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
        _ when type == typeof(EthAddressBytes) || type == typeof(WholeWord)
            || type == typeof(StorageWord) => Decode(type, ReadNumbers(json)),
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

    private static byte[] ReadNumbers(JsonElement json)
    {
        List<byte> bytes = [];
        foreach (JsonElement item in json.EnumerateArray())
        {
            bytes.Add(item.GetByte());
        }

        CborWriter writer = new(64);
        writer.WriteBytes([.. bytes]);
        byte[] encoded = writer.ToArray();
        writer.Dispose();
        return encoded;
    }

    private static object ReadList(Type item, JsonElement json)
    {
        object?[] items = new object?[json.GetArrayLength()];
        int count = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            items[count++] = Read(item, element);
        }

        return Bind<Func<object?[], object>>(nameof(ListOf), item)(items);
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
