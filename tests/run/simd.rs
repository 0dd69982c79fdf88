//! Vectors of `#[repr(simd)]`: arithmetic, masks, shuffles, reductions, of widths with registers and without.
#![feature(repr_simd, intrinsics, core_intrinsics)]
#![allow(internal_features, non_camel_case_types)]

#[rustc_intrinsic]
unsafe fn simd_add<T>(x: T, y: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_mul<T>(x: T, y: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_shr<T>(x: T, y: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_xor<T>(x: T, y: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_saturating_add<T>(x: T, y: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_lt<T, U>(x: T, y: T) -> U;
#[rustc_intrinsic]
unsafe fn simd_eq<T, U>(x: T, y: T) -> U;
#[rustc_intrinsic]
unsafe fn simd_splat<T, U>(value: U) -> T;
#[rustc_intrinsic]
unsafe fn simd_extract<T, U>(x: T, index: u32) -> U;
#[rustc_intrinsic]
unsafe fn simd_insert<T, U>(x: T, index: u32, value: U) -> T;
#[rustc_intrinsic]
unsafe fn simd_shuffle<T, U, V>(x: T, y: T, index: U) -> V;
#[rustc_intrinsic]
unsafe fn simd_bitmask<T, U>(x: T) -> U;
#[rustc_intrinsic]
unsafe fn simd_select<M, T>(mask: M, yes: T, no: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_as<T, U>(x: T) -> U;
#[rustc_intrinsic]
unsafe fn simd_fsqrt<T>(x: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_ctpop<T>(x: T) -> T;
#[rustc_intrinsic]
unsafe fn simd_reduce_add_ordered<T, U>(x: T, start: U) -> U;
#[rustc_intrinsic]
unsafe fn simd_reduce_max<T, U>(x: T) -> U;
#[rustc_intrinsic]
unsafe fn simd_reduce_any<T>(x: T) -> bool;
#[rustc_intrinsic]
unsafe fn simd_gather<T, U, V>(value: T, pointers: U, mask: V) -> T;

macro_rules! vectors {
    ($($name:ident: [$lane:ty; $n:literal];)*) => {$(
        #[repr(simd)]
        #[derive(Clone, Copy)]
        struct $name([$lane; $n]);
        impl $name {
            fn lanes(self) -> [$lane; $n] {
                unsafe { std::mem::transmute(self) }
            }
        }
    )*};
}
vectors! {
    i8x16: [i8; 16];
    u8x16: [u8; 16];
    i32x4: [i32; 4];
    f32x4: [f32; 4];
    f64x4: [f64; 4];
    i64x4: [i64; 4];
    u16x2: [u16; 2];
    i32x8: [i32; 8];
    px4: [*const i32; 4];
}
#[repr(simd)]
struct Order<const N: usize>([u32; N]);

fn main() {
    unsafe {
        let bytes = i8x16(std::array::from_fn(|i| (i as i32 * 13 - 100) as i8));
        println!("{:?}", simd_add(bytes, simd_splat(100i8)).lanes());
        println!("{:?}", simd_saturating_add(bytes, simd_splat(100i8)).lanes());
        println!("{:?}", simd_shr(bytes, simd_splat(2i8)).lanes());
        let below: i8x16 = simd_lt(bytes, simd_splat(0i8));
        println!("{:?} {:016b}", below.lanes(), simd_bitmask::<_, u16>(below));
        let same: i8x16 = simd_eq(u8x16(*b"the same letters"), simd_splat(b't'));
        println!("{:#x} {}", simd_bitmask::<_, u16>(same), simd_reduce_any(same));
        println!("{:?}", simd_select(same, u8x16(*b"THE SAME LETTERS"), u8x16(*b"the same letters")).lanes());

        let floats = f32x4([1.5, -2.25, 9.0, 1e10]);
        println!("{:?}", simd_mul(floats, simd_splat(2f32)).lanes());
        println!("{:?}", simd_as::<_, i32x4>(floats).lanes());
        println!("{:?}", simd_reduce_add_ordered::<_, f32>(floats, 0.5));
        let wide = f64x4([4.0, 2.0, 0.25, 1e20]);
        println!("{:?}", simd_fsqrt(wide).lanes());
        let less: i64x4 = simd_lt(wide, simd_splat(3f64));
        println!("{:?} {:?}", less.lanes(), simd_bitmask::<_, u8>(less));

        let ints = i32x4([7, -8, 9, 10]);
        let mixed: i32x8 = simd_shuffle(ints, simd_mul(ints, ints), const { Order([0, 4, 1, 5, 2, 6, 3, 7]) });
        println!("{:?} {}", simd_xor(mixed, simd_splat(1i32)).lanes(), simd_reduce_max::<_, i32>(ints));
        println!("{:?}", simd_ctpop(u16x2([0xff, 0x101])).lanes());
        println!("{}", simd_extract::<_, i32>(simd_insert(ints, 2, 77i32), 2) + simd_extract::<_, i32>(ints, 1));
        let table = [10, 20, 30];
        let pointers = px4([&table[2], &table[0], std::ptr::null(), &table[1]]);
        println!("{:?}", simd_gather(ints, pointers, i32x4([-1, -1, 0, -1])).lanes());
    }
}
