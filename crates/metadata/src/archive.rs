//! `rlib`s: `ar` archives in the GNU form, without a symbol index (the linker scans the members).

/// The name of the metadata member.
pub const RMETA: &str = "lib.rmeta";

/// A member of an archive.
#[derive(Clone, Debug)]
pub struct Member {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Writes an archive; the same members give the same bytes.
pub fn write_archive(members: &[Member]) -> Vec<u8> {
    let mut names = String::new();
    let mut headers = Vec::new();
    for m in members {
        if m.name.len() <= 15 {
            headers.push(format!("{}/", m.name));
        } else {
            headers.push(format!("/{}", names.len()));
            names += &m.name;
            names += "/\n";
        }
    }
    let mut out = b"!<arch>\n".to_vec();
    if !names.is_empty() {
        push_member(&mut out, "//", names.as_bytes());
    }
    for (m, header) in members.iter().zip(&headers) {
        push_member(&mut out, header, &m.bytes);
    }
    out
}

fn push_member(out: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 644, bytes.len());
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(bytes);
    if bytes.len() % 2 == 1 {
        out.push(b'\n');
    }
}

/// The members of an archive, in order; `None` if it is none or is damaged.
pub fn read_archive(data: &[u8]) -> Option<Vec<(String, &[u8])>> {
    let archive = object::read::archive::ArchiveFile::parse(data).ok()?;
    let mut out = Vec::new();
    for member in archive.members() {
        let member = member.ok()?;
        out.push((String::from_utf8_lossy(member.name()).into_owned(), member.data(data).ok()?));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_read_back() {
        let members = [
            Member { name: "lib.rmeta".into(), bytes: vec![1, 2, 3] },
            Member { name: "a_rather_long_member_name.o".into(), bytes: vec![4; 10] },
        ];
        let bytes = write_archive(&members);
        let read = read_archive(&bytes).expect("an archive");
        let read: Vec<(String, Vec<u8>)> = read.into_iter().map(|(n, b)| (n, b.to_vec())).collect();
        assert_eq!(read, members.map(|m| (m.name, m.bytes)));
    }
}
