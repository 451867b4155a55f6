using Filecoin.Wasm;

namespace Filecoin.Vm.Tests;

/// <summary>Running code: gas-schedule 13; prices in milligas.</summary>
public sealed class WasmPriceTests
{
    [Theory]
    [InlineData(17, 17, 0, 0)]
    [InlineData(18, 28, 26_214_400, 3_200)]
    public void An_instance_pays_for_its_first_memory_and_table_since_version_18(
        int first, int last, long page, long element)
    {
        foreach (long count in new long[] { 0, 1, 17 })
        {
            ChargeAssert.Costs(
                first, last,
                "wasm_memory_init",
                page * count,
                prices => prices.OnMemoryInit(count));
            ChargeAssert.Costs(
                first, last,
                "wasm_table_init",
                element * count,
                prices => prices.OnTableInit(count));
        }
    }

    [Fact]
    public void Growth_costs_what_first_memory_does()
    {
        foreach (NetworkVersion version in Enum.GetValues<NetworkVersion>())
        {
            PriceList prices = PriceList.For(version);
            Assert.Equal(prices.OnMemoryInit(3).Total, prices.MemoryGrowth(3 * 65_536));
        }
    }

    [Fact]
    public void Instructions_cost_four_gas_and_pay_for_sizes_since_version_18()
    {
        InstructionPrices flat = new() { Instruction = 4_000 };
        InstructionPrices bySize = flat with
        {
            MemoryGrowPerPage = 26_214_400,
            MemoryCopyPerByte = 400,
            MemoryFillPerByte = 400,
            TableCopyPerElement = 3_200,
            TableFillPerElement = 3_200,
        };
        foreach (NetworkVersion version in Enum.GetValues<NetworkVersion>())
        {
            Assert.Equal(
                (version, version == NetworkVersion.V17 ? flat : bySize),
                (version, NetworkConfig.For(version).Rewriting.Prices));
        }
    }
}
