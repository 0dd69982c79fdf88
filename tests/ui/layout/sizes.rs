//@ check-pass
// Sizes, alignments and offsets as rustc lays types out: each line was printed by a program that rustc compiled.
#![no_std]
#![crate_type = "lib"]
#![allow(dead_code)]
use core::mem::{align_of, offset_of, size_of};
use core::cell::{Cell, UnsafeCell};
use core::mem::{ManuallyDrop, MaybeUninit};
use core::num::{NonZeroU8, NonZeroU32, NonZeroU64};
use core::ptr::NonNull;
pub enum Never {}
pub enum E1 { A }
pub enum E2 { A, B }
pub enum E256 { A(u8), B(u16), C }
pub enum Data { A(u32, u8), B(u64), C }
#[repr(u8)] pub enum R8 { A, B(u32) }
#[repr(C)] pub enum RC { A, B(u8) }
#[repr(C, u8)] pub enum RCU8 { A(u32), B }
#[repr(i64)] pub enum R64 { A = -1, B = 5 }
#[repr(C)] pub enum RCPlain { A, B }
pub enum Big { A = 0, B = 300 }
pub enum Neg { A = -1, B = 127 }
pub enum Neg2 { A = -129, B = 1 }
pub enum U128ish { A(u128), B }
pub struct S1 { a: u8, b: u32, c: u16 }
#[repr(C)] pub struct SC { a: u8, b: u32, c: u16 }
#[repr(C, packed)] pub struct SP { a: u8, b: u32, c: u16 }
#[repr(C, packed(2))] pub struct SP2 { a: u8, b: u32, c: u16 }
#[repr(align(16))] pub struct SA { a: u8 }
#[repr(C, align(32))] pub struct SCA { a: u8, b: u64 }
#[repr(transparent)] pub struct TR(pub NonZeroU32);
pub struct Gen<T, U> { a: T, b: u8, c: U }
pub union Un { a: u8, b: u32, c: [u8; 7] }
#[repr(C)] pub union UnC { a: u8, b: [u16; 3] }
pub struct Nested { a: S1, b: Option<E2>, c: bool }
pub trait Tr { fn f(&self) {} }
pub struct Uns<T: ?Sized> { a: u8, t: T }
pub enum Niche2 { A(bool), B, C, D }
pub enum Deep { A(Niche2), B, C }
pub enum TwoData { A(bool, u32), B(u32), C }
pub enum WithNever { A(u32), B(Never) }
pub enum PtrLike<'a> { A(&'a u8), B, C }
pub enum Mixed { A(u8, bool), B(u8), C(u16) }
pub struct Zst;
pub struct ZstArr { a: [u64; 0], b: u8 }
pub enum CharE { A(char), B, C, D }
pub enum Multi { A([u8; 3]), B(u16, u8), C(u8, u16) }
const _: () = assert!(size_of::<u8>() == 1 && align_of::<u8>() == 1);
const _: () = assert!(size_of::<u16>() == 2 && align_of::<u16>() == 2);
const _: () = assert!(size_of::<u32>() == 4 && align_of::<u32>() == 4);
const _: () = assert!(size_of::<u64>() == 8 && align_of::<u64>() == 8);
const _: () = assert!(size_of::<u128>() == 16 && align_of::<u128>() == 16);
const _: () = assert!(size_of::<i128>() == 16 && align_of::<i128>() == 16);
const _: () = assert!(size_of::<usize>() == 8 && align_of::<usize>() == 8);
const _: () = assert!(size_of::<f32>() == 4 && align_of::<f32>() == 4);
const _: () = assert!(size_of::<f64>() == 8 && align_of::<f64>() == 8);
const _: () = assert!(size_of::<bool>() == 1 && align_of::<bool>() == 1);
const _: () = assert!(size_of::<char>() == 4 && align_of::<char>() == 4);
const _: () = assert!(size_of::<()>() == 0 && align_of::<()>() == 1);
const _: () = assert!(size_of::<Never>() == 0 && align_of::<Never>() == 1);
const _: () = assert!(size_of::<E1>() == 0 && align_of::<E1>() == 1);
const _: () = assert!(size_of::<E2>() == 1 && align_of::<E2>() == 1);
const _: () = assert!(size_of::<E256>() == 4 && align_of::<E256>() == 2);
const _: () = assert!(size_of::<Data>() == 16 && align_of::<Data>() == 8);
const _: () = assert!(size_of::<R8>() == 8 && align_of::<R8>() == 4);
const _: () = assert!(size_of::<RC>() == 8 && align_of::<RC>() == 4);
const _: () = assert!(size_of::<RCU8>() == 8 && align_of::<RCU8>() == 4);
const _: () = assert!(size_of::<R64>() == 8 && align_of::<R64>() == 8);
const _: () = assert!(size_of::<RCPlain>() == 4 && align_of::<RCPlain>() == 4);
const _: () = assert!(size_of::<Big>() == 2 && align_of::<Big>() == 2);
const _: () = assert!(size_of::<Neg>() == 1 && align_of::<Neg>() == 1);
const _: () = assert!(size_of::<Neg2>() == 2 && align_of::<Neg2>() == 2);
const _: () = assert!(size_of::<U128ish>() == 32 && align_of::<U128ish>() == 16);
const _: () = assert!(size_of::<S1>() == 8 && align_of::<S1>() == 4);
const _: () = assert!(size_of::<SC>() == 12 && align_of::<SC>() == 4);
const _: () = assert!(size_of::<SP>() == 7 && align_of::<SP>() == 1);
const _: () = assert!(size_of::<SP2>() == 8 && align_of::<SP2>() == 2);
const _: () = assert!(size_of::<SA>() == 16 && align_of::<SA>() == 16);
const _: () = assert!(size_of::<SCA>() == 32 && align_of::<SCA>() == 32);
const _: () = assert!(size_of::<TR>() == 4 && align_of::<TR>() == 4);
const _: () = assert!(size_of::<Option<TR>>() == 4 && align_of::<Option<TR>>() == 4);
const _: () = assert!(size_of::<Gen<u8, u64>>() == 16 && align_of::<Gen<u8, u64>>() == 8);
const _: () = assert!(size_of::<Gen<u64, u16>>() == 16 && align_of::<Gen<u64, u16>>() == 8);
const _: () = assert!(size_of::<Gen<(), [u16; 3]>>() == 8 && align_of::<Gen<(), [u16; 3]>>() == 2);
const _: () = assert!(size_of::<Un>() == 8 && align_of::<Un>() == 4);
const _: () = assert!(size_of::<UnC>() == 6 && align_of::<UnC>() == 2);
const _: () = assert!(size_of::<Nested>() == 12 && align_of::<Nested>() == 4);
const _: () = assert!(size_of::<Option<Nested>>() == 12 && align_of::<Option<Nested>>() == 4);
const _: () = assert!(size_of::<Uns<u32>>() == 8 && align_of::<Uns<u32>>() == 4);
const _: () = assert!(size_of::<&'static Uns<[u16]>>() == 16 && align_of::<&'static Uns<[u16]>>() == 8);
const _: () = assert!(size_of::<&'static Uns<dyn Tr>>() == 16 && align_of::<&'static Uns<dyn Tr>>() == 8);
const _: () = assert!(size_of::<Niche2>() == 1 && align_of::<Niche2>() == 1);
const _: () = assert!(size_of::<Option<Niche2>>() == 1 && align_of::<Option<Niche2>>() == 1);
const _: () = assert!(size_of::<Deep>() == 1 && align_of::<Deep>() == 1);
const _: () = assert!(size_of::<Option<Deep>>() == 1 && align_of::<Option<Deep>>() == 1);
const _: () = assert!(size_of::<Option<Option<Deep>>>() == 1 && align_of::<Option<Option<Deep>>>() == 1);
const _: () = assert!(size_of::<TwoData>() == 8 && align_of::<TwoData>() == 4);
const _: () = assert!(size_of::<WithNever>() == 4 && align_of::<WithNever>() == 4);
const _: () = assert!(size_of::<PtrLike<'static>>() == 16 && align_of::<PtrLike<'static>>() == 8);
const _: () = assert!(size_of::<Option<PtrLike<'static>>>() == 16 && align_of::<Option<PtrLike<'static>>>() == 8);
const _: () = assert!(size_of::<Mixed>() == 4 && align_of::<Mixed>() == 2);
const _: () = assert!(size_of::<Option<Mixed>>() == 4 && align_of::<Option<Mixed>>() == 2);
const _: () = assert!(size_of::<Zst>() == 0 && align_of::<Zst>() == 1);
const _: () = assert!(size_of::<ZstArr>() == 8 && align_of::<ZstArr>() == 8);
const _: () = assert!(size_of::<CharE>() == 4 && align_of::<CharE>() == 4);
const _: () = assert!(size_of::<Option<CharE>>() == 4 && align_of::<Option<CharE>>() == 4);
const _: () = assert!(size_of::<Multi>() == 4 && align_of::<Multi>() == 2);
const _: () = assert!(size_of::<Option<Multi>>() == 4 && align_of::<Option<Multi>>() == 2);
const _: () = assert!(size_of::<Option<u8>>() == 2 && align_of::<Option<u8>>() == 1);
const _: () = assert!(size_of::<Option<u32>>() == 8 && align_of::<Option<u32>>() == 4);
const _: () = assert!(size_of::<Option<u64>>() == 16 && align_of::<Option<u64>>() == 8);
const _: () = assert!(size_of::<Option<u128>>() == 32 && align_of::<Option<u128>>() == 16);
const _: () = assert!(size_of::<Option<bool>>() == 1 && align_of::<Option<bool>>() == 1);
const _: () = assert!(size_of::<Option<Option<bool>>>() == 1 && align_of::<Option<Option<bool>>>() == 1);
const _: () = assert!(size_of::<Option<Option<Option<bool>>>>() == 1 && align_of::<Option<Option<Option<bool>>>>() == 1);
const _: () = assert!(size_of::<Option<char>>() == 4 && align_of::<Option<char>>() == 4);
const _: () = assert!(size_of::<Option<Option<char>>>() == 4 && align_of::<Option<Option<char>>>() == 4);
const _: () = assert!(size_of::<Option<&'static u8>>() == 8 && align_of::<Option<&'static u8>>() == 8);
const _: () = assert!(size_of::<Option<&'static [u8]>>() == 16 && align_of::<Option<&'static [u8]>>() == 8);
const _: () = assert!(size_of::<Option<&'static str>>() == 16 && align_of::<Option<&'static str>>() == 8);
const _: () = assert!(size_of::<Option<&'static dyn Tr>>() == 16 && align_of::<Option<&'static dyn Tr>>() == 8);
const _: () = assert!(size_of::<Option<fn()>>() == 8 && align_of::<Option<fn()>>() == 8);
const _: () = assert!(size_of::<*const u8>() == 8 && align_of::<*const u8>() == 8);
const _: () = assert!(size_of::<*const [u8]>() == 16 && align_of::<*const [u8]>() == 8);
const _: () = assert!(size_of::<*const dyn Tr>() == 16 && align_of::<*const dyn Tr>() == 8);
const _: () = assert!(size_of::<Option<*const u8>>() == 16 && align_of::<Option<*const u8>>() == 8);
const _: () = assert!(size_of::<&'static mut [u64]>() == 16 && align_of::<&'static mut [u64]>() == 8);
const _: () = assert!(size_of::<NonZeroU8>() == 1 && align_of::<NonZeroU8>() == 1);
const _: () = assert!(size_of::<Option<NonZeroU8>>() == 1 && align_of::<Option<NonZeroU8>>() == 1);
const _: () = assert!(size_of::<Option<Option<NonZeroU8>>>() == 2 && align_of::<Option<Option<NonZeroU8>>>() == 1);
const _: () = assert!(size_of::<Option<NonZeroU64>>() == 8 && align_of::<Option<NonZeroU64>>() == 8);
const _: () = assert!(size_of::<NonNull<u8>>() == 8 && align_of::<NonNull<u8>>() == 8);
const _: () = assert!(size_of::<Option<NonNull<u8>>>() == 8 && align_of::<Option<NonNull<u8>>>() == 8);
const _: () = assert!(size_of::<Option<NonNull<[u8]>>>() == 16 && align_of::<Option<NonNull<[u8]>>>() == 8);
const _: () = assert!(size_of::<[u8; 0]>() == 0 && align_of::<[u8; 0]>() == 1);
const _: () = assert!(size_of::<[u16; 5]>() == 10 && align_of::<[u16; 5]>() == 2);
const _: () = assert!(size_of::<[u64; 3]>() == 24 && align_of::<[u64; 3]>() == 8);
const _: () = assert!(size_of::<[S1; 4]>() == 32 && align_of::<[S1; 4]>() == 4);
const _: () = assert!(size_of::<[Never; 0]>() == 0 && align_of::<[Never; 0]>() == 1);
const _: () = assert!(size_of::<(u8, u16)>() == 4 && align_of::<(u8, u16)>() == 2);
const _: () = assert!(size_of::<(u8, u32, u8)>() == 8 && align_of::<(u8, u32, u8)>() == 4);
const _: () = assert!(size_of::<(u8, u64, u16, u8)>() == 16 && align_of::<(u8, u64, u16, u8)>() == 8);
const _: () = assert!(size_of::<(u128, u8)>() == 32 && align_of::<(u128, u8)>() == 16);
const _: () = assert!(size_of::<(bool, Option<bool>)>() == 2 && align_of::<(bool, Option<bool>)>() == 1);
const _: () = assert!(size_of::<Result<u8, ()>>() == 2 && align_of::<Result<u8, ()>>() == 1);
const _: () = assert!(size_of::<Result<u32, Never>>() == 4 && align_of::<Result<u32, Never>>() == 4);
const _: () = assert!(size_of::<Result<(), Never>>() == 0 && align_of::<Result<(), Never>>() == 1);
const _: () = assert!(size_of::<Result<u64, &'static str>>() == 16 && align_of::<Result<u64, &'static str>>() == 8);
const _: () = assert!(size_of::<Result<NonZeroU32, ()>>() == 4 && align_of::<Result<NonZeroU32, ()>>() == 4);
const _: () = assert!(size_of::<Result<(), NonZeroU8>>() == 1 && align_of::<Result<(), NonZeroU8>>() == 1);
const _: () = assert!(size_of::<Cell<u8>>() == 1 && align_of::<Cell<u8>>() == 1);
const _: () = assert!(size_of::<Option<Cell<bool>>>() == 2 && align_of::<Option<Cell<bool>>>() == 1);
const _: () = assert!(size_of::<UnsafeCell<NonZeroU8>>() == 1 && align_of::<UnsafeCell<NonZeroU8>>() == 1);
const _: () = assert!(size_of::<Option<UnsafeCell<NonZeroU8>>>() == 2 && align_of::<Option<UnsafeCell<NonZeroU8>>>() == 1);
const _: () = assert!(size_of::<MaybeUninit<u64>>() == 8 && align_of::<MaybeUninit<u64>>() == 8);
const _: () = assert!(size_of::<Option<MaybeUninit<bool>>>() == 2 && align_of::<Option<MaybeUninit<bool>>>() == 1);
const _: () = assert!(size_of::<ManuallyDrop<bool>>() == 1 && align_of::<ManuallyDrop<bool>>() == 1);
const _: () = assert!(size_of::<Option<ManuallyDrop<bool>>>() == 1 && align_of::<Option<ManuallyDrop<bool>>>() == 1);
const _: () = assert!(size_of::<Option<(u8, bool)>>() == 2 && align_of::<Option<(u8, bool)>>() == 1);
const _: () = assert!(size_of::<Option<[bool; 2]>>() == 2 && align_of::<Option<[bool; 2]>>() == 1);
const _: () = assert!(size_of::<Option<Result<bool, u8>>>() == 2 && align_of::<Option<Result<bool, u8>>>() == 1);
const _: () = assert!(size_of::<Option<Result<u16, bool>>>() == 4 && align_of::<Option<Result<u16, bool>>>() == 2);
const _: () = assert!(size_of::<(E2, E2, E2)>() == 3 && align_of::<(E2, E2, E2)>() == 1);
const _: () = assert!(size_of::<Option<(E2, u8)>>() == 2 && align_of::<Option<(E2, u8)>>() == 1);
const _: () = assert!(size_of::<core::cmp::Ordering>() == 1 && align_of::<core::cmp::Ordering>() == 1);
const _: () = assert!(size_of::<Option<core::cmp::Ordering>>() == 1 && align_of::<Option<core::cmp::Ordering>>() == 1);
const _: () = assert!(size_of::<core::marker::PhantomData<u64>>() == 0 && align_of::<core::marker::PhantomData<u64>>() == 1);
const _: () = assert!(size_of::<Option<Zst>>() == 1 && align_of::<Option<Zst>>() == 1);
const _: () = assert!(size_of::<Option<()>>() == 1 && align_of::<Option<()>>() == 1);
const _: () = assert!(size_of::<Option<Never>>() == 0 && align_of::<Option<Never>>() == 1);
const _: () = assert!(size_of::<core::ops::Range<u8>>() == 2 && align_of::<core::ops::Range<u8>>() == 1);
const _: () = assert!(size_of::<Option<core::ops::RangeInclusive<u32>>>() == 12 && align_of::<Option<core::ops::RangeInclusive<u32>>>() == 4);
const _: () = assert!(offset_of!(S1, a) == 6);
const _: () = assert!(offset_of!(S1, b) == 0);
const _: () = assert!(offset_of!(S1, c) == 4);
const _: () = assert!(offset_of!(SC, b) == 4);
const _: () = assert!(offset_of!(SC, c) == 8);
const _: () = assert!(offset_of!(SP, b) == 1);
const _: () = assert!(offset_of!(SP2, b) == 2);
const _: () = assert!(offset_of!(SP2, c) == 6);
const _: () = assert!(offset_of!(Gen<u8, u64>, c) == 0);
const _: () = assert!(offset_of!(Nested, b) == 8);
const _: () = assert!(offset_of!(Nested, c) == 9);
const _: () = assert!(offset_of!((u8, u32, u8), 1) == 0);
const _: () = assert!(offset_of!((u8, u64, u16, u8), 2) == 8);
const _: () = assert!(offset_of!(Un, c) == 0);
