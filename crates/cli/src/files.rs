//! The host's files.

use std::io::Read;

use memmap2::Mmap;
use session::{Bytes, FileError, FileSystem};

/// The host's file system; `-` is standard input.
#[derive(Clone, Copy, Debug)]
pub struct HostFiles;

/// From this size on a file is mapped, not read.
const MAP_FROM: u64 = 256 << 10;

/// The bytes of a file.
fn read_file(path: &str) -> std::io::Result<Bytes> {
    if path == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes.into());
    }
    let mut file = std::fs::File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && metadata.len() >= MAP_FROM {
        // SAFETY: libraries are replaced, not written over (`write` below removes the old file first; cargo links
        // or renames), so what is mapped does not change. As rustc does it.
        return Ok(Bytes::new(unsafe { Mmap::map(&file)? }));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

impl FileSystem for HostFiles {
    fn read(&self, path: &str) -> Result<Bytes, FileError> {
        if let Some(text) = driver::sysroot::library_source(path) {
            return Ok(text.as_bytes().into());
        }
        read_file(path).map_err(|e| file_error(&e))
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
                let text = std::fs::read_to_string(path).map_err(|e| {
                    let why = match e.kind() {
                        std::io::ErrorKind::InvalidData => format!("UTF-8 error in {path}"),
                        _ => format!("IO error: {path}: {e}"),
                    };
                    format!("failed to load argument file: {why}")
                })?;
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

/// Writes an output. A file is replaced, not overwritten, so that an executable that runs and a library that another
/// process has mapped are not disturbed.
pub fn write(path: &str, bytes: &[u8], executable: bool) -> std::io::Result<()> {
    if path == "-" {
        use std::io::Write;
        return std::io::stdout().write_all(bytes);
    }
    // Only a regular file is replaced: `-o /dev/null` must not remove the device.
    if std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file()) {
        match std::fs::remove_file(path) {
            Err(e) if executable && e.kind() != std::io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    let written = std::fs::write(path, bytes);
    let metadata = std::fs::metadata(path);
    if written.is_err() && metadata.as_ref().is_ok_and(std::fs::Metadata::is_file) {
        // Half an output is none.
        let _ = std::fs::remove_file(path);
    }
    written?;
    #[cfg(unix)]
    if executable && metadata.as_ref().is_ok_and(std::fs::Metadata::is_file) {
        use std::os::unix::fs::PermissionsExt;
        let mode = metadata?.permissions().mode();
        // Execute where read is allowed: the process's umask has its say.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2)))?;
    }
    Ok(())
}
