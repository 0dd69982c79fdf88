//! Arguments and environment.

use core::error::Error;
use core::fmt;

use crate::ffi::{OsStr, OsString};
use crate::path::PathBuf;
use crate::sync::Mutex;
use crate::sys;
use crate::{io, vec};

/// The arguments as text.
pub struct Args {
    inner: ArgsOs,
}

/// The arguments.
pub struct ArgsOs {
    inner: vec::IntoIter<OsString>,
}

pub fn args() -> Args {
    Args { inner: args_os() }
}

pub fn args_os() -> ArgsOs {
    let all: Vec<_> =
        (0..sys::args::count()).map(|i| OsString::from_vec(sys::args::argument(i).to_vec())).collect();
    ArgsOs { inner: all.into_iter() }
}

impl Iterator for Args {
    type Item = String;
    fn next(&mut self) -> Option<String> {
        self.inner.next().map(|s| s.into_string().unwrap())
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for Args {}

impl DoubleEndedIterator for Args {
    fn next_back(&mut self) -> Option<String> {
        self.inner.next_back().map(|s| s.into_string().unwrap())
    }
}

impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Args").field("inner", &self.inner.inner.as_slice()).finish()
    }
}

impl Iterator for ArgsOs {
    type Item = OsString;
    fn next(&mut self) -> Option<OsString> {
        self.inner.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl ExactSizeIterator for ArgsOs {}

impl DoubleEndedIterator for ArgsOs {
    fn next_back(&mut self) -> Option<OsString> {
        self.inner.next_back()
    }
}

/// What was set or removed; what is not here is as at the start.
static CHANGED: Mutex<Vec<(OsString, Option<OsString>)>> = Mutex::new(Vec::new());

/// A variable is missing or no text.
#[derive(Debug, PartialEq, Eq, Clone)]
pub enum VarError {
    NotPresent,
    NotUnicode(OsString),
}

impl fmt::Display for VarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VarError::NotPresent => f.write_str("environment variable not found"),
            VarError::NotUnicode(s) => {
                write!(f, "environment variable was not valid unicode: {s:?}")
            }
        }
    }
}

impl Error for VarError {}

fn initial() -> impl Iterator<Item = (&'static [u8], &'static [u8])> {
    let mut i = 0;
    core::iter::from_fn(move || {
        i += 1;
        sys::args::variable(i - 1)
    })
    .filter_map(|s| {
        let at = s.iter().skip(1).position(|&b| b == b'=')? + 1;
        Some((&s[..at], &s[at + 1..]))
    })
}

pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError> {
    match var_os(key) {
        Some(s) => s.into_string().map_err(VarError::NotUnicode),
        None => Err(VarError::NotPresent),
    }
}

#[must_use]
pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString> {
    let key = key.as_ref();
    if let Some((_, value)) = CHANGED.lock().unwrap().iter().find(|(k, _)| k == key) {
        return value.clone();
    }
    initial()
        .find(|(k, _)| *k == key.as_encoded_bytes())
        .map(|(_, v)| OsString::from_vec(v.to_vec()))
}

fn change(key: &OsStr, value: Option<OsString>) {
    crate::panicking::note_variable(
        key.as_encoded_bytes(),
        value.as_ref().map(|v| v.as_encoded_bytes()),
    );
    let mut changed = CHANGED.lock().unwrap();
    match changed.iter_mut().find(|(k, _)| k == key) {
        Some((_, slot)) => *slot = value,
        None => changed.push((key.to_os_string(), value)),
    }
}

#[rustc_deprecated_safe_2024(
    audit_that = "the environment access only happens in single-threaded code"
)]
pub unsafe fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V) {
    change(key.as_ref(), Some(value.as_ref().to_os_string()))
}

#[rustc_deprecated_safe_2024(
    audit_that = "the environment access only happens in single-threaded code"
)]
pub unsafe fn remove_var<K: AsRef<OsStr>>(key: K) {
    change(key.as_ref(), None)
}

/// All variables.
pub struct VarsOs {
    inner: vec::IntoIter<(OsString, OsString)>,
}

/// All variables as text.
pub struct Vars {
    inner: VarsOs,
}

pub fn vars_os() -> VarsOs {
    let changed = CHANGED.lock().unwrap();
    let mut all: Vec<(OsString, OsString)> = initial()
        .map(|(k, v)| (OsString::from_vec(k.to_vec()), OsString::from_vec(v.to_vec())))
        .filter(|(k, _)| changed.iter().all(|(c, _)| c != k))
        .collect();
    all.extend(changed.iter().filter_map(|(k, v)| Some((k.clone(), v.clone()?))));
    VarsOs { inner: all.into_iter() }
}

pub fn vars() -> Vars {
    Vars { inner: vars_os() }
}

impl Iterator for VarsOs {
    type Item = (OsString, OsString);
    fn next(&mut self) -> Option<(OsString, OsString)> {
        self.inner.next()
    }
}

impl Iterator for Vars {
    type Item = (String, String);
    fn next(&mut self) -> Option<(String, String)> {
        self.inner.next().map(|(a, b)| (a.into_string().unwrap(), b.into_string().unwrap()))
    }
}

pub fn current_dir() -> io::Result<PathBuf> {
    let mut buf = vec![0u8; 4096];
    match sys::call(sys::GETCWD, buf.as_mut_ptr() as usize, buf.len(), 0) {
        Ok(n) => {
            buf.truncate(n - 1);
            Ok(OsString::from_vec(buf).into())
        }
        Err(e) => Err(io::Error::from_raw_os_error(e)),
    }
}

#[must_use]
pub fn temp_dir() -> PathBuf {
    var_os("TMPDIR").unwrap_or_else(|| "/tmp".into()).into()
}

pub mod consts {
    //! What the program was compiled for.
    #[cfg(target_arch = "x86_64")]
    pub const ARCH: &str = "x86_64";
    #[cfg(target_arch = "aarch64")]
    pub const ARCH: &str = "aarch64";
    pub const FAMILY: &str = "unix";
    pub const OS: &str = "linux";
    pub const DLL_PREFIX: &str = "lib";
    pub const DLL_SUFFIX: &str = ".so";
    pub const DLL_EXTENSION: &str = "so";
    pub const EXE_SUFFIX: &str = "";
    pub const EXE_EXTENSION: &str = "";
}
