//! Memory with a position.

use core::cmp;

use super::{BufRead, ErrorKind, Read, Result, Seek, SeekFrom, Write, const_error};

/// Memory with a position.
#[derive(Debug, Default, Eq, PartialEq, Clone)]
pub struct Cursor<T> {
    inner: T,
    pos: u64,
}

impl<T> Cursor<T> {
    pub const fn new(inner: T) -> Cursor<T> {
        Cursor { pos: 0, inner }
    }

    pub fn into_inner(self) -> T {
        self.inner
    }

    pub const fn get_ref(&self) -> &T {
        &self.inner
    }

    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    pub const fn position(&self) -> u64 {
        self.pos
    }

    pub const fn set_position(&mut self, pos: u64) {
        self.pos = pos;
    }
}

impl<T: AsRef<[u8]>> Cursor<T> {
    fn rest(&self) -> &[u8] {
        let all = self.inner.as_ref();
        &all[cmp::min(self.pos, all.len() as u64) as usize..]
    }
}

impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, style: SeekFrom) -> Result<u64> {
        let (base, offset) = match style {
            SeekFrom::Start(n) => {
                self.pos = n;
                return Ok(n);
            }
            SeekFrom::End(n) => (self.inner.as_ref().len() as u64, n),
            SeekFrom::Current(n) => (self.pos, n),
        };
        match base.checked_add_signed(offset) {
            Some(n) => {
                self.pos = n;
                Ok(n)
            }
            None => Err(const_error!(
                ErrorKind::InvalidInput,
                "invalid seek to a negative or overflowing position",
            )),
        }
    }
}

impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = self.rest().read(buf)?;
        self.pos += n as u64;
        Ok(n)
    }
}

impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.rest())
    }
    fn consume(&mut self, amt: usize) {
        self.pos += amt as u64;
    }
}

/// Writes into memory that does not grow.
fn write_fixed(pos: &mut u64, slice: &mut [u8], buf: &[u8]) -> usize {
    let start = cmp::min(*pos, slice.len() as u64) as usize;
    let n = cmp::min(buf.len(), slice.len() - start);
    slice[start..start + n].copy_from_slice(&buf[..n]);
    *pos += n as u64;
    n
}

/// Writes into memory that grows.
fn write_growing(pos: &mut u64, vec: &mut Vec<u8>, buf: &[u8]) -> usize {
    let start = *pos as usize;
    if vec.len() < start + buf.len() {
        vec.resize(start + buf.len(), 0);
    }
    vec[start..start + buf.len()].copy_from_slice(buf);
    *pos += buf.len() as u64;
    buf.len()
}

macro_rules! cursor_write {
    ($([$($g:tt)*] $T:ty, $write:ident |$i:ident| $e:expr;)*) => {$(
        impl<$($g)*> Write for Cursor<$T> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                let $i = &mut self.inner;
                Ok($write(&mut self.pos, $e, buf))
            }
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )*};
}
cursor_write! {
    [] &mut [u8], write_fixed |i| i;
    [] &mut Vec<u8>, write_growing |i| i;
    [] Vec<u8>, write_growing |i| i;
    [] Box<[u8]>, write_fixed |i| i;
    [const N: usize] [u8; N], write_fixed |i| i;
}
