use insta::assert_snapshot;
use khronika_data::Dataset;
use proptest::prelude::*;

use super::*;

fn lexicon() -> Lexicon {
    Lexicon::load(&Dataset::embedded()).unwrap()
}

/// The blocks, one a line: the kind, and the words with line ends drawn as ⏎.
fn told(text: &str) -> String {
    let blocks = of_text(text, &lexicon()).blocks;
    let lines = blocks.iter().map(|b| format!("{:>10} | {}", b.kind.name(), b.span.of(text).replace('\n', "⏎")));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_letter_of_one_line_a_paragraph() {
    let text = "\
Open letter on the case of Captain Brown
Paris, 13 January 1898
Dear Mr President,
Allow us to speak of a wrong that has been done, and that weighs on all who know of it and on the honour of the country itself.
We ask that the judgment of 22 December 1894 be revised.
Yours faithfully,
Anna Smith, teacher, Lyon
Society of the Friends of Truth
John Miller
President of the League, Bordeaux";
    assert_snapshot!(told(text), @r#"
         title | Open letter on the case of Captain Brown
     paragraph | Paris, 13 January 1898
    salutation | Dear Mr President,
     paragraph | Allow us to speak of a wrong that has been done, and that weighs on all who know of it and on the honour of the country itself.
     paragraph | We ask that the judgment of 22 December 1894 be revised.
       closing | Yours faithfully,
     signature | Anna Smith, teacher, Lyon
     signature | Society of the Friends of Truth
     signature | John Miller
     signature | President of the League, Bordeaux
    "#);
}

#[test]
fn a_letter_wrapped_by_hand() {
    let text = "\
Monsieur le Ministre,

Nous avons l'honneur d'appeler votre attention sur la situation de notre
confrère, détenu depuis le 3 mai 1895 sans avoir été entendu par un juge, et
dont la famille n'a reçu aucune nouvelle.
Sa requête du 12 juin est restée sans réponse. Nous vous demandons :
- de le faire libérer ;
- de lui rendre ses papiers, saisis le jour de son arrestation par les agents
  de la préfecture.

Veuillez agréer, Monsieur le Ministre, l'expression de notre haute
considération.

Pierre Durand, avocat
Marie Lefort";
    assert_snapshot!(told(text), @r#"
    salutation | Monsieur le Ministre,
     paragraph | Nous avons l'honneur d'appeler votre attention sur la situation de notre⏎confrère, détenu depuis le 3 mai 1895 sans avoir été entendu par un juge, et⏎dont la famille n'a reçu aucune nouvelle.
     paragraph | Sa requête du 12 juin est restée sans réponse. Nous vous demandons :
     list-item | de le faire libérer ;
     list-item | de lui rendre ses papiers, saisis le jour de son arrestation par les agents⏎  de la préfecture.
       closing | Veuillez agréer, Monsieur le Ministre, l'expression de notre haute⏎considération.
     signature | Pierre Durand, avocat
     signature | Marie Lefort
    "#);
}

#[test]
fn a_ruling_of_one_line_a_paragraph() {
    let text = "\
Р Е Ш Е Н И Е
Именем Российской Федерации
г. Тверь
5 мая 1902 года
Тверской окружной суд в составе судьи Петрова А. И., рассмотрев дело по жалобе купца Сидорова на постановление полиции,
у с т а н о в и л :
Купец Сидоров обратился с жалобой. 3 апреля 1902 года полиция опечатала его лавку.
Р Е Ш И Л:
1. Жалобу удовлетворить.
2. Постановление отменить.
Судья А. И. Петров";
    assert_snapshot!(told(text), @r#"
        title | Р Е Ш Е Н И Е
      heading | Именем Российской Федерации
    paragraph | г. Тверь
    paragraph | 5 мая 1902 года
    paragraph | Тверской окружной суд в составе судьи Петрова А. И., рассмотрев дело по жалобе купца Сидорова на постановление полиции,
      heading | у с т а н о в и л :
    paragraph | Купец Сидоров обратился с жалобой. 3 апреля 1902 года полиция опечатала его лавку.
      heading | Р Е Ш И Л:
    list-item | 1. Жалобу удовлетворить.
    list-item | 2. Постановление отменить.
    signature | Судья А. И. Петров
    "#);
}

#[test]
fn printed_pages_with_heads_numbers_and_notes() {
    let page = |n: u32, body: &str| format!("Matter of BROWN, Interim Decision No. {n}\n{body}\n- {n} -\n\n");
    let text = [
        page(
            1,
            "The respondent entered the country in May 1899 and has lived there ever\nsince. He was arrested in 1901 on the order of the prefect.1 The order was\nnever shown to him. He asks for release, and the prefect opposes it for the\nsame reasons as before.\n1 The order bears the date of 3 May 1901 and is not signed by anyone at all,\nnot even by a clerk.",
        ),
        page(2, "The judge found that the order had no ground in law. We agree with him and\nadd that the respondent has waited long enough for an answer to a simple\nquestion.\nII. ORDER\nThe appeal is dismissed. The respondent is to be released on the day when\nthis order is read."),
        page(3, "It is so ordered by the whole panel, which heard the case in the summer\nand has read every paper of the file with care since that time."),
    ]
    .concat();
    assert_snapshot!(told(&text), @r#"
    furniture | Matter of BROWN, Interim Decision No. 1
    paragraph | The respondent entered the country in May 1899 and has lived there ever⏎since. He was arrested in 1901 on the order of the prefect.1 The order was⏎never shown to him. He asks for release, and the prefect opposes it for the⏎same reasons as before.
     footnote | 1 The order bears the date of 3 May 1901 and is not signed by anyone at all,⏎not even by a clerk.
    furniture | - 1 -
    furniture | Matter of BROWN, Interim Decision No. 2
    paragraph | The judge found that the order had no ground in law. We agree with him and⏎add that the respondent has waited long enough for an answer to a simple⏎question.
      heading | II. ORDER
    paragraph | The appeal is dismissed. The respondent is to be released on the day when⏎this order is read.
    furniture | - 2 -
    furniture | Matter of BROWN, Interim Decision No. 3
    paragraph | It is so ordered by the whole panel, which heard the case in the summer⏎and has read every paper of the file with care since that time.
    furniture | - 3 -
    "#);
}

#[test]
fn days_and_years_over_what_happened_are_no_running_heads() {
    let entry = |day: u32, what: &str| format!("{day} March 1899\n{what}\n\n");
    let text =
        ["Timeline\n\n".to_owned(), entry(2, "He was arrested."), entry(3, "He was heard."), entry(4, "He left.")];
    assert!(!told(&text.concat()).contains("furniture"), "{}", told(&text.concat()));
    let told_of = ["arrest", "trial", "island", "letter", "library", "ministry", "press", "senate", "verdict"];
    let year = |year: u32| {
        let told: String = told_of.iter().map(|what| format!("There was news of the {what}.\n\n")).collect();
        format!("{year}\n\n{}", told.replace("news", &format!("{} news", ["no", "old", "more"][year as usize % 3])))
    };
    let text = [year(1895), year(1896), year(1897)].concat();
    assert!(!told(&text).contains("furniture"), "{}", told(&text));
}

#[test]
fn double_spaced_lines_are_put_together() {
    let text = "Le requérant a déposé une demande d'asile le 5 mai 1902, jour de son\n\narrivée, et a été entendu le 7 juin suivant sur ses motifs par un agent\n\nde l'office qui parlait sa langue.\n\n\nPar décision du 3 août, l'office a rejeté la demande pour défaut de\n\npreuves et a ordonné le départ du requérant dans le mois de la remise\n\nde la décision.";
    assert_snapshot!(told(text), @r#"
    paragraph | Le requérant a déposé une demande d'asile le 5 mai 1902, jour de son⏎⏎arrivée, et a été entendu le 7 juin suivant sur ses motifs par un agent⏎⏎de l'office qui parlait sa langue.
    paragraph | Par décision du 3 août, l'office a rejeté la demande pour défaut de⏎⏎preuves et a ordonné le départ du requérant dans le mois de la remise⏎⏎de la décision.
    "#);
}

#[test]
fn markdown() {
    let text = "# The case of Brown\n\n## Facts\n\nHe was **arrested** on 3 May.\n\n> No one told him why.\n> Not even the clerk.\n\n* first reason\n* second reason\n\n| day | act |\n|---|---|\n| 3 May | arrest |\n\nDecision\n--------\n\nReleased.[^1]\n\n[1] See the file.";
    assert_snapshot!(told(text), @r#"
        title | The case of Brown
      heading | Facts
    paragraph | He was **arrested** on 3 May.
        quote | > No one told him why.⏎> Not even the clerk.
    list-item | first reason
    list-item | second reason
        table | | day | act |
    furniture | |---|---|
        table | | 3 May | arrest |
      heading | Decision
    furniture | --------
    paragraph | Released.[^1]
     footnote | [1] See the file.
    "#);
}

#[test]
fn numbers_in_brackets_are_paragraphs_where_all_have_them() {
    let text = "JUDGMENT\n[1] The appellant is a baker.\n[2] He sold bread on a Sunday.\n[3] He was fined.\n[4] He appeals.\n[5] The appeal is allowed.";
    assert!(!told(text).contains("footnote"), "{}", told(text));
}

#[test]
fn a_closing_in_the_middle_does_not_swallow_what_follows() {
    let text = "The letter ended so:\nYours faithfully,\nA. Brown\nThe court then heard the witness, who said that he had never seen the letter before and did not know the hand.\nIt rose at noon.";
    assert_snapshot!(told(text), @r#"
    paragraph | The letter ended so:
      closing | Yours faithfully,
    signature | A. Brown
    paragraph | The court then heard the witness, who said that he had never seen the letter before and did not know the hand.
    paragraph | It rose at noon.
    "#);
}

proptest! {
    #[test]
    fn blocks_lie_in_the_text_in_order_without_overlap(
        text in "([a-zA-Z]{1,9}|[а-яәғқң]{1,9}|[0-9]{1,4}|[-–•*#>|.,:;!?()\\[\\]^]| |\t|\n|\r\n|\n\n|\u{C}|\u{A0}|🙂|Dear |Yours faithfully,\n){0,120}"
    ) {
        let blocks = of_text(&text, &lexicon()).blocks;
        let mut end = 0;
        for block in &blocks {
            let words = block.span.of(&text);
            prop_assert!(block.span.start >= end && !words.is_empty(), "{block:?}");
            prop_assert_eq!(words.trim(), words);
            end = block.span.end;
        }
        // Whatever stands in no block is white space or the mark of a list or heading.
        let mut at = 0;
        let mut outside = String::new();
        for block in &blocks {
            outside.push_str(text.get(at..block.span.start).unwrap());
            at = block.span.end;
        }
        outside.push_str(text.get(at..).unwrap());
        prop_assert!(!outside.contains(char::is_alphanumeric), "{outside:?}");
    }
}
