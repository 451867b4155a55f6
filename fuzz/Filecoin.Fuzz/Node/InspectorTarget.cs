using System.Text;
using Filecoin.Fuzz.Ipld;
using Filecoin.Fuzz.Primitives;
using Filecoin.Fuzz.Wasm;
using Filecoin.Ipld;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Fuzz.Node;

/// <summary>Whatever is inspected is shown, or refused in one line.</summary>
public static class InspectorTarget
{
    private delegate object? Inspection(ReadOnlySpan<byte> input);

    private static readonly Inspection[] Inspections =
    [
        input => Inspector.OfCid(Encoding.UTF8.GetString(input)),
        input => Inspector.OfAddress(Encoding.UTF8.GetString(input)),
        input => Inspector.OfMessage(input),
        input => Inspector.OfCar(input.ToArray()),
        input => Inspector.OfModule(input),
        input => CborTree.Read(input),
        input => ActorInspector.OfActor(input.ToArray(), null, Address.FromId(new(100))),
    ];

    public static IEnumerable<byte[]> Seeds()
    {
        IEnumerable<byte[]>[] seeds =
        [
            CidTargets.Texts(), AddressTargets.Texts(), [], CarTarget.Seeds(), SeedModules.All,
            CborTarget.Seeds(), [Car()],
        ];
        for (int i = 0; i < seeds.Length; i++)
        {
            foreach (byte[] seed in seeds[i])
            {
                yield return [(byte)i, .. seed];
            }
        }

        foreach (byte[] seed in TupleTarget.Seeds())
        {
            yield return [2, .. seed.AsSpan(1)];
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        int kind = input.IsEmpty ? 0 : input[0] % Inspections.Length;
        try
        {
            object? shown = Inspections[kind](input.IsEmpty ? input : input[1..]);
            int length = shown?.ToString()?.Length ?? 0;
            return Outcome.Accepted($"{kind} {Outcome.Size(length)}");
        }
        catch (InspectionException refusal)
        {
            Claim.Holds(!refusal.Message.Contains('\n'), "more than one line");
            return Outcome.Refused(
                $"{kind} {refusal.Message[..Math.Min(24, refusal.Message.Length)]}");
        }
    }

    /// <summary>A state as a CAR.</summary>
    internal static byte[] Car()
    {
        MemoryBlockstore store = new();
        StateBuilder state = new(store, "\0asm\x01\0\0\0"u8.ToArray());
        state.AddAccount(new(100), null, TokenAmount.FromFil(1));
        Cid root = state.Build();
        using MemoryStream stream = new();
        CarWriter writer = new(stream, root);
        store.ForEach((cid, block) => writer.Write(cid, block.Span));
        return stream.ToArray();
    }
}
