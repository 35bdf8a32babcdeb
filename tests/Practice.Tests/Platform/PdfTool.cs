using System.ComponentModel;
using System.Diagnostics;

namespace PracticeApp.Tests.Platform;

/// <summary>Runs qpdf, pdftotext and their like over a PDF; says how to get the tool where it is missing.</summary>
internal static class PdfTool
{
    public static (int Exit, string Output) Run(string tool, byte[] pdf, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, pdf);
        try
        {
            var start = new ProcessStartInfo(tool, arguments.Select(a => a == "FILE" ? file : a))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{tool} is missing. Install it with: apt-get install qpdf poppler-utils (./test does so as root).");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static string TextOf(byte[] pdf) => Run("pdftotext", pdf, "-enc", "UTF-8", "FILE", "-").Output;
}
