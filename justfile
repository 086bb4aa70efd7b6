# The verbs of this repository. `just` lists them.

_default:
    @just --list --unsorted

# Every test, and the examples in the documentation
test:
    if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --locked; else cargo test --locked; fi
    cargo test --locked --doc

# What a reviewer would run first: formatting, lints, tests, documentation, the example case
review:
    .ci/run

# Look at changed snapshots one by one (needs cargo-insta)
snapshots:
    cargo insta review

# The findings that came and went since BASE (a commit or branch), over a folder of texts
gained-lost base="main" folder="examples/dreyfus":
    scripts/gained-lost "{{base}}" "{{folder}}"

# The documentation of all crates, in the browser
doc:
    cargo doc --locked --no-deps --workspace --open

# The example case in out/
example:
    cargo run --release --locked -- build examples/dreyfus --out out

# The picture in the README, made anew from the example case (needs a Chromium)
picture: example
    scripts/picture out/dossier.html docs/dossier.png
