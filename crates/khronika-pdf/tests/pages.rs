//! Pages made by hand → their text in reading order.

mod common;

use common::{Doc, lines, stream, text, told};
use insta::assert_snapshot;
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Refusal, Role};

const LEFT: [&str; 8] = [
    "Le tribunal a entendu les",
    "temoins dans la salle du",
    "conseil. Il a lu les huit",
    "pieces que la defense lui",
    "avait remises le matin et",
    "il a pose trois questions",
    "au capitaine. Le greffier",
    "a tout ecrit sur le livre",
];
const RIGHT: [&str; 8] = [
    "que garde la chambre avec",
    "les autres actes. Puis le",
    "president a leve la seule",
    "audience du jour. Elle se",
    "tiendra de nouveau dans la",
    "meme salle, a neuf heures",
    "du matin, quand les juges",
    "auront lu tout le dossier.",
];

#[test]
fn columns_are_read_one_after_the_other() {
    let page = text("B", 18.0, 150.0, 780.0, "Compte rendu de l’audience")
        + &lines("C", 10.0, 60.0, 720.0, 12.0, &LEFT)
        + &lines("C", 10.0, 310.0, 720.0, 12.0, &RIGHT)
        + &text(
            "C",
            10.0,
            60.0,
            560.0,
            "Fait au greffe du tribunal, le trois mai, pour servir et valoir ce que de droit.",
        );
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn a_letterhead_of_two_blocks_is_read_block_by_block() {
    let page = lines("C", 10.0, 60.0, 780.0, 12.0, &["TRIBUNAL DE ROUEN", "Premiere chambre", "Greffe"])
        + &lines("C", 10.0, 380.0, 774.0, 12.0, &["Rouen, le 3 mai 1899", "Affaire 12/1899"])
        + &lines(
            "C",
            10.0,
            60.0,
            700.0,
            12.0,
            &[
                "Le greffier vous fait savoir que la cause sera appelee a l’audience qui se",
                "tiendra le mois prochain dans la grande salle du palais de justice de la",
                "ville, ou vous etes prie de vous presenter.",
            ],
        );
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn rows_of_a_table_are_read_across() {
    let mut page = text("C", 10.0, 60.0, 780.0, "Les actes sont les suivants :");
    for (n, row) in
        [["Date", "Acte", "Juge"], ["3 juin 1899", "Cassation", "Cour"], ["9 septembre", "Peine", "Conseil"]]
            .iter()
            .enumerate()
    {
        for (cell, x) in row.iter().zip([60.0, 200.0, 340.0]) {
            page += &text("C", 10.0, x, 750.0 - 14.0 * n as f32, cell);
        }
    }
    page += &text("C", 10.0, 60.0, 690.0, "Le tribunal en prend acte.");
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn cells_that_are_drawn_hold_all_their_lines() {
    let mut page = text("C", 10.0, 60.0, 790.0, "Les pieces :");
    for y in [770.0, 750.0, 710.0, 690.0] {
        page += &format!("60 {y} 400 0.5 re f\n");
    }
    for x in [60.0, 160.0, 320.0, 460.0] {
        page += &format!("{x} 690 0.5 80 re f\n");
    }
    for (x, y, words) in [
        (64.0, 756.0, "Date"),
        (164.0, 756.0, "Piece"),
        (324.0, 756.0, "Remarque"),
        (64.0, 737.0, "3 juin 1899"),
        (164.0, 737.0, "Arret de la cour de"),
        (164.0, 725.0, "cassation, toutes cham-"),
        (164.0, 713.0, "bres reunies"),
        (324.0, 731.0, "Les chambres siegent"),
        (64.0, 696.0, "12 juillet 1906"),
        (324.0, 696.0, "Sans piece"),
    ] {
        page += &text("C", 10.0, x, y, words);
    }
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

/// Three pages with a running head, numbers, and a paragraph that goes on from page to page.
fn three_pages() -> Doc {
    let bodies = [
        [
            "La cour a examine la demande que le capitaine avait formee contre le premier",
            "jugement, et les conclusions que le procureur general avait deposees au mois de",
            "mai. Elle a entendu le rapporteur pendant deux jours, puis les avocats, et elle",
        ],
        [
            "Le conseil de guerre qui devait juger de nouveau se reunit a Rennes au mois",
            "d’aout. Il entendit plus de cent temoins, dont plusieurs generaux et anciens",
            "ministres, qui parlerent de papiers que la defense n’avait jamais vus, et il",
        ],
        ["Ici finit le recueil.", "", ""],
    ];
    let nexts = [
        ["", ""],
        [
            "a mis l’affaire en delibere. Le lendemain elle a rendu son arret en audience",
            "publique, toutes chambres reunies, devant une salle comble.",
        ],
        ["declara le capitaine coupable par cinq voix contre deux, avec des circonstances", "attenuantes."],
    ];
    let mut doc = Doc::new();
    for n in 0..3 {
        let mut page = text("H", 8.0, 60.0, 810.0, "Cour de cassation – affaire 1899/7");
        if n > 0 {
            page += &lines("C", 10.0, 60.0, 770.0, 12.0, &nexts[n]);
            page += &text("C", 10.0, 60.0, 730.0, ["", "L’arret fut publie au bulletin.", "Il fut gracie."][n]);
        }
        page += &lines("C", 10.0, 60.0, 120.0, 12.0, &bodies[n]);
        page += &text("H", 8.0, 290.0, 40.0, &format!("– {} –", n + 4));
        doc = doc.page(&page);
    }
    doc
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_its_furniture_stands_apart() {
    let seen = three_pages().read();
    assert_snapshot!(told(&seen));
    let pages: Vec<usize> = (0..seen.text.len()).map(|at| seen.layout.page_of(at).unwrap_or(9)).collect();
    assert!(pages.is_sorted());
    let word = seen.text.find("delibere").expect("it is there");
    assert_eq!(seen.layout.page_of(word), Some(1));
}

#[test]
fn numbers_of_lines_stand_after_the_text_that_they_number() {
    let mut page = String::new();
    let words = [
        "The witness said that she had seen the",
        "letter on the table of the colonel, who",
        "had put it there in the morning, before",
        "the officers came in. She did not know",
        "who had written it. The president asked",
        "whether she could read it. She answered",
        "that it was folded, and that the colonel",
        "took it away. Nobody else had come into",
        "the room. The witness then left the bar",
        "and the next one was called, a clerk of",
        "the ministry who had kept the register.",
    ];
    for (n, line) in words.iter().enumerate() {
        let y = 760.0 - 24.0 * n as f32;
        page += &text("C", 10.0, if n < 9 { 56.0 } else { 50.0 }, y, &format!("{}", n + 1));
        page += &text("C", 12.0, 90.0, y, line);
    }
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn notes_are_tied_to_their_marks() {
    let page = lines(
        "T",
        12.0,
        60.0,
        760.0,
        15.0,
        &["The court held that the judgment could not stand, since the papers had been"],
    ) + &text("T", 12.0, 60.0, 745.0, "shown to the judges in secret.")
        + &text("T", 7.0, 204.0, 750.0, "1")
        + &text("T", 12.0, 212.0, 745.0, "The room was 40 m")
        + &text("T", 7.0, 305.0, 750.0, "2")
        + &text("T", 12.0, 312.0, 745.0, "wide and full.")
        + "60 130 120 0.5 re f\n"
        + &text("T", 6.0, 60.0, 118.0, "1")
        + &text("T", 9.0, 66.0, 114.0, "See the report of the chamber, page 12, and the answer of the")
        + &text("T", 9.0, 60.0, 103.0, "minister, which was read on the same day.");
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn words_that_the_end_of_a_line_cut_are_whole_again_where_that_is_sure() {
    let page = lines(
        "C",
        10.0,
        60.0,
        760.0,
        12.0,
        &[
            "Le tribunal a rendu hier son jugement. C’est devant le tribu-",
            "nal que le vice-president avait parle, et c’est le vice-",
            "president qui a signe. La loi anti-",
            "bruit fut votee.",
        ],
    );
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn a_hyphen_is_what_it_is_spelled_as() {
    let spelled = |actual: &str| {
        format!("BT /H 10 Tf 60 760 Td (No. 45) Tj /Span <</ActualText {actual}>> BDC (\\255) Tj EMC (UD) Tj ET")
    };
    assert_eq!(Doc::new().page(&spelled("(-)")).read().text, "No. 45-UD\n");
    // A soft hyphen, in UTF-16.
    assert_eq!(Doc::new().page(&spelled("<FEFF00AD>")).read().text, "No. 45\u{AD}UD\n");
}

#[test]
fn what_is_not_seen_is_marked_and_stands_apart() {
    let page = text("H", 11.0, 60.0, 760.0, "The order was served on the third of May.")
        + "1 g\n" + &text("H", 11.0, 60.0, 740.0, "Ignore the order.") + "0 g\n"
        + &text("H", 11.0, 60.0, 720.0, "Paid to: John Smith") + "100 716 90 13 re f\n"
        + "3 Tr\n" + &text("H", 11.0, 60.0, 700.0, "No ink.") + "0 Tr\n"
        + &text("H", 1.2, 60.0, 680.0, "Too small.")
        + &text("H", 11.0, 60.0, 900.0, "Off the page.")
        // White on black is seen, and so is what a light colour marks.
        + "60 640 200 16 re f 1 g\n" + &text("H", 11.0, 64.0, 644.0, "A heading in white") + "0 g\n"
        + "1 1 0 rg 60 610 200 16 re f 0 g\n" + &text("H", 11.0, 64.0, 614.0, "Marked in yellow");
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn pages_and_lines_that_are_turned_are_read_as_they_are_shown() {
    let upright = text("H", 12.0, 100.0, 700.0, "Upright words");
    let seen = Doc::new()
        .page(&upright)
        .page_with("/Rotate 90", &upright)
        .page_with("/CropBox [50 50 545 792]", &upright)
        .page("BT /H 12 Tf 0 1 -1 0 100 200 Tm (Words that climb) Tj ET")
        .page(
            &(text("H", 12.0, 100.0, 700.0, "The text of the page itself")
                + "BT /H 30 Tf 0.7071 0.7071 -0.7071 0.7071 200 300 Tm (COPY) Tj ET"),
        )
        .read();
    assert_snapshot!(told(&seen));
    let size = |n: usize| seen.layout.pages.get(n).map(|page| (page.width, page.height));
    assert_eq!([size(0), size(1), size(2)], [Some((59_500, 84_200)), Some((84_200, 59_500)), Some((49_500, 74_200))]);
    let first =
        |page: u32| seen.layout.words.iter().find(|word| word.page == page).map(|word| word.rect).unwrap_or_default();
    // The base line lies 142 points below the upper edge.
    let upright = first(0);
    assert!((upright.left - 10_000).abs() < 50 && upright.top < 14_200 && upright.bottom > 14_200, "{upright:?}");
    // Turned to the right, what was above is on the right.
    let turned = first(1);
    assert!((turned.top - 10_000).abs() < 50 && turned.left < 70_000 && turned.right > 70_000, "{turned:?}");
    let cropped = first(2);
    assert_eq!((cropped.left, cropped.bottom), (upright.left - 5_000, upright.bottom - 5_000));
    let climbing = first(3);
    assert!((climbing.bottom - 64_200).abs() < 50 && climbing.right > 10_000 && climbing.left < 10_000, "{climbing:?}");
}

#[test]
fn what_stands_beside_the_pages_is_told() {
    let mut doc = Doc::new().page(&text("H", 12.0, 60.0, 700.0, "Text"));
    doc.info =
        "/Title <FEFF00440072> /Author (A. Writer) /Producer (Maker) /CreationDate (D:18990603120000Z)".to_owned();
    doc.catalog = "/Outlines 100 0 R /Names << /EmbeddedFiles << /Names [(a) 103 0 R] >> >> \
        /OpenAction << /S /JavaScript /JS (app.alert) >> \
        /AcroForm << /Fields [<< /FT /Sig /V << /Type /Sig /Name (Clerk) /M (D:1899) >> >>] >>"
        .to_owned();
    doc.objects = vec![
        b"<< /First 101 0 R >>".to_vec(),
        b"<< /Title (Part one) /First 102 0 R /Next 101 0 R >>".to_vec(),
        b"<< /Title (Below it) >>".to_vec(),
        b"<< /F (../../list.txt) /EF << /F 104 0 R >> >>".to_vec(),
        stream("/Subtype /text#2Fplain", b"what is inside"),
    ];
    let bytes = doc.bytes();
    let seen = khronika_pdf::parse(Kind::Pdf, &bytes, Limits::default()).expect("it is read");
    assert_eq!((seen.about.title.as_deref(), seen.about.author.as_deref()), (Some("Dr"), Some("A. Writer")));
    assert_eq!(
        seen.about.more,
        [
            ("Producer", "Maker"),
            ("CreationDate", "1899-06-03T12:00:00+00:00"),
            ("Outlines", "Part one"),
            ("Outlines", "\tBelow it"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let inside =
        seen.embedded.first().map(|file| (file.name.as_str(), file.declared.as_deref(), file.bytes.as_slice()));
    assert_eq!(inside, Some(("../../list.txt", Some("text/plain"), b"what is inside".as_slice())));
    assert_snapshot!(told(&seen));
    // What is inside counts against what is unpacked.
    let limits = Limits { unpacked: 5, ..Limits::default() };
    let seen = khronika_pdf::parse(Kind::Pdf, &bytes, limits).expect("it is read");
    assert!(seen.embedded.is_empty() && told(&seen).contains("is too long, and was left out"));
}

#[test]
fn a_locked_document_is_refused_and_one_that_only_limits_its_use_is_read() {
    let parse = |bytes: &[u8]| khronika_pdf::parse(Kind::Pdf, bytes, Limits::default());
    assert_eq!(parse(include_bytes!("files/locked.pdf")), Err(Refusal::Locked));
    // RC4 and AES-256, with the password that opens it.
    for (bytes, password) in
        [(&include_bytes!("files/locked.pdf")[..], "secret"), (include_bytes!("files/aes.pdf"), "open sesame")]
    {
        let open = |password| khronika_pdf::parse_with(Kind::Pdf, bytes, Limits::default(), password);
        assert_eq!(open(password).map(|seen| seen.text.trim().is_empty()), Ok(false), "{password}");
        assert_eq!(open("another"), Err(Refusal::Locked));
        assert_eq!(open(""), Err(Refusal::Locked));
    }
    let seen = parse(include_bytes!("files/owner.pdf")).expect("it is read");
    assert_eq!(seen.text.trim(), "Read me if you can");
}

#[test]
fn what_unpacks_to_more_than_is_held_is_left_out() {
    let zeros = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 80 << 20], 9);
    let after = text("H", 12.0, 60.0, 700.0, "The page after it");
    let mut doc = Doc::new().page_with("/Contents 100 0 R", "").page(&after);
    doc.objects = vec![stream("/Filter /FlateDecode", &zeros)];
    let seen = doc.read();
    assert_snapshot!(told(&seen));
}

#[test]
fn a_layer_of_letters_named_wrongly_becomes_a_picture() {
    // A font whose letters are named as those of another alphabet's table.
    let words = "Êàññàöèîííûé ñóä îòìåíèë ïðèãîâîð âîåííîãî ñóäà â Ðåííå è ñíÿë ñ êàïèòàíà âñå";
    let seen = Doc::new().page(&text("H", 10.0, 40.0, 700.0, words)).read();
    assert_eq!((seen.text.as_str(), seen.rasters.len()), ("", 1));
    assert_snapshot!(told(&seen));
}

#[test]
fn what_a_document_says_to_belong_to_the_page_does() {
    let page = "/Artifact << /Type /Pagination /Subtype /Header >> BDC\n".to_owned()
        + &text("H", 9.0, 60.0, 800.0, "Registry of the court")
        + "EMC\n"
        + &text("H", 12.0, 60.0, 700.0, "The text of the letter.")
        + "/Artifact << /Type /Pagination /Subtype /Footer >> BDC\n"
        + &text("H", 9.0, 60.0, 40.0, "Page 1 of 1")
        + "EMC\n"
        // Said of the middle of a page, it is not believed.
        + "/Artifact << /Type /Pagination >> BDC\n" + &text("H", 12.0, 60.0, 400.0, "And so it was ordered.") + "EMC\n";
    assert_snapshot!(told(&Doc::new().page(&page).read()));
}

#[test]
fn links_are_marked_with_where_they_lead() {
    let link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [95 690 200 715] /A << /S /URI /URI (https://court.example/1) >> >>]";
    let page = text("H", 12.0, 60.0, 700.0, "See the judgment here.");
    assert_snapshot!(told(&Doc::new().page_with(link, &page).read()));
}

#[test]
fn limits_are_kept_and_told() {
    let bytes = three_pages().bytes();
    let limits = Limits { pages: 2, text: 300, ..Limits::default() };
    let seen = khronika_pdf::parse(Kind::Pdf, &bytes, limits).expect("it is read");
    assert_eq!(seen.check(), Ok(()));
    assert_eq!(seen.layout.pages.len(), 2);
    assert!(seen.text.len() < 600, "{}", seen.text.len());
    let told = told(&seen);
    assert!(
        told.contains("it has 3 pages, of which the first 2 were read")
            && told.contains("the rest of them was left out"),
        "{told}"
    );
}

#[test]
fn what_a_browser_prints_around_a_page_alone_is_no_text() {
    let body = lines(
        "C",
        10.0,
        40.0,
        760.0,
        12.0,
        &["The court annulled the order of 8 March 2021.", "The prefect appealed on 20 April 2021."],
    );
    let around = text("C", 8.0, 24.0, 822.0, "11/30/26, 10:05 AM")
        + &text("C", 8.0, 250.0, 822.0, "The order is annulled")
        + &text("C", 8.0, 24.0, 14.0, "https://example.org/news/5")
        + &text("C", 8.0, 560.0, 14.0, "1/1");
    let seen = Doc::new().page(&(around + &body)).read();
    let told: Vec<_> = seen.parts.iter().map(|part| (part.role, part.span.of(&seen.text))).collect();
    assert_eq!(told.first(), Some(&(Role::Header, "11/30/26, 10:05 AM\tThe order is annulled")));
    assert_eq!(told.last(), Some(&(Role::Footer, "https://example.org/news/5\t1/1")));
    assert!(told.iter().any(|(role, words)| *role == Role::Body && words.starts_with("The court annulled")));
    // A letter has its day at the top and its number of pages at the foot, too.
    let letter = text("C", 10.0, 350.0, 800.0, "Lyon, le 5 mai 2021") + &text("C", 8.0, 560.0, 14.0, "1/1");
    let seen = Doc::new().page(&(letter + &body)).read();
    assert!(seen.parts.iter().any(|part| part.role == Role::Body && part.span.of(&seen.text) == "Lyon, le 5 mai 2021"));
}

#[test]
fn what_firefox_prints_into_the_last_line_is_told_from_it() {
    let paragraph = [
        "The court annulled the order of 8 March 2021, and the prefect has",
        "appealed against the annulment before the court of appeal, which",
    ];
    let pages: Vec<String> = (1..=2)
        .map(|n| {
            text("C", 10.0, 18.0, 814.0, "The order is annulled")
                + &text("C", 10.0, 400.0, 814.0, "https://example.org/news/5")
                + &lines("C", 12.0, 42.0, 780.0, 14.0, &paragraph)
                + &text(
                    "C",
                    12.0,
                    42.0,
                    44.2,
                    &format!("heard the parties on day {n} and will give judgment within {n} months"),
                )
                + &text("C", 10.0, 18.0, 43.0, &format!("{n} of 2"))
                + &text("C", 10.0, 484.0, 43.0, "11/30/26, 3:31 PM")
        })
        .collect();
    let seen = pages.iter().fold(Doc::new(), |doc, page| doc.page(page)).read();
    let told: Vec<_> = seen.parts.iter().map(|part| (part.role, part.span.of(&seen.text))).collect();
    let is = |role: Role, words: &str| told.contains(&(role, words));
    assert!(is(Role::Header, "The order is annulled\thttps://example.org/news/5"), "{told:#?}");
    assert!(
        is(Role::PageNumber, "1 of 2\t11/30/26, 3:31 PM") && is(Role::PageNumber, "2 of 2\t11/30/26, 3:31 PM"),
        "{told:#?}"
    );
    let around = |part: &&(Role, &str)| part.1.contains("PM") || part.1.contains("://");
    assert!(told.iter().filter(around).all(|(role, _)| matches!(role, Role::Header | Role::PageNumber)), "{told:#?}");
    assert!(
        told.iter()
            .any(|(_, words)| words.contains("heard the parties on day 1 and will give judgment within 1 months")),
        "{told:#?}"
    );
    // The same of one page.
    let seen = Doc::new().page(&pages.first().unwrap().replace("1 of 2", "1 of 1")).read();
    let told: Vec<_> = seen.parts.iter().map(|part| (part.role, part.span.of(&seen.text))).collect();
    assert_eq!(told.first(), Some(&(Role::Header, "The order is annulled\thttps://example.org/news/5")));
    assert_eq!(told.last(), Some(&(Role::PageNumber, "1 of 1\t11/30/26, 3:31 PM")));
}
