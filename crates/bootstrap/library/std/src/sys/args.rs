//! What the kernel hands to a program.

use core::ffi::CStr;

struct Start {
    argc: usize,
    argv: *const *const u8,
    envp: *const *const u8,
    // Sixteen random bytes.
    random: *const [u64; 2],
}

static mut START: Start = Start {
    argc: 0,
    argv: core::ptr::null(),
    envp: core::ptr::null(),
    random: core::ptr::null(),
};

/// Called once, before anything else runs.
pub(super) unsafe fn init(argc: usize, argv: *const *const u8) {
    const AT_RANDOM: usize = 25;
    unsafe {
        let envp = argv.add(argc + 1);
        let mut p = envp;
        while !(*p).is_null() {
            p = p.add(1);
        }
        let mut aux = p.add(1) as *const [usize; 2];
        let mut random = core::ptr::null();
        while (*aux)[0] != 0 {
            if (*aux)[0] == AT_RANDOM {
                random = (*aux)[1] as *const [u64; 2];
            }
            aux = aux.add(1);
        }
        START = Start { argc, argv, envp, random };
    }
}

unsafe fn text(p: *const *const u8) -> &'static [u8] {
    unsafe { CStr::from_ptr((*p).cast()).to_bytes() }
}

pub(crate) fn count() -> usize {
    unsafe { START.argc }
}

pub(crate) fn argument(i: usize) -> &'static [u8] {
    unsafe { text(START.argv.add(i)) }
}

/// The `i`-th variable, as `NAME=value`.
pub(crate) fn variable(i: usize) -> Option<&'static [u8]> {
    unsafe {
        let p = START.envp.add(i);
        if (*p).is_null() { None } else { Some(text(p)) }
    }
}

pub(crate) fn random() -> [u64; 2] {
    unsafe { if START.random.is_null() { [0, 0] } else { START.random.read_unaligned() } }
}
