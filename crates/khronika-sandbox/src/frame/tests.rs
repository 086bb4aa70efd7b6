use khronika_core::{Lang, Layout, Mark, MarkKind, Page, Rect, Span, WordBox};
use khronika_read::rendition::{About, Embedded, Part, Raster, Remark, RemarkKind, Role};
use proptest::prelude::*;

use super::*;

fn told(seen: &Rendition) -> Vec<u8> {
    let mut out = Vec::new();
    let holds = Confinement {
        no_files: true,
        no_network: true,
        no_processes: true,
        limits: true,
        seccomp: true,
        ..Confinement::default()
    };
    hello(&mut out, &holds).unwrap();
    rendition(&mut out, seen.clone(), &bounds(Limits::default())).unwrap();
    out
}

fn again(bytes: &[u8]) -> Result<Told, Broken> {
    decode(&mut &*bytes, bounds(Limits::default()), true)
}

/// A document with some of everything, over a text of words.
fn any_rendition() -> impl Strategy<Value = Rendition> {
    let words = proptest::collection::vec("[a-zа-яé]{1,6}", 0..40);
    (words, any::<[i32; 4]>(), 0..=100_u8, any::<Option<String>>(), proptest::collection::vec(any::<u8>(), 0..50))
        .prop_map(|(words, edges, percent, note, bytes)| {
            let mut seen = Rendition::default();
            for (ix, word) in words.iter().enumerate() {
                let start = seen.text.len();
                seen.text.push_str(word);
                let span = Span { start, end: seen.text.len() };
                seen.parts.push(Part { span, role: Role::ALL[ix % Role::ALL.len()] });
                let [left, top, right, bottom] = edges.map(|edge| edge >> 2);
                let rect = Rect { left, top, right, bottom };
                seen.layout.words.push(WordBox { span, page: 0, rect, confidence: (ix % 2 == 0).then_some(percent) });
                let kind = MarkKind::ALL[ix % MarkKind::ALL.len()];
                seen.layout.marks.push(Mark { span, kind, author: note.clone(), date: None, note: note.clone() });
                seen.text.push(' ');
            }
            seen.layout.pages.push(Page { span: Span { start: 0, end: seen.text.len() }, width: 1, height: 2 });
            seen.about = About {
                title: note.clone(),
                date: "2021-05-04".parse().ok(),
                lang: Some(Lang::UND),
                more: vec![("Producer".to_owned(), "x".to_owned())],
                ..About::default()
            };
            seen.embedded.push(Embedded { name: "../x".to_owned(), declared: note.clone(), bytes: bytes.clone() });
            seen.embedded.push(Embedded { name: String::new(), declared: None, bytes: Vec::new() });
            let width = u32::try_from(bytes.len()).unwrap();
            seen.rasters.push(Raster { page: 0, width, height: 1, gray: bytes });
            seen.remarks.push(Remark { kind: RemarkKind::Strange, what: "odd".to_owned(), place: note });
            seen
        })
}

proptest! {
    #[test]
    fn what_is_told_is_understood(seen in any_rendition()) {
        prop_assert_eq!(seen.check(), Ok(()));
        let told = again(&told(&seen)).unwrap();
        prop_assert!(told.confinement.holds());
        prop_assert_eq!(told.seen, Ok(seen));
    }

    #[test]
    fn a_cut_is_noticed_wherever_it_is(seen in any_rendition(), at: prop::sample::Index) {
        let whole = told(&seen);
        let cut = &whole[..at.index(whole.len())];
        prop_assert!(matches!(again(cut), Err(Broken::Cut)));
    }

    #[test]
    fn altered_bytes_do_no_harm(seen in any_rendition(), at: prop::sample::Index, byte: u8) {
        let mut bytes = told(&seen);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(Told { seen: Ok(seen), .. }) = again(&bytes) {
            prop_assert_eq!(seen.check(), Ok(()));
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes: Vec<u8>) {
        let head = told(&Rendition::default());
        let _ = again(&bytes);
        let _ = again(&[&head[..head.len() - 5], &bytes].concat());
    }

    #[test]
    fn any_frames_do_no_harm(frames in proptest::collection::vec(("[tpgwmareidxzH]", proptest::collection::vec(any::<u8>(), 0..30)), 0..20)) {
        let head = told(&Rendition::default());
        let mut bytes = head[..13].to_vec();
        for (tag, payload) in frames {
            bytes.extend_from_slice(tag.as_bytes());
            bytes.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(&payload);
        }
        if let Ok(Told { seen: Ok(seen), .. }) = again(&bytes) {
            prop_assert_eq!(seen.check(), Ok(()));
        }
    }
}

#[test]
fn a_refusal_is_told_in_its_own_words() {
    for why in [
        Refusal::Locked,
        Refusal::Damaged("a".into()),
        Refusal::Unsupported("b".into()),
        Refusal::Limit("c".into()),
        Refusal::Missing("d".into()),
        Refusal::Failed("e".into()),
        Refusal::Unconfined("f".into()),
    ] {
        let mut out = Vec::new();
        hello(&mut out, &Confinement::default()).unwrap();
        refusal(&mut out, &why).unwrap();
        let told = decode(&mut out.as_slice(), bounds(Limits::default()), false).unwrap();
        assert_eq!(told.seen, Err(why));
        assert!(matches!(again(&out), Err(Broken::Unconfined(_))), "one that is not confined is not listened to");
    }
}

#[test]
fn what_is_too_much_is_left_out_and_said() {
    let limits = Limits { embedded: 2, unpacked: 10, ..Limits::default() };
    let inside = |n: usize| Embedded { name: "x".repeat(200_000), declared: None, bytes: vec![0; n] };
    let seen = Rendition {
        text: "word".into(),
        embedded: vec![inside(5), inside(6), inside(0)],
        layout: Layout::default(),
        ..Rendition::default()
    };
    let mut out = Vec::new();
    hello(&mut out, &Confinement::default()).unwrap();
    rendition(&mut out, seen, &bounds(limits)).unwrap();
    let seen = decode(&mut out.as_slice(), bounds(limits), false).unwrap().seen.unwrap();
    assert_eq!((seen.embedded.len(), seen.remarks.len()), (1, 1));
    assert_eq!(seen.remarks[0].kind, RemarkKind::Limit);
    assert_eq!(seen.embedded[0].name.len(), wire::LONGEST);
}

#[test]
fn more_than_is_taken_is_garbage() {
    let mut out = told(&Rendition::default());
    out.truncate(out.len() - 5);
    // A document inside of 2^40 bytes: nothing is set aside for it.
    let payload = [1, b'x', 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20];
    out.push(EMBEDDED);
    out.extend_from_slice(&9_u32.to_le_bytes());
    out.extend_from_slice(&payload);
    assert!(matches!(again(&out), Err(Broken::Garbage(_))));
    assert!(matches!(again(&[HELLO, 0xFF, 0xFF, 0xFF, 0xFF]), Err(Broken::Garbage(_))), "a frame of 4 GB");
}
