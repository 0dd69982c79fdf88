//! Input and output.

mod buffered;
mod cursor;
mod error;
mod impls;
pub mod prelude;
mod stdio;
mod traits;
mod util;

pub use self::buffered::{BufReader, BufWriter, IntoInnerError, LineWriter};
pub use self::cursor::Cursor;
pub use self::error::{Error, ErrorKind, Result, SimpleMessage};
pub(crate) use self::stdio::cleanup;
pub use self::stdio::{
    IsTerminal, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock, _eprint, _print, stderr,
    stdin, stdout,
};
pub use self::traits::{BufRead, Read, Seek, SeekFrom, Write, read_to_string};
pub use self::util::{
    Bytes, Chain, Empty, IoSlice, IoSliceMut, Lines, Repeat, Sink, Split, Take, copy, empty, repeat,
    sink,
};

#[doc(hidden)]
pub use self::error::const_error;
