//! Small strings whose form the schema checks.
//!
//! The limits of a name are IIS's own (iis schema: `applicationPoolName`, `siteName`, `applicationPath`), so
//! that nothing IIS would refuse gets past `iisc check`.

use super::text::text_type;

text_type! {
    /// Letters, digits, `.`, `_` and `-`, at most 64 of them, starting with a letter or digit.
    ///
    /// Narrower than what IIS allows: the name becomes a command-line argument, an INI section and a pool
    /// name, and must need quoting in none of them.
    #[schemars(
        example = &"shop",
        extend("pattern" = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
        extend("patternErrorMessage" = "expected letters, digits, `.`, `_` and `-`, at most 64, \
            the first a letter or digit")
    )]
    AppName
}

text_type! {
    /// Name of an application pool: at most 64 characters and none of `| < > & " / \ [ ] + = ; : , ? * @ ' %`.
    // IIS itself allows `'` and `%`; appcmd and cmd.exe give them a meaning, and nobody misses them.
    #[schemars(
        extend("pattern" = r#"^[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%]([^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%]{0,62}[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%])?$"#),
        extend("patternErrorMessage" = "expected at most 64 characters, none of them a quote, a \
            backslash or one of `| < > & / [ ] + = ; : , ? * @ %`, and no blank at either end")
    )]
    PoolName
}

text_type! {
    /// Name of a web site as IIS Manager shows it. None of `/ \ ? " ' %` and no control characters.
    #[schemars(
        extend("pattern" = r#"^[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF/\\?"'%]([^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF/\\?"'%]{0,258}[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF/\\?"'%])?$"#),
        extend("patternErrorMessage" = "expected a name without `/`, `?`, `%`, quotes and \
            backslashes, and no blank at either end")
    )]
    SiteName
}

text_type! {
    /// URL path of an IIS application: `/`, or `/segment` repeated, without a slash at the end.
    #[schemars(
        extend("pattern" = r"^(/|(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)+)$"),
        extend("patternErrorMessage" = "expected `/`, or a path such as `/shop` that ends \
            without a slash")
    )]
    VirtualPath
}

text_type! {
    /// Name of an environment variable.
    #[schemars(
        extend("pattern" = r"^[A-Za-z_][A-Za-z0-9_]*$"),
        extend("patternErrorMessage" = "expected letters, digits and `_`, the first no digit")
    )]
    VariableName
}

text_type! {
    /// Name of an account: `DOMAIN\name`, `.\name` or `name@domain`.
    #[schemars(
        example = &r"EXAMPLE\svc-shop",
        extend("pattern" = r#"^([A-Za-z0-9._-]+\\)?[^"/\\\[\]:;|=,+*?<>@'%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]+(@[A-Za-z0-9._-]+)?$"#),
        extend("patternErrorMessage" = "expected an account such as `EXAMPLE\\svc-shop` or `.\\svc-shop`, without blanks")
    )]
    AccountName
}

text_type! {
    /// Name of a profile: letters, digits, `_` and `-`.
    #[schemars(
        extend("pattern" = "^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$"),
        extend("patternErrorMessage" = "expected letters, digits, `_` and `-`, at most 64")
    )]
    ProfileName
}
