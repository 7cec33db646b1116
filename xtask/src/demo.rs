//! `cargo xtask demo`: the example, served through the whole chain.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use crate::args::Demo;
use crate::failure::Failure;
use crate::server::Server;
use crate::step;
use crate::venv::{self, Venv};
use crate::workspace::Workspace;
use crate::{visit, wheel};

/// The first port to try where nobody asked for one.
const PORT: u16 = 8080;

/// One version of IIS of each kind, by the files that it reads. A browser is shown the first.
const TARGETS: [&str; 2] = ["iis10", "iis6"];

/// Builds everything, serves the example, and verifies what it answers.
pub(crate) fn run(workspace: &Workspace, demo: &Demo) -> Result<(), Failure> {
    let venv = Venv::ready(workspace, &venv::TEST)?;
    wheel::install(workspace, &venv)?;
    step::need(
        workspace,
        "build iisc",
        &mut workspace.cargo("build --package iisc"),
    )?;
    for target in TARGETS {
        let server = serve(workspace, &venv, port(demo), target)?;
        if !demo.once {
            println!("Open {} in a browser; Ctrl-C stops.", server.url());
            return server.wait();
        }
        server.stop()?;
    }
    println!("All answers are right, and each server stopped when it was asked to.");
    Ok(())
}

/// Serves the example as a version of IIS would, and verifies what it answers.
fn serve(workspace: &Workspace, venv: &Venv, port: u16, target: &str) -> Result<Server, Failure> {
    println!("== serve examples/flask as {target}");
    let mut command = dev(workspace, venv, &workspace.target.join("demo"), port);
    let server = Server::start(command.args(["--target", target]))?;
    visit::all(server.url())?;
    println!(
        "\n{} was served by the path shown above: HTTP → handler → FastCGI → gateway → app",
        server.url()
    );
    Ok(server)
}

fn dev(workspace: &Workspace, venv: &Venv, artifacts: &Path, port: u16) -> Command {
    let mut command = workspace.command(&workspace.iisc("debug"));
    command
        .args(["dev", "examples/flask/app.iis.yaml", "--interpreter"])
        .arg(venv.python());
    command
        .args(["--listen", &format!("127.0.0.1:{port}"), "--output"])
        .arg(artifacts);
    command
}

/// Chooses a port. Port 0 lets the system choose, so that a test never meets another program.
fn port(demo: &Demo) -> u16 {
    match demo.port {
        Some(port) => port,
        None if demo.once => 0,
        None => (PORT..PORT + 100).find(|port| is_free(*port)).unwrap_or(0),
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let number = taken.local_addr().unwrap().port();
        assert!(!is_free(number));
        assert_eq!(
            port(&Demo {
                once: false,
                port: Some(number)
            }),
            number
        );
        assert_eq!(
            port(&Demo {
                once: true,
                port: None
            }),
            0
        );
    }
}
