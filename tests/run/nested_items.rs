// Items inside of generic functions and methods: each has generics of its own, and none of the function's.
use std::fmt::Debug;

trait Describe: Debug {
    fn describe<'a>(&'a self, note: &'a str) -> String {
        fn join<'x>(left: &'x str, right: &'x str) -> String {
            struct Joined<'y>(&'y str);
            impl<'y> Joined<'y> {
                fn with<'z>(&self, other: &'z str) -> String
                where
                    'y: 'z,
                {
                    fn bracket<T: AsRef<str>>(text: T) -> String {
                        format!("[{}]", text.as_ref())
                    }
                    bracket(self.0.to_owned() + other) + &bracket(other)
                }
            }
            Joined(left).with(right)
        }
        join(&format!("{self:?}"), note)
    }
}
impl<T: Debug> Describe for T {}

struct Stack<T>(Vec<T>);
impl<T: Clone + Debug> Stack<T> {
    fn each<U, F: Fn(T) -> U>(&self, f: F) -> Vec<U> {
        fn apply<A, B>(a: A, f: &dyn Fn(A) -> B) -> B {
            trait Counted {
                const COUNT: usize;
                fn count() -> usize {
                    fn twice<const N: usize>() -> usize {
                        N * 2
                    }
                    twice::<3>() + Self::COUNT
                }
            }
            impl<X, Y> Counted for (X, Y) {
                const COUNT: usize = size_of::<X>() + size_of::<Y>();
            }
            print!("{} ", <(A, B)>::count());
            f(a)
        }
        self.0.iter().cloned().map(|x| apply(x, &f)).collect()
    }
}

fn main() {
    println!("{}", 5u8.describe(" apples"));
    println!("{}", "x".describe("y"));
    println!("{:?}", Stack(vec![1u16, 2]).each(|x| u64::from(x) << 40));
    println!("{:?}", Stack(vec!["a", "b"]).each(str::len));
}
