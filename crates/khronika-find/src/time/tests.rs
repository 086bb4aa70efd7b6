use super::*;

/// Every row of the data shows what it finds and what it does not.
#[test]
fn every_example_of_the_data_holds() {
    let rules = TimeRules::load(&Dataset::embedded()).unwrap();
    let wrong = rules.failing_examples();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
