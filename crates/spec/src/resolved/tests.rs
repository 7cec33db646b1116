//! What a spec comes to, read back.

use std::collections::BTreeMap;

use super::Words;
use crate::{AppSpec, Checked, Options, Scope, Target, check};

const FILE: &str = r#"name: shop
root: ${APPROOT}
python:
  interpreter: ${APPROOT}\env\Scripts\python.exe
  handler: shop.app
site:
  bindings:
    - host: shop.example.com
    - {host: shop.example.com, certificate: {central: true}}
static:
  /static: {folder: shop/static, max-age: 7d}
environment:
  MODE: 'on'
  ON: "2"
  COST: $${NOT}
  DATABASE_URL: postgres://db/shop
targets: [iis10]
variables:
  APPROOT: {type: path, default: D:\apps\shop}
  WORKERS: {type: integer, default: 4}
applications:
  admin:
    root: D:\apps\admin
    site: {path: /admin}
profiles:
  staging:
    process: {max-instances: "${WORKERS}"}
    applications:
      admin:
        python: {handler: shop.admin}
"#;

fn checked(text: &str, options: &Options<'_>) -> Checked {
    let checked = check("app.iis.yaml", text.as_bytes(), options);
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|found| &found.message)
        .collect();
    assert!(!checked.applications.is_empty(), "{errors:?}\n{text}");
    checked
}

fn rendered(
    text: &str,
    application: usize,
    options: &Options<'_>,
    given: &[(&str, &str)],
) -> String {
    let given = given
        .iter()
        .map(|(name, by)| ((*name).to_owned(), (*by).to_owned()));
    let words = Words {
        file: "app.iis.yaml",
        given: &given.collect(),
    };
    let checked = checked(text, options);
    let resolved = checked.applications[application].resolved(&checked.source);
    resolved.to_yaml(&words)
}

/// The comment behind a key's value.
fn comment<'a>(yaml: &'a str, line: &str) -> &'a str {
    let found = yaml.lines().find(|it| it.trim_start().starts_with(line));
    let found = found.unwrap_or_else(|| panic!("{line} is not in\n{yaml}"));
    found.split_once(" # ").unwrap().1
}

fn without_comments(yaml: &str) -> String {
    let line = |line: &str| line.split(" # ").next().unwrap().trim_end().to_owned() + "\n";
    yaml.lines().map(line).collect()
}

#[test]
fn what_is_printed_is_the_same_spec_and_prints_the_same() {
    let staging = Options {
        scope: Scope::Profile("staging"),
        ..Options::default()
    };
    for (application, options) in [(0, Options::default()), (0, staging), (1, staging)] {
        let first = rendered(FILE, application, &options, &[]);
        let again = rendered(&first, 0, &Options::default(), &[]);
        assert_eq!(without_comments(&first), without_comments(&again));
        let second = checked(&first, &Options::default());
        let theirs: AppSpec = serde_yaml::from_str(&first.replace("$${", "${")).unwrap();
        assert_eq!(*second.applications[0], theirs);
    }
}

#[test]
fn each_line_tells_where_its_value_comes_from() {
    let variables = BTreeMap::from([("APPROOT".to_owned(), r"E:\shop".to_owned())]);
    let options = Options {
        scope: Scope::Profile("staging"),
        variables: Some(&variables),
        targets: &[Target::Iis8],
        ..Options::default()
    };
    let first = rendered(FILE, 0, &options, &[("APPROOT", "--set APPROOT")]);
    let second = rendered(FILE, 1, &options, &[]);
    for (yaml, line, expected) in [
        (&first, "name: shop", "app.iis.yaml:1"),
        (&first, r"root: E:\shop ", "app.iis.yaml:2, --set APPROOT"),
        (
            &second,
            r"interpreter: E:\shop",
            "app.iis.yaml:4, variable APPROOT",
        ),
        (
            &first,
            r"virtualenv: E:\shop\env ",
            "derived from python.interpreter",
        ),
        (&first, "name: Default Web Site", "default"),
        (
            &first,
            "max-instances: 4",
            "profile staging, app.iis.yaml:27, variable WORKERS (default)",
        ),
        (&first, "identity: application-pool", "derived from targets"),
        (&first, "port: 80", "default"),
        (&first, "port: 443", "derived from certificate"),
        (&first, "- iis8", "--target"),
        (&second, "name: admin", "key applications.admin"),
        (
            &second,
            "path: /admin",
            "application admin, app.iis.yaml:24",
        ),
        (
            &second,
            "handler: shop.admin",
            "profile staging, application admin, app.iis.yaml:30",
        ),
    ] {
        assert_eq!(comment(yaml, line), expected, "{line}");
    }
}

#[test]
fn what_differs_between_targets_is_a_remark() {
    let options = Options {
        targets: &[Target::Iis6, Target::Iis10],
        ..Options::default()
    };
    let text =
        "name: shop\nroot: D:\\shop\npython: {interpreter: D:\\python.exe, handler: shop.app}\n";
    let yaml = rendered(text, 0, &options, &[]);
    let remark = "  # identity: network-service on iis6, application-pool on iis10\n";
    assert!(yaml.contains(remark), "{yaml}");
}

#[test]
fn secrets_are_not_shown() {
    let text = FILE.replace(
        "MODE: 'on'",
        "DB_PASSWORD: hunter2\n  URL: https://a:hunter2@b/\n  X: ${PIN_TOKEN}",
    );
    let text = text.replace(
        "variables:\n",
        "variables:\n  PIN_TOKEN: {default: hunter2}\n",
    );
    let text = text.replace("postgres://db/shop", "postgres://shop:hunter2@db/shop");
    let yaml = rendered(&text, 0, &Options::default(), &[]);
    assert!(!yaml.contains("hunter2"), "{yaml}");
    assert_eq!(yaml.matches("'********'").count(), 4, "{yaml}");
    assert_eq!(
        comment(&yaml, "DB_PASSWORD: "),
        "app.iis.yaml:13, may be a secret"
    );
    assert!(yaml.contains("COST: '$${NOT}'"), "{yaml}");
}

#[test]
fn comments_stand_in_one_column() {
    let yaml = rendered(FILE, 0, &Options::default(), &[]);
    let columns = yaml.lines().filter_map(|line| line.find("  # "));
    let mut columns: Vec<usize> = columns.collect();
    assert!(columns.len() > 40);
    columns.sort_unstable();
    columns.dedup();
    assert_eq!(columns.len(), 1, "{yaml}");
}
