//! The kernel's error numbers.

use crate::io::ErrorKind;

pub(crate) const EINTR: i32 = 4;

pub(crate) fn kind(errno: i32) -> ErrorKind {
    use ErrorKind::*;
    static KINDS: [ErrorKind; 123] = {
        let mut t = [Uncategorized; 123];
        t[1] = PermissionDenied;
        t[13] = PermissionDenied;
        t[2] = NotFound;
        t[4] = Interrupted;
        t[7] = ArgumentListTooLong;
        t[11] = WouldBlock;
        t[12] = OutOfMemory;
        t[16] = ResourceBusy;
        t[17] = AlreadyExists;
        t[18] = CrossesDevices;
        t[20] = NotADirectory;
        t[21] = IsADirectory;
        t[22] = InvalidInput;
        t[26] = ExecutableFileBusy;
        t[27] = FileTooLarge;
        t[28] = StorageFull;
        t[29] = NotSeekable;
        t[30] = ReadOnlyFilesystem;
        t[31] = TooManyLinks;
        t[32] = BrokenPipe;
        t[35] = Deadlock;
        t[36] = InvalidFilename;
        t[38] = Unsupported;
        t[39] = DirectoryNotEmpty;
        t[40] = FilesystemLoop;
        t[95] = Unsupported;
        t[98] = AddrInUse;
        t[99] = AddrNotAvailable;
        t[100] = NetworkDown;
        t[101] = NetworkUnreachable;
        t[103] = ConnectionAborted;
        t[104] = ConnectionReset;
        t[107] = NotConnected;
        t[110] = TimedOut;
        t[111] = ConnectionRefused;
        t[113] = HostUnreachable;
        t[115] = InProgress;
        t[116] = StaleNetworkFileHandle;
        t[122] = QuotaExceeded;
        t
    };
    KINDS.get(errno as usize).copied().unwrap_or(Uncategorized)
}

/// From 0.
static FIRST_MESSAGES: &str = "\
    Success\n\
    Operation not permitted\n\
    No such file or directory\n\
    No such process\n\
    Interrupted system call\n\
    Input/output error\n\
    No such device or address\n\
    Argument list too long\n\
    Exec format error\n\
    Bad file descriptor\n\
    No child processes\n\
    Resource temporarily unavailable\n\
    Cannot allocate memory\n\
    Permission denied\n\
    Bad address\n\
    Unknown error\n\
    Device or resource busy\n\
    File exists\n\
    Invalid cross-device link\n\
    No such device\n\
    Not a directory\n\
    Is a directory\n\
    Invalid argument\n\
    Too many open files in system\n\
    Too many open files\n\
    Inappropriate ioctl for device\n\
    Text file busy\n\
    File too large\n\
    No space left on device\n\
    Illegal seek\n\
    Read-only file system\n\
    Too many links\n\
    Broken pipe\n\
    Numerical argument out of domain\n\
    Numerical result out of range\n\
    Resource deadlock avoided\n\
    File name too long\n\
    Unknown error\n\
    Function not implemented\n\
    Directory not empty\n\
    Too many levels of symbolic links\n\
";

/// From 95.
static NETWORK_MESSAGES: &str = "\
    Operation not supported\n\
    Unknown error\n\
    Unknown error\n\
    Address already in use\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Connection reset by peer\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Unknown error\n\
    Connection timed out\n\
    Connection refused\n\
";

pub(crate) fn message(errno: i32) -> &'static str {
    match errno {
        0..=40 => line(FIRST_MESSAGES, errno as usize),
        95..=111 => line(NETWORK_MESSAGES, errno as usize - 95),
        _ => "Unknown error",
    }
}

/// The `n`-th line of a text in which each ends with a newline.
#[cold]
pub(crate) fn line(text: &'static str, n: usize) -> &'static str {
    let (bytes, mut start, mut left) = (text.as_bytes(), 0, n);
    let mut end = 0;
    while end < bytes.len() {
        if bytes[end] == b'\n' {
            if left == 0 {
                break;
            }
            left -= 1;
            start = end + 1;
        }
        end += 1;
    }
    unsafe { text.get_unchecked(start..end) }
}
