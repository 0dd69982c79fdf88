//! Prints `library/core/src/unicode/tables.rs` from what the real library's methods say:
//! `rustc --edition 2024 tools/unicode-tables.rs -o /tmp/tables && /tmp/tables > .../tables.rs`

fn chars() -> impl Iterator<Item = char> {
    (0..=0x10ffffu32).filter_map(char::from_u32)
}

/// The code points where the property changes, beginning with "not".
fn boundaries(name: &str, doc: &str, f: impl Fn(char) -> bool) {
    let mut out = Vec::new();
    let mut state = false;
    for c in 0..=0x10ffffu32 {
        // Surrogates continue what is before them.
        let Some(c) = char::from_u32(c) else { continue };
        if f(c) != state {
            state = !state;
            out.push(c as u32);
        }
    }
    // Every 32nd as it is, the differences between the others in LEB128.
    let (mut index, mut deltas) = (Vec::new(), Vec::new());
    for (i, &x) in out.iter().enumerate() {
        if i % 32 == 0 {
            index.push(format!("({x:#x}, {})", deltas.len()));
            continue;
        }
        let mut delta = x - out[i - 1];
        while delta > 0x7f {
            deltas.push((delta & 0x7f | 0x80).to_string());
            delta >>= 7;
        }
        deltas.push(delta.to_string());
    }
    println!("\n/// {doc}\n#[rustfmt::skip]\npub(super) static {name}: Boundaries = Boundaries {{\n    index: &[");
    lines("       ", index);
    println!("    ],\n    deltas: &[");
    lines("       ", deltas);
    println!("    ],\n}};");
}

fn lines(indent: &str, items: Vec<String>) {
    let mut line = String::from(indent);
    for item in items {
        if line.len() + item.len() + 2 > 100 {
            println!("{line}");
            line = String::from(indent);
        }
        line += &format!(" {item},");
    }
    println!("{line}");
}

fn list(name: &str, ty: &str, items: Vec<String>) {
    println!("#[rustfmt::skip]\npub(super) static {name}: [{ty}; {}] = [", items.len());
    lines("   ", items);
    println!("];");
}

/// Runs of characters, one or two apart, that map to a character at the same distance.
fn mapping(name: &str, f: impl Fn(char) -> Vec<char>) {
    let mut runs: Vec<(u32, u32, u32, i32)> = Vec::new();
    let mut special = Vec::new();
    for c in chars().filter(|c| !c.is_ascii()) {
        let to = f(c);
        if to.len() > 1 {
            let mut x = [0u32; 3];
            for (x, c) in x.iter_mut().zip(&to) {
                *x = *c as u32;
            }
            special.push((c as u32, x));
        } else if to[0] != c {
            let (c, delta) = (c as u32, to[0] as i32 - c as i32);
            if let Some(last) = runs.last_mut() {
                let step = c - last.1;
                if last.3 == delta && step <= 2 && (last.0 == last.1 || last.2 == step) {
                    last.1 = c;
                    last.2 = step;
                    continue;
                }
            }
            runs.push((c, c, 1, delta));
        }
    }
    println!("\n/// First and last character of a run, their distance, and that of their images.");
    let runs = runs.iter().map(|(a, b, s, d)| format!("({a:#x}, {b:#x}, {s}, {d})")).collect();
    list(name, "(u32, u32, u32, i32)", runs);
    println!("\n/// The characters that map to several.");
    let special = special
        .iter()
        .map(|(c, [x, y, z])| format!("({c:#x}, [{x:#x}, {y:#x}, {z:#x}])"))
        .collect();
    list(&format!("{name}_SPECIAL"), "(u32, [u32; 3])", special);
}

fn main() {
    println!("//! Unicode {:?}, printed by `tools/unicode-tables.rs`.", char::UNICODE_VERSION);
    println!("//! Boundaries are the code points at which a property begins or ends.\n\nuse super::Boundaries;");
    boundaries("ALPHABETIC", "Alphabetic", |c| c.is_alphabetic());
    boundaries("LOWERCASE", "Lowercase", |c| c.is_lowercase());
    boundaries("UPPERCASE", "Uppercase", |c| c.is_uppercase());
    boundaries("NUMERIC", "Nd, Nl and No", |c| c.is_numeric());
    // `escape_debug` of a character alone escapes extenders too; in a string only the first.
    let escaped = |s: &str| s.escape_debug().to_string().contains("\\u");
    boundaries("UNPRINTABLE", "Escaped by `escape_debug` everywhere", |c| escaped(&format!("a{c}")));
    boundaries("GRAPHEME_EXTEND", "Escaped by `escape_debug` at the start", |c| {
        escaped(&format!("{c}")) && !escaped(&format!("a{c}"))
    });
    mapping("TO_LOWER", |c| c.to_lowercase().collect());
    mapping("TO_UPPER", |c| c.to_uppercase().collect());
}
