using Npgsql;

namespace Filecoin.Chain;

/// <summary>The address of a database, a URL as PostgreSQL's own tools take it.</summary>
internal static class PostgresAddress
{
    private const string Form =
        "the address of a database is postgres://user@host:port/database";

    /// <summary>Reads a URL, or what Npgsql reads itself.</summary>
    /// <remarks>
    /// <c>postgres://user:password@host:port/database?schema=name</c>; parts that are left out
    /// have Npgsql's defaults, and other parameters of the query are its keywords.
    /// </remarks>
    /// <exception cref="ArgumentException">It is malformed, or a keyword is not known.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        if (!address.StartsWith("postgres://", StringComparison.Ordinal)
            && !address.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            return address.Contains('=', StringComparison.Ordinal)
                ? new(address)
                : throw new ArgumentException(Form);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url))
        {
            throw new ArgumentException(Form);
        }

        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = url.Host.Length > 0 ? url.Host : "localhost",
        };
        if (url.Port > 0)
        {
            settings.Port = url.Port;
        }

        string[] user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        if (url.AbsolutePath.Length > 1)
        {
            settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        }

        foreach (string part in url.Query.TrimStart('?').Split(
            '&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            string value = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
            settings[pair[0] == "schema" ? "Search Path" : pair[0]] = value;
        }

        return settings;
    }
}
