using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

public sealed class BatchStackTests
{
    [Fact]
    public void Failures_of_later_batches_are_at_their_first_places()
    {
        BatchReturn first = new(3, [new(1, 16), new(3, 17)]);
        BatchReturn second = new(2, [new(1, 18)]);
        BatchReturn third = new(1, [new(1, 19)]);
        Assert.Equal(
            new BatchReturn(1, [new(1, 16), new(2, 18), new(3, 17), new(4, 19)]),
            BatchStack.Of(first, second, third));
    }

    [Fact]
    public void A_batch_must_be_of_the_successes() => Assert.Throws<ActorAbortException>(
        () => BatchStack.Of(BatchReturn.Ok(2), BatchReturn.Ok(1)));
}
