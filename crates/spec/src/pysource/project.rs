//! The modules of a project, each read at most once.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::module::Module;
use crate::world::{Kind, World};

/// A folder of Python files that stands in `sys.path`.
pub(crate) struct Project<'w> {
    world: &'w dyn World,
    read: RefCell<BTreeMap<String, Option<Rc<Module>>>>,
}

/// What `import` of a dotted name finds in the project.
#[derive(Debug, Clone)]
pub(crate) enum Import {
    /// A file.
    Module(Rc<Module>),
    /// A folder without `__init__.py`. Python takes a package of that name from anywhere else first.
    Folder,
    /// A file that is no text.
    Unreadable,
    /// Nothing.
    Nothing,
}

impl<'w> Project<'w> {
    /// The project in a folder. Reads nothing yet.
    pub(crate) fn new(world: &'w dyn World) -> Self {
        Self {
            world,
            read: RefCell::default(),
        }
    }

    /// The folder.
    pub(crate) const fn world(&self) -> &'w dyn World {
        self.world
    }

    /// Finds a module by its dotted name.
    pub(crate) fn import(&self, name: &str) -> Import {
        let parent = name.rsplit_once('.').map(|(parent, _)| parent);
        if parent.is_some_and(|parent| !self.is_package(parent)) {
            return Import::Nothing;
        }
        let stem = name.replace('.', "/");
        let [package, file] = files(&stem);
        for path in [package, file] {
            if self.world.kind(&path) == Some(Kind::File) {
                return self
                    .module(&path, name)
                    .map_or(Import::Unreadable, Import::Module);
            }
        }
        match self.world.kind(&stem) {
            Some(Kind::Folder) => Import::Folder,
            Some(Kind::File) | None => Import::Nothing,
        }
    }

    /// The file at a path, read as the module of a dotted name; `None` if it is no text.
    pub(crate) fn module(&self, path: &str, name: &str) -> Option<Rc<Module>> {
        if let Some(known) = self.read.borrow().get(path) {
            return known.clone();
        }
        let text = self.world.read(path);
        let module = text.map(|text| Rc::new(Module::new(path, name, &text)));
        self.read
            .borrow_mut()
            .insert(path.to_owned(), module.clone());
        module
    }

    /// The names of the modules and packages in a package, or in the project's folder for an empty name.
    pub(crate) fn modules_in(&self, package: &str) -> BTreeSet<String> {
        let folder = match package {
            "" => String::new(),
            name => format!("{}/", name.replace('.', "/")),
        };
        let files = self.world.files();
        let below = files.iter().filter_map(|file| file.strip_prefix(&folder));
        let modules = below.filter_map(|file| {
            let stem = file.strip_suffix(".py")?;
            Some(stem.split_once('/').map_or(stem, |(folder, _)| folder))
        });
        modules
            .filter(|name| *name != "__init__")
            .map(str::to_owned)
            .collect()
    }

    /// True if a file of the project may be the module although it is no Python text: `shop.pyd`, `shop.pyc`.
    pub(crate) fn may_be_compiled(&self, name: &str) -> bool {
        let stem = format!("{}.", name.replace('.', "/"));
        self.world
            .files()
            .iter()
            .any(|file| file.starts_with(&stem))
    }

    fn is_package(&self, name: &str) -> bool {
        let stem = name.replace('.', "/");
        let [package, file] = files(&stem);
        let is_file = |path: &str| self.world.kind(path) == Some(Kind::File);
        is_file(&package) || (!is_file(&file) && self.world.kind(&stem) == Some(Kind::Folder))
    }
}

/// The files that a module may lie in, in Python's order, without their endings' variants.
pub(crate) fn files(stem: &str) -> [String; 2] {
    [format!("{stem}/__init__.py"), format!("{stem}.py")]
}
