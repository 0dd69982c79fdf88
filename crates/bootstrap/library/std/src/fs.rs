//! Files.

use core::fmt;

use crate::ffi::{CString, OsStr};
use crate::io::{self, Read, Seek, SeekFrom, Write};
use crate::path::Path;
use crate::sys;

const AT_FDCWD: usize = -100isize as usize;

fn c_path(path: &Path) -> io::Result<CString> {
    let path: &OsStr = path.as_ref();
    Ok(CString::new(path.as_encoded_bytes())?)
}

fn check(result: Result<usize, i32>) -> io::Result<usize> {
    result.map_err(io::Error::from_raw_os_error)
}

/// An open file.
pub struct File {
    fd: usize,
}

/// How a file is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    read: bool,
    write: bool,
    append: bool,
    truncate: bool,
    create: bool,
    create_new: bool,
}

impl OpenOptions {
    #[must_use]
    pub fn new() -> Self {
        OpenOptions {
            read: false,
            write: false,
            append: false,
            truncate: false,
            create: false,
            create_new: false,
        }
    }

    pub fn read(&mut self, read: bool) -> &mut Self {
        self.read = read;
        self
    }

    pub fn write(&mut self, write: bool) -> &mut Self {
        self.write = write;
        self
    }

    pub fn append(&mut self, append: bool) -> &mut Self {
        self.append = append;
        self
    }

    pub fn truncate(&mut self, truncate: bool) -> &mut Self {
        self.truncate = truncate;
        self
    }

    pub fn create(&mut self, create: bool) -> &mut Self {
        self.create = create;
        self
    }

    pub fn create_new(&mut self, create_new: bool) -> &mut Self {
        self.create_new = create_new;
        self
    }

    pub fn open<P: AsRef<Path>>(&self, path: P) -> io::Result<File> {
        const CLOEXEC: usize = 0o2000000;
        const CREATE: usize = 0o100;
        const EXCLUSIVE: usize = 0o200;
        const TRUNCATE: usize = 0o1000;
        const APPEND: usize = 0o2000;
        const EINVAL: i32 = 22;
        let access = match (self.read, self.write, self.append) {
            (true, false, false) => 0,
            (false, true, false) => 1,
            (true, true, false) => 2,
            (false, _, true) => 1 | APPEND,
            (true, _, true) => 2 | APPEND,
            (false, false, false) => return Err(io::Error::from_raw_os_error(EINVAL)),
        };
        let creation = match (self.create, self.truncate, self.create_new) {
            _ if !self.write && !self.append && (self.create || self.truncate || self.create_new) => {
                return Err(io::Error::from_raw_os_error(EINVAL));
            }
            (_, _, true) => CREATE | EXCLUSIVE,
            (false, false, _) => 0,
            (true, false, _) => CREATE,
            (false, true, _) => TRUNCATE,
            (true, true, _) => CREATE | TRUNCATE,
        };
        let path = c_path(path.as_ref())?;
        let flags = CLOEXEC | access | creation;
        let args = [AT_FDCWD, path.as_ptr() as usize, flags, 0o666, 0, 0];
        Ok(File { fd: check(sys::call6(sys::OPENAT, args))? })
    }
}

impl File {
    pub fn open<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).open(path)
    }

    pub fn create<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(true).open(path)
    }

    pub fn create_new<P: AsRef<Path>>(path: P) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    #[must_use]
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    pub fn sync_all(&self) -> io::Result<()> {
        Ok(())
    }

    pub fn set_len(&self, size: u64) -> io::Result<()> {
        check(sys::call(sys::FTRUNCATE, self.fd, size as usize, 0))?;
        Ok(())
    }

    pub fn metadata(&self) -> io::Result<Metadata> {
        const AT_EMPTY_PATH: usize = 0x1000;
        stat(self.fd, c"".as_ptr() as usize, AT_EMPTY_PATH)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = sys::call(sys::CLOSE, self.fd, 0, 0);
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("fd", &self.fd).finish()
    }
}

macro_rules! file_io {
    ($($T:ty)*) => {$(
        impl Read for $T {
            fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                check(sys::read(self.fd, buf))
            }
        }

        impl Write for $T {
            fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
                check(sys::write(self.fd, buf))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        impl Seek for $T {
            fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
                let (offset, whence) = match pos {
                    SeekFrom::Start(n) => (n as usize, 0),
                    SeekFrom::Current(n) => (n as usize, 1),
                    SeekFrom::End(n) => (n as usize, 2),
                };
                Ok(check(sys::call(sys::LSEEK, self.fd, offset, whence))? as u64)
            }
        }
    )*};
}
file_io! { File &File }

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct Metadata {
    mode: u16,
    len: u64,
}

impl Metadata {
    #[must_use]
    pub fn is_dir(&self) -> bool {
        self.mode & 0o170000 == 0o040000
    }

    #[must_use]
    pub fn is_file(&self) -> bool {
        self.mode & 0o170000 == 0o100000
    }

    #[must_use]
    pub fn is_symlink(&self) -> bool {
        self.mode & 0o170000 == 0o120000
    }

    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }
}

fn stat(dir: usize, path: usize, flags: usize) -> io::Result<Metadata> {
    const BASIC: usize = 0x7ff;
    // Of `struct statx`: the mode is at byte 28, the size at byte 40.
    let mut buf = [0u64; 32];
    check(sys::call6(sys::STATX, [dir, path, flags, BASIC, buf.as_mut_ptr() as usize, 0]))?;
    Ok(Metadata { mode: (buf[3] >> 32) as u16, len: buf[5] })
}

pub fn metadata<P: AsRef<Path>>(path: P) -> io::Result<Metadata> {
    let path = c_path(path.as_ref())?;
    stat(AT_FDCWD, path.as_ptr() as usize, 0)
}

pub fn exists<P: AsRef<Path>>(path: P) -> io::Result<bool> {
    match metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

pub fn read<P: AsRef<Path>>(path: P) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub fn read_to_string<P: AsRef<Path>>(path: P) -> io::Result<String> {
    let mut string = String::new();
    File::open(path)?.read_to_string(&mut string)?;
    Ok(string)
}

pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> io::Result<()> {
    File::create(path)?.write_all(contents.as_ref())
}

pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<u64> {
    io::copy(&mut File::open(from)?, &mut File::create(to)?)
}

pub fn remove_file<P: AsRef<Path>>(path: P) -> io::Result<()> {
    let path = c_path(path.as_ref())?;
    check(sys::call(sys::UNLINKAT, AT_FDCWD, path.as_ptr() as usize, 0))?;
    Ok(())
}

pub fn remove_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    const AT_REMOVEDIR: usize = 0x200;
    let path = c_path(path.as_ref())?;
    check(sys::call(sys::UNLINKAT, AT_FDCWD, path.as_ptr() as usize, AT_REMOVEDIR))?;
    Ok(())
}

pub fn create_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    let path = c_path(path.as_ref())?;
    check(sys::call(sys::MKDIRAT, AT_FDCWD, path.as_ptr() as usize, 0o777))?;
    Ok(())
}

pub fn create_dir_all<P: AsRef<Path>>(path: P) -> io::Result<()> {
    let path = path.as_ref();
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_dir_all(parent)?;
    }
    create_dir(path)
}

pub fn rename<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> io::Result<()> {
    let (from, to) = (c_path(from.as_ref())?, c_path(to.as_ref())?);
    let args = [AT_FDCWD, from.as_ptr() as usize, AT_FDCWD, to.as_ptr() as usize, 0, 0];
    check(sys::call6(sys::RENAMEAT2, args))?;
    Ok(())
}
