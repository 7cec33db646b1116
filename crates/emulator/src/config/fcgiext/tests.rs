use super::*;
use crate::config::handler::Kind;

fn with_ini<T>(text: &str, test: impl FnOnce(Ini<'_>) -> T) -> T {
    let path = Path::new("fcgiext.ini");
    let sections = ini::read(path, text).unwrap();
    test(Ini { path, sections })
}

fn pools(names: &[&str]) -> String {
    let pools = names.iter().map(|name| format!("[{name}]\nExePath=p\n"));
    pools.collect()
}

/// The section that takes a request, and the place of the application.
fn taken(types: &[&str], url: &str) -> (Option<String>, (u64, String)) {
    let text = format!("[Types]\n{}\n{}", types.join("\n"), pools(&["a", "b", "c"]));
    with_ini(&text, |ini| {
        let types = ini.types().unwrap();
        let place = ini.place(&types).unwrap();
        let handlers = Handlers::of(handlers(&types, &ini).unwrap());
        let found = handlers.find("GET", url, || Kind::Nothing);
        (found.map(|handler| handler.name.clone()), place)
    })
}

#[test]
fn the_nearest_type_takes_a_request() {
    let shop = (7, "/shop".to_owned());
    for (types, url, section, place) in [
        (
            vec!["*:/lm/w3svc/7/root/shop=a"],
            "x/y",
            Some("a"),
            shop.clone(),
        ),
        (vec!["*:/W3SVC/7/ROOT/Shop/=a"], "", Some("a"), shop.clone()),
        (
            vec!["py=c", "*:7=b", "*:/lm/w3svc/7/root/shop=a"],
            "x.py",
            Some("a"),
            shop.clone(),
        ),
        (
            vec!["*:/lm/w3svc/7/root/shop=a", "py:/lm/w3svc/7/root/shop=b"],
            "x.PY",
            Some("b"),
            shop,
        ),
        (
            vec!["*=c", "py=b", "*:3=a"],
            "x.py",
            Some("a"),
            (3, "/".to_owned()),
        ),
        (vec!["*=c", "py=b"], "x.py", Some("b"), (1, "/".to_owned())),
        (vec!["*=c", "py=b"], "x", Some("c"), (1, "/".to_owned())),
        (vec!["py=b"], "x", None, (1, "/".to_owned())),
        (
            vec!["*:/lm/w3svc/2/root=a"],
            "x",
            Some("a"),
            (2, "/".to_owned()),
        ),
    ] {
        let expected = (section.map(str::to_owned), place);
        assert_eq!(taken(&types, url), expected, "{types:?}");
    }
}

#[test]
fn a_pool_has_what_its_section_says_and_otherwise_the_defaults() {
    let text = "[s]\nexepath=D:\\p.exe\nArguments=-m x\nEnvironmentVars=A:D:\\a,U://s\nMaxInstances=4\n\
                    StderrMode=ReturnStderrIn500\nActivityTimeout=5";
    let pool = with_ini(text, |ini| ini.registration(&ini.sections[0]).unwrap());
    assert_eq!(pool.script_processor(), r"D:\p.exe|-m x");
    assert_eq!(pool.section.as_deref(), Some("s"));
    let pairs = [("A", r"D:\a"), ("U", "/s")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(pool.environment, pairs);
    assert_eq!((pool.max_instances, pool.instance_max_requests), (4, 1_000));
    assert_eq!(pool.activity_timeout, Duration::from_secs(5));
    assert_eq!(pool.request_timeout, Duration::from_secs(90));
    assert_eq!(pool.stderr_mode, StderrMode::ReturnStdErrIn500);
}

#[test]
fn mistakes_are_told() {
    for (text, message) in [
        ("[s]\nExePath=p", "no section `[Types]`"),
        ("[Types]\n*=s", "names the section `s`"),
        ("[Types]\n*:x=s\n[s]\nExePath=p", "`*:x` is no key"),
        (
            "[Types]\n*:/lm/w3svc/1/root/a=s\n*:/lm/w3svc/1/root/b=s\n[s]\nExePath=p",
            "second application",
        ),
        (
            "[Types]\n*=s\n[s]\nArguments=x",
            "lacks the property `ExePath`",
        ),
        (
            "[Types]\n*=s\n[s]\nExePath=p\nInstanceTimeout=3",
            "no property `InstanceTimeout`",
        ),
        (
            "[Types]\n*=s\n[s]\nExePath=p\nMaxInstances=many",
            "`MaxInstances` is `many`",
        ),
        (
            "[Types]\n*=s\n[s]\nExePath=p\nStderrMode=Log",
            "`StderrMode` is `Log`",
        ),
        (
            "[Types]\n*=s\n[s]\nExePath=p\nEnvironmentVars=A:b,C",
            "no colon",
        ),
    ] {
        let error = with_ini(text, |ini| {
            let types = ini.types()?;
            ini.place(&types)?;
            ini.registrations().map(drop)
        });
        let error = error.unwrap_err();
        assert!(error.message().contains(message), "{error}");
    }
}
