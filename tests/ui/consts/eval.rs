//@ check-pass
// What constants compute; each assertion is an array whose length is wrong if it fails.
#![no_std]
#![crate_type = "lib"]
#![allow(dead_code)]
use core::cell::Cell;
use core::mem::{MaybeUninit, align_of, size_of, size_of_val, swap, transmute};
use core::sync::atomic::AtomicU32;

const fn crc_table() -> [u32; 256] {
    let mut t = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut k = 0;
        while k < 8 {
            c = if c & 1 != 0 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 };
            k += 1;
        }
        t[i] = c;
        i += 1;
    }
    t
}
const CRC: [u32; 256] = crc_table();
const _: () = assert!(CRC[1] == 0x7707_3096 && CRC[255] == 0x2D02_EF8D);

const fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
const _: () = assert!(gcd(1071, 462) == 21);

const fn sort<const N: usize>(mut a: [i32; N]) -> [i32; N] {
    let mut i = 1;
    while i < N {
        let mut j = i;
        while j > 0 && a[j - 1] > a[j] {
            let t = a[j];
            a[j] = a[j - 1];
            a[j - 1] = t;
            j -= 1;
        }
        i += 1;
    }
    a
}
const SORTED: [i32; 5] = sort([5, -1, 3, 0, 2]);
const _: () = assert!(SORTED[0] == -1 && SORTED[4] == 5);

enum Shape {
    Circle { r: u32 },
    Rect(u32, u32),
    Unit,
}
impl Shape {
    const fn area(&self) -> u32 {
        match self {
            Shape::Circle { r } => 3 * *r * *r,
            Shape::Rect(w, h) => *w * *h,
            Shape::Unit => 1,
        }
    }
}
const SHAPES: [Shape; 3] = [Shape::Circle { r: 2 }, Shape::Rect(3, 4), Shape::Unit];
const fn total(s: &[Shape]) -> u32 {
    let mut n = 0;
    let mut i = 0;
    while i < s.len() {
        n += s[i].area();
        i += 1;
    }
    n
}
const _: () = assert!(total(&SHAPES) == 25);

trait HasId {
    const ID: u32;
    const TWICE: u32 = Self::ID * 2;
}
struct A;
struct B<T>(T);
impl HasId for A {
    const ID: u32 = 7;
}
impl<T: HasId> HasId for B<T> {
    const ID: u32 = T::ID + 1;
    const TWICE: u32 = 100;
}
const _: () = assert!(A::TWICE == 14 && <B<B<A>>>::ID == 9 && <B<A>>::TWICE == 100);

static COUNTER: AtomicU32 = AtomicU32::new(5);
static TABLE: [&str; 3] = ["zero", "one", "two"];
static REF: &[&str; 3] = &TABLE;
static mut MUTABLE: [u8; 4] = [1, 2, 3, 4];
const CELL: Cell<u32> = Cell::new(3);
const FNS: [fn(u32) -> u32; 2] = [double, |x| x + 1];
const fn double(x: u32) -> u32 {
    x * 2
}

union Bits {
    f: f32,
    u: u32,
}
const ONE: u32 = unsafe { Bits { f: 1.0 }.u };
const _: () = assert!(ONE == 0x3f80_0000);
const _: () = assert!(unsafe { transmute::<[u8; 4], u32>([1, 0, 0, 2]) } == 0x0200_0001);

const fn mutate() -> (u32, u32) {
    let mut a = 1;
    let mut b = 2;
    {
        let p = &mut a;
        *p += 10;
        let q = &mut b;
        swap(p, q);
    }
    (a, b)
}
const _: () = assert!(mutate().0 == 2 && mutate().1 == 11);

const fn pointers() -> isize {
    let a = [1u16, 2, 3, 4];
    let p = a.as_ptr();
    unsafe {
        let q = p.add(3);
        assert!(*q == 4);
        let mut out = [MaybeUninit::<u16>::uninit(); 4];
        core::ptr::copy_nonoverlapping(p, out.as_mut_ptr().cast(), 4);
        assert!(out[2].assume_init() == 3);
        q.offset_from(p)
    }
}
const _: () = assert!(pointers() == 3);

const fn parse(s: &str) -> u64 {
    let b = s.as_bytes();
    let mut n = 0u64;
    let mut i = 0;
    'digits: loop {
        if i == b.len() {
            break 'digits n;
        }
        n = n * 10 + (b[i] - b'0') as u64;
        i += 1;
    }
}
const _: () = assert!(parse("18446744073709551615") == u64::MAX);

const fn slices(s: &[u8]) -> u32 {
    match s {
        [] => 0,
        [x] => *x as u32,
        [first, .., last] if *first == *last => 1000,
        [first, rest @ ..] => *first as u32 + slices(rest),
    }
}
const _: () = assert!(slices(&[1, 2, 3]) == 6 && slices(b"abca") == 1000);

const _: () = assert!(u8::MAX.wrapping_add(1) == 0);
const _: () = assert!(200u8.checked_add(100).is_none());
const _: () = assert!(200u8.saturating_add(100) == 255);
const _: () = assert!(i32::MIN.overflowing_sub(1).1);
const _: () = assert!(10u64.pow(18) == 1_000_000_000_000_000_000);
const _: () = assert!(0b1011_0000u8.leading_zeros() == 0 && 0b1011_0000u8.trailing_zeros() == 4);
const _: () = assert!(0x1234u16.swap_bytes() == 0x3412 && 0x12u8.reverse_bits() == 0x48);
const _: () = assert!(0xF0u8.rotate_left(4) == 0x0F && u128::MAX.count_ones() == 128);
const _: () = assert!((-7i32) / 2 == -3 && (-7i32) % 2 == -1 && (-7i32).rem_euclid(2) == 1);
const _: () = assert!(1u128 << 100 == 0x10_0000_0000_0000_0000_0000_0000);
const _: () = assert!(-1i8 as u8 == 255 && 300i32 as u8 == 44 && -1i32 as i64 as u64 == u64::MAX);
const _: () = assert!(3.99f64 as i32 == 3 && -1.0f32 as u8 == 0 && f64::NAN as i32 == 0 && 1e20 as u32 == u32::MAX);
const _: () = assert!(0.1f64 + 0.2 > 0.3 && 1.5f32 * 2.0 == 3.0 && (1u64 << 53) as f64 == 9007199254740992.0);
const _: () = assert!('a' as u32 == 97 && 98u8 as char == 'b' && 'ß' as u8 == 0xdf);
const _: () = assert!(true as u8 + false as u8 == 1);
const _: () = assert!(0x1234_5678u32.to_be_bytes()[0] == 0x12 && u32::from_le_bytes([1, 2, 0, 0]) == 513);

const _: () = assert!(size_of::<Option<&u8>>() == 8 && align_of::<u128>() == 16 && size_of_val(&[0u16; 3]) == 6);
const LEN: usize = { const INNER: usize = 3; INNER + "four".len() };
const ARRAY: [u8; LEN] = [9; LEN];
const _: () = assert!(ARRAY.len() == 7 && ARRAY[6] == 9);

struct Matrix<const R: usize, const C: usize>([[i64; C]; R]);
impl<const R: usize, const C: usize> Matrix<R, C> {
    const AREA: usize = R * C;
    const fn mul<const K: usize>(&self, other: &Matrix<C, K>) -> Matrix<R, K> {
        let mut out = [[0; K]; R];
        let mut i = 0;
        while i < R {
            let mut j = 0;
            while j < K {
                let mut k = 0;
                while k < C {
                    out[i][j] += self.0[i][k] * other.0[k][j];
                    k += 1;
                }
                j += 1;
            }
            i += 1;
        }
        Matrix(out)
    }
}
const PRODUCT: Matrix<2, 2> = Matrix([[1, 2, 3], [4, 5, 6]]).mul(&Matrix([[7, 8], [9, 10], [11, 12]]));
const _: () = assert!(PRODUCT.0[0][0] == 58 && PRODUCT.0[1][1] == 154 && Matrix::<3, 5>::AREA == 15);

enum Discr {
    A = 10,
    B,
    C = A_PLUS as isize,
    D,
}
const A_PLUS: u8 = Discr::A as u8 + 90;
const _: () = assert!(Discr::B as u8 == 11 && Discr::D as u32 == 101);

const fn option(o: Option<u32>) -> u32 {
    let Some(x) = o else { return 0 };
    if let Some(y) = x.checked_sub(5) { y } else { 1 }
}
const _: () = assert!(option(None) == 0 && option(Some(9)) == 4 && option(Some(2)) == 1);
const _: () = assert!(matches!(Some(3u8), Some(1..=3)) && !matches!('x', 'A'..='Z'));

const NESTED: &[(&str, &[u8])] = &[("a", &[1]), ("bc", b"xyz")];
const _: () = assert!(NESTED[1].1.len() == 3 && NESTED[1].0.len() == 2);

fn inline() -> [u32; 2] {
    [const { gcd(12, 18) as u32 }, const { option(Some(7)) }]
}
const fn generic_size<T>() -> usize {
    const { size_of::<T>() * 2 }
}
const _: () = assert!(generic_size::<u32>() == 8 && generic_size::<(u64, u64)>() == 32);
static LOOKUP: [Option<&'static str>; 2] = { let mut t = [None; 2]; t[1] = Some("set"); t };
