//! What set-up refuses to do, and that it says so in one sentence and changes nothing.

use serde_json::{Value, json};

use super::server::{Server, planned};

const INI: &str = r"C:\WINDOWS\system32\inetsrv\fcgiext.ini";

/// Installs on a server that was changed before; the step that failed and its sentence.
fn refused(more: &str, change: impl FnOnce(&mut Value)) -> Option<(String, String)> {
    let server = Server::fresh()?;
    server.change(change);
    let (step, said) = server.install(&planned(more)).unwrap_err();
    assert_eq!(said.lines().count(), 1, "{said}");
    Some((step, said))
}

#[test]
fn a_server_without_the_extension_is_told_what_it_lacks() {
    let absent = |state: &mut Value| {
        let files = state["files"].as_object_mut().unwrap();
        files.retain(|name, _| !name.ends_with("fcgiext.dll"));
    };
    let Some((step, said)) = refused("", absent) else {
        return;
    };
    assert_eq!(step, "extension");
    assert_eq!(
        said,
        r"install Microsoft's FastCGI Extension 1.5 for IIS 6 first: C:\WINDOWS\system32\inetsrv has no fcgiext.dll"
    );
}

#[test]
fn a_site_with_another_name_is_not_the_one_that_is_meant() {
    let more = r#", "site": {"name": "Shop", "path": "/shop"}"#;
    let Some(refused) = refused(more, |_| {}) else {
        return;
    };
    let said = "site 1 of this server is called `Standardwebsite` and not `Shop`";
    assert_eq!(refused, ("site".to_owned(), said.to_owned()));
}

#[test]
fn who_is_no_administrator_is_told_so() {
    let Some((step, said)) = refused("", |state| state["denied"] = json!(true)) else {
        return;
    };
    // The first step asks for files alone, and without the metabase it cannot know where they are.
    assert_eq!(step, "extension");
    assert_eq!(
        said,
        "make extension: access is denied; run this as an administrator"
    );
}

#[test]
fn a_site_with_an_encrypted_address_needs_a_certificate_that_is_chosen_by_hand() {
    let more = r#", "site": {"bindings": [{"certificate": {"thumbprint": "0123456789ABCDEF0123456789ABCDEF01234567"}}]}"#;
    let Some((step, said)) = refused(more, |_| {}) else {
        return;
    };
    assert_eq!(step, "certificate");
    assert!(said.starts_with("site 1 has no certificate: "), "{said}");
}

#[test]
fn what_another_application_has_in_fcgiext_ini_is_not_taken_over() {
    for (text, end) in [
        (
            "[types]\r\n*:/W3SVC/1/ROOT/SHOP=other\r\n[other]\r\nExePath=x\r\n",
            "gives `*:/W3SVC/1/ROOT/SHOP` to the section `other`; remove that line first",
        ),
        (
            "[Types]\r\nphp=Shop\r\n[Shop]\r\nExePath=x\r\n",
            "names the section `shop` for `php`; remove that line first, or give the application another name",
        ),
        (
            "[Types]\r\n\0",
            "is not a text in the code page of this server",
        ),
    ] {
        let more = r#", "site": {"path": "/shop"}"#;
        let Some((step, said)) = refused(more, |state| state["files"][INI] = json!(text)) else {
            return;
        };
        assert_eq!(step, "registration");
        assert!(said.ends_with(end), "{said}");
    }
}

#[test]
fn a_failure_while_the_file_is_replaced_leaves_it_as_it_was() {
    for ending in [".iisc-new", ".before-iisc", ".iisc-old", ""] {
        let Some(server) = Server::fresh() else {
            return;
        };
        let before = server.state()["files"][INI].clone();
        server.change(|state| state["failing"] = json!(format!("{INI}{ending}")));
        let (step, said) = server.install(&planned("")).unwrap_err();
        assert_eq!(
            (step.as_str(), said.as_str()),
            (
                "registration",
                "make registration: Permission denied (error 0x800a0046)"
            )
        );
        assert_eq!(server.state()["files"][INI], before, "`{ending}`");
        server.install(&planned("")).unwrap();
        assert_ne!(server.state()["files"][INI], before);
        let kept = format!("{INI}.before-iisc");
        assert_eq!(server.state()["files"][kept], before);
    }
}
