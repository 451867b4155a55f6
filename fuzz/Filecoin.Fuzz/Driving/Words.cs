using System.Text;

namespace Filecoin.Fuzz.Driving;

/// <summary>Pieces that formats are made of.</summary>
internal static class Words
{
    private static readonly string[] Hex =
    [
        "d82a58270001", "0171a0e40220", "0155a0e40220", "017100", "1220", "d82a46000171000100",
        "0181e203922020", "80", "a0", "f6", "f5", "40", "4200", "58200000", "5b7fffffffffffffff",
        "9bffffffffffffffff", "9f", "ff", "c2", "fb7ff8000000000000", "8100", "1a000f4240",
        "43008008", "0061736d01000000", "0b", "10", "41", "20", "21", "0340", "0240", "0440",
        "0c00", "0f", "fc0b00", "4000", "ffffffff0f", "80808080808080808000", "c0", "a0c0",
        "1f8b08",
    ];

    private static readonly string[] Texts =
    [
        "roots", "version", "f0", "f1", "f2", "f3", "f4", "f410f", "t01000", "bafy2bzace", "Qm",
        "z", "-", "0", "1", "00", "18446744073709551616", "null", "true", "\"", "\\u0000", "[",
        "]", "{", "}", ",", ":", "[]", "{}", "\"\"", "1e400", "0.5", "-1", "[[[[[[[[", "memory",
        "invoke", "steps", "messages", "class", "\ud800", "é",
    ];

    public static readonly byte[][] All =
    [
        .. Array.ConvertAll(Hex, Convert.FromHexString),
        .. Array.ConvertAll(Texts, Encoding.UTF8.GetBytes),
    ];
}
