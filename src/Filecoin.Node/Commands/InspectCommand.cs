using System.CommandLine;
using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary><c>fvm inspect</c>: shows what bytes and names mean.</summary>
internal static class InspectCommand
{
    private const int FileBytesMax = 1 << 30;

    public static Command Create()
    {
        return new("inspect", "Decode a CID, address, message, CAR, actor or Wasm module.")
        {
            Of("cid", "TEXT", "A CID.", Inspector.OfCid),
            Of("address", "TEXT", "An address, f0 to f4.", Inspector.OfAddress),
            Of(
                "message",
                "FILE|HEX|BASE64",
                "A message as CBOR.",
                text => Inspector.OfMessage(Bytes(text))),
            Of("car", "FILE", "A CAR.", file => Inspector.OfCar(Content(file))),
            Of("wasm", "FILE", "A Wasm module.", file => Inspector.OfModule(Content(file))),
            Actor(),
        };
    }

    private static Command Of(
        string name, string argument, string description, Func<string, JsonObject> inspect)
    {
        Argument<string> text = new(argument) { Description = description };
        Option<bool> json = new(ClientCommand.JsonName) { Description = "As JSON." };
        Command command = new(name, description) { text.WithoutOptions(), json };
        command.SetAction(parsed =>
            Answer.Show(inspect(parsed.GetValue(text)!), parsed.GetValue(json)));
        return command;
    }

    private static Command Actor()
    {
        Argument<string> car = new("CAR") { Description = "The state." };
        Argument<string> address = new("ADDRESS") { Description = "The actor." };
        Option<string?> root = new("--root")
        {
            Description = "The state's root; else the CAR's.",
        };
        Option<bool> json = new(ClientCommand.JsonName) { Description = "As JSON." };
        Command command = new("actor", "An actor's record and state.")
        {
            car.WithoutOptions(), address.WithoutOptions(), root, json,
        };
        command.SetAction(parsed => Answer.Show(
            ActorInspector.OfActor(
                Content(parsed.GetValue(car)!),
                parsed.GetValue(root) is string cid ? Inspector.ParseCid(cid) : null,
                Inspector.ParseAddress(parsed.GetValue(address)!)),
            parsed.GetValue(json)));
        return command;
    }

    private static byte[] Bytes(string text)
    {
        if (File.Exists(text))
        {
            return Content(text);
        }

        string hex = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        if (hex.Length > 0 && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(hex);
        }

        byte[] bytes = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes[..length]
            : throw new InspectionException($"no file, hex or base64: {Excerpt.Of(text)}");
    }

    private static byte[] Content(string file) => InputFile.Read(file, FileBytesMax);
}
