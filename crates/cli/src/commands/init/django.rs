//! What the files of a Django project say, as text.

use iisc_spec::World;

use super::application::{Application, Interface, Mount, assignments, literals, module_of};

/// Most folders that `manage.py` may lie in.
const MAX_DEPTH: usize = 1;

/// The project whose `manage.py` is nearest to the top.
pub(super) fn find(world: &dyn World) -> Option<Application> {
    let mut manages: Vec<String> = world.files();
    manages.retain(|path| path == "manage.py" || path.ends_with("/manage.py"));
    manages.retain(|path| path.matches('/').count() <= MAX_DEPTH);
    manages.sort_by_key(|path| path.matches('/').count());
    manages.iter().find_map(|path| project(world, path))
}

fn project(world: &dyn World, manage: &str) -> Option<Application> {
    let settings = settings_module(&world.read(manage)?)?;
    let base = manage.strip_suffix("manage.py").unwrap_or_default();
    let (package, _) = settings.rsplit_once('.')?;
    // `shop.settings.production` may have its `wsgi.py` in `shop`.
    let mut packages = std::iter::successors(Some(package), |name| {
        name.rsplit_once('.').map(|(above, _)| above)
    });
    let handler = packages.find_map(|package| {
        let path = format!("{base}{}/wsgi.py", package.replace('.', "/"));
        let text = world.read(&path)?;
        let named = assignments(&text)
            .into_iter()
            .any(|(name, _)| name == "application");
        let (module, _) = module_of(world, path.strip_prefix(base)?)?;
        named.then(|| format!("{module}.application"))
    })?;
    Some(Application {
        framework: Some("Django"),
        handler,
        interface: Some(Interface::Wsgi),
        source_folder: base.strip_suffix('/').map(str::to_owned),
        mount: mount(world, base, &settings),
        others: Vec::new(),
    })
}

/// The module in `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`.
fn settings_module(manage: &str) -> Option<String> {
    let lines = manage
        .lines()
        .filter(|line| line.contains("DJANGO_SETTINGS_MODULE"));
    let (_, found) = lines.map(literals).find(|(_, found)| {
        found
            .first()
            .is_some_and(|name| name == "DJANGO_SETTINGS_MODULE")
    })?;
    let module = found.get(1)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    module.chars().all(fits).then(|| module.clone())
}

/// The folder that `collectstatic` fills, if the settings name it literally.
fn mount(world: &dyn World, base: &str, settings: &str) -> Option<Mount> {
    let path = settings.replace('.', "/");
    let candidates = [format!("{path}.py"), format!("{path}/__init__.py")];
    let (path, text) = candidates
        .into_iter()
        .find_map(|path| Some((path.clone(), world.read(&format!("{base}{path}"))?)))?;
    let values = assignments(&text);
    let value = |name: &str| {
        values
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    };
    // Below another folder than that of `manage.py` nothing is known.
    let above = value("BASE_DIR").map(levels_up)?;
    if above != path.split('/').count() {
        return None;
    }
    let folder = below_base(value("STATIC_ROOT")?)?;
    let (_, url) = literals(value("STATIC_URL")?);
    let [url] = url.as_slice() else {
        return None;
    };
    let url = url.trim_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/');
    let plain = !url.is_empty() && url.chars().all(fits) && !url.contains("//");
    plain.then(|| Mount {
        url: format!("/{url}"),
        folder: format!("{base}{folder}"),
    })
}

/// How many folders up an expression goes from its own file.
fn levels_up(expression: &str) -> usize {
    expression
        .matches(".parent")
        .count()
        .max(expression.matches("dirname(").count())
}

/// The path in `BASE_DIR / "static"`, and in the same with `os.path.join`.
fn below_base(expression: &str) -> Option<String> {
    let (skeleton, names) = literals(expression);
    let skeleton = skeleton.replace("os.path.join(", "join(");
    let plain = |text: &str| {
        matches!(
            text,
            "BASE_DIR/''" | "BASE_DIR/''/''" | "join(BASE_DIR,'')" | "join(BASE_DIR,'','')"
        )
    };
    let inner = skeleton
        .strip_prefix("str(")
        .and_then(|rest| rest.strip_suffix(')'));
    let fits = |name: &String| {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        name.chars().all(part) && !name.starts_with(['/', '.']) && !name.contains("..")
    };
    let known = plain(&skeleton) || inner.is_some_and(plain);
    (known && names.iter().all(fits)).then(|| names.join("/").trim_end_matches('/').to_owned())
}
