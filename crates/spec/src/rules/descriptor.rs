//! The descriptor of a spec, for the rules on what it says.

use std::ops::Range;

use super::Document;
use crate::diag::{Diagnostic, Fix};
use crate::sddl::{self, Acl, AclPlaces, Sddl};
use crate::source::Span;
use crate::syntax::KeyPath;

/// The value of `access.sddl`, read.
pub(super) struct Written<'a> {
    document: &'a Document<'a>,
    text: &'a str,
    pub(super) sddl: Sddl,
}

impl<'a> Written<'a> {
    /// The descriptor; `None` if there is none, or none that can be read.
    pub(super) fn of(document: &'a Document<'a>) -> Option<Self> {
        let text = document.spec.access.sddl.as_ref()?.as_str();
        let sddl = sddl::parse(text).ok()?;
        Some(Self {
            document,
            text,
            sddl,
        })
    }

    /// The access list with its places.
    pub(super) fn list(&self) -> Option<(&Acl, &AclPlaces)> {
        let list = self.sddl.descriptor.permissions.as_ref()?;
        Some((list, self.sddl.places.permissions.as_ref()?))
    }

    /// Where a part of it stands in the file.
    pub(super) fn span(&self, part: &Range<usize>) -> Span {
        self.document
            .part(&KeyPath::of("access.sddl"), part.clone())
    }

    /// A part as it is written.
    pub(super) fn slice(&self, part: &Range<usize>) -> &str {
        self.text.get(part.clone()).unwrap_or_default()
    }

    /// Offers to write something else for a part; not if the file has it in an escaped or folded form.
    pub(super) fn offer(
        &self,
        problem: Diagnostic,
        title: &str,
        part: &Range<usize>,
        text: &str,
    ) -> Diagnostic {
        let span = self.span(part);
        match self.document.source.slice(span) == self.slice(part) {
            true => problem.fix(Fix::to_review(title, span, text)),
            false => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    const POOL: &str = "S-1-5-82-634253208-2346237047-1867043872-2360698316-99401469";
    const OWNERS: &str = "(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

    /// Names of the rules on access that speak up, what they mark, and their help.
    fn judged(more: &str, descriptor: &str) -> Vec<(&'static str, String, String)> {
        let text = format!(
            "name: shop\nroot: D:\\shop\npython: {{interpreter: D:\\shop\\env\\Scripts\\python.exe, handler: shop.app}}\naccess:\n  sddl: {descriptor}\n{more}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        let found = checked.diagnostics.iter();
        found
            .filter(|found| found.code.number() / 100 == 7)
            .map(|found| {
                let rule = crate::rules::find(&found.code.to_string()).unwrap();
                let marked = checked.source.slice(found.span().unwrap());
                (rule.slug, marked.to_owned(), found.help.clone().unwrap())
            })
            .collect()
    }

    fn assert_one(more: &str, descriptor: &str, slug: &str, marked: &str, help: &str) {
        let found = judged(more, descriptor);
        let found: Vec<_> = found
            .iter()
            .map(|(slug, marked, help)| (*slug, marked.as_str(), help.as_str()))
            .collect();
        assert_eq!(found, [(slug, marked, help)], "{descriptor} {more}");
    }

    #[test]
    fn descriptors_that_let_the_application_in_are_left_alone() {
        let user = r"pool: {identity: specific-user, user: {name: EXAMPLE\svc}}";
        for (more, entries) in [
            ("", format!("(A;OICI;0x1200a9;;;{POOL})")),
            ("", "(A;OICI;FRFX;;;IS)".to_owned()),
            ("", "(A;OICI;FRFX;;;BU)".to_owned()),
            ("", format!("(A;;FRFX;;;{POOL})(A;OICIIO;GRGX;;;{POOL})")),
            ("", format!("(D;OICI;WD;;;{POOL})(A;OICI;FRFX;;;{POOL})")),
            ("targets: [iis6]", "(A;OICI;FRFX;;;NS)".to_owned()),
            ("targets: [iis6, iis7]", "(A;OICI;FRFX;;;NS)".to_owned()),
            (
                "targets: [iis6, iis10]",
                format!("(A;OICI;FRFX;;;NS)(A;OICI;FRFX;;;{POOL})"),
            ),
            ("targets: [iis-express]", String::new()),
            (
                "pool: {identity: network-service}",
                "(A;OICI;FRFX;;;NS)".to_owned(),
            ),
            (
                "pool: {identity: network-service}",
                format!("(A;OICI;FRFX;;;{POOL})"),
            ),
            (
                "pool: {identity: local-service}",
                "(A;OICI;FRFX;;;LS)".to_owned(),
            ),
            ("pool: {identity: local-system}", String::new()),
            (
                "pool: {name: DefaultAppPool}",
                "(A;OICI;FRFX;;;S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415)"
                    .to_owned(),
            ),
            (user, "(A;OICI;FRFX;;;S-1-5-21-1-2-3-1001)".to_owned()),
            (user, "(A;OICI;FRFX;;;DU)".to_owned()),
        ] {
            let found = judged(more, &format!("D:PAI{OWNERS}{entries}"));
            assert_eq!(found, [], "{entries} {more}");
        }
    }

    #[test]
    fn what_was_meant_for_the_application_is_marked() {
        let add = format!("add `(A;OICI;0x1200a9;;;{POOL})`");
        let service = "(A;OICI;FRFX;;;NS)";
        let whole = |entries: &str| format!("D:PAI{OWNERS}{entries}");
        let user = r"pool: {identity: specific-user, user: {name: EXAMPLE\svc}}";
        for (more, entries, marked, help) in [
            ("targets: [iis6, iis10]", service, "NS", add.clone()),
            ("", "", whole("").as_str(), add.clone()),
            ("", "(A;OICI;FRFX;;;S-1-5-82-1-2-3-4-5)", "S-1-5-82-1-2-3-4-5", format!("write `{POOL}` in its place")),
            (user, service, "NS", format!("write `{POOL}` in its place, or set `pool.identity: network-service`")),
            (&format!("{user}\ntargets: [iis6]"), service, "NS", r"add `(A;OICI;0x1200a9;;;SID)` with the SID that `whoami /user` shows to `EXAMPLE\svc`".to_owned()),
            ("targets: [iis6]", "(A;OICI;FRFX;;;S-1-5-32-568)", "S-1-5-32-568", "write `NS` in its place".to_owned()),
            ("", &format!("(A;;FRFX;;;{POOL})"), &format!("(A;;FRFX;;;{POOL})"), format!("write `(A;OICI;0x1200a9;;;{POOL})`")),
            ("", &format!("(A;OICI;FR;;;{POOL})"), &format!("(A;OICI;FR;;;{POOL})"), format!("write `(A;OICI;0x1200a9;;;{POOL})`")),
            ("", &format!("(D;OICI;FW;;;BU)(A;OICI;FRFX;;;{POOL})"), "(D;OICI;FW;;;BU)", "remove `(D;OICI;FW;;;BU)`".to_owned()),
        ] {
            assert_one(more, &whole(entries), "sddl-identity", marked, &help);
        }
    }

    #[test]
    fn one_slip_is_one_message() {
        let grant = format!("(A;OICI;FRFX;;;{POOL})");
        for (more, descriptor, slug, marked, help) in [
            (
                "",
                "D:P".to_owned(),
                "sddl-grants-nothing",
                "D:P",
                "add `(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)`",
            ),
            (
                "",
                "O:BA".to_owned(),
                "sddl-grants-nothing",
                "O:BA",
                "add `D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)`",
            ),
            (
                "",
                "D:P(D;OICI;FA;;;WD)".to_owned(),
                "sddl-grants-nothing",
                "(D;OICI;FA;;;WD)",
                "remove `(D;OICI;FA;;;WD)`: whoever has no entry gets nothing",
            ),
            (
                "",
                format!("D:{OWNERS}{grant}"),
                "unprotected-descriptor",
                "D:",
                "write `D:P`",
            ),
            (
                "",
                format!("D:P(A;OICI;FA;;;SY){grant}"),
                "administrators-locked-out",
                "D:P",
                "add `(A;OICI;FA;;;BA)`",
            ),
            (
                "",
                format!("D:P{OWNERS}{grant}(A;OICI;SD;;;IS)"),
                "everyone-may-write",
                "SD",
                "write `0x1200a9`: read and run",
            ),
            (
                "",
                format!("D:P{OWNERS}{grant}(A;OICI;WD;;;WD)"),
                "everyone-may-write",
                "WD",
                "write `0x1200a9`: read and run",
            ),
            (
                "",
                format!("D:P{OWNERS}(A;OICI;FRFX;;;NU)"),
                "sddl-mix-up",
                "NU",
                &format!("write `{POOL}` for the account that the application runs as"),
            ),
            (
                "targets: [iis6]",
                format!("D:P{OWNERS}(A;OICI;FRFX;;;NS)(A;OICI;FR;;;IU)"),
                "sddl-mix-up",
                "IU",
                "write the SID of IUSR, the anonymous visitors",
            ),
            (
                "targets: [iis6, iis10]",
                format!("D:P{OWNERS}{grant}(A;OICI;FRFX;;;NS)(A;OICI;FR;;;IS)"),
                "sddl-unknown-account",
                "IS",
                "write the SID, `S-1-5-32-568`",
            ),
            (
                "targets: [iis7]",
                format!("D:P{OWNERS}(A;OICI;FRFX;;;NS)(A;OICI;FR;;;KA)"),
                "sddl-unknown-account",
                "KA",
                "remove the entry",
            ),
        ] {
            assert_one(more, &descriptor, slug, marked, help);
        }
    }

    #[test]
    fn a_list_that_inherits_may_let_the_application_in() {
        let found = judged("", &format!("D:{OWNERS}"));
        let slugs: Vec<_> = found.iter().map(|(slug, _, _)| *slug).collect();
        assert_eq!(slugs, ["unprotected-descriptor"]);
    }
}
