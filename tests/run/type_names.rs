// Which types `TypeId` tells apart, and what `type_name` calls them.
use std::any::{TypeId, type_name};
use std::fmt::Debug;

struct Wrapper<'a>(&'a u8);
struct Pair<T, U = i32>(T, U);
struct Coded<const N: usize, const B: bool, const X: char>;
trait Named {
    fn name() -> &'static str {
        type_name::<Self>()
    }
}
impl Named for Pair<u8, u8> {}

mod inner {
    pub enum Either<T> {
        Left(T),
    }
    impl<T> Either<T> {
        pub fn local() -> &'static str {
            struct Local;
            super::of(Local)
        }
    }
}

fn of<T>(_: T) -> &'static str {
    type_name::<T>()
}
fn same<T: ?Sized + 'static, U: ?Sized + 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<U>()
}

fn main() {
    // Lifetimes bound inside a type are part of it.
    println!("{}", same::<fn(&'static ()), fn(&())>());
    println!("{}", same::<dyn Fn(&'static ()), dyn for<'a> Fn(&'a ())>());
    println!("{}", same::<for<'a, 'b> fn(&'a (), &'b ()), for<'a> fn(&'a (), &'a ())>());
    println!("{}", same::<for<'a, 'b> fn(&'a (), &'b ()), for<'b, 'a> fn(&'b (), &'a ())>());
    println!("{}", same::<Coded<1, true, 'x'>, Coded<1, true, 'y'>>());
    println!("{}", same::<Pair<u8>, Pair<u8, i32>>());
    println!("{}", same::<(u8, (u16, u32)), ((u8, u16), u32)>());

    println!("{}", type_name::<for<'a> fn(&'a u8, &'a mut u8) -> &'a str>());
    println!("{}", type_name::<Box<dyn for<'x> Fn(&'x u8) -> &'x str + Send>>());
    println!("{}", type_name::<for<'a> fn(Wrapper<'a>)>());
    println!("{} {}", type_name::<Vec<i32>>(), type_name::<Pair<u8>>());
    println!("{} {}", Pair::<u8, u8>::name(), type_name::<Coded<3, true, 'x'>>());
    println!("{} {}", inner::Either::<i32>::local(), of(inner::Either::<i32>::Left));
    println!("{} {} {}", of(main), of(of::<u8>), of(<Pair<u8, u8> as Named>::name));
    println!("{}", of(Wrapper(&1).0));
    println!("{}", of(|x: i32| x + 1));
    println!("{}", type_name::<dyn Iterator<Item = &'static u8>>());
    println!("{}", type_name::<(&mut [u8], *const str, &'static dyn Debug, (i32,))>());
    println!("{}", Pair(1u8, 2).0 as i32 + Pair(1u8, 2).1);
}
