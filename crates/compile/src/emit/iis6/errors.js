// Sets up IIS 6 for one application, with what Windows Server 2003 brings along.
//
//   cscript //nologo //e:jscript iis6.js ask|make|undo WHAT VALUES...
//
// `ask` prints `yes` or `no` and changes nothing. `make` brings it about, and does no harm if it is so already.
// `undo` takes it back. Whatever goes wrong is said in one sentence, and the exit code is 1.
//
// JScript 5.6: no JSON, no indexOf of arrays, no trim, no characters of a text by number.

var METABASE = "IIS://localhost/";
var POOLS = "W3SVC/AppPools";
var files = new ActiveXObject("Scripting.FileSystemObject");
var shell = new ActiveXObject("WScript.Shell");

function Refusal(sentence) {
    this.message = sentence;
}

function refuse(sentence) {
    throw new Refusal(sentence);
}

function lowWord(problem) {
    return problem.number & 0xFFFF;
}

function sentence(problem, what) {
    if (problem instanceof Refusal) {
        return problem.message;
    }
    if ((problem.number >>> 16) == 0x8007 && lowWord(problem) == 5) {
        return what + ": access is denied; run this as an administrator";
    }
    var words = String(problem.message || "").replace(/\s+/g, " ").replace(/[ .]+$/, "");
    var number = "error 0x" + ((problem.number || 0) >>> 0).toString(16);
    return what + ": " + (words ? words + " (" + number + ")" : number);
}
