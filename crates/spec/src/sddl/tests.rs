//! Tests of the whole: text in, descriptor or errors out.

mod hostile;
mod meaning;
mod refusals;

/// The command of the tutorial that this program is built around.
const TUTORIAL: &str = "cacls \"%APPROOT%\" /S:\"D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)\"";
