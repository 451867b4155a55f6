namespace Filecoin.Rpc;

/// <summary>Permissions as tokens name them: each includes those before it.</summary>
/// <remarks>Spec: lotus api/permissioned.go, AllPermissions.</remarks>
internal static class PermissionNames
{
    private static readonly string[] All = ["read", "write", "sign", "admin"];

    /// <summary>The names of a permission and of all that it includes.</summary>
    public static IReadOnlyList<string> Of(Permission granted) => All[..((int)granted + 1)];

    /// <summary>The most of permissions by name; null if there are none, or one is none.</summary>
    public static Permission? MostOf(IEnumerable<string?> names)
    {
        int most = -1;
        foreach (string? name in names)
        {
            int found = Array.IndexOf(All, name);
            if (found < 0)
            {
                return null;
            }

            most = int.Max(most, found);
        }

        return most < 0 ? null : (Permission)most;
    }
}
