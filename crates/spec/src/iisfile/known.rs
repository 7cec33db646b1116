//! The elements, attributes and values that IIS knows, as facts (section 2 of the IIS fact sheet).
//!
//! Long because it is a list: one line for each thing.

use super::table::{Form, Known, Property};

pub(super) const UINT: Form = Form::Number(0, 4_294_967_295);
pub(super) const ANY_TIME: Form = Form::Time(0, u64::MAX, 1);

const fn text(name: &'static str) -> Property {
    of(name, Form::Text)
}

const fn bool(name: &'static str) -> Property {
    of(name, Form::Bool)
}

const fn of(name: &'static str, form: Form) -> Property {
    Property {
        name,
        form,
        is_required: false,
    }
}

const fn needed(name: &'static str, form: Form) -> Property {
    Property {
        name,
        form,
        is_required: true,
    }
}

/// A single element.
const fn one(path: &'static str, attributes: &'static [Property]) -> Known {
    Known {
        path,
        attributes,
        key: &[],
        is_case_sensitive: false,
    }
}

/// An element of a collection.
const fn many(
    path: &'static str,
    key: &'static [&'static str],
    attributes: &'static [Property],
) -> Known {
    Known {
        path,
        attributes,
        key,
        is_case_sensitive: false,
    }
}

/// What takes an entry of an outer file out of a collection: its key alone.
const fn removal(path: &'static str, attributes: &'static [Property]) -> Known {
    one(path, attributes)
}

const RESPONSE_MODE: Form = Form::One(&["File", "ExecuteURL", "Redirect"]);
const NAME: &[Property] = &[needed("name", Form::Text)];

const POOL: &[Property] = &[
    needed("name", Form::Text),
    of("queueLength", Form::Number(10, 65_535)),
    bool("autoStart"),
    bool("enable32BitAppOnWin64"),
    text("managedRuntimeVersion"),
    text("managedRuntimeLoader"),
    bool("enableConfigurationOverride"),
    of("managedPipelineMode", Form::One(&["Integrated", "Classic"])),
    text("CLRConfigFile"),
    bool("passAnonymousToken"),
    of("startMode", Form::One(&["OnDemand", "AlwaysRunning"])),
];

const PROCESS_MODEL: &[Property] = &[
    of(
        "identityType",
        Form::One(&[
            "LocalSystem",
            "LocalService",
            "NetworkService",
            "SpecificUser",
            "ApplicationPoolIdentity",
        ]),
    ),
    text("userName"),
    text("password"),
    bool("loadUserProfile"),
    bool("setProfileEnvironment"),
    of("logonType", Form::One(&["LogonBatch", "LogonService"])),
    bool("manualGroupMembership"),
    of("idleTimeout", Form::Time(0, 2_592_000, 60)),
    of("idleTimeoutAction", Form::One(&["Terminate", "Suspend"])),
    of("maxProcesses", Form::Number(0, 2_147_483_647)),
    of("shutdownTimeLimit", Form::Time(1, 4_294_967, 1)),
    of("startupTimeLimit", Form::Time(1, 4_294_967, 1)),
    bool("pingingEnabled"),
    of("pingInterval", Form::Time(1, 4_294_967, 1)),
    of("pingResponseTime", Form::Time(1, 4_294_967, 1)),
    of("logEventOnProcessModel", Form::Some(&["IdleTimeout"])),
];

const PERIODIC_RESTART: &[Property] = &[
    of("memory", UINT),
    of("privateMemory", UINT),
    of("requests", UINT),
    of("time", Form::Time(0, 25_920_000, 60)),
];

const VIRTUAL_DIRECTORY: &[Property] = &[
    text("path"),
    text("physicalPath"),
    text("userName"),
    text("password"),
    of(
        "logonMethod",
        Form::One(&["Interactive", "Batch", "Network", "ClearText"]),
    ),
    bool("allowSubDirConfig"),
];

const APPLICATION: &[Property] = &[
    needed("path", Form::Text),
    text("applicationPool"),
    text("enabledProtocols"),
    bool("serviceAutoStartEnabled"),
    text("serviceAutoStartProvider"),
    bool("preloadEnabled"),
];

const FAST_CGI_APPLICATION: &[Property] = &[
    needed("fullPath", Form::Filled),
    text("arguments"),
    text("monitorChangesTo"),
    of(
        "stderrMode",
        Form::One(&[
            "ReturnStdErrIn500",
            "ReturnGeneric500",
            "IgnoreAndReturn200",
            "TerminateProcess",
        ]),
    ),
    of("maxInstances", Form::Number(0, 10_000)),
    of("idleTimeout", Form::Number(10, 2_592_000)),
    of("activityTimeout", Form::Number(10, 2_592_000)),
    of("requestTimeout", Form::Number(10, 2_592_000)),
    of("instanceMaxRequests", Form::Number(1, 10_000_000)),
    of("signalBeforeTerminateSeconds", Form::Number(0, 60)),
    of("protocol", Form::One(&["NamedPipe", "Tcp"])),
    of("queueLength", Form::Number(1, 100_000_000)),
    bool("flushNamedPipe"),
    of("rapidFailsPerMinute", Form::Number(0, 1_000)),
];

const HANDLER: &[Property] = &[
    needed("name", Form::Filled),
    needed("path", Form::Filled),
    needed("verb", Form::Text),
    text("type"),
    text("modules"),
    text("scriptProcessor"),
    of(
        "resourceType",
        Form::One(&["File", "Directory", "Either", "Unspecified"]),
    ),
    of(
        "requireAccess",
        Form::One(&["None", "Read", "Write", "Script", "Execute"]),
    ),
    bool("allowPathInfo"),
    text("preCondition"),
    of("responseBufferLimit", UINT),
];

const ACCESS_POLICY: &[Property] = &[of(
    "accessPolicy",
    Form::Some(&[
        "None",
        "Read",
        "Write",
        "Execute",
        "Source",
        "Script",
        "NoRemoteWrite",
        "NoRemoteRead",
        "NoRemoteExecute",
        "NoRemoteScript",
    ]),
)];

/// HttpPlatformHandler 1.2, and what the open version 2 leaves out or adds. Version 2 takes whole seconds as a
/// time-out, so the step is left to a rule.
const HTTP_PLATFORM: &[Property] = &[
    text("processPath"),
    text("arguments"),
    of("startupTimeLimit", Form::Number(0, 3_600)),
    of("startupRetryCount", Form::Number(0, 100)),
    of("rapidFailsPerMinute", Form::Number(0, 100)),
    of("requestTimeout", Form::Time(0, 2_592_000, 1)),
    bool("stdoutLogEnabled"),
    text("stdoutLogFile"),
    of("processesPerApplication", Form::Number(1, 100)),
    bool("forwardWindowsAuthToken"),
];

const NAME_AND_VALUE: &[Property] = &[needed("name", Form::Filled), needed("value", Form::Text)];

const HTTP_ERRORS: &[Property] = &[
    of(
        "errorMode",
        Form::One(&["DetailedLocalOnly", "Custom", "Detailed"]),
    ),
    of(
        "existingResponse",
        Form::One(&["Auto", "Replace", "PassThrough"]),
    ),
    text("defaultPath"),
    of("defaultResponseMode", RESPONSE_MODE),
    text("detailedMoreInformationLink"),
    bool("allowAbsolutePathsWhenDelegated"),
];

const ERROR_KEY: &[Property] = &[
    needed("statusCode", Form::Number(400, 999)),
    of("subStatusCode", Form::Number(-1, 999)),
];

const ERROR: &[Property] = &[
    needed("statusCode", Form::Number(400, 999)),
    of("subStatusCode", Form::Number(-1, 999)),
    text("prefixLanguageFilePath"),
    needed("path", Form::Filled),
    of("responseMode", RESPONSE_MODE),
];

const REQUEST_FILTERING: &[Property] = &[
    bool("allowDoubleEscaping"),
    bool("allowHighBitCharacters"),
    bool("unescapeQueryString"),
    bool("removeServerHeader"),
];

const UNLISTED: &[Property] = &[bool("allowUnlisted"), bool("applyToWebDAV")];
const EXTENSION: &[Property] = &[needed("fileExtension", Form::Filled)];
const EXTENSION_ALLOWED: &[Property] = &[
    needed("fileExtension", Form::Filled),
    needed("allowed", Form::Bool),
];
const SEGMENT: &[Property] = &[needed("segment", Form::Filled)];
const URL: &[Property] = &[needed("url", Form::Filled)];
const QUERY_STRING: &[Property] = &[needed("queryString", Form::Filled)];
const SEQUENCE: &[Property] = &[needed("sequence", Form::Filled)];

const CLIENT_CACHE: &[Property] = &[
    of(
        "cacheControlMode",
        Form::One(&["NoControl", "DisableCache", "UseMaxAge", "UseExpires"]),
    ),
    of("cacheControlMaxAge", ANY_TIME),
    text("httpExpires"),
    text("cacheControlCustom"),
    bool("setEtag"),
];

/// Every element that is judged, outer ones first.
pub(crate) static KNOWN: &[Known] = &[
    many(
        "system.applicationHost/applicationPools/add",
        &["name"],
        POOL,
    ),
    one(
        "system.applicationHost/applicationPools/add/processModel",
        PROCESS_MODEL,
    ),
    one(
        "system.applicationHost/applicationPools/add/recycling/periodicRestart",
        PERIODIC_RESTART,
    ),
    many(
        "system.applicationHost/applicationPools/add/recycling/periodicRestart/schedule/add",
        &["value"],
        &[needed("value", Form::Time(0, 86_399, 60))],
    ),
    many(
        "system.applicationHost/applicationPools/add/environmentVariables/add",
        &["name"],
        &[needed("name", Form::Filled), needed("value", Form::Filled)],
    ),
    one(
        "system.applicationHost/applicationPools/applicationPoolDefaults/processModel",
        PROCESS_MODEL,
    ),
    one(
        "system.applicationHost/applicationPools/applicationPoolDefaults/recycling/periodicRestart",
        PERIODIC_RESTART,
    ),
    many(
        "system.applicationHost/sites/site",
        &["name"],
        &[
            needed("name", Form::Text),
            needed("id", UINT),
            bool("serverAutoStart"),
        ],
    ),
    many(
        "system.applicationHost/sites/site/bindings/binding",
        &["protocol", "bindingInformation"],
        &[
            needed("protocol", Form::Filled),
            needed("bindingInformation", Form::Filled),
            of("sslFlags", UINT),
        ],
    ),
    one(
        "system.applicationHost/sites/site/limits",
        &[
            of("maxBandwidth", Form::NumberExcept(0, 1_023)),
            of("maxConnections", UINT),
            of("connectionTimeout", Form::Time(0, 65_535, 1)),
            of("maxUrlSegments", Form::Number(0, 16_383)),
        ],
    ),
    many(
        "system.applicationHost/sites/site/application",
        &["path"],
        APPLICATION,
    ),
    many(
        "system.applicationHost/sites/site/application/virtualDirectory",
        &["path"],
        VIRTUAL_DIRECTORY,
    ),
    one("system.webServer/fastCgi", &[]),
    many(
        "system.webServer/fastCgi/application",
        &["fullPath", "arguments"],
        FAST_CGI_APPLICATION,
    ),
    one(
        "system.webServer/fastCgi/application/environmentVariables",
        &[],
    ),
    many(
        "system.webServer/fastCgi/application/environmentVariables/environmentVariable",
        &["name"],
        &[text("name"), text("value")],
    ),
    one("system.webServer/handlers", ACCESS_POLICY),
    Known {
        path: "system.webServer/handlers/add",
        attributes: HANDLER,
        key: &["name"],
        is_case_sensitive: true,
    },
    removal("system.webServer/handlers/remove", NAME),
    removal("system.webServer/handlers/clear", &[]),
    one("system.webServer/httpPlatform", HTTP_PLATFORM),
    one("system.webServer/httpPlatform/recycleOnFileChange", &[]),
    one(
        "system.webServer/httpPlatform/recycleOnFileChange/file",
        &[needed("path", Form::Filled)],
    ),
    removal(
        "system.webServer/httpPlatform/recycleOnFileChange/clear",
        &[],
    ),
    one("system.webServer/httpPlatform/environmentVariables", &[]),
    one(
        "system.webServer/httpPlatform/environmentVariables/environmentVariable",
        NAME_AND_VALUE,
    ),
    removal(
        "system.webServer/httpPlatform/environmentVariables/clear",
        &[],
    ),
    one("system.webServer/httpPlatform/handlerSettings", &[]),
    one(
        "system.webServer/httpPlatform/handlerSettings/handlerSetting",
        NAME_AND_VALUE,
    ),
    removal("system.webServer/httpPlatform/handlerSettings/clear", &[]),
    one("system.webServer/httpErrors", HTTP_ERRORS),
    many(
        "system.webServer/httpErrors/error",
        &["statusCode", "subStatusCode"],
        ERROR,
    ),
    removal("system.webServer/httpErrors/remove", ERROR_KEY),
    removal("system.webServer/httpErrors/clear", &[]),
    one(
        "system.webServer/security/requestFiltering",
        REQUEST_FILTERING,
    ),
    one(
        "system.webServer/security/requestFiltering/fileExtensions",
        UNLISTED,
    ),
    many(
        "system.webServer/security/requestFiltering/fileExtensions/add",
        &["fileExtension"],
        EXTENSION_ALLOWED,
    ),
    removal(
        "system.webServer/security/requestFiltering/fileExtensions/remove",
        EXTENSION,
    ),
    removal(
        "system.webServer/security/requestFiltering/fileExtensions/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/requestLimits",
        &[
            of("maxAllowedContentLength", UINT),
            of("maxUrl", UINT),
            of("maxQueryString", UINT),
        ],
    ),
    one(
        "system.webServer/security/requestFiltering/requestLimits/headerLimits",
        &[],
    ),
    many(
        "system.webServer/security/requestFiltering/requestLimits/headerLimits/add",
        &["header"],
        &[needed("header", Form::Filled), needed("sizeLimit", UINT)],
    ),
    removal(
        "system.webServer/security/requestFiltering/requestLimits/headerLimits/remove",
        &[needed("header", Form::Filled)],
    ),
    removal(
        "system.webServer/security/requestFiltering/requestLimits/headerLimits/clear",
        &[],
    ),
    one("system.webServer/security/requestFiltering/verbs", UNLISTED),
    Known {
        path: "system.webServer/security/requestFiltering/verbs/add",
        attributes: &[needed("verb", Form::Filled), needed("allowed", Form::Bool)],
        key: &["verb"],
        is_case_sensitive: true,
    },
    removal(
        "system.webServer/security/requestFiltering/verbs/remove",
        &[needed("verb", Form::Filled)],
    ),
    removal(
        "system.webServer/security/requestFiltering/verbs/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/hiddenSegments",
        &[bool("applyToWebDAV")],
    ),
    many(
        "system.webServer/security/requestFiltering/hiddenSegments/add",
        &["segment"],
        SEGMENT,
    ),
    removal(
        "system.webServer/security/requestFiltering/hiddenSegments/remove",
        SEGMENT,
    ),
    removal(
        "system.webServer/security/requestFiltering/hiddenSegments/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/alwaysAllowedUrls",
        &[],
    ),
    many(
        "system.webServer/security/requestFiltering/alwaysAllowedUrls/add",
        &["url"],
        URL,
    ),
    removal(
        "system.webServer/security/requestFiltering/alwaysAllowedUrls/remove",
        URL,
    ),
    removal(
        "system.webServer/security/requestFiltering/alwaysAllowedUrls/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/alwaysAllowedQueryStrings",
        &[],
    ),
    many(
        "system.webServer/security/requestFiltering/alwaysAllowedQueryStrings/add",
        &["queryString"],
        QUERY_STRING,
    ),
    removal(
        "system.webServer/security/requestFiltering/alwaysAllowedQueryStrings/remove",
        QUERY_STRING,
    ),
    removal(
        "system.webServer/security/requestFiltering/alwaysAllowedQueryStrings/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/denyUrlSequences",
        &[],
    ),
    many(
        "system.webServer/security/requestFiltering/denyUrlSequences/add",
        &["sequence"],
        SEQUENCE,
    ),
    removal(
        "system.webServer/security/requestFiltering/denyUrlSequences/remove",
        SEQUENCE,
    ),
    removal(
        "system.webServer/security/requestFiltering/denyUrlSequences/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/denyQueryStringSequences",
        &[],
    ),
    many(
        "system.webServer/security/requestFiltering/denyQueryStringSequences/add",
        &["sequence"],
        SEQUENCE,
    ),
    removal(
        "system.webServer/security/requestFiltering/denyQueryStringSequences/remove",
        SEQUENCE,
    ),
    removal(
        "system.webServer/security/requestFiltering/denyQueryStringSequences/clear",
        &[],
    ),
    one(
        "system.webServer/security/requestFiltering/filteringRules",
        &[],
    ),
    one(
        "system.webServer/staticContent",
        &[
            text("defaultDocFooter"),
            bool("isDocFooterFileName"),
            bool("enableDocFooter"),
        ],
    ),
    one("system.webServer/staticContent/clientCache", CLIENT_CACHE),
    many(
        "system.webServer/staticContent/mimeMap",
        &["fileExtension"],
        &[
            needed("fileExtension", Form::Text),
            needed("mimeType", Form::Filled),
        ],
    ),
    removal(
        "system.webServer/staticContent/remove",
        &[needed("fileExtension", Form::Text)],
    ),
    removal("system.webServer/staticContent/clear", &[]),
];

/// Places that rules ask for and of which IIS's own table says nothing here.
pub(super) static NAMED: &[&str] = &[
    "appSettings",
    "appSettings/add",
    "applicationSettings",
    "applicationSettings/add",
    "system.applicationHost",
    "system.applicationHost/applicationPools",
    "system.applicationHost/applicationPools/applicationPoolDefaults",
    "system.applicationHost/applicationPools/add/recycling",
    "system.applicationHost/applicationPools/add/recycling/periodicRestart/schedule",
    "system.applicationHost/applicationPools/add/environmentVariables",
    "system.applicationHost/applicationPools/applicationPoolDefaults/recycling",
    "system.applicationHost/sites",
    "system.applicationHost/sites/site/bindings",
    "system.webServer",
    "system.webServer/globalModules",
    "system.webServer/rewrite",
    "system.webServer/rewrite/rules",
    "system.webServer/rewrite/rules/rule",
    "system.webServer/rewrite/rules/rule/serverVariables",
    "system.webServer/rewrite/rules/rule/serverVariables/set",
    "system.webServer/security",
    "system.webServer/security/access",
    "system.webServer/security/authorization",
    "system.webServer/security/authentication",
    "system.webServer/security/ipSecurity",
    "system.webServer/security/isapiCgiRestriction",
];

/// Sections in which every child element that IIS knows is in the table; other names are mistakes.
pub(crate) static COMPLETE: &[&str] = &[
    "system.webServer/fastCgi",
    "system.webServer/fastCgi/application",
    "system.webServer/fastCgi/application/environmentVariables",
    "system.webServer/handlers",
    "system.webServer/httpPlatform",
    "system.webServer/httpPlatform/environmentVariables",
    "system.webServer/httpPlatform/recycleOnFileChange",
    "system.webServer/httpErrors",
    "system.webServer/security/requestFiltering",
    "system.webServer/staticContent",
];

/// The properties of a pool in `fcgiext.ini` (section 4.4 of the IIS fact sheet). Ranges are not documented.
pub(crate) static INI_PROPERTIES: &[Property] = &[
    needed("ExePath", Form::Filled),
    text("Arguments"),
    text("EnvironmentVars"),
    of("Protocol", Form::One(&["NamedPipe", "Tcp"])),
    of("QueueLength", UINT),
    of("MaxInstances", UINT),
    of("InstanceMaxRequests", UINT),
    of("IdleTimeout", UINT),
    of("ActivityTimeout", UINT),
    of("RequestTimeout", UINT),
    of("ResponseBufferLimit", UINT),
    of("FlushNamedPipe", UINT),
    of("UnhealthyOnQueueFull", UINT),
    of("RapidFailsPerMinute", UINT),
    of("IgnoreExistingFiles", UINT),
    of("IgnoreDirectories", UINT),
    text("MonitorChangesTo"),
    of(
        "StderrMode",
        Form::One(&[
            "ReturnStderrIn500",
            "ReturnGeneric500",
            "IgnoreAndReturn200",
            "TerminateProcess",
        ]),
    ),
    of("SignalBeforeTerminateSeconds", UINT),
];
