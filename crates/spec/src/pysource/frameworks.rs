//! What calls of well-known libraries give.

/// How an application wants to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interface {
    /// With `environ` and `start_response`.
    Wsgi,
    /// With `scope`, `receive` and `send`.
    Asgi,
    /// By its own server only, or not at all.
    Neither,
}

/// Something that can be called to get an application.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Framework {
    /// Its name for people.
    pub(crate) name: &'static str,
    /// Dotted names of what is called; `()` where a name in the middle is called too.
    pub(crate) makers: &'static [&'static str],
    /// What the call gives.
    pub(crate) interface: Interface,
    /// The attribute of the result that holds the WSGI application, if the result is none.
    pub(crate) wsgi_attribute: Option<&'static str>,
    /// A form of old that newer releases no longer have, and what to write instead.
    pub(crate) replaced_by: Option<&'static str>,
}

/// What a path such as `flask.Flask()` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The application, or the object that the framework takes for it.
    Object(&'static Framework),
    /// What must be called to get it.
    Maker(&'static Framework),
    /// The result of calling the object with nothing.
    Called(&'static Framework),
    /// The WSGI application that an object holds in an attribute.
    Inner(&'static Framework),
}

/// Looks a path up in which `()` stands for a call: `dash.Dash().server`.
pub(crate) fn role(path: &str) -> Option<Role> {
    if let Some(found) = maker(path) {
        return Some(Role::Maker(found));
    }
    if let Some((object, attribute)) = path.rsplit_once('.') {
        let found = object.strip_suffix("()").and_then(maker);
        if let Some(found) = found {
            return (holds(found, attribute)).then_some(Role::Inner(found));
        }
    }
    let object = path.strip_suffix("()")?;
    if let Some(found) = maker(object) {
        return Some(Role::Object(found));
    }
    maker(object.strip_suffix("()")?).map(Role::Called)
}

fn maker(path: &str) -> Option<&'static Framework> {
    FRAMEWORKS
        .iter()
        .find(|framework| framework.makers.contains(&path))
}

/// True if an attribute of the framework's object is a WSGI application. Flask and its relatives have `wsgi_app`.
fn holds(framework: &Framework, attribute: &str) -> bool {
    framework.wsgi_attribute == Some(attribute)
        || (framework.name == "Flask" && attribute == "wsgi_app")
}

const fn wsgi(name: &'static str, makers: &'static [&'static str]) -> Framework {
    one(name, makers, Interface::Wsgi)
}

const fn asgi(name: &'static str, makers: &'static [&'static str]) -> Framework {
    one(name, makers, Interface::Asgi)
}

const fn neither(name: &'static str, makers: &'static [&'static str]) -> Framework {
    one(name, makers, Interface::Neither)
}

const fn one(
    name: &'static str,
    makers: &'static [&'static str],
    interface: Interface,
) -> Framework {
    Framework {
        name,
        makers,
        interface,
        wsgi_attribute: None,
        replaced_by: None,
    }
}

/// What is known. What a library gives in one release and not in another, such as Connexion, is left out.
static FRAMEWORKS: &[Framework] = &[
    // WSGI
    wsgi(
        "Flask",
        &[
            "flask.Flask",
            "flask.app.Flask",
            "apiflask.APIFlask",
            "flask_openapi3.OpenAPI",
            "eve.Eve",
        ],
    ),
    wsgi("Django", &["django.core.wsgi.get_wsgi_application"]),
    Framework {
        replaced_by: Some("django.core.wsgi.get_wsgi_application()"),
        ..wsgi("Django", &["django.core.handlers.wsgi.WSGIHandler"])
    },
    wsgi(
        "Bottle",
        &[
            "bottle.Bottle",
            "bottle.app",
            "bottle.default_app",
            "bottle.app.push",
        ],
    ),
    wsgi(
        "Pyramid",
        &[
            "pyramid.config.Configurator().make_wsgi_app",
            "pyramid.paster.get_app",
        ],
    ),
    wsgi("Falcon", &["falcon.API", "falcon.App"]),
    wsgi("CherryPy", &["cherrypy.Application", "cherrypy.tree.mount"]),
    wsgi("web.py", &["web.application().wsgifunc"]),
    wsgi("webapp2", &["webapp2.WSGIApplication"]),
    wsgi("Spyne", &["spyne.server.wsgi.WsgiApplication"]),
    wsgi("Paste Deploy", &["paste.deploy.loadapp"]),
    wsgi(
        "wfastcgi",
        &[
            "ptvs_virtualenv_proxy.get_virtualenv_handler",
            "ptvs_virtualenv_proxy.get_venv_handler",
        ],
    ),
    // WSGI around another application
    wsgi(
        "Werkzeug",
        &[
            "werkzeug.middleware.proxy_fix.ProxyFix",
            "werkzeug.contrib.fixers.ProxyFix",
            "werkzeug.middleware.dispatcher.DispatcherMiddleware",
            "werkzeug.wsgi.DispatcherMiddleware",
            "werkzeug.middleware.shared_data.SharedDataMiddleware",
            "werkzeug.middleware.profiler.ProfilerMiddleware",
            "werkzeug.middleware.lint.LintMiddleware",
            "werkzeug.middleware.http_proxy.ProxyMiddleware",
            "werkzeug.debug.DebuggedApplication",
        ],
    ),
    wsgi("WhiteNoise", &["whitenoise.WhiteNoise"]),
    wsgi("dj-static", &["dj_static.Cling", "dj_static.MediaCling"]),
    wsgi("Socket.IO", &["socketio.WSGIApp", "socketio.Middleware"]),
    wsgi("a2wsgi", &["a2wsgi.ASGIMiddleware"]),
    wsgi(
        "Sentry",
        &["sentry_sdk.integrations.wsgi.SentryWsgiMiddleware"],
    ),
    wsgi(
        "OpenTelemetry",
        &["opentelemetry.instrumentation.wsgi.OpenTelemetryMiddleware"],
    ),
    // ASGI
    asgi("Django", &["django.core.asgi.get_asgi_application"]),
    asgi(
        "FastAPI",
        &["fastapi.FastAPI", "fastapi.applications.FastAPI"],
    ),
    asgi(
        "Starlette",
        &[
            "starlette.applications.Starlette",
            "starlette.routing.Router",
        ],
    ),
    asgi("Quart", &["quart.Quart", "quart.app.Quart"]),
    asgi("Sanic", &["sanic.Sanic", "sanic.app.Sanic"]),
    asgi("Litestar", &["litestar.Litestar", "litestar.app.Litestar"]),
    asgi("Starlite", &["starlite.Starlite"]),
    asgi("Falcon", &["falcon.asgi.App"]),
    asgi("Responder", &["responder.API", "responder.api.API"]),
    asgi(
        "BlackSheep",
        &["blacksheep.Application", "blacksheep.server.Application"],
    ),
    asgi("Shiny", &["shiny.App"]),
    asgi("Channels", &["channels.routing.ProtocolTypeRouter"]),
    asgi("Socket.IO", &["socketio.ASGIApp"]),
    asgi("asgiref", &["asgiref.wsgi.WsgiToAsgi"]),
    asgi("a2wsgi", &["a2wsgi.WSGIMiddleware"]),
    asgi(
        "Starlette",
        &[
            "starlette.middleware.wsgi.WSGIMiddleware",
            "fastapi.middleware.wsgi.WSGIMiddleware",
        ],
    ),
    asgi("uvicorn", &["uvicorn.middleware.wsgi.WSGIMiddleware"]),
    asgi(
        "Sentry",
        &["sentry_sdk.integrations.asgi.SentryAsgiMiddleware"],
    ),
    // Neither
    Framework {
        wsgi_attribute: Some("server"),
        ..neither(
            "Dash",
            &["dash.Dash", "dash.dash.Dash", "jupyter_dash.JupyterDash"],
        )
    },
    neither("Tornado", &["tornado.web.Application"]),
    neither(
        "aiohttp",
        &["aiohttp.web.Application", "aiohttp.web_app.Application"],
    ),
    neither("Flask-SocketIO", &["flask_socketio.SocketIO"]),
    neither("Robyn", &["robyn.Robyn"]),
    neither("Mangum", &["mangum.Mangum"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str) -> Option<(&'static str, &'static str)> {
        role(path).map(|role| match role {
            Role::Object(found) => ("object", found.name),
            Role::Maker(found) => ("maker", found.name),
            Role::Called(found) => ("called", found.name),
            Role::Inner(found) => ("inner", found.name),
        })
    }

    #[test]
    fn a_path_has_the_role_of_its_last_part() {
        assert_eq!(name("flask.Flask"), Some(("maker", "Flask")));
        assert_eq!(name("flask.Flask()"), Some(("object", "Flask")));
        assert_eq!(name("flask.Flask()()"), Some(("called", "Flask")));
        assert_eq!(name("flask.Flask().wsgi_app"), Some(("inner", "Flask")));
        assert_eq!(name("dash.Dash().server"), Some(("inner", "Dash")));
        assert_eq!(name("dash.Dash().wsgi_app"), None);
        assert_eq!(
            name("pyramid.config.Configurator().make_wsgi_app()"),
            Some(("object", "Pyramid"))
        );
        assert_eq!(name("shop.Flask()"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn no_maker_is_listed_twice() {
        let mut makers: Vec<_> = FRAMEWORKS.iter().flat_map(|one| one.makers).collect();
        let all = makers.len();
        makers.sort_unstable();
        makers.dedup();
        assert_eq!(makers.len(), all);
    }
}
