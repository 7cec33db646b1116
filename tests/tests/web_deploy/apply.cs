// Applies transforms with the library that MSBuild and Web Deploy use, and fails on its first warning.
using System;
using System.IO;
using System.Xml;
using Microsoft.Web.XmlTransform;

class Strict : IXmlTransformationLogger
{
    void Fail(string message, object[] args)
    {
        throw new Exception(args.Length == 0 ? message : string.Format(message, args));
    }

    public void LogMessage(string message, params object[] args) { }
    public void LogMessage(MessageType type, string message, params object[] args) { }
    public void LogWarning(string message, params object[] args) { Fail(message, args); }
    public void LogWarning(string file, string message, params object[] args) { Fail(message, args); }
    public void LogWarning(string file, int line, int column, string message, params object[] args) { Fail(message, args); }
    public void LogError(string message, params object[] args) { Fail(message, args); }
    public void LogError(string file, string message, params object[] args) { Fail(message, args); }
    public void LogError(string file, int line, int column, string message, params object[] args) { Fail(message, args); }
    public void LogErrorFromException(Exception error) { throw new Exception(error.Message, error); }
    public void LogErrorFromException(Exception error, string file) { throw new Exception(error.Message, error); }
    public void LogErrorFromException(Exception error, string file, int line, int column) { throw new Exception(error.Message, error); }
    public void StartSection(string message, params object[] args) { }
    public void StartSection(MessageType type, string message, params object[] args) { }
    public void EndSection(string message, params object[] args) { }
    public void EndSection(MessageType type, string message, params object[] args) { }
}

class Apply
{
    // Makes NAME.result of each NAME.config and NAME.transform in a folder.
    static int Main(string[] args)
    {
        foreach (string config in Directory.GetFiles(args[0], "*.config"))
        {
            string transform = Path.ChangeExtension(config, "transform");
            try
            {
                var document = new XmlDocument();
                document.Load(config);
                if (!new XmlTransformation(transform, new Strict()).Apply(document))
                {
                    throw new Exception("it was not applied");
                }
                document.Save(Path.ChangeExtension(config, "result"));
            }
            catch (Exception error)
            {
                Console.WriteLine(File.ReadAllText(transform));
                Console.WriteLine(error.ToString());
                return 1;
            }
        }
        return 0;
    }
}
