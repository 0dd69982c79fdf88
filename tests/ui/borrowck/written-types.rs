//@ args: --crate-type=lib
// Lifetimes that are written in paths bind what the path names.

pub struct Table<'a>(&'a str);

impl<'a> Table<'a> {
    pub const NAME: &'a str = "table";
    pub const FIRST: Option<&'a str> = None;
    pub fn make() -> &'a str {
        "made"
    }
}

pub fn constant<'a>(_: &'a str) -> &'static str {
    <Table<'a>>::NAME //~ ERROR lifetime may not live long enough
}

pub fn in_option<'a>(_: &'a str) -> Option<&'static str> {
    Table::<'a>::FIRST //~ ERROR lifetime may not live long enough
}

pub fn function<'a>(_: &'a str) -> &'static str {
    <Table<'a>>::make() //~ ERROR lifetime may not live long enough
}

pub fn annotated(x: &str) {
    let _y: &'static str = x; //~ ERROR lifetime may not live long enough
}

pub fn converted(x: &str) {
    let _y = x as &'static str; //~ ERROR lifetime may not live long enough
}

fn wants_static(_: &'static str) {}

pub fn argument(x: &str) {
    wants_static(x); //~ ERROR borrowed data escapes outside of function
}
