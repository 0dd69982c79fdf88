//! The build id: 160 bits that depend on every byte of the executable. It identifies, it does not
//! authenticate, so a fast hash by multiplication and folding (as rustc-hash and wyhash use it) does.

/// The size of a build id in bytes, that of the SHA-1 that other linkers use.
pub const SIZE: usize = 20;

const MULTIPLIERS: [u64; 3] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3];

/// Hashes `bytes`.
pub fn build_id(bytes: &[u8]) -> [u8; SIZE] {
    let mut lanes = MULTIPLIERS.map(|multiplier| multiplier ^ bytes.len() as u64);
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    for chunk in chunks.iter().chain([&last]) {
        let word = u64::from_le_bytes(*chunk);
        for (lane, multiplier) in lanes.iter_mut().zip(MULTIPLIERS) {
            *lane = fold(lane.rotate_left(23) ^ word, multiplier);
        }
    }
    let mut id = [0; 24];
    for (index, lane) in lanes.iter().enumerate() {
        let mixed = fold(lane ^ lanes[(index + 1) % 3].rotate_left(32), MULTIPLIERS[index]);
        id[8 * index..][..8].copy_from_slice(&mixed.to_le_bytes());
    }
    let mut out = [0; SIZE];
    out.copy_from_slice(&id[..SIZE]);
    out
}

/// Both halves of the product, mixed; the odd constant keeps a zero from sticking.
fn fold(value: u64, multiplier: u64) -> u64 {
    let product = u128::from(value ^ 0x9e37_79b9_7f4a_7c15) * u128::from(multiplier);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::build_id;

    #[test]
    fn every_byte_counts() {
        let bytes = vec![0u8; 100];
        let mut ids = vec![build_id(&bytes), build_id(&bytes[1..])];
        for index in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[index] = 1;
            ids.push(build_id(&bytes));
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 102);
    }
}
