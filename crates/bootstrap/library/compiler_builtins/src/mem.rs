//! Copying, filling and comparing memory. Eight bytes at a time, by a packed struct: that is a
//! plain unaligned load and not again a call of `memcpy`.

#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Word(u64);

const WORD: usize = 8;

#[inline(always)]
unsafe fn load(p: *const u8) -> u64 {
    (*(p as *const Word)).0
}

#[inline(always)]
unsafe fn store(p: *mut u8, x: u64) {
    (*(p as *mut Word)).0 = x;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcpy(dest: *mut u8, src: *const u8, n: usize) -> *mut u8 {
    if n < WORD {
        let mut i = 0;
        while i < n {
            *dest.wrapping_add(i) = *src.wrapping_add(i);
            i += 1;
        }
        return dest;
    }
    let mut i = 0;
    while i + 4 * WORD <= n {
        let (from, to) = (src.wrapping_add(i), dest.wrapping_add(i));
        let a = load(from);
        let b = load(from.wrapping_add(8));
        let c = load(from.wrapping_add(16));
        let d = load(from.wrapping_add(24));
        store(to, a);
        store(to.wrapping_add(8), b);
        store(to.wrapping_add(16), c);
        store(to.wrapping_add(24), d);
        i += 4 * WORD;
    }
    while i + WORD <= n {
        store(dest.wrapping_add(i), load(src.wrapping_add(i)));
        i += WORD;
    }
    // The last word overlaps what is copied already.
    store(dest.wrapping_add(n - WORD), load(src.wrapping_add(n - WORD)));
    dest
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn memmove(dest: *mut u8, src: *const u8, n: usize) -> *mut u8 {
    let distance = (dest as usize).wrapping_sub(src as usize);
    if distance >= n {
        // No byte is written before it is read, going up one step at a time.
        let mut i = 0;
        while i + WORD <= n {
            let x = load(src.wrapping_add(i));
            store(dest.wrapping_add(i), x);
            i += WORD;
        }
        while i < n {
            *dest.wrapping_add(i) = *src.wrapping_add(i);
            i += 1;
        }
    } else {
        let mut i = n;
        while i >= WORD {
            i -= WORD;
            let x = load(src.wrapping_add(i));
            store(dest.wrapping_add(i), x);
        }
        while i > 0 {
            i -= 1;
            *dest.wrapping_add(i) = *src.wrapping_add(i);
        }
    }
    dest
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn memset(dest: *mut u8, c: i32, n: usize) -> *mut u8 {
    let byte = c as u8;
    if n < WORD {
        let mut i = 0;
        while i < n {
            *dest.wrapping_add(i) = byte;
            i += 1;
        }
        return dest;
    }
    let word = byte as u64 * 0x0101_0101_0101_0101;
    let mut i = 0;
    while i + 4 * WORD <= n {
        let to = dest.wrapping_add(i);
        store(to, word);
        store(to.wrapping_add(8), word);
        store(to.wrapping_add(16), word);
        store(to.wrapping_add(24), word);
        i += 4 * WORD;
    }
    while i + WORD <= n {
        store(dest.wrapping_add(i), word);
        i += WORD;
    }
    store(dest.wrapping_add(n - WORD), word);
    dest
}

/// How two words compare as the bytes that they were loaded from.
#[inline(always)]
fn compare_words(x: u64, y: u64) -> i32 {
    let (x, y) = (u64::from_be(x), u64::from_be(y));
    (x > y) as i32 - (x < y) as i32
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    if n < WORD {
        let mut i = 0;
        while i < n {
            let (x, y) = (*a.wrapping_add(i), *b.wrapping_add(i));
            if x != y {
                return x as i32 - y as i32;
            }
            i += 1;
        }
        return 0;
    }
    let mut i = 0;
    while i + WORD <= n {
        let (x, y) = (load(a.wrapping_add(i)), load(b.wrapping_add(i)));
        if x != y {
            return compare_words(x, y);
        }
        i += WORD;
    }
    // The last word, some of whose bytes are known to be equal.
    compare_words(load(a.wrapping_add(n - WORD)), load(b.wrapping_add(n - WORD)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    memcmp(a, b, n)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn strlen(s: *const u8) -> usize {
    let mut n = 0;
    while *s.wrapping_add(n) != 0 {
        n += 1;
    }
    n
}
