//! How much is read of anything that comes from outside, in one place.

use std::io::{self, BufRead, Read};

use sumber_core::MOST_PAGE_BYTES;

/// Most bytes of a container that is read whole: a feed, a sitemap, a saved page with its images.
pub const MOST_CONTAINER_BYTES: usize = 4 * MOST_PAGE_BYTES;
/// Most items of one feed, addresses of one sitemap.
pub const MOST_ITEMS: usize = 50_000;
/// What is unpacked may be this many times as long as what was packed (deflate can reach 1,032)...
const MOST_RATIO: u64 = 300;
/// ... once this many bytes came out.
const RATIO_COUNTS_FROM: u64 = 64 << 20;

/// Unpacks gzip, whatever number of members it has, and ends with an error where what comes out is out
/// of proportion to what went in: a bomb.
pub struct Unpacked<R: BufRead> {
    decoder: flate2::bufread::MultiGzDecoder<Counted<R>>,
    out: u64,
}

impl<R: BufRead> Unpacked<R> {
    /// Unpacks `packed`.
    pub fn new(packed: R) -> Unpacked<R> {
        Unpacked { decoder: flate2::bufread::MultiGzDecoder::new(Counted::new(packed, 0)), out: 0 }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.out += read as u64;
        check_ratio(self.decoder.get_ref().place(), self.out)?;
        Ok(read)
    }
}

/// An error where `out` bytes from `packed` ones are a bomb.
pub fn check_ratio(packed: u64, out: u64) -> io::Result<()> {
    if out > RATIO_COUNTS_FROM && out / packed.max(1) > MOST_RATIO {
        let message = format!("it unpacks to more than {MOST_RATIO} times its size, as no text does");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(())
}

/// A reader that knows how many bytes were taken from it.
pub struct Counted<R> {
    inner: R,
    place: u64,
}

impl<R> Counted<R> {
    /// Counts from `place` on.
    pub fn new(inner: R, place: u64) -> Counted<R> {
        Counted { inner, place }
    }

    /// Bytes from the beginning.
    pub fn place(&self) -> u64 {
        self.place
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.place += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.place += amount as u64;
        self.inner.consume(amount);
    }
}

/// Reads a line with its end into `line`, up to `most` bytes; what is beyond is passed over. `None` at
/// the end of the input, else whether the line is whole.
pub fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, most: usize) -> io::Result<Option<bool>> {
    let (mut any, mut whole) = (false, true);
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.map_or(buffer.len(), |e| e + 1)];
        let room = most.saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        whole &= part.len() <= room;
        let used = part.len();
        input.consume(used);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_bomb_ends_with_an_error_and_text_does_not() {
        let packed = |bytes: &[u8]| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        };
        let bomb = packed(&vec![b'a'; 100 << 20]);
        let error = io::copy(&mut Unpacked::new(bomb.as_slice()), &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        let mut two = packed(b"one\n");
        two.extend(packed(b"two\n"));
        let mut text = String::new();
        Unpacked::new(two.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one\ntwo\n");
    }

    #[test]
    fn a_line_beyond_the_limit_is_cut_and_the_next_begins_after_it() {
        let mut input: &[u8] = b"abcdef\ngh";
        let mut line = Vec::new();
        assert_eq!(read_line(&mut input, &mut line, 4).unwrap(), Some(false));
        assert_eq!(line, b"abcd");
        line.clear();
        assert_eq!(read_line(&mut input, &mut line, 4).unwrap(), Some(true));
        assert_eq!(line, b"gh");
        assert_eq!(read_line(&mut input, &mut line, 4).unwrap(), None);
    }
}
