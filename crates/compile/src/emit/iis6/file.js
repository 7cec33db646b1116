function readFile(path) {
    // 1: for reading; 0: in the code page of the server
    var file = files.OpenTextFile(path, 1, false, 0);
    var text = file.AtEndOfStream ? "" : file.ReadAll();
    file.Close();
    if (text.indexOf("\0") >= 0) {
        refuse(path + " is not a text in the code page of this server");
    }
    return text;
}

function writeFile(path, text) {
    var file = files.CreateTextFile(path, true, false);
    file.Write(text);
    file.Close();
    if (readFile(path) != text) {
        refuse(path + " could not be written in the code page of this server");
    }
}

// Keeps the file as it was before the first change, and puts the new one into its place as a whole.
function replaceFile(path, text) {
    var fresh = path + ".iisc-new";
    var old = path + ".iisc-old";
    writeFile(fresh, text);
    if (files.FileExists(path)) {
        if (!files.FileExists(path + ".before-iisc")) {
            files.CopyFile(path, path + ".before-iisc", false);
        }
        if (files.FileExists(old)) {
            files.DeleteFile(old, true);
        }
        files.MoveFile(path, old);
    }
    try {
        files.MoveFile(fresh, path);
    } catch (problem) {
        if (files.FileExists(old)) {
            files.MoveFile(old, path);
        }
        throw problem;
    }
    if (files.FileExists(old)) {
        files.DeleteFile(old, true);
    }
}
