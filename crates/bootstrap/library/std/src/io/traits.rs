//! `Read`, `Write`, `Seek` and `BufRead`.

use core::{cmp, fmt, str};

use super::{
    Bytes, Chain, Error, ErrorKind, IoSlice, IoSliceMut, Lines, Result, Split, Take, const_error,
};

pub(super) const INVALID_UTF8: super::SimpleMessage = super::SimpleMessage {
    kind: ErrorKind::InvalidData,
    message: "stream did not contain valid UTF-8",
};

fn invalid_utf8() -> Error {
    Error::from_static_message(const { &INVALID_UTF8 })
}

/// Lets a function append bytes to a text, which then must be one.
fn append_to_string(buf: &mut String, f: impl FnOnce(&mut Vec<u8>) -> Result<usize>) -> Result<usize> {
    let start = buf.len();
    let bytes = unsafe { buf.as_mut_vec() };
    let result = f(bytes);
    if str::from_utf8(&bytes[start..]).is_err() {
        bytes.truncate(start);
        return result.and_then(|_| Err(invalid_utf8()));
    }
    result
}

/// Sources of bytes.
#[rustc_diagnostic_item = "IoRead"]
pub trait Read {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        match bufs.iter_mut().find(|b| !b.is_empty()) {
            Some(buf) => self.read(buf),
            None => self.read(&mut []),
        }
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let start = buf.len();
        loop {
            let len = buf.len();
            if buf.capacity() - len < 32 {
                buf.reserve(cmp::max(32, len.min(1 << 20)));
            }
            let cap = buf.capacity();
            buf.resize(cap, 0);
            let result = self.read(&mut buf[len..]);
            buf.truncate(len + *result.as_ref().unwrap_or(&0));
            match result {
                Ok(0) => return Ok(len - start),
                Ok(_) => {}
                Err(e) if e.is_interrupted() => {}
                Err(e) => return Err(e),
            }
        }
    }

    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        append_to_string(buf, |b| self.read_to_end(b))
    }

    fn read_exact(&mut self, mut buf: &mut [u8]) -> Result<()> {
        while !buf.is_empty() {
            match self.read(buf) {
                Ok(0) => {
                    return Err(const_error!(ErrorKind::UnexpectedEof, "failed to fill whole buffer"));
                }
                Ok(n) => buf = &mut buf[n..],
                Err(e) if e.is_interrupted() => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    fn bytes(self) -> Bytes<Self>
    where
        Self: Sized,
    {
        Bytes { inner: self }
    }

    fn chain<R: Read>(self, next: R) -> Chain<Self, R>
    where
        Self: Sized,
    {
        Chain { first: self, second: next, done_first: false }
    }

    fn take(self, limit: u64) -> Take<Self>
    where
        Self: Sized,
    {
        Take { inner: self, limit }
    }
}

pub fn read_to_string<R: Read>(mut reader: R) -> Result<String> {
    let mut buf = String::new();
    reader.read_to_string(&mut buf)?;
    Ok(buf)
}

/// Sinks of bytes.
#[rustc_diagnostic_item = "IoWrite"]
pub trait Write {
    fn write(&mut self, buf: &[u8]) -> Result<usize>;

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        match bufs.iter().find(|b| !b.is_empty()) {
            Some(buf) => self.write(buf),
            None => self.write(&[]),
        }
    }

    fn flush(&mut self) -> Result<()>;

    fn write_all(&mut self, mut buf: &[u8]) -> Result<()> {
        while !buf.is_empty() {
            match self.write(buf) {
                Ok(0) => {
                    return Err(const_error!(ErrorKind::WriteZero, "failed to write whole buffer"));
                }
                Ok(n) => buf = &buf[n..],
                Err(e) if e.is_interrupted() => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
        if let Some(s) = args.as_str() {
            return self.write_all(s.as_bytes());
        }
        // Formatting knows one error only; the true one is kept aside.
        struct Adapter<'a, T: ?Sized + 'a> {
            inner: &'a mut T,
            error: Result<()>,
        }
        impl<T: Write + ?Sized> fmt::Write for Adapter<'_, T> {
            fn write_str(&mut self, s: &str) -> fmt::Result {
                self.inner.write_all(s.as_bytes()).map_err(|e| {
                    self.error = Err(e);
                    fmt::Error
                })
            }
        }
        let mut output = Adapter { inner: self, error: Ok(()) };
        match fmt::write(&mut output, args) {
            Ok(()) => Ok(()),
            Err(..) if output.error.is_err() => output.error,
            Err(..) => panic!(
                "a formatting trait implementation returned an error when the underlying stream did not"
            ),
        }
    }

    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }
}

/// Streams with a position.
pub trait Seek {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64>;

    fn rewind(&mut self) -> Result<()> {
        self.seek(SeekFrom::Start(0))?;
        Ok(())
    }

    fn stream_position(&mut self) -> Result<u64> {
        self.seek(SeekFrom::Current(0))
    }

    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        self.seek(SeekFrom::Current(offset))?;
        Ok(())
    }
}

/// Where to seek to.
#[derive(Copy, PartialEq, Eq, Clone, Debug)]
pub enum SeekFrom {
    Start(u64),
    End(i64),
    Current(i64),
}

/// Readers with a buffer.
#[rustc_diagnostic_item = "IoBufRead"]
pub trait BufRead: Read {
    fn fill_buf(&mut self) -> Result<&[u8]>;

    fn consume(&mut self, amount: usize);

    fn has_data_left(&mut self) -> Result<bool> {
        self.fill_buf().map(|b| !b.is_empty())
    }

    fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {
        let mut read = 0;
        loop {
            let available = match self.fill_buf() {
                Ok(available) => available,
                Err(e) if e.is_interrupted() => continue,
                Err(e) => return Err(e),
            };
            let (done, used) = match available.iter().position(|&b| b == byte) {
                Some(i) => (true, i + 1),
                None => (false, available.len()),
            };
            buf.extend_from_slice(&available[..used]);
            self.consume(used);
            read += used;
            if done || used == 0 {
                return Ok(read);
            }
        }
    }

    fn skip_until(&mut self, byte: u8) -> Result<usize> {
        self.read_until(byte, &mut Vec::new())
    }

    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        append_to_string(buf, |b| self.read_until(b'\n', b))
    }

    fn split(self, byte: u8) -> Split<Self>
    where
        Self: Sized,
    {
        Split { buf: self, delim: byte }
    }

    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Lines { buf: self }
    }
}
