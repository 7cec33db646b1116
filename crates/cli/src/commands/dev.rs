//! `iisc dev`: builds a spec, then plays IIS with what was built.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use iisc_emulator::{Answered, Application, Event, Local, Server};
use iisc_gateway_core::settings::WSGI_HANDLER;
use iisc_spec::model::Errors;
use iisc_spec::{Target, ValidSpec};
use tokio::net::TcpListener;

use crate::args::DevArgs;
use crate::commands::build::{compile, faulty, tell_unwritten, unwritten};
use crate::disk::{self, Overwrite};
use crate::exit::Exit;
use crate::given::Given;
use crate::load::Spec;
use crate::placing::place;
use crate::terminal::{err, out};
use crate::world::folder_of;

/// Names that people give to virtual environments, nearest to the tutorial's first.
const VIRTUALENV_NAMES: [&str; 3] = ["env", "venv", ".venv"];

/// Where a virtual environment has its interpreter: Windows, elsewhere.
const INTERPRETERS: [&str; 2] = ["Scripts/python.exe", "bin/python"];

pub(crate) fn run(args: &DevArgs) -> Exit {
    let ended = play(args);
    ended.map_or_else(|exit| exit, |()| Exit::Clean)
}

fn play(args: &DevArgs) -> Result<(), Exit> {
    let output = place(&[&args.file], args.output.as_deref());
    let output = output.into_iter().next().unwrap_or_default();
    let local = local(args, output.join("dev"))?;
    let folders = match args.no_build {
        true => built_folders(args, &output),
        false => build(args, &output)?,
    };
    let server = Server::load_all(&folders, local.clone()).map_err(|error| {
        err(format_args!("iisc: {error}"));
        Exit::Io
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let listener = TcpListener::bind(args.listen).await?;
            let address = listener.local_addr()?;
            for application in server.applications() {
                introduce(&server, application, args.target, &local, address);
            }
            let stop = async { drop(tokio::signal::ctrl_c().await) };
            iisc_emulator::serve(server, listener, stop, show).await
        })
    });
    served.map_err(|error| failed(args.listen, &error))
}

/// Builds the applications that are to be served, and gives the folders of their files.
fn build(args: &DevArgs, output: &Path) -> Result<Vec<PathBuf>, Exit> {
    let given = Given::of(&args.view)?;
    let spec = Spec::load(&args.file, &[args.target], &args.view, &given)?;
    let applications = spec.applications(&args.applications)?;
    let artifacts = compile(&spec, &applications, &[], false).map_err(faulty)?;
    disk::write(output, &artifacts, Overwrite::OwnFiles).map_err(Exit::unusable)?;
    tell_unwritten(&unwritten(&applications));
    tell_unplayed(&applications);
    let folder = |application: &&ValidSpec| match spec.has_several() {
        true => output.join(application.name.as_str()),
        false => output.to_path_buf(),
    };
    let folders = applications.iter().map(folder);
    Ok(folders
        .map(|folder| folder.join(args.target.name()))
        .collect())
}

/// What a spec asks of IIS and the emulator leaves out, so that nobody is misled by what he sees.
fn tell_unplayed(applications: &[&ValidSpec]) {
    let asks = |asked: fn(&ValidSpec) -> bool| applications.iter().any(|spec| asked(spec));
    if asks(|spec| spec.errors != Errors::default()) {
        err(format_args!("note: `errors` is written but not played"));
    }
    if asks(|spec| spec.authentication.windows || spec.authentication.basic) {
        err(format_args!(
            "note: `authentication` is played for clients without a name alone; nobody can sign in"
        ));
    }
}

/// The folders of files that were built before. A spec of one application has no folder of its name.
fn built_folders(args: &DevArgs, output: &Path) -> Vec<PathBuf> {
    let target = args.target.name();
    let flat = output.join(target);
    let named: Vec<_> = match args.applications.as_slice() {
        [] => folders_in(output),
        names => names.iter().map(|name| output.join(name)).collect(),
    };
    let named = named.into_iter().map(|folder| folder.join(target));
    let built: Vec<_> = named.filter(|folder| folder.is_dir()).collect();
    match built.is_empty() || (args.applications.is_empty() && flat.is_dir()) {
        true => vec![flat],
        false => built,
    }
}

/// The folders in a folder, in the order of their names; none if it cannot be read.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders: Vec<_> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn failed(listen: SocketAddr, error: &io::Error) -> Exit {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            err(format_args!(
                "iisc: {listen} is in use\n  help: take another with --listen, port 0 for a free one"
            ));
        }
        _ => err(format_args!("iisc: {listen}: {error}")),
    }
    Exit::Io
}

/// What stands for the server's paths on this machine.
fn local(args: &DevArgs, state: PathBuf) -> Result<Local, Exit> {
    let root = args.root.clone().unwrap_or_else(|| folder_of(&args.file));
    let root = std::path::absolute(&root).unwrap_or(root);
    // A spec that cannot be read has its own message.
    if args.root.is_some() && !root.is_dir() {
        err(format_args!(
            "iisc: {}: there is no such folder\n  help: name the folder that holds the application's code",
            root.display()
        ));
        return Err(Exit::Usage);
    }
    let active = std::env::var_os("VIRTUAL_ENV").map(PathBuf::from);
    let interpreter = args
        .interpreter
        .clone()
        .or_else(|| interpreter_in(&active?))
        .or_else(|| nearest_interpreter(&root));
    match interpreter {
        Some(interpreter) if interpreter.is_file() => Ok(Local {
            root,
            interpreter,
            state,
        }),
        Some(interpreter) => {
            err(format_args!(
                "iisc: {}: there is no such interpreter",
                interpreter.display()
            ));
            Err(Exit::Usage)
        }
        None => {
            err(format_args!(
                "iisc: no virtual environment is active, and {} and the folders above it hold none\n  help: make \
                 one with `python -m venv env` and `pip install iisc-gateway`, or name an interpreter with --interpreter",
                root.display()
            ));
            Err(Exit::Usage)
        }
    }
}

fn nearest_interpreter(root: &Path) -> Option<PathBuf> {
    root.ancestors().find_map(|folder| {
        VIRTUALENV_NAMES
            .iter()
            .find_map(|name| interpreter_in(&folder.join(name)))
    })
}

fn interpreter_in(virtualenv: &Path) -> Option<PathBuf> {
    INTERPRETERS
        .iter()
        .map(|path| virtualenv.join(path))
        .find(|path| path.is_file())
}

/// Tells where an application is, and which way a request goes, all of it read from the built files.
fn introduce(
    server: &Server,
    application: &Application,
    target: Target,
    local: &Local,
    address: SocketAddr,
) {
    let handler = application.handler().unwrap_or("(no handler)");
    let path = application.path().trim_end_matches('/');
    out(format_args!(
        "{handler} is at http://{address}{path}/ (Ctrl-C stops it)"
    ));
    match server.pairing(application) {
        Ok(registration) => {
            let app = application.app_setting(WSGI_HANDLER).unwrap_or("(not set)");
            let interpreter = local.interpreter.display();
            out(format_args!(
                "A request travels HTTP → handler → FastCGI → gateway → app:"
            ));
            out(format_args!("  HTTP      http://{address}, played by iisc"));
            out(format_args!("  handler   {handler}, built for {target}"));
            out(format_args!(
                "  FastCGI   {}",
                registration.script_processor()
            ));
            out(format_args!(
                "  gateway   {interpreter} {}",
                registration.arguments
            ));
            out(format_args!(
                "  app       {app} in {}",
                local.root.display()
            ));
            if let Some(log) = server.log_file(application) {
                out(format_args!("Its log is {}", log.display()));
            }
        }
        Err(mismatch) => err(format_args!("{mismatch}")),
    }
    for (url, folder) in server.static_folders(application) {
        out(format_args!(
            "Files below {path}/{url} come from {}",
            folder.display()
        ));
    }
}

fn show(event: Event) {
    match event {
        Event::Started { pid, .. } => out(format_args!("process {pid} started")),
        Event::Ended { pid, reason } => out(format_args!("process {pid} ended: {reason}")),
        Event::Output { pid, line, .. } => show_output(pid, &line),
        Event::Answered(answered) => show_answered(&answered),
        // The emulator may come to tell more than this command shows.
        _ => {}
    }
}

fn show_output(pid: u32, line: &str) {
    out(format_args!("process {pid}: {line}"));
    // The one thing that everybody forgets once.
    if line.ends_with("No module named iisc_gateway") {
        out(format_args!(
            "  help: install the gateway there, `python -m pip install iisc-gateway`"
        ));
    }
}

fn show_answered(answered: &Answered) {
    let Answered {
        method,
        path,
        status,
        elapsed,
        route,
    } = answered;
    let by = match (&route.refused, route.pid, &route.file) {
        (Some((code, reason)), _, _) => {
            // The page has the rest.
            format!("IIS, {code}: {}", reason.lines().next().unwrap_or_default())
        }
        (None, Some(pid), _) => format!("process {pid}"),
        (None, None, Some(file)) => format!("IIS, from {}", file.display()),
        (None, None, None) if status.is_none() => "nobody".to_owned(),
        (None, None, None) => "IIS".to_owned(),
    };
    let status = status.map_or_else(|| "client left".to_owned(), |status| status.to_string());
    out(format_args!(
        "{method} {path} {status} in {} ms by {by}",
        elapsed.as_millis()
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_virtual_environment_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("project/app");
        let python = folder.path().join("project/.venv/bin/python");
        std::fs::create_dir_all(&project).unwrap();
        assert_eq!(nearest_interpreter(&project), None);
        std::fs::create_dir_all(python.parent().unwrap()).unwrap();
        std::fs::write(&python, "").unwrap();
        assert_eq!(nearest_interpreter(&project), Some(python));
    }
}
