using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>A method of an actor as people name it, and its parameters.</summary>
/// <param name="Number">The method.</param>
/// <param name="Parameters">CBOR; empty for none.</param>
/// <param name="ReturnType">What it returns; null if that is not known.</param>
internal sealed record ActorCall(MethodNumber Number, byte[] Parameters, CborType? ReturnType)
{
    /// <summary>Reads a call.</summary>
    /// <param name="node">Knows which actor it is.</param>
    /// <param name="actor">Who is called.</param>
    /// <param name="method">A number, or a name such as Propose.</param>
    /// <param name="arguments">None, CBOR in hexadecimal, or JSON.</param>
    /// <exception cref="ClientException">There is no such method, or too many texts.</exception>
    public static ActorCall Parse(
        NodeClient node, Address actor, string method, IReadOnlyList<string> arguments)
    {
        Cid code = node.Ask<ActorRecordView>("Filecoin.StateGetActor", $"{actor}", null).Code.Cid;
        (MethodNumber number, CborType? result) = Find(code, method);
        return arguments.Count switch
        {
            0 => new(number, [], result),
            1 => new(number, Encode(node, code, number, arguments[0]), result),
            _ => throw new ClientException($"{arguments.Count} arguments: a method of an actor"
                + " takes one, CBOR in hexadecimal or JSON"),
        };
    }

    /// <summary>The name of an actor's code; null if it is not of the built-in actors.</summary>
    public static string? NameOf(Cid code)
    {
        foreach ((string name, Cid known) in OfficialActors.Version18)
        {
            if (known == code)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>What it has returned, by members where its type is known.</summary>
    public JsonNode? Value(byte[] returned) => ReturnType is null
        ? CborTree.Read(returned)
        : FilecoinForm.Json(ActorCodec.DecodeOrNull(ReturnType, returned));

    private static (MethodNumber Number, CborType? ReturnType) Find(Cid code, string method)
    {
        string? actor = NameOf(code);
        bool isNumber = ulong.TryParse(method, out ulong number);
        foreach (BuiltinActor builtin in BuiltinActors.All)
        {
            foreach (ActorMethod row in builtin.Type.ManifestName() == actor ? builtin.Methods : [])
            {
                if (isNumber
                    ? row.Number.Value == number
                    : string.Equals(row.Name, method, StringComparison.OrdinalIgnoreCase))
                {
                    return (row.Number, row.ReturnType);
                }
            }
        }

        return isNumber
            ? (new(number), null)
            : throw new ClientException($"the actor {actor ?? $"{code}"} has no method"
                + $" {Excerpt.Of(method)}: give its number");
    }

    private static byte[] Encode(NodeClient node, Cid code, MethodNumber number, string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return Hex.TryReadBytes(text, out byte[] bytes)
                ? bytes
                : throw new ClientException($"not hexadecimal: {Excerpt.Of(text)}");
        }

        try
        {
            return node.Ask<byte[]?>(
                "Filecoin.StateEncodeParams",
                NodeAnswers.Link(code),
                number.Value,
                JsonNode.Parse(text)) ?? [];
        }
        catch (JsonException failure)
        {
            throw new ClientException(
                $"neither CBOR (0x…) nor JSON: {Excerpt.Of(text)}", failure);
        }
    }
}
