//! The library that MSBuild and Web Deploy apply transforms with, run by Mono: what our own applier, written from notes,
//! may have wrong, it does not.

use std::fs;
use std::path::Path;
use std::process::Command;

use iisc_tests::{skip, tool};

use crate::infoset;
use crate::transforms::{documents, pairs};

/// Debian's package `nuget` brings it along.
const FOLDER: &str = "/usr/lib/nuget";
const LIBRARY: &str = "Microsoft.Web.XmlTransform.dll";

#[test]
fn the_library_makes_the_same_and_warns_of_nothing() {
    let (Some(mono), Some(compiler)) = (tool("mono"), tool("mcs")) else {
        return;
    };
    let library = Path::new(FOLDER).join(LIBRARY);
    if !library.is_file() {
        return skip(LIBRARY);
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("apply.exe");
    let compiled = Command::new(compiler)
        .arg(format!("-r:{}", library.display()))
        .args(["-r:System.Xml.dll", &format!("-out:{}", program.display())])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web_deploy/apply.cs"))
        .status();
    assert!(compiled.unwrap().success());
    let cases = [pairs(), documents()].concat();
    let path = |index: usize, kind: &str| folder.path().join(format!("{index}.{kind}"));
    for (index, case) in cases.iter().enumerate() {
        fs::write(path(index, "config"), &case.from).unwrap();
        fs::write(path(index, "transform"), &case.transform).unwrap();
    }
    let applied = Command::new(mono)
        .env("MONO_PATH", FOLDER)
        .args([program.as_path(), folder.path()])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&applied.stdout);
    assert!(applied.status.success(), "{told}");
    for (index, case) in cases.iter().enumerate() {
        let made = infoset(&fs::read(path(index, "result")).unwrap());
        let transform = String::from_utf8_lossy(&case.transform);
        assert_eq!(made, case.to, "{transform}");
    }
}
