using System.Text.Json;
using Filecoin.Ipld;
using Filecoin.TestKit;

namespace Filecoin.Primitives.Tests.Pieces;

/// <summary>Commitments to zeros, to payloads and to sectors are those of the reference.</summary>
public sealed class PieceGoldenTests
{
    private const int PartBytes = 100_003;

    // Provenance: ref-fvm shared/src/piece/zero.rs.
    public static TheoryData<ulong, string, string> ZeroPieces => new()
    {
        {
            128,
            "3731bb99ac689f66eef5973e4a94da188f4ddcae580724fc6f3fd60dfd488333",
            "baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy"
        },
        {
            256,
            "642a607ef886b004bf2c1978463ae1d4693ac0f410eb2d1b7a47fe205e5e750f",
            "baga6ea4seaqgiktap34inmaex4wbs6cghlq5i2j2yd2bb2zndn5ep7ralzphkdy"
        },
        {
            512,
            "57a2381a28652bf47f6bef7aca679be4aede5871ab5cf3eb2c08114488cb8526",
            "baga6ea4seaqfpirydiugkk7up5v666wkm6n6jlw6lby2wxht5mwaqekerdfykjq"
        },
        {
            1_024,
            "1f7ac9595510e09ea41c460b176430bb322cd6fb412ec57cb17d989a4310372f",
            "baga6ea4seaqb66wjlfkrbye6uqoemcyxmqylwmrm235uclwfpsyx3ge2imidoly"
        },
        {
            2_048,
            "fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833",
            "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy"
        },
        {
            4_096,
            "08c47b38ee13bc43f41b915c0eed9911a26086b3ed62401bf9d58b8d19dff624",
            "baga6ea4seaqarrd3hdxbhpcd6qnzcxao5wmrditaq2z62ysadp45lc4ndhp7mja"
        },
        {
            8_192,
            "b2e47bfb11facd941f62af5c750f3ea5cc4df517d5c4f16db2b4d77baec1a32f",
            "baga6ea4seaqlfzd37mi7vtmud5rk6xdvb47kltcn6ul5lrhrnwzljv33v3a2gly"
        },
        {
            16_384,
            "f9226160c8f927bfdcc418cdf203493146008eaefb7d02194d5e548189005108",
            "baga6ea4seaqpsitbmdepsj573tcbrtpsanetcrqar2xpw7icdfgv4vebreafcca"
        },
        {
            32_768,
            "2c1a964bb90b59ebfe0f6da29ad65ae3e417724a8f7c11745a40cac1e5e74011",
            "baga6ea4seaqcyguwjo4qwwpl7yhw3iu22znohzaxojfi67arornebswb4xtuaei"
        },
        {
            65_536,
            "fee378cef16404b199ede0b13e11b624ff9d784fbbed878d83297e795e024f02",
            "baga6ea4seaqp5y3yz3ywibfrthw6bmj6cg3cj745pbh3x3mhrwbss7tzlybe6aq"
        },
        {
            131_072,
            "8e9e2403fa884cf6237f60df25f83ee40dca9ed879eb6f6352d15084f5ad0d3f",
            "baga6ea4seaqi5hreap5iqthwen7wbxzf7a7oidokt3mht23pmnjncuee6wwq2py"
        },
        {
            262_144,
            "752d9693fa167524395476e317a98580f00947afb7a30540d625a9291cc12a07",
            "baga6ea4seaqhklmwsp5bm5jehfkhnyyxvgcyb4aji6x3piyfidlclkjjdtasuby"
        },
        {
            524_288,
            "7022f60f7ef6adfa17117a52619e30cea82c68075adf1c667786ec506eef2d19",
            "baga6ea4seaqhaixwb57pnlp2c4ixuutbtyym5kbmnadvvxy4mz3yn3cqn3xs2gi"
        },
        {
            1_048_576,
            "d99887b973573a96e11393645236c17b1f4c7034d723c7a99f709bb4da61162b",
            "baga6ea4seaqntgehxfzvoouw4ejzgzcsg3axwh2moa2noi6hvgpxbg5u3jqrmky"
        },
        {
            2_097_152,
            "d0b530dbb0b4f25c5d2f2a28dfee808b53412a02931f18c499f5a254086b1326",
            "baga6ea4seaqnbnjq3oylj4s4luxsukg752aiwu2bfibjghyyysm7lisubbvrgjq"
        },
        {
            4_194_304,
            "84c0421ba0685a01bf795a2344064fe424bd52a9d24377b394ff4c4b4568e811",
            "baga6ea4seaqijqccdoqgqwqbx54vui2eazh6ijf5kku5eq3xwokp6tclivuoqei"
        },
        {
            8_388_608,
            "65f29e5d98d246c38b388cfc06db1f6b021303c5a289000bdce832a9c3ec421c",
            "baga6ea4seaqgl4u6lwmnerwdrm4iz7ag3mpwwaqtapc2fciabpooqmvjypweeha"
        },
        {
            16_777_216,
            "a2247508285850965b7e334b3127b0c042b1d046dc54402137627cd8799ce13a",
            "baga6ea4seaqkejdvbaufquewln7dgszre6ymaqvr2bdnyvcaee3we7gypgoocoq"
        },
        {
            33_554_432,
            "dafdab6da9364453c26d33726b9fefe343be8f81649ec009aad3faff50617508",
            "baga6ea4seaqnv7nlnwutmrctyjwtg4tlt7x6gq56r6awjhwabgvnh6x7kbqxkca"
        },
        {
            67_108_864,
            "d941d5e0d6314a995c33ffbd4fbe69118d73d4e5fd2cd31f0f7c86ebdd14e706",
            "baga6ea4seaqnsqov4dldcsuzlqz77pkpxzurddlt2ts72lgtd4hxzbxl3ukoobq"
        },
        {
            134_217_728,
            "514c435c3d04d349a5365fbd59ffc713629111785991c1a3c53af22079741a2f",
            "baga6ea4seaqfctcdlq6qju2juu3f7pkz77drgyurcf4fteobupctv4rapf2buly"
        },
        {
            268_435_456,
            "ad06853969d37d34ff08e09f56930a4ad19a89def60cbfee7e1d3381c1e71c37",
            "baga6ea4seaqk2bufhfu5g7ju74eobh2wsmfevum2rhppmdf75z7b2m4byhtryny"
        },
        {
            536_870_912,
            "39560e7b13a93b07a243fd2720ffa7cb3e1d2e505ab3629e79f46313512cda06",
            "baga6ea4seaqdsvqopmj2soyhujb72jza76t4wpq5fzifvm3ctz47iyytkewnubq"
        },
        {
            1_073_741_824,
            "ccc3c012f5b05e811a2bbfdd0f6833b84275b47bf229c0052a82484f3c1a5b3d",
            "baga6ea4seaqmzq6acl23axubdiv37xipnaz3qqtvwr57ekoaauviescphqnfwpi"
        },
        {
            2_147_483_648,
            "7df29b69773199e8f2b40b77919d048509eed768e2c7297b1f1437034fc3c62c",
            "baga6ea4seaqh34u3nf3tdgpi6k2aw54rtucikcpo25uofrzjpmprinydj7b4mla"
        },
        {
            4_294_967_296,
            "66ce05a3667552cf45c02bcc4e8392919bdeac35de2ff56271848e9f7b675107",
            "baga6ea4seaqgntqfunthkuwpixacxtcoqojjdg66vq254l7vmjyyjdu7pntvcby"
        },
        {
            8_589_934_592,
            "d8610218425ab5e95b1ca6239d29a2e420d706a96f373e2f9c9a91d759d19b01",
            "baga6ea4seaqnqyicdbbfvnpjlmokmi45fgroiigxa2uw6nz6f6ojveoxlhizwai"
        },
        {
            17_179_869_184,
            "6d364b1ef846441a5a4a68862314acc0a46f016717e53443e839eedf83c2853c",
            "baga6ea4seaqg2nsld34emra2ljfgrbrdcswmbjdpaftrpzjuipudt3w7qpbikpa"
        },
        {
            34_359_738_368,
            "077e5fde35c50a9303a55009e3498a4ebedff39c42b710b730d8ec7ac7afa63e",
            "baga6ea4seaqao7s73y24kcutaosvacpdjgfe5pw76ooefnyqw4ynr3d2y6x2mpq"
        },
        {
            68_719_476_736,
            "e64005a6bfe3777953b8ad6ef93f0fca1049b2041654f2a411f7702799cece02",
            "baga6ea4seaqomqafu276g53zko4k23xzh4h4uecjwicbmvhsuqi7o4bhthhm4aq"
        },
        {
            137_438_953_472,
            "259d3d6b1f4d876d1185e1123af6f5501af0f67cf15b5216255b7b178d12051d",
            "baga6ea4seaqclhj5nmpu3b3ncgc6cer2632vagxq6z6pcw2scysvw6yxrujakhi"
        },
        {
            274_877_906_944,
            "3f9a4d411da4ef1b36f35ff0a195ae392ab23fee7967b7c41b03d1613fc29239",
            "baga6ea4seaqd7gsnieo2j3y3g3zv74fbswxdskvsh7xhsz5xyqnqhulbh7bjeoi"
        },
        {
            549_755_813_888,
            "fe4ef328c61aa39cfdb2484eaa32a151b1fe3dfd1f96dd8c9711fd86d6c58113",
            "baga6ea4seaqp4txtfddbvi447wzeqtvkgkqvdmp6hx6r7fw5rslrd7mg23cycey"
        },
        {
            1_099_511_627_776,
            "f55d68900e2d8381eccb8164cb9976f24b2de0dd61a31b97ce6eb23850d5e819",
            "baga6ea4seaqpkxlisahc3a4b5tfyczgltf3peszn4dowdiy3s7hg5mrykdk6qgi"
        },
        {
            2_199_023_255_552,
            "aaaa8c4cb40aacee1e02dc65424b2a6c8e99f803b72f7929c4101d7fae6bff32",
            "baga6ea4seaqkvkumjs2avlhodybnyzkcjmvgzduz7ab3ol3zfhcbahl7vzv76mq"
        },
    };

    [Theory]
    [MemberData(nameof(ZeroPieces))]
    public void Zeros_have_the_commitment_of_the_reference(
        ulong paddedBytes, string commitment, string cid)
    {
        Assert.True(UnsealedSector.TryCompute(paddedBytes, [], out Cid computed));
        Assert.Equal(cid, computed.ToString());
        Assert.Equal(commitment, Convert.ToHexStringLower(computed.Digest));
        if (paddedBytes <= 1 << 20)
        {
            byte[] zeros = new byte[paddedBytes / 128 * 127];
            Assert.Equal(new(paddedBytes, computed), PieceHasher.Compute(zeros));
        }
    }

    // Provenance: go-fil-commp-hashhash testdata/0xCC.txt.
    [Theory]
    [InlineData(
        96, 128, "baga6ea4seaqhwcjhi4krhl3ht6dewnwevkpxbepxy7p7onwgz65t52typbsysby")]
    [InlineData(
        126, 128, "baga6ea4seaqapbh46gdnszvb7fcinevsy5bzg3b4higkh7groptswf6zas6jamy")]
    [InlineData(
        127, 128, "baga6ea4seaqmfldjtozgne6adk7eve2vdxte7vzlivae7nzsbrawobo546zkijq")]
    [InlineData(
        192, 256, "baga6ea4seaqkx7m2s6r4zahtlbwrs5ryvemkclwfp7nijopdd5swpdnxzjf7wkq")]
    [InlineData(
        253, 256, "baga6ea4seaql6ldbyafhiecr36xba5tufreyo4km2ts3lfknhl2zogp3aztxijy")]
    [InlineData(
        254, 256, "baga6ea4seaqkixbzz75uys2pcjbrbdilgjhmum72qm4xphrwav2iyel5oat4aka")]
    [InlineData(
        255, 512, "baga6ea4seaqg7celu5y2iwbi2ra5koygvotxtzr5lj6vzvxi6gfub6mpa6niwpi")]
    [InlineData(
        256, 512, "baga6ea4seaqi7c3dnwkqysqh4lpkz5jaxz2d2f5bvo3ttu2hnfmdewhcoji56na")]
    [InlineData(
        384, 512, "baga6ea4seaqhexlmnzbarsbdbdahs7e36dkq5vkdwsrttehoakrif5wiqme36lq")]
    [InlineData(
        507, 512, "baga6ea4seaqenvh5mcy5cjqwsbubbpczprkk2onwvfjd2743zkqh6ofuzkatwey")]
    [InlineData(
        508, 512, "baga6ea4seaqb6ckbupixkhwp7thgb52f4en222boppajkqk7gaomkpof3lh4cei")]
    [InlineData(
        509, 1_024, "baga6ea4seaqdzbeaexq6gpbqh2tlnbz5mm5neap2kejsketkogzd6x2dx7dzkii")]
    [InlineData(
        512, 1_024, "baga6ea4seaqojaa522sjqms2wipasjbxnjgytunsgp52tgrfcofj73f7q7ou6hy")]
    [InlineData(
        768, 1_024, "baga6ea4seaqb6xvxaybzp6vslujjiwvgt23ckrwt7y53eddy5qmc6csnc37lwpi")]
    [InlineData(
        1_015, 1_024, "baga6ea4seaqmgiyjcutwgo6glks2mogixs6mb4sbehto6uzienucfx23wbtkica")]
    [InlineData(
        1_016, 1_024, "baga6ea4seaqjxgfdkdu37aryhg7bqqiwizj5f6ugasftgeocabwnj4cxkgisaoq")]
    [InlineData(
        1_017, 2_048, "baga6ea4seaqf3n5ob5qonkwnxfcbjzftsagbnrjfzualqvzhcylz46b7sgz6wmi")]
    [InlineData(
        1_024, 2_048, "baga6ea4seaqdlpnhgsndrgjeu4p46hahlsr4lybg6du4d56ooppdpxhcofxeuoi")]
    public void A_payload_of_one_byte_has_the_commitment_of_the_reference(
        int length, ulong paddedBytes, string cid)
    {
        byte[] payload = new byte[length];
        payload.AsSpan().Fill(0xcc);

        Assert.Equal(new(paddedBytes, Cid.Parse(cid)), PieceHasher.Compute(payload));
    }

    // Provenance: a second implementation, which agrees with all values above. The CID of a sector
    // without pieces is that of its zeros.
    [Fact]
    public void Pieces_have_the_sector_commitment_of_the_reference()
    {
        byte[] one = [.. Enumerable.Repeat((byte)1, 32)];
        byte[] two = [.. Enumerable.Repeat((byte)2, 32)];

        Assert.True(UnsealedSector.TryCompute(
            2_048, [new(128, ToCid(one)), new(256, ToCid(two))], out Cid cid));
        Assert.Equal(
            "baga6ea4seaqattsqfb4nozzafoetpt5ezoqayhapdrzluywvqaaf6o24sahdybi", cid.ToString());
        Assert.Equal(
            "09ce502878d767202b8937cfa4cba00c1c0f1c72ba62d580005f3b5c900e3c05",
            Convert.ToHexStringLower(cid.Digest));
    }

    // Provenance: recorded from filecoin-proofs-api 19.
    [Fact]
    public void Every_recorded_payload_has_its_commitment()
    {
        JsonElement pieces = Recorded("pieces");

        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            PieceInfo expected = new(
                piece.GetProperty("padded_bytes").GetUInt64(),
                Cid.Parse(piece.GetProperty("cid").GetString()!));
            Assert.Equal(
                Text(piece, "commitment"), Convert.ToHexStringLower(expected.Piece.Digest));
            Assert.Equal(
                expected,
                Hash(Text(piece, "pattern"), piece.GetProperty("unpadded_bytes").GetInt32()));
        }

        Assert.Equal(41, pieces.GetArrayLength());
    }

    [Fact]
    public void Every_recorded_sector_has_its_commitment()
    {
        JsonElement sectors = Recorded("sectors");

        foreach (JsonElement sector in sectors.EnumerateArray())
        {
            PieceInfo[] pieces = [.. sector.GetProperty("pieces").EnumerateArray().Select(
                piece => new PieceInfo(
                    piece.GetProperty("unpadded_bytes").GetUInt64() / 127 * 128,
                    ToCid(Convert.FromHexString(Text(piece, "commitment")))))];
            ulong sizeBytes = Text(sector, "proof") switch
            {
                "StackedDrg2KiBV1_1" => 2 << 10,
                "StackedDrg8MiBV1_1" => 8 << 20,
                string other => throw new InvalidDataException(other),
            };
            Assert.True(UnsealedSector.TryCompute(sizeBytes, [.. pieces], out Cid cid));
            Assert.Equal(Text(sector, "comm_d_cid"), cid.ToString());
        }

        Assert.Equal(5, sectors.GetArrayLength());
    }

    [Fact]
    public void Every_recorded_zero_piece_is_in_the_table()
    {
        JsonElement zeros = Recorded("zero_pieces");

        foreach (JsonElement zero in zeros.EnumerateArray())
        {
            ulong paddedBytes = zero.GetProperty("padded_bytes").GetUInt64();
            Assert.True(UnsealedSector.TryCompute(paddedBytes, [], out Cid cid));
            Assert.Equal(Text(zero, "commitment"), Convert.ToHexStringLower(cid.Digest));
        }

        Assert.Equal(29, zeros.GetArrayLength());
    }

    private static PieceInfo Hash(string pattern, int length)
    {
        byte[] part = new byte[PartBytes];
        PieceHasher hasher = new();
        for (int start = 0; start < length; start += part.Length)
        {
            int count = Math.Min(part.Length, length - start);
            for (int i = 0; i < count; i++)
            {
                part[i] = ByteOf(pattern, start + i);
            }

            hasher.Append(part.AsSpan(0, count));
        }

        return hasher.Finish();
    }

    private static byte ByteOf(string pattern, int index) => pattern switch
    {
        "ramp" => (byte)(((31L * index) + (17 * (index >> 8)) + 5) % 256),
        "ff" => 0xff,
        "zero" => 0,
        _ => throw new InvalidDataException(pattern),
    };

    private static JsonElement Recorded(string part)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        using FileStream file = File.OpenRead(SharedData.Path("vectors/commp/commp.json"));
        using JsonDocument document = JsonDocument.Parse(file);
        return document.RootElement.GetProperty(part).Clone();
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString()!;

    private static Cid ToCid(byte[] commitment) => Cid.Create(
        Codec.FilCommitmentUnsealed, Multihash.Sha2_256Trunc254Padded, commitment);
}
