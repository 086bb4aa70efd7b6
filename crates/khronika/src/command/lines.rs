//! A line in, its answer out: for programs that pipe documents through this one.
//!
//! Lines are answered in parallel, a bounded number of bytes at a time, and the answers leave in the order in which the lines came,
//! so memory does not grow with the length of the stream, and a line longer than any document is not kept. A line that cannot be answered
//! is named on the standard error; the others are answered.

use std::io::{self, BufRead, Read as _, Write};

use rayon::prelude::*;

use crate::guard::guarded;
use crate::terminal;
use crate::{Failure, Outcome};

/// How many bytes of lines are answered at a time, unless one line is longer.
const BATCH: usize = 4 << 20;

/// The longest line that is answered, in bytes.
const LONGEST: usize = 256 << 20;

/// Answers every line of the standard input. `answer` gets a line and appends its answer, one or more lines of its own.
pub(crate) fn answer_all(answer: impl Fn(&str, &mut Vec<u8>) -> Result<(), String> + Sync) -> Result<Outcome, Failure> {
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::Done;
    let mut number = 0;
    loop {
        let lines = batch(&mut input, LONGEST)
            .map_err(|error| Failure::new(format!("cannot read the standard input: {error}"), "check what feeds it"))?;
        if lines.is_empty() {
            break;
        }
        let answers: Vec<Result<Vec<u8>, String>> =
            lines.par_iter().map(|line| one(line.as_deref(), &answer)).collect();
        for given in answers {
            number += 1;
            let written = match given {
                Ok(text) => output.write_all(&text),
                Err(why) => {
                    terminal::line(&format!("line {number}: {why}"));
                    outcome = Outcome::DoneInPart;
                    Ok(())
                }
            };
            if gone(written)? {
                return Ok(outcome);
            }
        }
        if gone(output.flush())? {
            return Ok(outcome);
        }
    }
    Ok(outcome)
}

/// True where the reader of the output has gone away: nobody waits for the rest.
fn gone(written: io::Result<()>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
        Err(error) => Err(error.into()),
    }
}

fn one(line: Option<&[u8]>, answer: impl Fn(&str, &mut Vec<u8>) -> Result<(), String>) -> Result<Vec<u8>, String> {
    let line = line.ok_or_else(|| format!("longer than {} MiB: give its document in parts", LONGEST >> 20))?;
    let text = std::str::from_utf8(line).map_err(|error| format!("not UTF-8: {error}"))?.trim();
    let mut given = Vec::new();
    if !text.is_empty() {
        guarded(|| answer(text, &mut given)).unwrap_or_else(|panic| Err(format!("khronika failed: {panic}")))?;
    }
    Ok(given)
}

/// The next lines; `None` for one that is longer than `longest`, which is read to its end and not kept.
fn batch(input: &mut impl BufRead, longest: usize) -> io::Result<Vec<Option<Vec<u8>>>> {
    let mut lines = Vec::new();
    let mut size = 0;
    while size < BATCH {
        let mut line = Vec::new();
        if input.by_ref().take(longest as u64 + 1).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        size += line.len();
        if line.len() > longest && line.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
            lines.push(None);
        } else {
            lines.push(Some(line));
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_batches_of_whole_lines() {
        let long = vec![b'x'; BATCH + 5];
        let input = [b"one\n".as_slice(), &long, b"\nlast"].concat();
        let mut input = input.as_slice();
        let first = batch(&mut input, LONGEST).unwrap();
        assert_eq!(first.iter().flatten().map(Vec::len).collect::<Vec<_>>(), [4, BATCH + 6]);
        assert_eq!(batch(&mut input, LONGEST).unwrap(), [Some(b"last".to_vec())]);
        assert!(batch(&mut input, LONGEST).unwrap().is_empty());
    }

    #[test]
    fn a_line_longer_than_any_document_is_not_kept() {
        let mut input = b"12345\n123456789\n1234\n12345678".as_slice();
        let lines = batch(&mut input, 5).unwrap();
        assert_eq!(lines, [Some(b"12345\n".to_vec()), None, Some(b"1234\n".to_vec()), None]);
        assert!(one(None, |_: &str, _: &mut Vec<u8>| Ok(())).unwrap_err().contains("longer"));
    }

    #[test]
    fn a_bad_line_is_an_error_of_its_own() {
        let fails = |_: &str, _: &mut Vec<u8>| Err("no".to_owned());
        assert_eq!(one(Some(b"x"), fails), Err("no".to_owned()));
        assert_eq!(one(Some(b"  \n"), fails), Ok(Vec::new()));
        assert!(one(Some(b"\xff"), fails).unwrap_err().starts_with("not UTF-8"));
    }
}
