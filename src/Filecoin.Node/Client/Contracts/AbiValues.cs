using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Filecoin.Rpc;
using Nethereum.ABI;
using Nethereum.ABI.FunctionEncoding;
using Nethereum.ABI.Model;

namespace Filecoin.Node;

/// <summary>Values of a contract's types as people write them.</summary>
/// <remarks>
/// Numbers in decimal or hexadecimal digits, bytes and addresses as 0x…, lists as [1,2], tuples
/// as (1,true). In the answer a number is a text, for JSON has none of 256 bits.
/// </remarks>
internal static class AbiValues
{
    /// <summary>Encodes arguments.</summary>
    /// <exception cref="ClientException">They are too few or many, or one does not fit.</exception>
    public static byte[] Encode(Parameter[] parameters, IReadOnlyList<string> arguments)
    {
        if (parameters.Length != arguments.Count)
        {
            throw new ClientException($"{arguments.Count} arguments, not the {parameters.Length} of"
                + $" {AbiParameters.Text(parameters)}");
        }

        object[] values = new object[parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Read(parameters[i].ABIType, arguments[i]);
        }

        try
        {
            return new ParametersEncoder().EncodeParameters(parameters, values);
        }
        catch (AbiEncodingException refusal)
        {
            int order = refusal.Order;
            throw new ClientException(
                $"{Excerpt.Of(arguments[order])} is no {parameters[order].Type}", refusal);
        }
    }

    /// <summary>Decodes what a contract has returned.</summary>
    /// <exception cref="ClientException">It is not of these types.</exception>
    public static JsonArray Decode(Parameter[] parameters, byte[] returned)
    {
        try
        {
            if (!AbiLayout.Holds(parameters, returned))
            {
                throw NotOf(parameters, returned, null);
            }

            JsonArray values = [];
            foreach (ParameterOutput output in
                new ParameterDecoder().DecodeDefaultData(returned, parameters))
            {
                values.Add(Json(output.Result));
            }

            return values;
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentException
            or IndexOutOfRangeException or FormatException or NullReferenceException)
        {
            throw NotOf(parameters, returned, failure);
        }
    }

    private static ClientException NotOf(
        Parameter[] parameters, byte[] returned, Exception? failure) => new(
            $"what is returned is no {AbiParameters.Text(parameters)}: "
                + (returned.Length == 0
                    ? "nothing (is there a contract at this address?)"
                    : Excerpt.Of(Hex.OfBytes(returned))),
            failure);

    /// <summary>A decoded value on a line.</summary>
    public static string Text(JsonNode? value) => value is JsonArray list
        ? $"[{string.Join(", ", list.Select(Text))}]"
        : value?.ToString() ?? "";

    private static object Read(ABIType type, string text)
    {
        string bare = text.Trim();
        return type switch
        {
            IntType => Number(type, bare),
            BoolType => bool.TryParse(bare, out bool value) ? value : throw Refuse(type, text),
            AddressType => AddressOf(bare),
            StringType => Unquoted(text),
            BytesType or Bytes32Type or BytesElementaryType =>
                bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && bare.Length % 2 == 0
                && Hex.TryReadBytes(bare, out byte[] bytes)
                && (type.StaticSize < 0 || bytes.Length <= type.StaticSize)
                    ? bytes
                    : throw Refuse(type, text),
            TupleType tuple => ReadTuple(tuple, bare),
            ArrayType array => ReadList(array, bare),
            _ => throw Refuse(type, text),
        };
    }

    private static BigInteger Number(ABIType type, string text)
    {
        bool isNegative = text.StartsWith('-');
        return Hex.TryReadNumber(isNegative ? text[1..] : text, out BigInteger value)
            && text.Length > 0
                ? isNegative ? -value : value
                : throw Refuse(type, text);
    }

    private static string AddressOf(string text) =>
        AddressArgument.EthereumText(AddressArgument.Parse(text))
        ?? throw new ClientException($"contracts know no such address: {Excerpt.Of(text)}"
            + " (0x…, f0 or f410)");

    private static string Unquoted(string text) =>
        text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    private static object[] ReadTuple(TupleType tuple, string text)
    {
        IReadOnlyList<string> parts = Parts(tuple, text, '(', ')');
        if (parts.Count != tuple.Components.Length)
        {
            throw Refuse(tuple, text);
        }

        object[] values = new object[parts.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Read(tuple.Components[i].ABIType, parts[i]);
        }

        return values;
    }

    private static List<object> ReadList(ArrayType array, string text)
    {
        List<object> values = [];
        foreach (string part in Parts(array, text, '[', ']'))
        {
            values.Add(Read(array.ElementType, part));
        }

        return values;
    }

    private static IReadOnlyList<string> Parts(ABIType type, string text, char open, char close) =>
        text.Length > 1 && text[0] == open && text[^1] == close
            ? AbiText.Split(text[1..^1])
            : throw Refuse(type, text);

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool truth => truth,
        string text => text,
        byte[] bytes => Hex.OfBytes(bytes),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        ParameterOutput member => Json(member.Result),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Json)]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static ClientException Refuse(ABIType type, string text) =>
        new($"{Excerpt.Of(text)} is no {type.Name}");
}
