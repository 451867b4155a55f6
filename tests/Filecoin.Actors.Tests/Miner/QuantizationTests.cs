using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

public sealed class QuantizationTests
{
    [Fact]
    public void From_the_offset_on_an_epoch_goes_to_the_next_that_is_due() =>
        Gen.Select(Gen.Long[1, 100], Gen.Long[0, 10_000], Gen.Long[0, 10_000]).Sample(
            (unit, offset, epoch) =>
            {
                Quantization quantization = new(unit, offset);
                long up = quantization.Up(epoch + offset);
                Assert.InRange(up - epoch - offset, 0, unit - 1);
                Assert.Equal(0, (up - offset) % unit);
                Assert.Equal(up, quantization.Up(up));
                long down = quantization.Down(epoch + offset);
                Assert.InRange(epoch + offset - down, 0, unit - 1);
            },
            seed: "0N0XIzNsQ0O2",
            iter: 2_000);

    /// <summary>builtin-actors actors/miner/tests/quantize.rs at v18.0.0.</summary>
    [Theory]
    [InlineData(10, 0, 0, 0)]
    [InlineData(10, 0, 1, 10)]
    [InlineData(10, 0, 10, 10)]
    [InlineData(10, 3, 0, 3)]
    [InlineData(10, 3, 3, 3)]
    [InlineData(10, 3, 4, 13)]
    [InlineData(10, 13, 4, 13)]
    [InlineData(10, 0, -1, 0)]
    [InlineData(10, 0, -11, -10)]
    public void Rounding_up_is_the_references(long unit, long offset, long epoch, long rounded) =>
        Assert.Equal(rounded, new Quantization(unit, offset).Up(epoch));
}
