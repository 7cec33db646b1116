//! An element of a collection, as `appcmd` takes it in one argument: `[fullPath='C:\a.exe',arguments='-u']`.
//!
//! Within its single quotes a single quote is doubled (C30). The argument as a whole is quoted for `cmd.exe` by
//! [`super::cmd`], which knows nothing of this form.

/// The element that these attributes identify or make. Names are ours; values may be anything.
#[must_use]
pub fn entry(attributes: &[(&str, &str)]) -> String {
    let pairs = attributes
        .iter()
        .map(|(name, value)| format!("{name}='{}'", value.replace('\'', "''")));
    format!("[{}]", pairs.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_quote_is_doubled_and_nothing_else_is_touched() {
        let attributes = [("fullPath", r"C:\it's\a.exe"), ("arguments", "-c \"x,]\"")];
        assert_eq!(
            entry(&attributes),
            r#"[fullPath='C:\it''s\a.exe',arguments='-c "x,]"']"#
        );
        assert_eq!(entry(&[]), "[]");
    }
}
