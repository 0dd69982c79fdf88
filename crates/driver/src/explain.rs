//! `--explain`: what each error code means, in our own words.

/// The explanation of a code.
pub fn explain(code: u16) -> Option<&'static str> {
    TABLE.iter().find(|(c, _)| *c == code).map(|(_, text)| *text)
}

/// Codes in ascending order.
static TABLE: &[(u16, &str)] = &[
    (
        4,
        "A `match` does not cover every value its scrutinee can have. Rust requires matches to be exhaustive, so that\n\
         no value is left without an arm.\n\n```\nenum Light { Red, Green }\nfn go(l: Light) -> bool {\n    match l { // error: `Light::Red` is not covered\n        Light::Green => true,\n    }\n}\n```\n\nAdd the missing patterns, or a last arm `_ => ..` for all the rest.",
    ),
    (
        308,
        "An expression has another type than the place it stands in wants.\n\n```\nlet x: i32 = \"one\"; // error: expected `i32`, found `&str`\n```\n\nChange the expression, convert its value (`as`, `into`, `parse`, ..), or change the type that is asked for.",
    ),
    (
        382,
        "A value is used after it was moved. Types that are not `Copy` have one owner: giving the value to another\n\
         variable or function moves it, and the old name must not be used again.\n\n```\nlet a = String::new();\nlet b = a;\nprintln!(\"{a}\"); // error: `a` was moved\n```\n\nBorrow (`&a`), clone (`a.clone()`), or use the value before it is moved.",
    ),
    (
        425,
        "A name is used that is not in scope: a variable, function, constant or type that does not exist here, is\n\
         misspelt, or was not imported.\n\n```\nfn main() {\n    println!(\"{}\", answer); // error: cannot find value `answer` in this scope\n}\n```\n\nDeclare it, import it with `use`, or correct the spelling.",
    ),
    (
        432,
        "A `use` names something that does not exist.\n\n```\nuse std::colections::HashMap; // error: unresolved import\n```\n\nCheck the path's spelling, and that the crate is a dependency. In edition 2018 and later, paths of this crate\nbegin with `crate::`.",
    ),
    (
        463,
        "A crate that is named was not found: not with `--extern`, not in the search paths (`-L`), not in the sysroot.",
    ),
    (
        599,
        "A method or associated item is called on a type that does not have it.\n\n```\nlet n = 5;\nn.push(1); // error: no method named `push` found for type `{integer}`\n```\n\nCheck the spelling and the type; for a trait's method, the trait must be in scope (`use`) and its bounds met.",
    ),
];

#[cfg(test)]
mod tests {
    #[test]
    fn table_is_sorted() {
        assert!(super::TABLE.is_sorted_by_key(|(c, _)| *c));
    }
}
