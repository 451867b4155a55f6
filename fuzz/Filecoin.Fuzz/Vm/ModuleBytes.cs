namespace Filecoin.Fuzz.Vm;

/// <summary>Writes parts of a Wasm module.</summary>
internal sealed class ModuleBytes
{
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public ModuleBytes Add(params ReadOnlySpan<byte> values)
    {
        bytes.AddRange(values);
        return this;
    }

    public ModuleBytes Unsigned(ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            bytes.Add((byte)((value & 127) | 128));
        }

        bytes.Add((byte)value);
        return this;
    }

    public ModuleBytes Signed(long value)
    {
        while (value is < -64 or > 63)
        {
            bytes.Add((byte)((value & 127) | 128));
            value >>= 7;
        }

        bytes.Add((byte)(value & 127));
        return this;
    }

    public ModuleBytes Vector(ReadOnlySpan<byte> content) =>
        Unsigned((ulong)content.Length).Add(content);

    public ModuleBytes Text(string text) => Vector(System.Text.Encoding.UTF8.GetBytes(text));

    public ModuleBytes Section(byte id, ModuleBytes content) =>
        Add(id).Vector(content.ToArray());
}
