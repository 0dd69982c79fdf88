//! Identical code folding: what is folded, and what is not.

use linker::{LinkOptions, Machine};
use object::write::SymbolSection;
use object::{Object, ObjectSymbol, SectionKind};

use crate::support::{Builder, exit_code, link_ok};

const SHT_LLVM_ADDRSIG: u32 = 0x6fff_4c03;

/// The addresses of `names` in a program of which `build` makes the object.
fn addresses(names: [&str; 2], fold_identical: bool, build: impl FnOnce(&mut Builder)) -> [u64; 2] {
    let machine = Machine::X86_64;
    let mut builder = Builder::new(machine);
    builder.function("_start", &exit_code(machine, 0), false);
    build(&mut builder);
    let options = LinkOptions { gc_sections: false, fold_identical, ..LinkOptions::new(machine) };
    let linked = link_ok(&[builder.file("a.o")], options);
    let file = object::File::parse(&*linked.bytes).unwrap();
    names.map(|name| file.symbols().find(|s| s.name() == Ok(name)).unwrap().address())
}

fn addresses_do_not_matter(builder: &mut Builder) {
    builder.object.add_section(Vec::new(), b".llvm_addrsig".to_vec(), SectionKind::Elf(SHT_LLVM_ADDRSIG));
}

/// Two functions that call one each: `mov $n, %eax; ret`.
fn callers(builder: &mut Builder, results: [u8; 2]) {
    for (caller, callee, result) in [("a", "x", results[0]), ("b", "y", results[1])] {
        builder.sectioned_function(callee, &[0xb8, result, 0, 0, 0, 0xc3]);
        let id = builder.object.symbol_id(callee.as_bytes()).unwrap();
        let section = builder.sectioned_function(caller, &[0xe9, 0, 0, 0, 0]);
        builder.relocate(section, 1, id, -4, object::elf::R_X86_64_PLT32);
    }
}

#[test]
fn functions_that_call_equal_functions_are_folded() {
    for fold in [false, true] {
        let [a, b] = addresses(["a", "b"], fold, |builder| {
            addresses_do_not_matter(builder);
            callers(builder, [1, 1]);
        });
        assert_eq!(a == b, fold);
    }
}

#[test]
fn functions_that_call_different_functions_stay() {
    let [a, b] = addresses(["a", "b"], true, |builder| {
        addresses_do_not_matter(builder);
        callers(builder, [1, 2]);
    });
    assert_ne!(a, b);
}

#[test]
fn functions_stay_where_the_object_says_nothing() {
    let [a, b] = addresses(["a", "b"], true, |builder| callers(builder, [1, 1]));
    assert_ne!(a, b);
}

#[test]
fn named_constants_keep_their_addresses() {
    let [x, y] = addresses(["first", "second"], true, |builder| {
        addresses_do_not_matter(builder);
        for name in ["first", "second"] {
            let symbol = builder.symbol(name, false);
            builder.object.symbol_mut(symbol).kind = object::SymbolKind::Data;
            let name = format!(".rodata.{name}").into_bytes();
            let section = builder.object.add_section(Vec::new(), name, SectionKind::ReadOnlyData);
            let offset = builder.object.append_section_data(section, &[7; 8], 8);
            let symbol = builder.object.symbol_mut(symbol);
            symbol.value = offset;
            symbol.size = 8;
            symbol.section = SymbolSection::Section(section);
        }
    });
    assert_ne!(x, y);
}
