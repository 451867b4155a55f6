namespace Filecoin.Actors;

/// <summary>Code of mainnet's built-in actors, for networks that have no bundle at hand.</summary>
/// <remarks>
/// Source: the bundle of version 18 that lotus has in build/actors; the list has the CID that its
/// manifest names.
/// </remarks>
public static class OfficialActors
{
    /// <summary>The actors of version 18, by number from 1 on.</summary>
    public static IReadOnlyList<(string Name, Cid Code)> Version18 { get; } =
    [
        Row("system", "bafk2bzaceb6wbrd6oqnplfdawnu6n27gwwajtfj4xjq3k54uq77ynniniyzce"),
        Row("init", "bafk2bzacedrpq4kw6x7cq72w4g4fw56wj6ml4b3doeay6jyivm4dhkxijbe62"),
        Row("cron", "bafk2bzaceakrzoywbqj4wrjyo33azrpozkn2rwb7qidfmsda42zpyqmiohn7o"),
        Row("account", "bafk2bzacebt5o43hdveql4tqrnr7bg62by3d336ddsfl3l72xedhlsrbe6nia"),
        Row("storagepower", "bafk2bzaced6wh6odb572jjegr6vxoukzfblp7vogipaub5rsljbpo5mo35a5i"),
        Row("storageminer", "bafk2bzacead23tnh3ywx2cwudftngssfjgptsvr3nao7xv6mcfot7gvju4bak"),
        Row("storagemarket", "bafk2bzacedddzlqirkt63auacz4eogkswfjhbayc4mlrsvsxix4kbnj22mjmy"),
        Row("paymentchannel", "bafk2bzacebuw6l22xfht4gv4q5ltk66sy6ibp6ou63wvy6zaiyzievu3cl4v2"),
        Row("multisig", "bafk2bzacecgyiuanstjcdo43xkax274hmyyfiw7ju44uvcyreayonp7r3fmls"),
        Row("reward", "bafk2bzacec53jz3itt55424ebyn2ea3rc62zvyyrnscx3gkv4ulw2hholxiii"),
        Row("verifiedregistry", "bafk2bzacebnep6ruikyegl6jo6jdd7dmrk2vrk4xmywoq2g6ps5tmvutu3zbe"),
        Row("datacap", "bafk2bzacedc2r4rf2cnofn5zhnxawhkn445hqgiptfsd4746ejnkmga4uz2ze"),
        Row("placeholder", "bafk2bzacedfvut2myeleyq67fljcrw4kkmn5pb5dpyozovj7jpoez5irnc3ro"),
        Row("evm", "bafk2bzacea57ib7fosqleehx5z6uvockk3xk5wqycmge5m4rfq4ptr7xrkfsi"),
        Row("eam", "bafk2bzacec4bwptvkfvc22s2pqm4zdv77aorypuykq33dwlbmguc5tlpsuexw"),
        Row("ethaccount", "bafk2bzacecb3ebhbvmyaf5lhvdolndxfckuoxugs6hswoapxwacye7hax75ou"),
    ];

    /// <summary>The code of a built-in actor of version 18.</summary>
    public static Cid CodeOf(BuiltinType type) => Version18[(int)type - 1].Code;

    /// <summary>Which built-in actor of version 18 has a code; None for none.</summary>
    public static BuiltinType TypeOf(Cid code)
    {
        for (int i = 0; i < Version18.Count; i++)
        {
            if (Version18[i].Code == code)
            {
                return (BuiltinType)(i + 1);
            }
        }

        return BuiltinType.None;
    }

    private static (string Name, Cid Code) Row(string name, string code) =>
        (name, Cid.Parse(code));
}
