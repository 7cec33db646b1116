//! What classes of the project have, and what a call of one gives.

use std::rc::Rc;

use super::super::binding::{Value, When, candidates};
use super::super::frameworks::{self, Role};
use super::super::project::Import;
use super::super::tree::Function;
use super::{Evaluation, Place, Thing, Written};

impl Evaluation<'_> {
    /// A method that a class has, itself or from a base; `None` if a base is unknown, `Some(None)` if there is none.
    #[expect(clippy::option_option, reason = "unknown, surely none, or found")]
    pub(crate) fn method(&mut self, written: &Written, name: &str) -> Option<Option<Rc<Function>>> {
        let methods = candidates(&written.class.body, name, usize::MAX);
        let own = match methods.as_slice() {
            [only] if only.when == When::Always => match &only.value {
                Value::Function(function) => Some(*function),
                Value::Expression(_)
                | Value::Class(_)
                | Value::Module(_)
                | Value::Member(..)
                | Value::Unknown => None,
            },
            _ => None,
        };
        if let Some(own) = own {
            return (!own.is_decorated).then(|| Some(Rc::clone(own)));
        }
        // `__call__ = other`, or one that only some branch defines.
        if !methods.is_empty() || written.class.is_altered {
            return None;
        }
        for base in self.bases(written) {
            if let Thing::Class(base) = base {
                let found = self.guarded(None, |this| this.method(&base, name))?;
                if found.is_some() {
                    return Some(found);
                }
            } else if !is_object(&base) {
                return None;
            }
        }
        Some(None)
    }

    fn bases(&mut self, written: &Written) -> Vec<Thing> {
        let Import::Module(module) = self.project.import(&written.module) else {
            return vec![Thing::Unknown];
        };
        let place = Place {
            module: &module,
            function: None,
            before: written.class.span.start,
        };
        let bases = written.class.bases.iter();
        bases
            .map(|base| match base.written().as_deref() {
                Some("object") => Thing::Outside("object".to_owned()),
                _ => self.expression(place, base),
            })
            .collect()
    }

    pub(super) fn instance(&mut self, written: &Written) -> Thing {
        if written.class.is_altered {
            return Thing::Unknown;
        }
        for base in self.bases(written) {
            if let Thing::Class(base) = &base {
                let made = self.guarded(Thing::Unknown, |this| this.instance(base));
                if !matches!(made, Thing::Instance(_)) {
                    return made;
                }
            } else if let Thing::Outside(path) = &base
                && matches!(frameworks::role(path), Some(Role::Maker(_)))
            {
                return Thing::Outside(format!("{path}()"));
            } else if !is_object(&base) {
                return Thing::Unknown;
            }
        }
        match self.method(written, "__new__") {
            Some(None) => Thing::Instance(written.clone()),
            Some(Some(_)) | None => Thing::Unknown,
        }
    }
}

/// True for the class that all others come from.
fn is_object(base: &Thing) -> bool {
    matches!(base, Thing::Outside(path) if path == "object")
}
