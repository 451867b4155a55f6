using Filecoin.Node;

BundleStore bundles = new(BundleStore.UserFolder());
ActorCode code = new(new(Path.Combine(bundles.Folder, "..", "modules")));
SequenceRunner runner = new(bundles, code);
int failed = 0;
int total = 0;
bool trace = args.Contains("-t");
return ExecutorThread.Run(() =>
{
    foreach (string dir in args.Where(a => !a.StartsWith('-')))
    {
        IEnumerable<string> files = Directory.Exists(dir)
            ? Directory.GetFiles(dir, "*.json*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [dir];
        foreach (string file in files)
        {
            try
            {
                MessageSequence sequence = SequenceReader.Read(file);
                int index = 0;
                foreach (StepOutcome outcome in runner.Run(sequence, trace))
                {
                    total++;
                    if (outcome.Differences.Count > 0 || outcome.Refusal is not null)
                    {
                        failed++;
                        if (failed < 12)
                        {
                            Console.WriteLine($"{file}#{index} {outcome.Refusal} {outcome.Result?.Failure}");
                            if (args.Contains("-c"))
                            {
                                foreach (GasCharge charge in outcome.Result!.Trace!.Charges)
                                {
                                    Console.WriteLine($"      {charge.Name} {charge.Total.Milligas}");
                                }
                            }

                            foreach (Difference difference in outcome.Differences)
                            {
                                Console.WriteLine("   " + difference);
                            }
                        }
                    }

                    index++;
                }
            }
            catch (Exception e) when (e is SequenceException or FatalException)
            {
                total++;
                failed++;
                if (failed < 12)
                {
                    Console.WriteLine($"{file}: {e}");
                }
            }
        }
    }

    Console.WriteLine($"{total} messages, {failed} differ");
    return failed == 0 ? 0 : 1;
});
