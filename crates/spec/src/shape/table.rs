//! What a spec may look like: the JSON Schema of the model, written by `print.rs`.

use super::shape::{Key, List, Mapping, Others, Pattern, Range, Shape, Text};

/// A whole `app.iis.yaml`.
pub(super) static SPEC: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: true, example: Some("shop"), shape: &APP_NAME },
        Key { name: "root", required: true, example: Some("D:\\apps\\shop"), shape: &WIN_PATH },
        Key { name: "python", required: true, example: None, shape: &PYTHON },
        Key { name: "site", required: false, example: None, shape: &SITE },
        Key { name: "pool", required: false, example: None, shape: &POOL },
        Key { name: "bridge", required: false, example: None, shape: &BRIDGE },
        Key { name: "process", required: false, example: None, shape: &PROCESS },
        Key { name: "environment", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &Shape::Text(Text { pattern: None, range: None }) }) }) },
        Key { name: "secrets", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &SECRET }) }) },
        Key { name: "static", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_STATIC_KEY, shape: &STATIC_MOUNT }) }) },
        Key { name: "limits", required: false, example: None, shape: &LIMITS },
        Key { name: "request-filtering", required: false, example: None, shape: &REQUEST_FILTERING },
        Key { name: "errors", required: false, example: None, shape: &ERRORS },
        Key { name: "webdav", required: false, example: None, shape: &WEB_DAV },
        Key { name: "sections", required: false, example: None, shape: &SECTIONS },
        Key { name: "authentication", required: false, example: None, shape: &AUTHENTICATION },
        Key { name: "proxies", required: false, example: None, shape: &PROXIES },
        Key { name: "warm-up", required: false, example: None, shape: &WARM_UP },
        Key { name: "access", required: false, example: None, shape: &ACCESS },
        Key { name: "local-files", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_LOCAL_FILES_KEY, shape: &LOCAL_FILE }) }) },
        Key { name: "restart", required: false, example: None, shape: &RESTART },
        Key { name: "log", required: false, example: None, shape: &LOG },
        Key { name: "streaming", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "targets", required: false, example: None, shape: &Shape::List(List { items: &TARGET, least: 1, unique: true }) },
        Key { name: "variables", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_VARIABLES_KEY, shape: &VARIABLE }) }) },
        Key { name: "applications", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_APPLICATIONS_KEY, shape: &APPLICATION }) }) },
        Key { name: "profiles", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_PROFILES_KEY, shape: &PROFILE }) }) },
    ],
    others: None,
});

static ACCESS: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "writable", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
        Key { name: "readable", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
        Key { name: "sddl", required: false, example: Some("D:PAI(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)"), shape: &SDDL },
    ],
    others: None,
});

static ACCOUNT_NAME: Shape = Shape::Text(Text { pattern: Some(&ACCOUNT_NAME_FORM), range: None });

static ADDRESS: Shape = Shape::Text(Text { pattern: Some(&ADDRESS_FORM), range: None });

static APPLICATION: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "targets", required: false, example: None, shape: &Shape::List(List { items: &TARGET, least: 1, unique: true }) },
        Key { name: "root", required: false, example: Some("D:\\apps\\shop"), shape: &WIN_PATH },
        Key { name: "python", required: false, example: None, shape: &PARTIAL_PYTHON },
        Key { name: "site", required: false, example: None, shape: &SITE },
        Key { name: "pool", required: false, example: None, shape: &PARTIAL_POOL },
        Key { name: "bridge", required: false, example: None, shape: &BRIDGE },
        Key { name: "process", required: false, example: None, shape: &PROCESS },
        Key { name: "environment", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &Shape::Text(Text { pattern: None, range: None }) }) }) },
        Key { name: "secrets", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &PARTIAL_SECRET }) }) },
        Key { name: "static", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_STATIC_KEY, shape: &PARTIAL_STATIC_MOUNT }) }) },
        Key { name: "limits", required: false, example: None, shape: &LIMITS },
        Key { name: "request-filtering", required: false, example: None, shape: &REQUEST_FILTERING },
        Key { name: "errors", required: false, example: None, shape: &ERRORS },
        Key { name: "webdav", required: false, example: None, shape: &WEB_DAV },
        Key { name: "sections", required: false, example: None, shape: &SECTIONS },
        Key { name: "authentication", required: false, example: None, shape: &AUTHENTICATION },
        Key { name: "proxies", required: false, example: None, shape: &PROXIES },
        Key { name: "warm-up", required: false, example: None, shape: &WARM_UP },
        Key { name: "access", required: false, example: None, shape: &ACCESS },
        Key { name: "local-files", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_LOCAL_FILES_KEY, shape: &LOCAL_FILE }) }) },
        Key { name: "restart", required: false, example: None, shape: &RESTART },
        Key { name: "log", required: false, example: None, shape: &PARTIAL_LOG },
        Key { name: "streaming", required: false, example: None, shape: &Shape::Boolean },
    ],
    others: None,
});

static APP_NAME: Shape = Shape::Text(Text { pattern: Some(&APP_NAME_FORM), range: None });

static AUTHENTICATION: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "anonymous", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "windows", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "basic", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "strip-domain", required: false, example: None, shape: &Shape::Boolean },
    ],
    others: None,
});

static BINDING: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "host", required: false, example: Some("shop.example.com"), shape: &HOST_NAME },
        Key { name: "port", required: false, example: None, shape: &Shape::Integer { least: 1, most: 65535 } },
        Key { name: "address", required: false, example: None, shape: &ADDRESS },
        Key { name: "certificate", required: false, example: None, shape: &CERTIFICATE },
    ],
    others: None,
});

static BITNESS: Shape = Shape::Choice(&["64-bit", "32-bit"]);

static BRIDGE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "kind", required: false, example: None, shape: &BRIDGE_KIND },
        Key { name: "script", required: false, example: Some("C:\\Inetpub\\wwwroot\\wfastcgi.py"), shape: &WIN_PATH },
    ],
    others: None,
});

static BRIDGE_KIND: Shape = Shape::Choice(&["gateway", "wfastcgi"]);

static CERTIFICATE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "thumbprint", required: false, example: Some("0123456789ABCDEF0123456789ABCDEF01234567"), shape: &THUMBPRINT },
        Key { name: "store", required: false, example: None, shape: &STORE_NAME },
        Key { name: "central", required: false, example: None, shape: &Shape::Boolean },
    ],
    others: None,
});

static CPU: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "limit", required: false, example: None, shape: &Shape::Integer { least: 0, most: 100 } },
        Key { name: "action", required: false, example: None, shape: &CPU_ACTION },
        Key { name: "interval", required: false, example: Some("20m"), shape: &Shape::Text(Text { pattern: Some(&CPU_INTERVAL_FORM), range: Some(Range { least: "1m", most: "1d" }) }) },
    ],
    others: None,
});

static CPU_ACTION: Shape = Shape::Choice(&["none", "kill", "throttle", "throttle-under-load"]);

static ERRORS: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "pages", required: false, example: None, shape: &ERROR_PAGES },
        Key { name: "details", required: false, example: None, shape: &ERROR_DETAILS },
    ],
    others: None,
});

static ERROR_DETAILS: Shape = Shape::Choice(&["local", "nobody", "everybody"]);

static ERROR_PAGES: Shape = Shape::Choice(&["pass-through", "auto", "replace"]);

static EXTENSION: Shape = Shape::Text(Text { pattern: Some(&EXTENSION_FORM), range: None });

static FORWARDED_HEADERS: Shape = Shape::Choice(&["x-forwarded", "forwarded"]);

static GLOB: Shape = Shape::Text(Text { pattern: Some(&GLOB_FORM), range: None });

static HANDLER: Shape = Shape::Text(Text { pattern: None, range: None });

static HOST_NAME: Shape = Shape::Text(Text { pattern: Some(&HOST_NAME_FORM), range: None });

static IDENTITY: Shape = Shape::Choice(&["application-pool", "network-service", "local-service", "local-system", "specific-user"]);

static IDLE_ACTION: Shape = Shape::Choice(&["terminate", "suspend"]);

static INTERFACE: Shape = Shape::Choice(&["auto", "wsgi", "asgi"]);

static LIMITS: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "body", required: false, example: Some("512KB"), shape: &Shape::Text(Text { pattern: Some(&LIMITS_BODY_FORM), range: Some(Range { least: "0B", most: "4095MB" }) }) },
        Key { name: "url", required: false, example: None, shape: &Shape::Integer { least: 16, most: 65535 } },
        Key { name: "query", required: false, example: None, shape: &Shape::Integer { least: 0, most: 65535 } },
    ],
    others: None,
});

static LOCAL_FILE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "description", required: false, example: Some("address of the database"), shape: &Shape::Text(Text { pattern: None, range: None }) },
        Key { name: "template", required: false, example: Some("local.cnf.example"), shape: &PROJECT_PATH },
    ],
    others: None,
});

static LOG: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "file", required: true, example: Some("D:\\logs\\shop\\gateway.log"), shape: &WIN_PATH },
        Key { name: "level", required: false, example: None, shape: &LOG_LEVEL },
        Key { name: "max-size", required: false, example: Some("512KB"), shape: &Shape::Text(Text { pattern: Some(&LOG_MAX_SIZE_FORM), range: Some(Range { least: "0B", most: "4GB" }) }) },
        Key { name: "keep", required: false, example: None, shape: &Shape::Integer { least: 0, most: 1000 } },
    ],
    others: None,
});

static LOG_LEVEL: Shape = Shape::Choice(&["debug", "info", "warning", "error"]);

static METHOD: Shape = Shape::Text(Text { pattern: Some(&METHOD_FORM), range: None });

static MIME_TYPE: Shape = Shape::Text(Text { pattern: Some(&MIME_TYPE_FORM), range: None });

static NETWORK: Shape = Shape::Text(Text { pattern: Some(&NETWORK_FORM), range: None });

static PACKAGES: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "requirements", required: false, example: Some("requirements.txt"), shape: &PROJECT_PATH },
        Key { name: "constraints", required: false, example: Some("constraints.txt"), shape: &PROJECT_PATH },
        Key { name: "extra", required: false, example: None, shape: &Shape::List(List { items: &REQUIREMENT, least: 0, unique: true }) },
        Key { name: "wheels", required: false, example: None, shape: &Shape::List(List { items: &PROJECT_PATH, least: 0, unique: true }) },
        Key { name: "system-site-packages", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "pip-options", required: false, example: None, shape: &Shape::List(List { items: &PIP_OPTION, least: 0, unique: true }) },
    ],
    others: None,
});

static PARTIAL_LOG: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "file", required: false, example: Some("D:\\logs\\shop\\gateway.log"), shape: &WIN_PATH },
        Key { name: "level", required: false, example: None, shape: &LOG_LEVEL },
        Key { name: "max-size", required: false, example: Some("512KB"), shape: &Shape::Text(Text { pattern: Some(&LOG_MAX_SIZE_FORM), range: Some(Range { least: "0B", most: "4GB" }) }) },
        Key { name: "keep", required: false, example: None, shape: &Shape::Integer { least: 0, most: 1000 } },
    ],
    others: None,
});

static PARTIAL_POOL: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: false, example: Some("shop"), shape: &POOL_NAME },
        Key { name: "identity", required: false, example: None, shape: &IDENTITY },
        Key { name: "user", required: false, example: None, shape: &PARTIAL_USER },
        Key { name: "start-mode", required: false, example: None, shape: &START_MODE },
        Key { name: "bitness", required: false, example: None, shape: &BITNESS },
        Key { name: "idle-timeout", required: false, example: Some("20m"), shape: &Shape::Text(Text { pattern: Some(&POOL_IDLE_TIMEOUT_FORM), range: Some(Range { least: "0m", most: "30d" }) }) },
        Key { name: "idle-action", required: false, example: None, shape: &IDLE_ACTION },
        Key { name: "recycle", required: false, example: None, shape: &RECYCLE },
        Key { name: "cpu", required: false, example: None, shape: &CPU },
        Key { name: "load-user-profile", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "max-processes", required: false, example: None, shape: &Shape::Integer { least: 1, most: 1000 } },
        Key { name: "queue-length", required: false, example: None, shape: &Shape::Integer { least: 10, most: 65535 } },
        Key { name: "shutdown-timeout", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&POOL_SHUTDOWN_TIMEOUT_FORM), range: Some(Range { least: "1s", most: "30d" }) }) },
    ],
    others: None,
});

static PARTIAL_PYTHON: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "interpreter", required: false, example: Some("D:\\apps\\shop\\env\\Scripts\\python.exe"), shape: &WIN_PATH },
        Key { name: "handler", required: false, example: Some("shop.app"), shape: &HANDLER },
        Key { name: "interface", required: false, example: None, shape: &INTERFACE },
        Key { name: "virtualenv", required: false, example: Some("D:\\apps\\shop\\env"), shape: &WIN_PATH },
        Key { name: "base-interpreter", required: false, example: Some("C:\\Program Files\\Python312\\python.exe"), shape: &WIN_PATH },
        Key { name: "packages", required: false, example: None, shape: &PACKAGES },
        Key { name: "pythonpath", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
        Key { name: "dll-directories", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
    ],
    others: None,
});

static PARTIAL_SECRET: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "file", required: false, example: Some("D:\\secrets\\shop\\database-url.txt"), shape: &WIN_PATH },
    ],
    others: None,
});

static PARTIAL_STATIC_MOUNT: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "folder", required: false, example: Some("shop/static"), shape: &PROJECT_PATH },
        Key { name: "max-age", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&STATIC_MOUNT_MAX_AGE_FORM), range: Some(Range { least: "0s", most: "3650d" }) }) },
        Key { name: "mime-types", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &STATIC_MOUNT_MIME_TYPES_KEY, shape: &MIME_TYPE }) }) },
    ],
    others: None,
});

static PARTIAL_USER: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: false, example: Some("EXAMPLE\\svc-shop"), shape: &ACCOUNT_NAME },
        Key { name: "password-from", required: false, example: Some("SHOP_POOL_PASSWORD"), shape: &VARIABLE_NAME },
    ],
    others: None,
});

static PERMISSION: Shape = Shape::Choice(&["read", "script", "write", "execute", "source"]);

static PIP_OPTION: Shape = Shape::Text(Text { pattern: Some(&PIP_OPTION_FORM), range: None });

static POOL: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: false, example: Some("shop"), shape: &POOL_NAME },
        Key { name: "identity", required: false, example: None, shape: &IDENTITY },
        Key { name: "user", required: false, example: None, shape: &USER },
        Key { name: "start-mode", required: false, example: None, shape: &START_MODE },
        Key { name: "bitness", required: false, example: None, shape: &BITNESS },
        Key { name: "idle-timeout", required: false, example: Some("20m"), shape: &Shape::Text(Text { pattern: Some(&POOL_IDLE_TIMEOUT_FORM), range: Some(Range { least: "0m", most: "30d" }) }) },
        Key { name: "idle-action", required: false, example: None, shape: &IDLE_ACTION },
        Key { name: "recycle", required: false, example: None, shape: &RECYCLE },
        Key { name: "cpu", required: false, example: None, shape: &CPU },
        Key { name: "load-user-profile", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "max-processes", required: false, example: None, shape: &Shape::Integer { least: 1, most: 1000 } },
        Key { name: "queue-length", required: false, example: None, shape: &Shape::Integer { least: 10, most: 65535 } },
        Key { name: "shutdown-timeout", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&POOL_SHUTDOWN_TIMEOUT_FORM), range: Some(Range { least: "1s", most: "30d" }) }) },
    ],
    others: None,
});

static POOL_NAME: Shape = Shape::Text(Text { pattern: Some(&POOL_NAME_FORM), range: None });

static PROCESS: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "max-instances", required: false, example: None, shape: &Shape::Integer { least: 0, most: 10000 } },
        Key { name: "max-requests", required: false, example: None, shape: &Shape::Integer { least: 1, most: 10000000 } },
        Key { name: "request-timeout", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&PROCESS_REQUEST_TIMEOUT_FORM), range: Some(Range { least: "10s", most: "30d" }) }) },
        Key { name: "activity-timeout", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&PROCESS_REQUEST_TIMEOUT_FORM), range: Some(Range { least: "10s", most: "30d" }) }) },
        Key { name: "idle-timeout", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&PROCESS_REQUEST_TIMEOUT_FORM), range: Some(Range { least: "10s", most: "30d" }) }) },
        Key { name: "stop-grace", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&PROCESS_STOP_GRACE_FORM), range: Some(Range { least: "0s", most: "60s" }) }) },
        Key { name: "queue-length", required: false, example: None, shape: &Shape::Integer { least: 1, most: 100000000 } },
        Key { name: "rapid-fails", required: false, example: None, shape: &Shape::Integer { least: 0, most: 1000 } },
        Key { name: "stderr", required: false, example: None, shape: &STDERR_MODE },
        Key { name: "monitor", required: false, example: Some("D:\\apps\\shop\\deployed.txt"), shape: &WIN_PATH },
    ],
    others: None,
});

static PROFILE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: false, example: Some("shop"), shape: &APP_NAME },
        Key { name: "root", required: false, example: Some("D:\\apps\\shop"), shape: &WIN_PATH },
        Key { name: "python", required: false, example: None, shape: &PARTIAL_PYTHON },
        Key { name: "site", required: false, example: None, shape: &SITE },
        Key { name: "pool", required: false, example: None, shape: &PARTIAL_POOL },
        Key { name: "bridge", required: false, example: None, shape: &BRIDGE },
        Key { name: "process", required: false, example: None, shape: &PROCESS },
        Key { name: "environment", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &Shape::Text(Text { pattern: None, range: None }) }) }) },
        Key { name: "secrets", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &VARIABLE_NAME_FORM, shape: &PARTIAL_SECRET }) }) },
        Key { name: "static", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_STATIC_KEY, shape: &PARTIAL_STATIC_MOUNT }) }) },
        Key { name: "limits", required: false, example: None, shape: &LIMITS },
        Key { name: "request-filtering", required: false, example: None, shape: &REQUEST_FILTERING },
        Key { name: "errors", required: false, example: None, shape: &ERRORS },
        Key { name: "webdav", required: false, example: None, shape: &WEB_DAV },
        Key { name: "sections", required: false, example: None, shape: &SECTIONS },
        Key { name: "authentication", required: false, example: None, shape: &AUTHENTICATION },
        Key { name: "proxies", required: false, example: None, shape: &PROXIES },
        Key { name: "warm-up", required: false, example: None, shape: &WARM_UP },
        Key { name: "access", required: false, example: None, shape: &ACCESS },
        Key { name: "local-files", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_LOCAL_FILES_KEY, shape: &LOCAL_FILE }) }) },
        Key { name: "restart", required: false, example: None, shape: &RESTART },
        Key { name: "log", required: false, example: None, shape: &PARTIAL_LOG },
        Key { name: "streaming", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "targets", required: false, example: None, shape: &Shape::List(List { items: &TARGET, least: 1, unique: true }) },
        Key { name: "applications", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &SPEC_APPLICATIONS_KEY, shape: &APPLICATION }) }) },
    ],
    others: None,
});

static PROJECT_PATH: Shape = Shape::Text(Text { pattern: Some(&PROJECT_PATH_FORM), range: None });

static PROXIES: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "trusted", required: false, example: None, shape: &Shape::List(List { items: &NETWORK, least: 0, unique: true }) },
        Key { name: "headers", required: false, example: None, shape: &FORWARDED_HEADERS },
        Key { name: "original-url", required: false, example: None, shape: &Shape::Boolean },
    ],
    others: None,
});

static PYTHON: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "interpreter", required: true, example: Some("D:\\apps\\shop\\env\\Scripts\\python.exe"), shape: &WIN_PATH },
        Key { name: "handler", required: true, example: Some("shop.app"), shape: &HANDLER },
        Key { name: "interface", required: false, example: None, shape: &INTERFACE },
        Key { name: "virtualenv", required: false, example: Some("D:\\apps\\shop\\env"), shape: &WIN_PATH },
        Key { name: "base-interpreter", required: false, example: Some("C:\\Program Files\\Python312\\python.exe"), shape: &WIN_PATH },
        Key { name: "packages", required: false, example: None, shape: &PACKAGES },
        Key { name: "pythonpath", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
        Key { name: "dll-directories", required: false, example: None, shape: &Shape::List(List { items: &WIN_PATH, least: 0, unique: true }) },
    ],
    others: None,
});

static RECYCLE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "interval", required: false, example: Some("20m"), shape: &Shape::Text(Text { pattern: Some(&RECYCLE_INTERVAL_FORM), range: Some(Range { least: "0m", most: "300d" }) }) },
        Key { name: "at", required: false, example: None, shape: &Shape::List(List { items: &TIME_OF_DAY, least: 0, unique: true }) },
        Key { name: "requests", required: false, example: None, shape: &Shape::Integer { least: 0, most: 4294967295 } },
        Key { name: "private-memory", required: false, example: Some("512KB"), shape: &Shape::Text(Text { pattern: Some(&RECYCLE_PRIVATE_MEMORY_FORM), range: Some(Range { least: "0B", most: "4000GB" }) }) },
    ],
    others: None,
});

static REQUEST_FILTERING: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "double-escaping", required: false, example: None, shape: &Shape::Boolean },
        Key { name: "show-segments", required: false, example: None, shape: &Shape::List(List { items: &SEGMENT, least: 0, unique: true }) },
        Key { name: "hide-segments", required: false, example: None, shape: &Shape::List(List { items: &SEGMENT, least: 0, unique: true }) },
        Key { name: "allow-extensions", required: false, example: None, shape: &Shape::List(List { items: &EXTENSION, least: 0, unique: true }) },
        Key { name: "methods", required: false, example: None, shape: &Shape::List(List { items: &METHOD, least: 0, unique: true }) },
    ],
    others: None,
});

static REQUIREMENT: Shape = Shape::Text(Text { pattern: Some(&REQUIREMENT_FORM), range: None });

static RESTART: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "pattern", required: false, example: Some("(?i)(?!env\\\\).*\\.(py|cnf|config)$"), shape: &RESTART_PATTERN },
        Key { name: "include", required: false, example: None, shape: &Shape::List(List { items: &GLOB, least: 0, unique: true }) },
        Key { name: "exclude", required: false, example: None, shape: &Shape::List(List { items: &GLOB, least: 0, unique: true }) },
    ],
    others: None,
});

static RESTART_PATTERN: Shape = Shape::Text(Text { pattern: None, range: None });

static SDDL: Shape = Shape::Text(Text { pattern: None, range: None });

static SECRET: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "file", required: true, example: Some("D:\\secrets\\shop\\database-url.txt"), shape: &WIN_PATH },
    ],
    others: None,
});

static SECTIONS: Shape = Shape::Choice(&["unlock", "location"]);

static SEGMENT: Shape = Shape::Text(Text { pattern: Some(&SEGMENT_FORM), range: None });

static SITE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: false, example: None, shape: &SITE_NAME },
        Key { name: "id", required: false, example: None, shape: &Shape::Integer { least: 1, most: 4294967295 } },
        Key { name: "path", required: false, example: None, shape: &VIRTUAL_PATH },
        Key { name: "bindings", required: false, example: None, shape: &Shape::List(List { items: &BINDING, least: 0, unique: false }) },
        Key { name: "permissions", required: false, example: None, shape: &Shape::List(List { items: &PERMISSION, least: 1, unique: true }) },
    ],
    others: None,
});

static SITE_NAME: Shape = Shape::Text(Text { pattern: Some(&SITE_NAME_FORM), range: None });

static START_MODE: Shape = Shape::Choice(&["on-demand", "always-running"]);

static STATIC_MOUNT: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "folder", required: true, example: Some("shop/static"), shape: &PROJECT_PATH },
        Key { name: "max-age", required: false, example: Some("90s"), shape: &Shape::Text(Text { pattern: Some(&STATIC_MOUNT_MAX_AGE_FORM), range: Some(Range { least: "0s", most: "3650d" }) }) },
        Key { name: "mime-types", required: false, example: None, shape: &Shape::Mapping(Mapping { keys: &[], others: Some(Others { name: &STATIC_MOUNT_MIME_TYPES_KEY, shape: &MIME_TYPE }) }) },
    ],
    others: None,
});

static STDERR_MODE: Shape = Shape::Choice(&["return-stderr-in-500", "return-generic-500", "ignore-and-return-200", "terminate-process"]);

static STORE_NAME: Shape = Shape::Text(Text { pattern: Some(&STORE_NAME_FORM), range: None });

static TARGET: Shape = Shape::Choice(&["iis6", "iis7", "iis7.5", "iis8", "iis8.5", "iis10", "iis-express"]);

static THUMBPRINT: Shape = Shape::Text(Text { pattern: Some(&THUMBPRINT_FORM), range: None });

static TIME_OF_DAY: Shape = Shape::Text(Text { pattern: Some(&TIME_OF_DAY_FORM), range: None });

static URL_PATH: Shape = Shape::Text(Text { pattern: Some(&URL_PATH_FORM), range: None });

static USER: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "name", required: true, example: Some("EXAMPLE\\svc-shop"), shape: &ACCOUNT_NAME },
        Key { name: "password-from", required: false, example: Some("SHOP_POOL_PASSWORD"), shape: &VARIABLE_NAME },
    ],
    others: None,
});

static VARIABLE: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "type", required: false, example: None, shape: &VARIABLE_KIND },
        Key { name: "default", required: false, example: Some("D:\\apps"), shape: &Shape::Scalar },
        Key { name: "description", required: false, example: Some("the folder of all applications on the server"), shape: &Shape::Text(Text { pattern: None, range: None }) },
    ],
    others: None,
});

static VARIABLE_KIND: Shape = Shape::Choice(&["text", "integer", "boolean", "path", "duration", "size"]);

static VARIABLE_NAME: Shape = Shape::Text(Text { pattern: Some(&VARIABLE_NAME_FORM), range: None });

static VIRTUAL_PATH: Shape = Shape::Text(Text { pattern: Some(&VIRTUAL_PATH_FORM), range: None });

static WARM_UP: Shape = Shape::Mapping(Mapping {
    keys: &[
        Key { name: "url", required: false, example: Some("/health"), shape: &URL_PATH },
    ],
    others: None,
});

static WEB_DAV: Shape = Shape::Choice(&["remove", "keep"]);

static WIN_PATH: Shape = Shape::Text(Text { pattern: None, range: None });

static ACCOUNT_NAME_FORM: Pattern = Pattern::new(
    r#"^([A-Za-z0-9._-]+\\)?[^"/\\\[\]:;|=,+*?<>@'%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]+(@[A-Za-z0-9._-]+)?$"#,
    "expected an account such as `EXAMPLE\\svc-shop` or `.\\svc-shop`, without blanks",
);

static ADDRESS_FORM: Pattern = Pattern::new(
    r#"^(\*|[0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.]+\])$"#,
    "expected `*`, an address such as `10.0.0.5`, or one such as `[fe80::1]`",
);

static APP_NAME_FORM: Pattern = Pattern::new(
    r#"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"#,
    "expected letters, digits, `.`, `_` and `-`, at most 64, the first a letter or digit",
);

static CPU_INTERVAL_FORM: Pattern = Pattern::new(
    r#"^0*(([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|1[0-3][0-9][0-9]|14[0-3][0-9]|1440)m|([1-9]|1[0-9]|2[0-4])h|(1)d)$"#,
    "expected `1m` to `1d`, written as `90m`, `90h` or `90d`",
);

static EXTENSION_FORM: Pattern = Pattern::new(
    r#"^\.[A-Za-z0-9_-]+$"#,
    "expected a dot and letters or digits, such as `.config`",
);

static GLOB_FORM: Pattern = Pattern::new(
    r#"^[^/\\:"<>|\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+(/[^/\\:"<>|\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+)*$"#,
    "expected a file pattern relative to the root, with `/` between folders, such as `shop/**/*.py`",
);

static HOST_NAME_FORM: Pattern = Pattern::new(
    r#"^(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$"#,
    "expected a host name such as `shop.example.com`, without protocol, port and path; a name with other letters in its `xn--` form",
);

static LIMITS_BODY_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|4[0-1][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|42[0-8][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|429[0-2][0-9][0-9][0-9][0-9][0-9][0-9]|4293[0-8][0-9][0-9][0-9][0-9][0-9]|429390[0-9][0-9][0-9][0-9]|429391[0-7][0-9][0-9][0-9]|4293918[0-6][0-9][0-9]|42939187[0-1][0-9]|4293918720)B|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9]|40[0-9][0-9][0-9][0-9][0-9]|41[0-8][0-9][0-9][0-9][0-9]|419[0-2][0-9][0-9][0-9]|4193[0-1][0-9][0-9]|41932[0-7][0-9]|4193280)KB|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-3][0-9][0-9][0-9]|40[0-8][0-9]|409[0-5])MB|([0-3])GB)$"#,
    "expected `0B` to `4095MB`, written as `90B`, `90KB`, `90MB` or `90GB`",
);

static LOG_MAX_SIZE_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|4[0-1][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|42[0-8][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|429[0-3][0-9][0-9][0-9][0-9][0-9][0-9]|4294[0-8][0-9][0-9][0-9][0-9][0-9]|42949[0-5][0-9][0-9][0-9][0-9]|429496[0-6][0-9][0-9][0-9]|4294967[0-1][0-9][0-9]|42949672[0-8][0-9]|429496729[0-6])B|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9]|40[0-9][0-9][0-9][0-9][0-9]|41[0-8][0-9][0-9][0-9][0-9]|419[0-3][0-9][0-9][0-9]|4194[0-2][0-9][0-9]|419430[0-4])KB|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-3][0-9][0-9][0-9]|40[0-8][0-9]|409[0-6])MB|([0-4])GB)$"#,
    "expected `0B` to `4GB`, written as `90B`, `90KB`, `90MB` or `90GB`",
);

static METHOD_FORM: Pattern = Pattern::new(
    r#"^[A-Z][A-Z-]{0,31}$"#,
    "expected a method in capitals, such as `GET` or `POST`",
);

static MIME_TYPE_FORM: Pattern = Pattern::new(
    r#"^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(; ?charset=[A-Za-z0-9_-]+)?$"#,
    "expected a content type such as `model/gltf-binary`",
);

static NETWORK_FORM: Pattern = Pattern::new(
    r#"^([0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?)$"#,
    "expected an address such as `10.0.0.5`, or a network such as `10.0.0.0/8`",
);

static PIP_OPTION_FORM: Pattern = Pattern::new(
    r#"^(--[A-Za-z][A-Za-z0-9-]*(=[^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF"%]*)?|-[A-Za-z][^\x00-\x20\x7F-\x9F\uFFFE\uFFFF"%]*)$"#,
    "expected an option of pip that begins with `-`, its value behind `=`, without quotes and `%`",
);

static POOL_IDLE_TIMEOUT_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9]|4[0-2][0-9][0-9][0-9]|43[0-1][0-9][0-9]|43200)m|([0-9]|[1-9][0-9]|[1-6][0-9][0-9]|7[0-1][0-9]|720)h|([0-9]|[1-2][0-9]|30)d)$"#,
    "expected `0m` to `30d`, written as `90m`, `90h` or `90d`",
);

static POOL_NAME_FORM: Pattern = Pattern::new(
    r#"^[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%]([^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%]{0,62}[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF|<>&"/\\\[\]+=;:,?*@'%])?$"#,
    "expected at most 64 characters, none of them a quote, a backslash or one of `| < > & / [ ] + = ; : , ? * @ %`, and no blank at either end",
);

static POOL_SHUTDOWN_TIMEOUT_FORM: Pattern = Pattern::new(
    r#"^0*(([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|1[0-9][0-9][0-9][0-9][0-9][0-9]|2[0-4][0-9][0-9][0-9][0-9][0-9]|25[0-8][0-9][0-9][0-9][0-9]|259[0-1][0-9][0-9][0-9]|2592000)s|([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9]|4[0-2][0-9][0-9][0-9]|43[0-1][0-9][0-9]|43200)m|([1-9]|[1-9][0-9]|[1-6][0-9][0-9]|7[0-1][0-9]|720)h|([1-9]|[1-2][0-9]|30)d)$"#,
    "expected `1s` to `30d`, written as `90s`, `90m`, `90h` or `90d`",
);

static PROCESS_REQUEST_TIMEOUT_FORM: Pattern = Pattern::new(
    r#"^0*(([1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|1[0-9][0-9][0-9][0-9][0-9][0-9]|2[0-4][0-9][0-9][0-9][0-9][0-9]|25[0-8][0-9][0-9][0-9][0-9]|259[0-1][0-9][0-9][0-9]|2592000)s|([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9]|4[0-2][0-9][0-9][0-9]|43[0-1][0-9][0-9]|43200)m|([1-9]|[1-9][0-9]|[1-6][0-9][0-9]|7[0-1][0-9]|720)h|([1-9]|[1-2][0-9]|30)d)$"#,
    "expected `10s` to `30d`, written as `90s`, `90m`, `90h` or `90d`",
);

static PROCESS_STOP_GRACE_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-5][0-9]|60)s|([0-1])m|(0)h|(0)d)$"#,
    "expected `0s` to `60s`, written as `90s`, `90m`, `90h` or `90d`",
);

static PROJECT_PATH_FORM: Pattern = Pattern::new(
    r#"^[^/\\?*:<>|"%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]([^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]*)([/\\][^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+)*[/\\]?$"#,
    "expected a path relative to the root, such as `shop/static`, without drive and leading slash",
);

static RECYCLE_INTERVAL_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9]|4[0-2][0-9][0-9][0-9][0-9]|43[0-1][0-9][0-9][0-9]|432000)m|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-6][0-9][0-9][0-9]|7[0-1][0-9][0-9]|7200)h|([0-9]|[1-9][0-9]|[1-2][0-9][0-9]|300)d)$"#,
    "expected `0m` to `300d`, written as `90m`, `90h` or `90d`",
);

static RECYCLE_PRIVATE_MEMORY_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|4[0-1][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|42[0-8][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|429[0-3][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|4294[0-8][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|42949[0-5][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|429496[0-6][0-9][0-9][0-9][0-9][0-9][0-9]|4294967[0-1][0-9][0-9][0-9][0-9][0-9]|42949672[0-8][0-9][0-9][0-9][0-9]|429496729[0-5][0-9][0-9][0-9]|4294967296000)B|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|40[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|41[0-8][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|419[0-3][0-9][0-9][0-9][0-9][0-9][0-9]|4194[0-2][0-9][0-9][0-9][0-9][0-9]|419430[0-3][0-9][0-9][0-9]|4194304000)KB|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-3][0-9][0-9][0-9][0-9][0-9][0-9]|40[0-8][0-9][0-9][0-9][0-9]|409[0-5][0-9][0-9][0-9]|4096000)MB|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-3][0-9][0-9][0-9]|4000)GB)$"#,
    "expected `0B` to `4000GB`, written as `90B`, `90KB`, `90MB` or `90GB`",
);

static REQUIREMENT_FORM: Pattern = Pattern::new(
    r#"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._, -]*\])? ?([=<>!~][A-Za-z0-9=<>!~.,*+ -]*)?$"#,
    "expected the name of a package, and maybe a version: `pyodbc` or `pywin32==306`",
);

static SEGMENT_FORM: Pattern = Pattern::new(
    r#"^[^/\\?*:<>|"%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]+$"#,
    "expected one name without slashes, such as `bin`",
);

static SITE_NAME_FORM: Pattern = Pattern::new(
    r#"^[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF/\\?"'%]([^\x00-\x1F\x7F-\x9F\uFFFE\uFFFF/\\?"'%]{0,258}[^\x00-\x20\x7F-\x9F\uFFFE\uFFFF/\\?"'%])?$"#,
    "expected a name without `/`, `?`, `%`, quotes and backslashes, and no blank at either end",
);

static SPEC_APPLICATIONS_KEY: Pattern = Pattern::new(
    r#"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"#,
    "expected letters, digits, `.`, `_` and `-`, the first a letter or digit",
);

static SPEC_LOCAL_FILES_KEY: Pattern = Pattern::new(
    r#"^[^/\\?*:<>|"%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]([^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]*)([/\\][^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+)*[/\\]?$"#,
    "expected a path relative to the root, such as `local.cnf`",
);

static SPEC_PROFILES_KEY: Pattern = Pattern::new(
    r#"^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$"#,
    "expected letters, digits, `_` and `-`",
);

static SPEC_STATIC_KEY: Pattern = Pattern::new(
    r#"^(/|(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)+)$"#,
    "expected a path such as `/static` that ends without a slash",
);

static SPEC_VARIABLES_KEY: Pattern = Pattern::new(
    r#"^[A-Z_][A-Z0-9_]{0,63}$"#,
    "expected capitals, digits and `_`, the first no digit",
);

static STATIC_MOUNT_MAX_AGE_FORM: Pattern = Pattern::new(
    r#"^0*(([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|[1-2][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]|30[0-9][0-9][0-9][0-9][0-9][0-9][0-9]|31[0-4][0-9][0-9][0-9][0-9][0-9][0-9]|315[0-2][0-9][0-9][0-9][0-9][0-9]|3153[0-5][0-9][0-9][0-9][0-9]|315360000)s|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9]|[1-9][0-9][0-9][0-9][0-9][0-9]|[1-4][0-9][0-9][0-9][0-9][0-9][0-9]|5[0-1][0-9][0-9][0-9][0-9][0-9]|52[0-4][0-9][0-9][0-9][0-9]|525[0-5][0-9][0-9][0-9]|5256000)m|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9]|[1-7][0-9][0-9][0-9][0-9]|8[0-6][0-9][0-9][0-9]|87[0-5][0-9][0-9]|87600)h|([0-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-2][0-9][0-9][0-9]|3[0-5][0-9][0-9]|36[0-4][0-9]|3650)d)$"#,
    "expected `0s` to `3650d`, written as `90s`, `90m`, `90h` or `90d`",
);

static STATIC_MOUNT_MIME_TYPES_KEY: Pattern = Pattern::new(
    r#"^\.[A-Za-z0-9_-]+$"#,
    "expected a dot and letters or digits, such as `.glb`",
);

static STORE_NAME_FORM: Pattern = Pattern::new(
    r#"^[A-Za-z][A-Za-z0-9]{0,63}$"#,
    "expected the name of a store, such as `My` or `WebHosting`",
);

static THUMBPRINT_FORM: Pattern = Pattern::new(
    r#"^[0-9A-Fa-f]{40}$"#,
    "expected 40 hexadecimal digits without blanks",
);

static TIME_OF_DAY_FORM: Pattern = Pattern::new(
    r#"^([01][0-9]|2[0-3]):[0-5][0-9]$"#,
    "expected hours and minutes in quotes, such as `\"03:00\"`",
);

static URL_PATH_FORM: Pattern = Pattern::new(
    r#"^/[A-Za-z0-9._~/?&=;,@!$()*+%-]*$"#,
    "expected a path such as `/health`, other characters as `%..`",
);

static VARIABLE_NAME_FORM: Pattern = Pattern::new(
    r#"^[A-Za-z_][A-Za-z0-9_]*$"#,
    "expected letters, digits and `_`, the first no digit",
);

static VIRTUAL_PATH_FORM: Pattern = Pattern::new(
    r#"^(/|(/[A-Za-z0-9_~][A-Za-z0-9._~-]*)+)$"#,
    "expected `/`, or a path such as `/shop` that ends without a slash",
);
