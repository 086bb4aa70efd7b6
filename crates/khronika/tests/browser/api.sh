#!/usr/bin/env bash
# Asks the calls under /api for everything that their description allows, and for much that it does not, and compares the answers with it.
#
#     python3 -m venv VENV && VENV/bin/pip install schemathesis==4.32.5
#     crates/khronika/tests/browser/api.sh PATH_TO_BINARY VENV/bin/schemathesis [what else schemathesis is told]
#
# Fails on any server error, status or type of content that is not described, body that is not of its schema, and wrong
# data that is taken. Not asked is /api/lock, after which there would be nothing left to ask.
set -euo pipefail
binary=$(realpath "$1") tester=$(realpath "$2")
shift 2
examples=$(realpath "$(dirname "$0")/../../../../examples/dreyfus")
work=$(mktemp -d)
end() {
  kill -INT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
cd "$work"
echo "a passphrase for the test" >passphrase
"$binary" init case.khronika --label Ada --passphrase-file passphrase
"$binary" add case.khronika "$examples" --passphrase-file passphrase --quiet
"$binary" serve case.khronika --passphrase-file passphrase --no-models --lock-after 0 >link &
server=$!
for _ in $(seq 100); do grep -q token link && break || sleep 0.1; done
link=$(cat link) base=$(sed 's,/?token.*,,' link)
cookie=$(curl -sS -o /dev/null -D - "$link" | sed -n 's/^set-cookie: \([^;]*\).*/\1/p')
for _ in $(seq 600); do curl -sSf -o /dev/null -H "Cookie: $cookie" "$base/api/case" 2>/dev/null && break || sleep 0.1; done
token=$(curl -sSf -H "Cookie: $cookie" "$base/api/session" | sed 's/.*"csrf":"\([^"]*\)".*/\1/')
curl -sSf -H "Cookie: $cookie" "$base/api/openapi.json" >openapi.json
# What is good for one finding of a case is not good for all: that judgments of what is not there are refused is no fault. The cookie and the
# token are always sent; that they are asked for is tested in Rust.
"$tester" run openapi.json --url "$base" --exclude-path /api/lock --exclude-checks positive_data_acceptance --no-color \
  --generation-with-security-parameters false \
  -H "Cookie: $cookie" -H "X-CSRF-Token: $token" -H "Origin: $base" --max-examples 60 --seed 1 "$@"
