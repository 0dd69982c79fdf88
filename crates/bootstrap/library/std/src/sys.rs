//! Linux, by system calls.

pub(crate) mod allocator;
pub(crate) mod args;
pub(crate) mod errno;
mod start;

/// The number of a call, by architecture.
macro_rules! calls {
    ($($name:ident $x86_64:literal $aarch64:literal;)*) => {$(
        #[cfg(target_arch = "x86_64")]
        pub(crate) const $name: usize = $x86_64;
        #[cfg(target_arch = "aarch64")]
        pub(crate) const $name: usize = $aarch64;
    )*};
}
calls! {
    READ 0 63;
    WRITE 1 64;
    CLOSE 3 57;
    LSEEK 8 62;
    MMAP 9 222;
    MUNMAP 11 215;
    RT_SIGACTION 13 134;
    RT_SIGPROCMASK 14 135;
    IOCTL 16 29;
    SCHED_YIELD 24 124;
    MREMAP 25 216;
    GETPID 39 172;
    GETCWD 79 17;
    FTRUNCATE 77 46;
    GETTID 186 178;
    FUTEX 202 98;
    GETDENTS64 217 61;
    CLOCK_GETTIME 228 113;
    CLOCK_NANOSLEEP 230 115;
    EXIT_GROUP 231 94;
    TGKILL 234 131;
    OPENAT 257 56;
    MKDIRAT 258 34;
    UNLINKAT 263 35;
    RENAMEAT2 316 276;
    STATX 332 291;
}

/// A call with six arguments: its result, or the error number.
#[inline]
pub(crate) fn call6(nr: usize, args: [usize; 6]) -> Result<usize, i32> {
    let [a, b, c, d, e, f] = args;
    let r = unsafe { raw(nr, a, b, c, d, e, f) };
    if r < 0 && r > -4096 { Err(-r as i32) } else { Ok(r as usize) }
}

#[inline]
pub(crate) fn call(nr: usize, a: usize, b: usize, c: usize) -> Result<usize, i32> {
    call6(nr, [a, b, c, 0, 0, 0])
}

#[cfg(rcc)]
use core::intrinsics::rcc_syscall as raw;

#[cfg(all(not(rcc), target_arch = "x86_64"))]
#[inline]
unsafe fn raw(
    nr: usize,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    e: usize,
    f: usize,
) -> isize {
    let r;
    core::arch::asm!(
        "syscall",
        inlateout("rax") nr as isize => r,
        in("rdi") a,
        in("rsi") b,
        in("rdx") c,
        in("r10") d,
        in("r8") e,
        in("r9") f,
        lateout("rcx") _,
        lateout("r11") _,
    );
    r
}

#[cfg(all(not(rcc), target_arch = "aarch64"))]
#[inline]
unsafe fn raw(
    nr: usize,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    e: usize,
    f: usize,
) -> isize {
    let r;
    core::arch::asm!(
        "svc 0",
        in("x8") nr,
        inlateout("x0") a as isize => r,
        in("x1") b,
        in("x2") c,
        in("x3") d,
        in("x4") e,
        in("x5") f,
    );
    r
}

/// Ends the process.
pub(crate) fn exit(code: i32) -> ! {
    loop {
        let _ = call(EXIT_GROUP, code as usize, 0, 0);
    }
}

/// Ends the process by SIGABRT.
pub(crate) fn abort() -> ! {
    const SIGABRT: usize = 6;
    const SIG_UNBLOCK: usize = 1;
    let mask: u64 = 1 << (SIGABRT - 1);
    let action: [usize; 4] = [0; 4];
    let _ = call6(RT_SIGPROCMASK, [SIG_UNBLOCK, &raw const mask as usize, 0, 8, 0, 0]);
    let _ = call(TGKILL, process_id(), thread_id(), SIGABRT);
    // Someone handles the signal: back to what it does by default.
    let _ = call6(RT_SIGACTION, [SIGABRT, action.as_ptr() as usize, 0, 8, 0, 0]);
    let _ = call(TGKILL, process_id(), thread_id(), SIGABRT);
    exit(127)
}

/// Writing to a closed pipe is an error and not a signal.
pub(crate) fn ignore_sigpipe() {
    const SIGPIPE: usize = 13;
    const SIG_IGN: usize = 1;
    let action: [usize; 4] = [SIG_IGN, 0, 0, 0];
    let _ = call6(RT_SIGACTION, [SIGPIPE, action.as_ptr() as usize, 0, 8, 0, 0]);
}

pub(crate) fn process_id() -> usize {
    call(GETPID, 0, 0, 0).unwrap_or(0)
}

pub(crate) fn thread_id() -> usize {
    call(GETTID, 0, 0, 0).unwrap_or(0)
}

pub(crate) fn write(fd: usize, bytes: &[u8]) -> Result<usize, i32> {
    call(WRITE, fd, bytes.as_ptr() as usize, bytes.len())
}

pub(crate) fn read(fd: usize, buf: &mut [u8]) -> Result<usize, i32> {
    call(READ, fd, buf.as_mut_ptr() as usize, buf.len())
}

/// Seconds and nanoseconds of a clock.
pub(crate) fn clock(id: usize) -> (i64, i64) {
    let mut time = [0i64; 2];
    let _ = call(CLOCK_GETTIME, id, time.as_mut_ptr() as usize, 0);
    (time[0], time[1])
}

pub(crate) fn is_terminal(fd: usize) -> bool {
    const TCGETS: usize = 0x5401;
    let mut termios = [0u8; 64];
    call(IOCTL, fd, TCGETS, termios.as_mut_ptr() as usize).is_ok()
}

/// Sleeps until the word changes from `expected`.
pub(crate) fn futex_wait(word: &core::sync::atomic::AtomicU32, expected: u32) {
    const FUTEX_WAIT_PRIVATE: usize = 128;
    let _ = call6(
        FUTEX,
        [word.as_ptr() as usize, FUTEX_WAIT_PRIVATE, expected as usize, 0, 0, 0],
    );
}

/// Wakes who sleeps on the word.
pub(crate) fn futex_wake(word: &core::sync::atomic::AtomicU32, count: usize) {
    const FUTEX_WAKE_PRIVATE: usize = 129;
    let _ = call(FUTEX, word.as_ptr() as usize, FUTEX_WAKE_PRIVATE, count);
}
