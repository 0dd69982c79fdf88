//! Finding and loading crates: what `--extern` names, then the search paths, then the sysroot.
//!
//! A direct dependency is looked for by name, in `-L crate=` and `-L all=` folders; one that another crate was
//! compiled against also in `-L dependency=` folders and among `--extern` paths, by name, `-C extra-filename`, identity and
//! hash. A library may be there twice, as `.rmeta` and as `.rlib`: equal hashes are one candidate.

use std::rc::Rc;

use query::CrateStore;
use session::{Bytes, FileError};
use span::Symbol;
use span::def_id::CrateNum;

use crate::archive::{RMETA, read_archive};
use crate::decoder::CrateData;
use crate::diagnostics::CrateError;
use crate::schema::{DepRef, Root};
use crate::store::CStore;

/// A crate file that was read.
pub(crate) struct Candidate {
    path: String,
    blob: Bytes,
    root: Root,
    hash: u64,
}

/// What was refused on the way.
#[derive(Default)]
struct Rejected {
    targets: Vec<(String, String)>,
    invalid: Vec<String>,
    hashes: Vec<String>,
}

/// What is looked for.
struct Wanted<'a> {
    name: Symbol,
    /// For a crate that another was compiled against.
    dep: Option<&'a DepRef>,
}

impl CStore {
    /// The crate of a name as the local crate sees it, loaded with all that it depends on.
    pub(crate) fn load_named(&self, name: Symbol) -> Result<CrateNum, CrateError> {
        if let Some(c) = self.by_name.borrow().get(&name) {
            return Ok(*c);
        }
        let candidate = self.find(&Wanted { name, dep: None })?;
        let cnum = self.register(candidate)?;
        self.by_name.borrow_mut().insert(name, cnum);
        Ok(cnum)
    }

    /// Adds a crate and, before it, what it depends on.
    fn register(&self, c: Candidate) -> Result<CrateNum, CrateError> {
        if let Some(cnum) = self.stable_crate_id_to_crate_num(c.root.stable_crate_id) {
            return Ok(cnum);
        }
        if c.root.stable_crate_id == self.local_id.get() {
            return Err(CrateError::Itself(c.root.name));
        }
        let mut deps = Vec::new();
        for dep in &c.root.deps {
            let cnum = match self.stable_crate_id_to_crate_num(dep.stable_crate_id) {
                Some(cnum) => cnum,
                None => {
                    let wanted = Wanted { name: Symbol::intern(&dep.name), dep: Some(dep) };
                    let found = self.find(&wanted).map_err(|e| e.of_dependency(&c.root.name, &c.path))?;
                    self.register(found)?
                }
            };
            let data = self.data(cnum);
            if data.hash != dep.hash {
                let found = vec![(dep.name.clone(), data.path.clone()), (c.root.name.clone(), c.path.clone())];
                return Err(CrateError::Newer { name: dep.name.clone(), by: c.root.name, found });
            }
            deps.push(cnum);
        }
        let cnum = self.next_crate_num();
        self.add(Rc::new(CrateData::new(cnum, c.path, c.blob, c.root, c.hash, deps)));
        Ok(cnum)
    }

    fn find(&self, wanted: &Wanted<'_>) -> Result<Candidate, CrateError> {
        let mut rejected = Rejected::default();
        let mut found = Vec::new();
        let name = wanted.name;
        if wanted.dep.is_none() {
            let entries = self.sess.opts.externs.iter().filter(|e| name.as_str() == e.name);
            let paths: Vec<&String> = entries.filter_map(|e| e.path.as_ref()).collect();
            if !paths.is_empty() {
                for path in paths {
                    self.check_extern_path(name, path)?;
                    self.consider(path.clone(), wanted, &mut found, &mut rejected);
                }
                return self.choose(wanted, found, rejected);
            }
        }
        let kind_fits = |kind: &str| match kind {
            "all" => true,
            "crate" => wanted.dep.is_none(),
            "dependency" => wanted.dep.is_some(),
            _ => false,
        };
        for (_, dir) in self.sess.opts.search_paths.iter().filter(|(kind, _)| kind_fits(kind)) {
            self.search_folder(dir, wanted, &mut found, &mut rejected);
        }
        if found.is_empty() && wanted.dep.is_some() {
            for path in self.sess.opts.externs.iter().filter_map(|e| e.path.as_ref()) {
                if crate_file_stem(path).is_some_and(|s| s.starts_with(name.as_str())) {
                    self.consider(path.clone(), wanted, &mut found, &mut rejected);
                }
            }
        }
        if found.is_empty() {
            for (name, bytes) in self.sysroot.iter().filter(|(n, _)| name.as_str() == n) {
                self.consider_bytes(format!("lib{name}.rlib"), bytes, wanted, &mut found, &mut rejected);
            }
            if let Some(sysroot) = &self.sess.opts.sysroot {
                let dir = format!("{}/lib/rustlib/{}/lib", sysroot.trim_end_matches('/'), self.sess.opts.target_triple);
                self.search_folder(&dir, wanted, &mut found, &mut rejected);
            }
        }
        self.choose(wanted, found, rejected)
    }

    fn check_extern_path(&self, name: Symbol, path: &str) -> Result<(), CrateError> {
        if !self.sess.fs.exists(path) {
            let is_file = !self.sess.fs.read_dir(path).is_empty();
            return Err(CrateError::ExternLocation { name, path: path.to_owned(), is_file });
        }
        match crate_file_stem(path) {
            Some(_) => Ok(()),
            None => Err(CrateError::ExternFileName { name, path: path.to_owned() }),
        }
    }

    fn search_folder(&self, dir: &str, wanted: &Wanted<'_>, found: &mut Vec<Candidate>, rejected: &mut Rejected) {
        let files = self.folder(dir);
        let extra = wanted.dep.map_or("", |d| d.extra_filename.as_str());
        for file in files.iter() {
            let Some(rest) = crate_file_stem(file).and_then(|s| s.strip_prefix(wanted.name.as_str())) else { continue };
            if rest.starts_with(extra) && (rest.is_empty() || rest.starts_with('-') || rest == extra) {
                let dir = dir.trim_end_matches('/');
                self.consider(format!("{dir}/{file}"), wanted, found, rejected);
            }
        }
    }

    fn consider(&self, path: String, wanted: &Wanted<'_>, found: &mut Vec<Candidate>, rejected: &mut Rejected) {
        match self.read_metadata(&path) {
            Ok(Some(blob)) => self.consider_blob(path, blob, wanted, found, rejected),
            Ok(None) => rejected.invalid.push(path),
            Err(_) => {}
        }
    }

    fn consider_bytes(
        &self,
        path: String,
        bytes: &Bytes,
        wanted: &Wanted<'_>,
        found: &mut Vec<Candidate>,
        rejected: &mut Rejected,
    ) {
        match metadata_member(bytes) {
            Some(blob) => self.consider_blob(path, blob, wanted, found, rejected),
            None => rejected.invalid.push(path),
        }
    }

    /// The metadata of an `rlib` or `rmeta` file; `None` if it has none.
    fn read_metadata(&self, path: &str) -> Result<Option<Bytes>, FileError> {
        Ok(metadata_member(&self.sess.fs.read(path)?))
    }

    fn consider_blob(
        &self,
        path: String,
        blob: Bytes,
        wanted: &Wanted<'_>,
        found: &mut Vec<Candidate>,
        rejected: &mut Rejected,
    ) {
        let Some((root, hash)) = CrateData::parse_root(&blob) else {
            rejected.invalid.push(path);
            return;
        };
        let by_path = wanted.dep.is_none() && self.sess.opts.externs.iter().any(|e| e.path.as_ref() == Some(&path));
        if !by_path && root.name != wanted.name.as_str() {
            return;
        }
        if root.triple != self.sess.opts.target_triple {
            rejected.targets.push((root.triple, path));
            return;
        }
        if let Some(dep) = wanted.dep {
            if root.stable_crate_id != dep.stable_crate_id {
                return;
            }
            if hash != dep.hash {
                rejected.hashes.push(path);
                return;
            }
        }
        match found.iter_mut().find(|c| c.hash == hash && c.root.stable_crate_id == root.stable_crate_id) {
            // The archive has what the metadata file has, and the objects.
            Some(same) if path.ends_with(".rlib") => same.path = path,
            Some(_) => {}
            None => found.push(Candidate { path, blob, root, hash }),
        }
    }

    fn choose(
        &self,
        wanted: &Wanted<'_>,
        mut found: Vec<Candidate>,
        rejected: Rejected,
    ) -> Result<Candidate, CrateError> {
        let name = wanted.name;
        if found.len() > 1 {
            let paths = found.into_iter().map(|c| c.path).collect();
            return Err(CrateError::Multiple { name, paths });
        }
        if let Some(c) = found.pop() {
            return Ok(c);
        }
        if !rejected.hashes.is_empty() {
            let found = rejected.hashes.into_iter().map(|p| (name.to_string(), p)).collect();
            return Err(CrateError::Newer { name: name.to_string(), by: String::new(), found });
        }
        if !rejected.targets.is_empty() {
            let wanted = self.sess.opts.target_triple.clone();
            return Err(CrateError::Target { name, wanted, found: rejected.targets });
        }
        if !rejected.invalid.is_empty() {
            return Err(CrateError::Invalid { name, paths: rejected.invalid });
        }
        Err(CrateError::NotFound(name))
    }
}

/// The metadata in the bytes of an `rlib` or `rmeta` file; `None` if it has none.
fn metadata_member(bytes: &Bytes) -> Option<Bytes> {
    if !bytes.starts_with(b"!<arch>\n") {
        return Some(bytes.clone());
    }
    let (_, member) = read_archive(bytes)?.into_iter().find(|(n, _)| n == RMETA)?;
    // The same bytes, not a copy: metadata is large.
    let start = member.as_ptr().addr() - bytes.as_ptr().addr();
    Some(bytes.slice(start..start + member.len()))
}

/// `name-extra` of `libname-extra.rlib` or `.rmeta`.
fn crate_file_stem(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next()?;
    file.strip_prefix("lib").and_then(|f| f.strip_suffix(".rlib").or_else(|| f.strip_suffix(".rmeta")))
}
