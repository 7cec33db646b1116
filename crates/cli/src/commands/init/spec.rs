//! A project as the text of a first spec, with words for whoever reads it first.

use iisc_spec::quoted;

use super::application::{Application, Interface};
use super::detect::{Base, LocalFile, Project};

/// The spec of a project. `schema` is the name of the schema's file beside it, if there is one.
pub(super) fn text(project: &Project, schema: Option<&str>) -> String {
    let mut text = schema.map_or_else(String::new, |name| {
        format!("# yaml-language-server: $schema={name}\n\n")
    });
    text.push_str(INTRODUCTION);
    let root = format!(r"D:\apps\{}", project.name);
    text.push_str(&format!(
        "name: {}\n\n# Folder of the application on the server.\nroot: {}\n\n",
        quoted(&project.name),
        quoted(&root)
    ));
    text.push_str(&python(project, &root));
    text.push_str(&mount(project));
    text.push_str(&local_files(&project.local_files));
    text.push_str(&closing(&project.name));
    text
}

const INTRODUCTION: &str = "\
# What IIS must know to serve this application. `iisc check` finds mistakes, `iisc build` writes the files.
#
# The paths are those on the server. They are made up, so put in your own.
";

fn python(project: &Project, root: &str) -> String {
    let folder = project.virtualenv.as_deref().unwrap_or("env");
    let interpreter = quoted(&format!(r"{root}\{folder}\Scripts\python.exe"));
    let application = project.application.as_ref();
    let mut text = format!(
        "python:\n  # The Python of the virtual environment.\n  interpreter: {interpreter}\n\n{}",
        handler(application)
    );
    let source = application.and_then(|application| application.source_folder.as_ref());
    if let Some(source) = source {
        let folder = quoted(&format!(r"{root}\{}", source.replace('/', r"\")));
        text.push_str(&format!(
            "\n  # Where its modules are found.\n  pythonpath:\n    - {folder}\n"
        ));
    }
    text.push_str(
        "\n  # The Python that the virtual environment was made from. IIS must be able to run it too.\n",
    );
    text.push_str(&match &project.base {
        Base::Known(path) => format!("  base-interpreter: {}\n", quoted(path)),
        Base::OfOneUser { path, shared } => format!(
            "  # {path} belongs to one user, so that IIS cannot run it.\n  base-interpreter: {}\n",
            quoted(shared)
        ),
        Base::Unknown => {
            "  # Fill in, if there is one:\n  # base-interpreter: C:\\Program Files\\Python312\\python.exe\n".to_owned()
        }
    });
    text.push_str("\n  # What is installed into the virtual environment.\n");
    text.push_str(&packages(project));
    text
}

fn handler(application: Option<&Application>) -> String {
    let Some(application) = application else {
        return "  # Fill in: the dotted path of the web application. The object `app` in the module `shop` is `shop.app`, a\n  \
                # function that returns it is `shop.make_app()`.\n  handler: your_module.app\n"
            .to_owned();
    };
    let what = match application.framework {
        Some(framework) => format!("The application, made with {framework}."),
        None => "The application.".to_owned(),
    };
    let others = match application.others.is_empty() {
        true => String::new(),
        false => format!("  # There is also {}.\n", application.others.join(", ")),
    };
    let interface = match application.interface {
        Some(Interface::Asgi) => "  interface: asgi\n",
        // What it is by itself, for everything but a few.
        Some(Interface::Wsgi) | None => "",
    };
    format!(
        "  # {what}\n{others}  handler: {}\n{interface}",
        quoted(&application.handler)
    )
}

fn packages(project: &Project) -> String {
    let Some(requirements) = &project.requirements else {
        return "  # Fill in, if a file lists it:\n  # packages:\n  #   requirements: requirements.txt\n"
            .to_owned();
    };
    let constraints = project.constraints.iter();
    let constraints = constraints.map(|path| format!("    constraints: {}\n", quoted(path)));
    format!(
        "  packages:\n    requirements: {}\n{}",
        quoted(requirements),
        constraints.collect::<String>()
    )
}

fn mount(project: &Project) -> String {
    let application = project.application.as_ref();
    let mount = application.and_then(|application| application.mount.as_ref());
    mount.map_or_else(String::new, |mount| {
        format!(
            "\n# Files that IIS sends without asking Python.\nstatic:\n  {}:\n    folder: {}\n",
            quoted(&mount.url),
            quoted(&mount.folder)
        )
    })
}

fn local_files(files: &[LocalFile]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut text =
        "\n# Files that stand on the server and are not in version control.\nlocal-files:\n"
            .to_owned();
    for LocalFile { path, template } in files {
        let path = quoted(path);
        match template {
            Some(template) => {
                text.push_str(&format!("  {path}:\n    template: {}\n", quoted(template)));
            }
            None => text.push_str(&format!("  {path}: {{}}\n")),
        }
    }
    text
}

fn closing(name: &str) -> String {
    format!(
        "
# The site in IIS, and the path of the application in it; `/` makes it the site itself.
site:
  name: Default Web Site
  path: /

# The gateway's log. Its folder is made, and the application may write to it.
log:
  file: {}

# The versions of IIS to write files for.
targets: [iis10]
",
        quoted(&format!(r"D:\logs\{name}\gateway.log"))
    )
}
