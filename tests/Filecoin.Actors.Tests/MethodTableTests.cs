using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Actors.Tests;

/// <summary>All methods of all actors as text, so that a review sees each that changes.</summary>
public sealed class MethodTableTests
{
    private const string Snapshot = "actors.methods.txt";

    [Fact]
    public void The_methods_are_those_that_were_reviewed() =>
        Assert.Null(ReviewedText.Difference(Write(), Snapshot));

    [Fact]
    public void Actors_are_listed_once_and_by_number()
    {
        BuiltinType[] types = [.. BuiltinActors.All.Select(actor => actor.Type)];
        Assert.Equal(types.Order().Distinct(), types);
    }

    private static string Write()
    {
        StringBuilder text = new();
        foreach (BuiltinActor actor in BuiltinActors.All)
        {
            text.Append($"{(int)actor.Type} {actor.Type.ManifestName()}");
            text.Append(actor.IsInert ? ", takes everything and does nothing" : "");
            text.Append(actor.IsRestricted ? "" : ", unrestricted").Append('\n');
            foreach (ActorMethod method in actor.Methods)
            {
                text.Append($"  {method.Number,10} {method.Name}");
                text.Append($"({method.ParametersType?.Type.Name})");
                text.Append(method.ReturnType is CborType type ? $" -> {type.Type.Name}" : "");
                text.Append(method.ParametersCodec is ulong taken ? $", takes 0x{taken:x}" : "");
                text.Append(
                    method.ReturnCodec == Codec.Cbor ? "" : $", gives 0x{method.ReturnCodec:x}");
                text.Append('\n');
            }

            bool hasOthers = actor.Fallback is not null || actor.AcceptsExported;
            text.Append(hasOthers ? "           other numbers\n" : "");
        }

        return text.ToString();
    }
}
