using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Market;

namespace Filecoin.Rpc;

/// <summary>
/// What an actor keeps, takes or gives: a value of its own types, in JSON as lotus writes it.
/// </summary>
/// <remarks>
/// Spec: go-state-types builtin/v18, whose members' names <see cref="ActorNames"/> has. Amounts
/// are digits in strings, bytes base64, sets of bits the lengths of their runs from zeros on; what
/// is empty is null.
/// </remarks>
/// <param name="Value">The value.</param>
[JsonConverter(typeof(ActorValueConverter))]
public readonly record struct ActorValue(object? Value);

/// <summary>Writes values of actors.</summary>
internal sealed class ActorValueConverter : JsonConverter<ActorValue>
{
    public override ActorValue Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("of which type a value is its JSON does not say");

    public override void Write(
        Utf8JsonWriter writer, ActorValue value, JsonSerializerOptions options) =>
        Write(writer, value.Value);

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case byte or uint or ulong: writer.WriteNumberValue(Convert.ToUInt64(value)); break;
            case long number: writer.WriteNumberValue(number); break;
            case Enum kind: writer.WriteNumberValue(Convert.ToInt64(kind)); break;
            case ActorId id: writer.WriteNumberValue(id.Value); break;
            case ChainEpoch epoch: writer.WriteNumberValue(epoch.Value); break;
            case MethodNumber method: writer.WriteNumberValue(method.Value); break;
            case ExitCode exit: writer.WriteNumberValue(exit.Value); break;
            case Address address: writer.WriteStringValue($"{new AddressView(address)}"); break;
            case TokenAmount amount: Write(writer, amount.ToBigInteger()); break;
            case BigInt number: Write(writer, number.Value); break;
            case Cid cid: CidLinkConverter.Write(writer, cid); break;
            case BitField bits: Write(writer, bits); break;
            case ReadOnlyMemory<byte> bytes: Write(writer, bytes); break;
            case RawCbor raw: writer.WriteBase64StringValue(raw.Encoded.Span); break;
            case DealLabel label: Write(writer, label); break;
            case ClientSignature signature: Write(writer, signature); break;
            case EthAddressBytes bytes: WriteNumbers(writer, bytes); break;
            case WholeWord word: WriteNumbers(writer, word); break;
            case StorageWord word: WriteNumbers(writer, word); break;
            case IEnumerable list: WriteList(writer, list); break;
            default: WriteMembers(writer, value); break;
        }
    }

    private static void Write(Utf8JsonWriter writer, BigInteger number) =>
        writer.WriteStringValue(number.ToString());

    private static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteBase64StringValue(bytes.Span);
        }
    }

    private static void Write(Utf8JsonWriter writer, BitField bits)
    {
        writer.WriteStartArray();
        ulong end = 0;
        foreach (BitRun run in bits.Runs)
        {
            writer.WriteNumberValue(run.Start - end);
            writer.WriteNumberValue(run.Length);
            end = run.End;
        }

        if (bits.IsEmpty)
        {
            writer.WriteNumberValue(0);
        }

        writer.WriteEndArray();
    }

    /// <summary>Quirk: a label of bytes is written as an empty text.</summary>
    private static void Write(Utf8JsonWriter writer, DealLabel label) =>
        writer.WriteStringValue(label.IsText ? label.ToString() : "");

    private static void Write(Utf8JsonWriter writer, ClientSignature signature)
    {
        writer.WriteStartObject();
        writer.WriteNumber("Type", (int)signature.Type);
        writer.WriteBase64String("Data", signature.Data.Span);
        writer.WriteEndObject();
    }

    private static void WriteNumbers<T>(Utf8JsonWriter writer, T value)
        where T : ICbor<T>
    {
        CborReader reader = new(Cbor.Encode(value));
        _ = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        writer.WriteStartArray();
        foreach (byte item in bytes)
        {
            writer.WriteNumberValue(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        bool isEmpty = true;
        foreach (object? item in list)
        {
            if (isEmpty)
            {
                writer.WriteStartArray();
                isEmpty = false;
            }

            Write(writer, item);
        }

        if (isEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, object value)
    {
        ActorShape shape = ActorShape.Of(value.GetType());
        if (shape.IsTransparent)
        {
            Write(writer, shape.Members[0].Property.GetValue(value));
            return;
        }

        writer.WriteStartObject();
        foreach ((string name, PropertyInfo property) in shape.Members)
        {
            writer.WritePropertyName(name);
            Write(writer, property.GetValue(value));
        }

        writer.WriteEndObject();
    }
}

/// <summary>What a type of an actor is made of.</summary>
/// <param name="Members">Members in order, under lotus' names.</param>
/// <param name="IsTransparent">Whether it is written as its one member.</param>
internal sealed record ActorShape(
    IReadOnlyList<(string Name, PropertyInfo Property)> Members, bool IsTransparent)
{
    private const string AreWhole =
        "ILLink.Descriptors.xml keeps the assemblies that have types of actors.";

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, ActorShape>
        Known = [];

    /// <summary>The shape of a type.</summary>
    public static ActorShape Of(Type type) => Known.GetOrAdd(type, Make);

    [UnconditionalSuppressMessage("", "IL2070", Justification = AreWhole)]
    private static ActorShape Make(Type type)
    {
        List<PropertyInfo> stored = [];
        // They come as they are declared.
        foreach (PropertyInfo property in type.GetProperties())
        {
            // What is reckoned from others cannot be set.
            if (property.CanWrite && !property.GetMethod!.IsStatic)
            {
                stored.Add(property);
            }
        }

        bool isTuple = type.IsDefined(typeof(CborTupleAttribute));
        return new(
            ActorNames.Of(type, stored), !isTuple && stored.Count == 1);
    }

    /// <summary>A value of a type all of whose members are still to be set.</summary>
    [UnconditionalSuppressMessage("", "IL2067", Justification = AreWhole)]
    public static object Create(Type type) => RuntimeHelpers.GetUninitializedObject(type);
}
