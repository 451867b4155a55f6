using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Messages;

public sealed class EventTests
{
    private const string Encoded =
        "821903e982840362743118555820000000000000000000000000000000000000000000000000000000000000"
        + "000184036164185542dead";

    private static StampedEvent Event => new(
        new(1_001),
        [
            new(3, "t1", Codec.Raw, (byte[])[.. new byte[31], 1]),
            new(3, "d", Codec.Raw, new byte[] { 0xde, 0xad }),
        ]);

    [Fact]
    public void An_event_is_its_emitter_and_its_entries()
    {
        Assert.Equal(Encoded, Convert.ToHexStringLower(Cbor.Encode(Event)));
        Assert.True(Cbor.TryDecode<StampedEvent>(
            Convert.FromHexString(Encoded), out StampedEvent? read, out _));
        Assert.Equal(Encoded, Convert.ToHexStringLower(Cbor.Encode(read)));
        Assert.Equal(["t1", "d"], read.Entries.Select(entry => entry.Key));
    }

    // Provenance: an AMT of width 5 with this one event, as a receipt names it.
    [Fact]
    public void The_events_of_a_message_have_their_root()
    {
        Amt<StampedEvent> events = new(new MemoryBlockstore(), bitWidth: 5);
        events.Set(0, Event);

        Assert.Equal(
            "bafy2bzacedhgehz47o7fqhy2x3tiztynld53jbxrye2vecljfg7i3zxppjrxw",
            events.Flush().ToString());
    }
}
