namespace Filecoin.Conformance.Package;

/// <summary>A project of someone who uses the packages in its own folder.</summary>
/// <remarks>
/// All else comes from the cache of packages that this repository was restored into: no network.
/// </remarks>
internal static class UserProject
{
    private static string Cache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".nuget",
                "packages");

    public static void Write(string folder, string version, string program)
    {
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "user.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Filecoin.Vm" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="cache" /></config>
              <packageSources><clear /><add key="packed" value="." /></packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="user" value="{Cache}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }
}
