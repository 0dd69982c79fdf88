//! Identifiers that are not ASCII, as punycode (RFC 3492), in the form that v0 symbols use: `_` parts the ASCII
//! characters from the rest.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;

/// The encoding, or `None` where a number of it overflows.
pub(super) fn encode(text: &str) -> Option<String> {
    let mut out: String = text.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('_');
    }
    let total = text.chars().count() as u32;
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    while handled < total {
        let next = text.chars().map(u32::from).filter(|&c| c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in text.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            } else if c == n {
                variable_length(delta, bias, &mut out);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(out)
}

/// A number with the least significant digit first, ended by a digit below its threshold.
fn variable_length(mut value: u32, bias: u32, out: &mut String) {
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if value < threshold {
            out.push(digit(value));
            return;
        }
        let span = BASE - threshold;
        out.push(digit(threshold + (value - threshold) % span));
        value = (value - threshold) / span;
        k += BASE;
    }
}

fn digit(d: u32) -> char {
    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[d as usize])
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_encodings() {
        assert_eq!(super::encode("gödel").as_deref(), Some("gdel_5qa"));
        assert_eq!(super::encode("föö").as_deref(), Some("f_1gaa"));
        assert_eq!(super::encode("铁锈").as_deref(), Some("n84amf"));
    }
}
