//! Finding and loading crates: `--extern`, then `-L`, then the sysroot.

use std::rc::Rc;

use diagnostics::ErrorGuaranteed;
use diagnostics::codes::{E0460, E0461, E0463};
use query::CrateStore;
use span::def_id::{CrateNum, StableCrateId};
use span::{Span, Symbol};

use crate::archive::{RMETA, read_archive};
use crate::decoder::CrateData;
use crate::schema::Root;
use crate::store::CStore;

/// A crate file that was read.
struct Candidate {
    path: String,
    archive: Option<Rc<[u8]>>,
    blob: Rc<[u8]>,
    root: Root,
    hash: u64,
}

impl CStore {
    pub(crate) fn load_named(&self, name: Symbol) -> Option<CrateNum> {
        if let Some(c) = self.by_name.borrow().get(&name) {
            return Some(*c);
        }
        let candidate = self.find(name.as_str(), None)?;
        let cnum = self.register(candidate)?;
        self.by_name.borrow_mut().insert(name, cnum);
        Some(cnum)
    }

    /// Adds a crate and, before it, what it depends on.
    fn register(&self, c: Candidate) -> Option<CrateNum> {
        if let Some(cnum) = self.stable_crate_id_to_crate_num(c.root.stable_crate_id) {
            return Some(cnum);
        }
        let mut deps = Vec::new();
        for dep in &c.root.deps {
            let known = self.stable_crate_id_to_crate_num(dep.stable_crate_id);
            let cnum = match known {
                Some(cnum) => cnum,
                None => {
                    let Some(found) = self.find(&dep.name, Some(dep.stable_crate_id)) else {
                        self.sess
                            .dcx
                            .struct_err(format!(
                                "can't find crate for `{}` which `{}` depends on",
                                dep.name, c.root.name
                            ))
                            .with_code(E0463)
                            .emit();
                        return None;
                    };
                    self.register(found)?
                }
            };
            if self.data(cnum).hash != dep.hash {
                self.sess
                    .dcx
                    .struct_err(format!(
                        "found possibly newer version of crate `{}` which `{}` depends on",
                        dep.name, c.root.name
                    ))
                    .with_code(E0460)
                    .with_note("perhaps that crate needs to be recompiled?")
                    .emit();
            }
            deps.push(cnum);
        }
        let cnum = self.next_crate_num();
        self.add(Rc::new(CrateData::new(cnum, c.path, c.archive, c.blob, c.root, c.hash, deps)));
        Some(cnum)
    }

    fn find(&self, name: &str, id: Option<StableCrateId>) -> Option<Candidate> {
        let fits = |c: &Candidate| id.is_none_or(|id| c.root.stable_crate_id == id) && c.root.name == name;
        if id.is_none() {
            for e in self.sess.opts.externs.iter().filter(|e| e.name == name) {
                if let Some(path) = &e.path {
                    if let Some(c) = self.sess.fs.read(path).ok().and_then(|b| self.open(path.clone(), b)) {
                        return Some(c);
                    }
                }
            }
        }
        for (kind, dir) in &self.sess.opts.search_paths {
            if kind == "native" || kind == "framework" {
                continue;
            }
            for file in self.sess.fs.read_dir(dir) {
                let stem =
                    file.strip_prefix("lib").and_then(|f| f.strip_suffix(".rlib").or_else(|| f.strip_suffix(".rmeta")));
                let Some(stem) = stem else { continue };
                if stem != name && !stem.strip_prefix(name).is_some_and(|r| r.starts_with('-')) {
                    continue;
                }
                let path = format!("{}/{file}", dir.trim_end_matches('/'));
                if let Some(c) = self.sess.fs.read(&path).ok().and_then(|b| self.open(path.clone(), b)) {
                    if fits(&c) {
                        return Some(c);
                    }
                }
            }
        }
        // `--extern` paths hold transitive dependencies too.
        for e in &self.sess.opts.externs {
            let Some(path) = e.path.as_ref().filter(|_| id.is_some()) else { continue };
            if let Some(c) = self.sess.fs.read(path).ok().and_then(|b| self.open(path.clone(), b)) {
                if fits(&c) {
                    return Some(c);
                }
            }
        }
        for (path, bytes) in self.sysroot.iter().filter(|(n, _)| n == name) {
            if let Some(c) = self.open(format!("lib{path}.rlib"), bytes.clone()) {
                if fits(&c) {
                    return Some(c);
                }
            }
        }
        None
    }

    /// Reads an `rlib` or `rmeta` file; one of another target or version does not count.
    fn open(&self, path: String, bytes: Rc<[u8]>) -> Option<Candidate> {
        let (archive, blob): (Option<Rc<[u8]>>, Rc<[u8]>) = if bytes.starts_with(b"!<arch>\n") {
            let members = read_archive(&bytes)?;
            let blob = members.iter().find(|(n, _)| n == RMETA)?.1.into();
            (Some(bytes), blob)
        } else {
            (None, bytes)
        };
        let (root, hash) = CrateData::parse_root(&blob)?;
        if root.triple != self.sess.opts.target_triple {
            self.sess
                .dcx
                .struct_err(format!(
                    "couldn't find crate `{}` with expected target tuple {}",
                    root.name, self.sess.opts.target_triple
                ))
                .with_code(E0461)
                .with_note(format!(
                    "the following crate versions were found:\ncrate `{}`, target tuple {}: {path}",
                    root.name, root.triple
                ))
                .emit();
            return None;
        }
        Some(Candidate { path, archive, blob, root, hash })
    }
}

/// Reports that a crate is not there, unless loading reported something better.
pub(crate) fn report_missing(store: &CStore, name: Symbol, span: Span, errors_before: usize) -> ErrorGuaranteed {
    let dcx = &store.sess.dcx;
    if dcx.err_count() > errors_before {
        return dcx.span_delayed_bug(span, "loading failed with an error");
    }
    dcx.struct_span_err(span, format!("can't find crate for `{name}`"))
        .with_code(E0463)
        .with_span_label(span, "can't find crate")
        .emit()
}
