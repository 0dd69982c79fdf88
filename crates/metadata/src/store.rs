//! The crates loaded in a session.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hir::definitions::{DefKey, DefPath};
use query::CrateStore;
use rustc_hash::FxHashMap;
use session::{Bytes, Session};
use span::def_id::{CrateNum, DefId, DefPathHash, LOCAL_CRATE, StableCrateId};
use span::{FxIndexMap, FxIndexSet, Span, Symbol};

use crate::decoder::CrateData;

/// Loaded crates by number; number 0 is the local crate's and is empty.
pub struct CStore {
    pub(crate) sess: Rc<Session>,
    /// Crates of the standard library that are in no folder, by name: the bytes of the archive or blob.
    pub(crate) sysroot: Vec<(String, Bytes)>,
    crates: RefCell<Vec<Option<Rc<CrateData>>>>,
    by_stable_id: RefCell<FxHashMap<StableCrateId, CrateNum>>,
    /// Names as resolved from the local crate.
    pub(crate) by_name: RefCell<FxIndexMap<Symbol, CrateNum>>,
    /// The identity of the crate being compiled.
    pub(crate) local_id: Cell<StableCrateId>,
    folders: RefCell<FxHashMap<String, Rc<[String]>>>,
}

impl CStore {
    /// No crates yet; those of the standard library are in `sysroot` by name.
    pub fn new(sess: Rc<Session>, sysroot: Vec<(String, Bytes)>) -> CStore {
        CStore {
            sess,
            sysroot,
            crates: RefCell::new(vec![None]),
            by_stable_id: RefCell::default(),
            by_name: RefCell::default(),
            local_id: Cell::new(StableCrateId(0)),
            folders: RefCell::default(),
        }
    }
    /// A loaded crate.
    pub(crate) fn data(&self, krate: CrateNum) -> Rc<CrateData> {
        assert_ne!(krate, LOCAL_CRATE, "the local crate has no metadata");
        self.crates.borrow()[krate.as_usize()].clone().unwrap_or_else(|| panic!("{krate:?} is not loaded"))
    }
    /// The number the next crate gets.
    pub(crate) fn next_crate_num(&self) -> CrateNum {
        CrateNum::from_usize(self.crates.borrow().len())
    }
    /// Adds a crate under the next number.
    pub(crate) fn add(&self, data: Rc<CrateData>) {
        assert_eq!(data.cnum, self.next_crate_num());
        self.by_stable_id.borrow_mut().insert(data.root.stable_crate_id, data.cnum);
        self.crates.borrow_mut().push(Some(data));
    }
    /// Sets the identity of the crate being compiled, which none of its dependencies may have.
    pub fn set_local_id(&self, id: StableCrateId) {
        self.local_id.set(id);
    }
    /// The file names in a folder, read once.
    pub(crate) fn folder(&self, dir: &str) -> Rc<[String]> {
        let known = self.folders.borrow().get(dir).cloned();
        known.unwrap_or_else(|| {
            let files: Rc<[String]> = self.sess.fs.read_dir(dir).into();
            self.folders.borrow_mut().insert(dir.to_owned(), files.clone());
            files
        })
    }
    /// The archives of all loaded crates with their paths, dependants before dependencies, for the linker. `Err` is
    /// the name of a crate of which there is only metadata.
    pub fn archives(&self) -> Result<Vec<(String, Bytes)>, Symbol> {
        let crates: Vec<_> = self.crates.borrow().iter().rev().flatten().cloned().collect();
        let mut out = Vec::new();
        for c in crates {
            if let Some((_, bytes)) = self.sysroot.iter().find(|(n, _)| c.path == format!("lib{n}.rlib")) {
                out.push((c.path.clone(), bytes.clone()));
                continue;
            }
            let path = c.path.strip_suffix(".rmeta").map_or(c.path.clone(), |stem| format!("{stem}.rlib"));
            let bytes = self.sess.fs.read(&path).map_err(|_| c.name)?;
            out.push((path, bytes));
        }
        Ok(out)
    }
    /// The paths of all loaded crates, for dependency info.
    pub fn paths(&self) -> Vec<String> {
        self.crates.borrow().iter().flatten().map(|c| c.path.clone()).collect()
    }
}

impl CrateStore for CStore {
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn crates(&self) -> Vec<CrateNum> {
        (1..self.crates.borrow().len()).map(CrateNum::from_usize).collect()
    }
    fn direct_crates(&self) -> Vec<CrateNum> {
        let mut direct = FxIndexSet::default();
        direct.extend(self.by_name.borrow().values().copied());
        direct.into_iter().collect()
    }
    fn crate_name(&self, krate: CrateNum) -> Symbol {
        self.data(krate).name
    }
    fn stable_crate_id(&self, krate: CrateNum) -> StableCrateId {
        self.data(krate).root.stable_crate_id
    }
    fn stable_crate_id_to_crate_num(&self, id: StableCrateId) -> Option<CrateNum> {
        self.by_stable_id.borrow().get(&id).copied()
    }
    fn def_key(&self, def_id: DefId) -> DefKey {
        self.data(def_id.krate).def_key(def_id.index).key
    }
    fn def_path(&self, def_id: DefId) -> DefPath {
        let data = self.data(def_id.krate);
        DefPath::make(def_id.krate, def_id.index, |index| data.def_key(index).key)
    }
    fn def_path_hash(&self, def_id: DefId) -> DefPathHash {
        let data = self.data(def_id.krate);
        DefPathHash { krate: data.root.stable_crate_id, local: data.def_key(def_id.index).hash }
    }
    fn def_path_hash_to_def_id(&self, hash: DefPathHash) -> Option<DefId> {
        let krate = self.stable_crate_id_to_crate_num(hash.krate)?;
        let index = self.data(krate).index_of_hash(hash.local)?;
        Some(DefId { krate, index })
    }
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        self.load_named(name).map_err(|e| e.report(self, span))
    }
    fn maybe_load_crate(&self, name: Symbol) -> Option<CrateNum> {
        self.load_named(name).ok()
    }
}
