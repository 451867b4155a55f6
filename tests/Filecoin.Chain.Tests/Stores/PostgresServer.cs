using System.Diagnostics;

namespace Filecoin.Chain.Tests.Stores;

/// <summary>
/// A private PostgreSQL server in a folder of its own, reached by a socket there, as a user
/// without privileges; it is gone with the tests.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const int SecondsMax = 60;
    private const string Nobody = "65534";

    private readonly string folder =
        Path.Combine(Path.GetTempPath(), $"fvm-pg-{Guid.NewGuid():n}"[..15]);

    private readonly Process? server;
    private int databases;

    public PostgresServer()
    {
        if (Find("initdb") is not string initdb || Find("postgres") is not string postgres)
        {
            return;
        }

        string data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        if (IsRoot)
        {
            Finish(Start("chown", "-R", Nobody, folder));
        }

        Finish(StartUnprivileged(
            initdb, "-D", data, "-U", "fvm", "-A", "trust", "-E", "UTF8", "--no-sync"));
        server = StartUnprivileged(
            postgres, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
            "-c", "max_connections=50");
        long start = Stopwatch.GetTimestamp();
        while (!File.Exists(Path.Combine(folder, ".s.PGSQL.5432")))
        {
            Assert.False(server.HasExited, "the server has ended by itself");
            Assert.True(
                Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsMax, "no server");
            Thread.Sleep(10);
        }

        Thread.Sleep(100);
    }

    private static bool IsRoot =>
        OperatingSystem.IsLinux() && Environment.UserName == "root";

    /// <summary>The connection string of a database that nobody has used.</summary>
    public string NewDatabase()
    {
        Assert.SkipWhen(server is null, "PostgreSQL's initdb is not found on this machine");
        string name = $"test{++databases}";
        using Npgsql.NpgsqlConnection connection = new($"{Connection("postgres")};Pooling=false");
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                connection.Open();
                break;
            }
            catch (Npgsql.NpgsqlException) when (attempt < 100)
            {
                Thread.Sleep(100);
            }
        }

        using Npgsql.NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return Connection(name);
    }

    public static void Execute(string connection, string statement)
    {
        using Npgsql.NpgsqlConnection opened = new($"{connection};Pooling=false");
        opened.Open();
        using Npgsql.NpgsqlCommand command = new(statement, opened);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (server is not null)
        {
            Finish(Start("kill", "-INT", $"{server.Id}"));
            if (!server.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                server.Kill(entireProcessTree: true);
                server.WaitForExit();
            }

            server.Dispose();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Connection(string database) =>
        $"Host={folder};Username=fvm;Database={database}";

    /// <summary>Where a program of PostgreSQL is: on the path, or where Debian has it.</summary>
    private static string? Find(string program)
    {
        List<string> folders =
            [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            folders.AddRange(Directory.GetDirectories(debian)
                .OrderDescending(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin")));
        }

        return folders.Select(each => Path.Combine(each, program)).FirstOrDefault(File.Exists);
    }

    private Process StartUnprivileged(string program, params string[] arguments) => IsRoot
        ? Start(
            "setpriv",
            [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", program, .. arguments])
        : Start(program, arguments);

    private Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["LC_ALL"] = "C";
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Finish(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
