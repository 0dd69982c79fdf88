//! The host's files.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use session::{FileError, FileSystem};

/// The host's file system; `-` is standard input.
#[derive(Default)]
pub struct HostFiles {
    /// Libraries that were read whole: metadata and, when linking, objects are in the same file.
    libraries: RefCell<HashMap<String, Rc<[u8]>>>,
}

/// The bytes of a file, read to where they stay.
fn read_file(path: &str) -> std::io::Result<Rc<[u8]>> {
    let mut file = std::fs::File::open(path)?;
    let len = file.metadata()?.len();
    let mut bytes: Rc<[u8]> = std::iter::repeat_n(0u8, usize::try_from(len).unwrap_or(0)).collect();
    match Rc::get_mut(&mut bytes) {
        // What is no regular file has no length to go by.
        Some(buffer) if !buffer.is_empty() => file.read_exact(buffer)?,
        _ => {
            let mut buffer = Vec::new();
            file.read_to_end(&mut buffer)?;
            bytes = buffer.into();
        }
    }
    Ok(bytes)
}

impl FileSystem for HostFiles {
    fn read(&self, path: &str) -> Result<Rc<[u8]>, FileError> {
        if path == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|e| FileError::Other(e.to_string()))?;
            return Ok(bytes.into());
        }
        match std::fs::metadata(path) {
            Ok(m) if m.is_file() => self.read_range(path, 0, m.len() as usize),
            Ok(_) => std::fs::read(path).map(Rc::from).map_err(|e| file_error(&e)),
            Err(e) => Err(file_error(&e)),
        }
    }
    fn read_range(&self, path: &str, start: usize, len: usize) -> Result<Rc<[u8]>, FileError> {
        let read = || {
            let mut file = std::fs::File::open(path)?;
            file.seek(SeekFrom::Start(start as u64))?;
            let left = file.metadata()?.len().saturating_sub(start as u64);
            // Read where it stays: metadata is large.
            let mut bytes: Rc<[u8]> = std::iter::repeat_n(0, len.min(left as usize)).collect();
            file.read_exact(Rc::get_mut(&mut bytes).unwrap_or_default())?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(bytes),
            Err(e) => Err(file_error(&e)),
        }
    }
    fn exists(&self, path: &str) -> bool {
        std::path::Path::new(path).is_file()
    }
    fn read_dir(&self, path: &str) -> Vec<String> {
        let entries = std::fs::read_dir(if path.is_empty() { "." } else { path });
        let mut names: Vec<String> =
            entries.into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Arguments, with those of each `@FILE` in its place, one a line.
pub fn expand_args(args: impl Iterator<Item = String>) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for arg in args {
        match arg.strip_prefix('@') {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|e| format!("failed to load argument file `{path}`: {e}"))?;
                out.extend(text.lines().map(str::to_owned));
            }
            None => out.push(arg),
        }
    }
    Ok(out)
}

fn file_error(e: &std::io::Error) -> FileError {
    match e.kind() {
        std::io::ErrorKind::NotFound => FileError::NotFound,
        _ => FileError::Other(e.to_string()),
    }
}

/// Writes an output; an executable is replaced, not overwritten, so that one that runs is not disturbed.
pub fn write(path: &str, bytes: &[u8], executable: bool) -> std::io::Result<()> {
    if path == "-" {
        use std::io::Write;
        return std::io::stdout().write_all(bytes);
    }
    // Only a regular file is replaced: `-o /dev/null` must not remove the device.
    if executable && std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file()) {
        match std::fs::remove_file(path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    std::fs::write(path, bytes)?;
    #[cfg(unix)]
    if executable {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path)?.permissions().mode();
        // Execute where read is allowed: the process's umask has its say.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2)))?;
    }
    Ok(())
}
