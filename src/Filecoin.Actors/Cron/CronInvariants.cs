namespace Filecoin.Actors.Cron;

/// <summary>What holds of the cron actor.</summary>
public static class CronInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    public static IEnumerable<string> Check(CronState state)
    {
        for (int i = 0; i < state.Entries.Count; i++)
        {
            CronEntry entry = state.Entries[i];
            if (!entry.Receiver.IsId)
            {
                yield return $"cron entry {i} calls {entry.Receiver}, which is no id";
            }

            if (entry.Method == MethodNumber.Send)
            {
                yield return $"cron entry {i} calls no method";
            }
        }
    }
}
